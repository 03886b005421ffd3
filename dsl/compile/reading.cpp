#include "dsl/compile/reading.h"

#include <algorithm>
#include <charconv>

#include "dsl/base/utf8.h"
#include "dsl/feel/number.h"

namespace formwork::compile {
namespace {

std::string describe(const yaml::Node& node) {
  switch (node.kind) {
    case yaml::Node::Kind::Null:
      return "nothing";
    case yaml::Node::Kind::Sequence:
      return node.items.empty() ? "an empty list" : "a list";
    case yaml::Node::Kind::Mapping:
      return node.entries.empty() ? "an empty mapping" : "a mapping";
    case yaml::Node::Kind::Scalar:
      break;
  }
  if (trimmed(node.text).empty()) return "an empty text";
  const std::string value = "`" + std::string(take_characters(node.text, 40)) + "`";
  return node.quoted ? "the text " + value : value;
}

// Whether part of the document may be unread.
bool is_damaged(const Span& where, const Context& context) {
  return std::any_of(context.damaged.begin(), context.damaged.end(), [&](const Span& document) {
    return document.source == where.source && document.begin <= where.begin &&
           where.begin <= document.end;
  });
}

// Whether the line has a problem of YAML, so that a value in it may not be what was written.
bool is_on_broken_line(const Span& where, const Context& context) {
  return std::any_of(
      context.yaml_problems.begin(), context.yaml_problems.end(), [&](const Span& problem) {
        return problem.source == where.source && where.source->position(problem.begin).line ==
                                                     where.source->position(where.begin).line;
      });
}

bool is_null_text(std::string_view text) {
  return text.empty() || text == "null" || text == "~" || text == "Null" || text == "NULL";
}

constexpr std::size_t kMaxNameBytes = 60;

bool is_name_byte(char c, bool first) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  const bool digit = c >= '0' && c <= '9';
  const bool beyond_ascii = static_cast<unsigned char>(c) >= 0x80;
  return letter || beyond_ascii || (digit && !first);
}

}  // namespace

std::string with_article(std::string_view noun) {
  const bool is_vowel = noun.find_first_of("aeiou") == 0;
  return (is_vowel ? "an " : "a ") + std::string(noun);
}

const yaml::Node* value_of(const yaml::Node& mapping, std::string_view key) {
  const yaml::Entry* entry = mapping.find(key);
  return entry == nullptr ? nullptr : &entry->value;
}

void report_wrong_type(const yaml::Node& node, std::string_view what, Context& context) {
  if (is_on_broken_line(node.span, context)) return;
  context.diagnostics.error(codes::kDocumentWrongType, node.span,
                            "expected " + std::string(what) + ", but found " + describe(node));
}

void report_missing(std::string_view code, const Span& where, std::string message,
                    std::string remedy, Context& context) {
  if (is_damaged(where, context)) return;
  context.diagnostics.error(code, where, std::move(message), std::move(remedy));
}

const model::Entity* read_entity_of(const Document& document, Context& context) {
  const yaml::Node* of = value_of(*document.node, "of");
  if (of == nullptr) {
    report_missing(codes::kDocumentMissingKey, document.name_where,
                   "`" + document.name + "` does not say which records it is about",
                   "write `of: …`, the name of an entity", context);
    return nullptr;
  }
  const auto entity = read_declared(context.model.entities, "entity", *of, context);
  return entity ? &context.model.entities[*entity] : nullptr;
}

std::optional<std::string> read_text(const yaml::Node& node, std::string_view what,
                                     Context& context) {
  if (node.is_scalar() && !trimmed(node.text).empty()) return node.text;
  report_wrong_type(node, what, context);
  return std::nullopt;
}

std::optional<bool> read_boolean(const yaml::Node& node, Context& context) {
  if (node.is_scalar() && !node.quoted) {
    if (node.text == "true") return true;
    if (node.text == "false") return false;
  }
  report_wrong_type(node, "true or false", context);
  return std::nullopt;
}

std::optional<std::int64_t> read_integer(const yaml::Node& node, std::string_view what,
                                         std::int64_t min, std::int64_t max, Context& context) {
  const std::string_view text = node.text;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole =
      node.is_scalar() && !node.quoted && error == std::errc() && end == text.data() + text.size();
  if (whole && value >= min && value <= max) return value;
  report_wrong_type(node,
                    std::string(what) + " (a whole number from " + std::to_string(min) + " to " +
                        std::to_string(max) + ")",
                    context);
  return std::nullopt;
}

std::vector<PlacedText> read_text_list(const yaml::Node& node, std::string_view what,
                                       Context& context) {
  std::vector<PlacedText> texts;
  if (node.is_scalar()) {
    texts.push_back({node.text, node.span});
    return texts;
  }
  if (!node.is_sequence()) {
    report_wrong_type(node, what, context);
    return texts;
  }
  for (const yaml::Node& item : node.items) {
    if (item.is_scalar() && !trimmed(item.text).empty()) {
      texts.push_back({item.text, item.span});
    } else {
      report_wrong_type(item, "a single name", context);
    }
  }
  return texts;
}

namespace {

// The entries of a mapping of locales, by locale of the app. False: one of them was reported.
bool read_locales(const yaml::Node& node, std::vector<std::optional<std::string>>& texts,
                  Context& context) {
  const std::vector<std::string>& locales = context.model.app.locales;
  const std::vector<std::string_view> names(locales.begin(), locales.end());
  bool all_good = true;
  for (const yaml::Entry& entry : node.entries) {
    const auto locale = std::find(locales.begin(), locales.end(), entry.key);
    if (locale == locales.end()) {
      context.diagnostics.error(codes::kTextLocale, entry.key_span,
                                "`" + entry.key + "` is not one of the app's locales",
                                suggest(entry.key, names));
      all_good = false;
      continue;
    }
    auto text = read_text(entry.value, "a text", context);
    all_good = all_good && text.has_value();
    texts[static_cast<std::size_t>(locale - locales.begin())] = std::move(text);
  }
  return all_good;
}

}  // namespace

std::optional<Localized> read_localized(const yaml::Node& node, Context& context) {
  const std::vector<std::string>& locales = context.model.app.locales;
  if (node.is_scalar() && !trimmed(node.text).empty()) {
    return Localized{std::vector<std::string>(locales.size(), node.text)};
  }
  if (!node.is_mapping() || node.entries.empty()) {
    report_wrong_type(node, "a text, or a mapping of locales to texts", context);
    return std::nullopt;
  }
  std::vector<std::optional<std::string>> texts(locales.size());
  const bool all_good = read_locales(node, texts, context);
  const auto first =
      std::find_if(texts.begin(), texts.end(), [](const auto& t) { return t.has_value(); });
  if (first == texts.end()) return std::nullopt;
  Localized localized;
  std::string missing;
  for (std::size_t i = 0; i < locales.size(); ++i) {
    localized.by_locale.push_back(texts[i] ? *texts[i] : **first);
    if (!texts[i]) missing += (missing.empty() ? "" : ", ") + locales[i];
  }
  // A wrong locale is most often the missing one, misspelt.
  if (!missing.empty() && all_good) {
    context.diagnostics.warning(codes::kTextMissingLocale, node.span,
                                "this text lacks the locale " + missing,
                                "add it, or remove the locale from the app document");
  }
  return localized;
}

Localized default_label(std::string_view name, const Context& context) {
  std::string label(name);
  std::replace(label.begin(), label.end(), '_', ' ');
  if (!label.empty() && label[0] >= 'a' && label[0] <= 'z') {
    label[0] = static_cast<char>(label[0] - 'a' + 'A');
  }
  return {std::vector<std::string>(context.model.app.locales.size(), label)};
}

namespace {

std::string why_no_period(const std::string& text) {
  const std::string name = "`" + std::string(take_characters(text, 40)) + "`";
  if (parse_months_duration(text)) return name + " counts in months, and these differ in length";
  const auto duration = parse_days_duration(text);
  if (duration == DaysDuration{}) return name + " takes no time";
  if (duration && duration->seconds < 0) return name + " runs backwards";
  return name + " is not a period";
}

}  // namespace

std::optional<calendar::Period> read_period(const yaml::Node& node, Context& context) {
  const auto text = read_text(node, "a period such as P3D", context);
  if (!text) return std::nullopt;
  auto period = calendar::parse_period(*text);
  if (!period) {
    context.diagnostics.error(codes::kPeriodInvalid, node.span, why_no_period(*text),
                              "write days as P3D, hours as PT8H, minutes as PT30M, or P1DT4H");
  }
  return period;
}

std::optional<std::size_t> find_field(const PlacedText& name, const model::Entity& entity,
                                      Context& context) {
  const auto index = model::field_index(entity, name.text);
  if (index && entity.fields[*index].type != nullptr) return index;
  if (index) return std::nullopt;
  std::vector<std::string_view> names;
  for (const fields::Field& field : entity.fields) names.push_back(field.name);
  context.diagnostics.error(codes::kNameUnknown, name.where,
                            "`" + entity.name + "` has no field `" + name.text + "`",
                            suggest(name.text, names));
  return std::nullopt;
}

std::optional<std::size_t> find_role(const PlacedText& name, Context& context) {
  return find_declared(context.model.roles, "role", name, context);
}

std::optional<std::size_t> find_team(const PlacedText& name, Context& context) {
  return find_declared(context.model.teams, "team", name, context);
}

json::Value to_json(const yaml::Node& node) {
  json::Value value;
  switch (node.kind) {
    case yaml::Node::Kind::Null:
      break;
    case yaml::Node::Kind::Sequence:
      value.kind = json::Value::Kind::Array;
      for (const yaml::Node& item : node.items) value.elements.push_back(to_json(item));
      break;
    case yaml::Node::Kind::Mapping:
      value.kind = json::Value::Kind::Object;
      for (const yaml::Entry& entry : node.entries) {
        value.members.emplace_back(entry.key, to_json(entry.value));
      }
      break;
    case yaml::Node::Kind::Scalar:
      value.text = node.text;
      value.kind = json::Value::Kind::String;
      if (node.quoted) break;
      if (is_null_text(node.text)) value.kind = json::Value::Kind::Null;
      if (node.text == "true") value.kind = json::Value::Kind::True;
      if (node.text == "false") value.kind = json::Value::Kind::False;
      if (feel::Number::parse(node.text)) value.kind = json::Value::Kind::Number;
      break;
  }
  return value;
}

void check_keys(const yaml::Node& mapping, std::span<const std::string_view> known,
                std::string_view of_what, Context& context) {
  for (const yaml::Entry& entry : mapping.entries) {
    if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
    context.diagnostics.error(codes::kDocumentUnknownKey, entry.key_span,
                              "`" + entry.key + "` is not a key of " + std::string(of_what),
                              suggest(entry.key, known));
  }
}

bool check_name(const std::string& name, const Span& where, std::string_view of_what,
                Context& context) {
  bool fits = !name.empty() && name.size() <= kMaxNameBytes;
  for (std::size_t i = 0; fits && i < name.size(); ++i) fits = is_name_byte(name[i], i == 0);
  // Two underscores separate the parts of a table's name in the store; fw_ is the program's own
  // prefix.
  if (fits && (name.find("__") != std::string::npos || name.starts_with("fw_"))) {
    context.diagnostics.error(codes::kNameReserved, where,
                              "`" + name + "` is a name that the program keeps for itself",
                              "use a name without `__` that does not start with `fw_`");
    return false;
  }
  if (fits) return true;
  context.diagnostics.error(
      codes::kNameInvalid, where,
      "`" + std::string(take_characters(name, 40)) + "` cannot be the name of " +
          std::string(of_what),
      "use letters, digits and underscores, not beginning with a digit, at most 60 bytes");
  return false;
}

}  // namespace formwork::compile

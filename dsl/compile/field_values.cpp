#include "dsl/compile/field_values.h"

#include <algorithm>

#include "dsl/base/utf8.h"
#include "dsl/compile/reading.h"
#include "dsl/fields/field_type.h"
#include "dsl/model/scope.h"

namespace formwork::compile {
namespace {

using feel::Value;
using fields::Column;
using fields::Field;

std::vector<std::string_view> codes_of(const Field& field) {
  std::vector<std::string_view> codes;
  for (const fields::Option& option : field.options) codes.push_back(option.code);
  return codes;
}

class ValuesReader {
 public:
  ValuesReader(const FieldValuesPlace& place, Context& context)
      : place_(place), context_(context) {}

  std::vector<model::FieldValue> read(const yaml::Node& node) {
    if (!node.is_mapping() || node.entries.empty()) {
      report_wrong_type(node, "a mapping of fields to values", context_);
      return {};
    }
    for (const yaml::Entry& entry : node.entries) {
      const auto index = find_input_field(entry.key, entry.key_span, place_.entity, context_);
      if (!index || !may_be_set(*index, entry.key_span)) continue;
      const auto phrase = expression_in(entry.value, context_);
      if (phrase) read_value(*index, *phrase, entry.key_span);
    }
    return std::move(values_);
  }

 private:
  void error(const Span& where, std::string message, std::string remedy) {
    context_.diagnostics.error(codes::kAutomationValue, where, std::move(message),
                               std::move(remedy));
  }

  const Field& field(std::size_t index) const { return place_.entity.fields[index]; }

  // Of lines and files there are no literals, so nothing would be checked.
  bool may_be_set(std::size_t index, const Span& where) {
    const Field& field = this->field(index);
    const bool is_rows = field.type->column == Column::Rows;
    if (place_.as_input || (!is_rows && field.type->column != Column::Files)) return true;
    error(where,
          "`" + field.name + "` holds " + (is_rows ? "lines" : "files") +
              ", which no expression gives",
          "leave it out");
    return false;
  }

  void read_value(std::size_t index, const Phrase& phrase, const Span& where) {
    const Field& field = this->field(index);
    if (is_bare_option(field, phrase)) return;
    const feel::Type type =
        place_.as_input ? feel::TypeKind::Any : context_.model.scopes->type_of(field);
    auto value = place_.compile ? place_.compile(phrase, type)
                                : compile_phrase(phrase, place_.scope, type, context_);
    if (!value) return;
    const Value* constant = value->constant();
    if (constant != nullptr && !place_.as_input && !fits(field, *constant, phrase)) return;
    if (constant == nullptr) check_branches(field, *value, value->tree().root, phrase);
    values_.push_back({.field = index, .value = std::move(*value), .where = where});
  }

  // `gold` where `"gold"` is meant.
  bool is_bare_option(const Field& field, const Phrase& phrase) {
    const std::string word(trimmed(phrase.text));
    const std::vector<std::string_view> codes = codes_of(field);
    const bool is_option = std::find(codes.begin(), codes.end(), word) != codes.end();
    if (!is_option || place_.scope.find(word)) return false;
    context_.diagnostics.error(codes::kFeelUnknownName, phrase.part(0).where(),
                               "values are FEEL, and there is no `" + word +
                                   "` here but an option of `" + field.name + "`",
                               "write it as a text: '\"" + word + "\"'");
    return true;
  }

  bool fits(const Field& field, const Value& value, const Phrase& phrase) {
    const Span where = phrase.part(0).where();
    if (value.is_null()) {
      if (!field.required || field.visible) return true;
      error(where, "`" + field.name + "` is required, and this empties it", "give it a value");
      return false;
    }
    if (!has_options(field, value, where)) return false;
    auto kept = fields::fit(value, field, {});
    std::optional<Message> complaint;
    if (!kept) complaint = std::move(kept.error());
    if (kept && !kept->is_null()) complaint = fields::check(*kept, field, {});
    if (!complaint) return true;
    error(where, "`" + field.name + "` cannot be this: " + render(*complaint, Language::English),
          "write another value");
    return false;
  }

  // Texts that a choice may become: `if score > 70 then "gold" else "silver"`.
  void check_branches(const Field& field, const feel::Expression& value, feel::syntax::NodeId id,
                      const Phrase& phrase) {
    const feel::syntax::Node& node = value.tree()[id];
    if (node.kind == feel::syntax::Kind::If) {
      check_branches(field, value, node.children[1], phrase);
      check_branches(field, value, node.children[2], phrase);
    }
    const std::vector<std::string_view> codes = codes_of(field);
    const bool is_text = node.kind == feel::syntax::Kind::String && !codes.empty();
    if (is_text && std::find(codes.begin(), codes.end(), node.text) == codes.end()) {
      report_option(field, node.text, codes, phrase.place(node.begin, node.end));
    }
  }

  void report_option(const Field& field, const std::string& text,
                     const std::vector<std::string_view>& codes, const Span& where) {
    context_.diagnostics.error(codes::kFeelUnknownOption, where,
                               "`" + text + "` is not one of the options of " + field.name,
                               suggest(text, codes));
  }

  // Of a choice that has been looked at already; of several options each.
  bool has_options(const Field& field, const Value& value, const Span& where) {
    if (field.options.empty() || value.kind() != feel::ValueKind::List) return true;
    const std::vector<std::string_view> codes = codes_of(field);
    for (const Value& code : value.list()) {
      if (code.kind() != feel::ValueKind::String) continue;
      const std::string text(code.string());
      if (std::find(codes.begin(), codes.end(), text) != codes.end()) continue;
      report_option(field, text, codes, where);
      return false;
    }
    return true;
  }

  const FieldValuesPlace& place_;
  Context& context_;
  std::vector<model::FieldValue> values_;
};

// What to write where a field is kept by the program.
std::string instead_of(std::size_t index, const model::Entity& entity) {
  if (entity.stage_fields && entity.stage_fields->stage == index) return "write `move: STAGE`";
  const bool is_pool = entity.assignment_fields && entity.assignment_fields->pool == index;
  return is_pool ? "write `assign: { pool: POOL }`" : "leave it out";
}

}  // namespace

std::optional<std::size_t> find_input_field(const std::string& name, const Span& where,
                                            const model::Entity& entity, Context& context) {
  const auto index = find_field({name, where}, entity, context);
  if (!index) return std::nullopt;
  const Field& field = entity.fields[*index];
  if (fields::takes_input(field)) return index;
  context.diagnostics.error(
      codes::kFieldNoInput, where,
      "`" + name + "` takes no value: " + (field.value ? "it is computed" : "the program keeps it"),
      instead_of(*index, entity));
  return std::nullopt;
}

std::vector<model::FieldValue> read_field_values(const yaml::Node& node,
                                                 const FieldValuesPlace& place, Context& context) {
  return ValuesReader(place, context).read(node);
}

std::optional<Phrase> expression_in(const yaml::Node& node, Context& context) {
  if (node.is_null() && !node.text.empty()) {
    return Phrase{"null", [where = node.span](std::size_t, std::size_t) { return where; }};
  }
  if (!read_text(node, "an expression in FEEL", context)) return std::nullopt;
  return phrase_of(node);
}

void check_required(const yaml::Node* values, const model::Entity& entity, const Span& where,
                    Context& context) {
  std::string missing;
  for (const Field& field : entity.fields) {
    const bool is_needed = field.required && !field.visible && field.type != nullptr &&
                           fields::takes_input(field) && field.default_value.is_null() &&
                           !field.default_formula;
    const bool is_given = values != nullptr && values->find(field.name) != nullptr;
    if (is_needed && !is_given) missing += (missing.empty() ? "" : ", ") + field.name;
  }
  if (missing.empty()) return;
  context.diagnostics.error(codes::kAutomationValue, where,
                            "a new record of " + entity.name + " needs " + missing,
                            "write `with: { " + missing.substr(0, missing.find(',')) + ": … }`");
}

}  // namespace formwork::compile

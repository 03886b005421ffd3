// Decision tables where they are asked for.
#include <algorithm>

#include "dsl/compile/context.h"
#include "dsl/compile/decision.h"
#include "dsl/compile/reading.h"
#include "dsl/decision/table_expression.h"
#include "dsl/feel/operators.h"
#include "dsl/model/scope.h"

namespace formwork::compile {
namespace {

constexpr std::string_view kWord = "decide";
constexpr std::string_view kBlanks = " \t\r\n";

// Where the words behind `decide` begin and end; nothing when it says something else.
struct Words {
  std::size_t begin;
  std::size_t end;
};

std::optional<Words> words_behind_decide(const yaml::Node& node, std::size_t skip) {
  if (!node.is_scalar()) return std::nullopt;
  const std::string& text = node.text;
  const std::size_t word = text.find_first_not_of(kBlanks, skip);
  if (word == std::string::npos || text.compare(word, kWord.size(), kWord) != 0) {
    return std::nullopt;
  }
  const std::size_t blank = word + kWord.size();
  const std::size_t begin = text.find_first_not_of(kBlanks, blank);
  if (begin == std::string::npos || begin == blank) return std::nullopt;
  return Words{begin, text.find_last_not_of(kBlanks) + 1};
}

// What a field's limits leave of its values, as unary tests; empty: all.
std::string domain_of(const fields::Field& field) {
  const auto literal = [](const feel::Value& value) {
    return feel::to_literal(value, TimeZone::utc());
  };
  if (field.min && field.max) return "[" + literal(*field.min) + ".." + literal(*field.max) + "]";
  if (field.min) return ">= " + literal(*field.min);
  return field.max ? "<= " + literal(*field.max) : "";
}

const fields::Field* field_named(std::string_view name, const Asker& asker) {
  for (const fields::Field& column : asker.columns) {
    if (column.name == name) return &column;
  }
  return model::find_field(asker.entity, name);
}

std::optional<decision::ItemType> type_named(std::string_view name) {
  const std::optional<feel::Type> type = feel::Type::parse(name);
  if (!type) return std::nullopt;
  return decision::ItemType{*type};
}

class TableUse {
 public:
  TableUse(DecisionText& text, const Asker& asker, const Span* asked_at, Context& context)
      : text_(text), asker_(asker), asked_at_(asked_at), context_(context) {}

  // Null when a cell is in error.
  std::shared_ptr<const decision::Table> compile() {
    decision::TableText table = text_.table;
    for (decision::InputText& input : table.inputs) {
      const fields::Field* field = field_named(input.expression.text, asker_);
      if (field != nullptr && field->type != nullptr) input.domain.text = domain_of(*field);
    }
    const decision::TypeLookup types = type_named;
    decision::Findings findings;
    auto compiled = decision::compile_table(
        table, {.scope = asker_.scope, .types = types, .expected = asker_.expected}, findings);
    bool is_good = true;
    for (decision::Finding& finding : findings) {
      is_good = is_good && finding.is_warning;
      report(finding);
    }
    if (!is_good) return nullptr;
    text_.decision.tables.push_back(compiled);
    text_.decision.places.push_back(place_of_asker());
    return compiled;
  }

 private:
  model::Decision::Place place_of_asker() const {
    model::Decision::Place place{.entity = asker_.entity.index, .line_of = {}};
    for (std::size_t i = 0; i < asker_.entity.fields.size(); ++i) {
      const bool is_its =
          !asker_.columns.empty() && asker_.entity.fields[i].fields.data() == asker_.columns.data();
      if (is_its) place.line_of = i;
    }
    return place;
  }

  Span place_of(const decision::Finding& finding) const {
    const Span& where = finding.text.where;
    const auto node = text_.nodes.find({where.begin, where.end});
    if (node == text_.nodes.end() || finding.end == 0) return where;
    return node->second->span_of(finding.begin, finding.end);
  }

  void report(decision::Finding& finding) {
    Span where = place_of(finding);
    if (where.source == nullptr) where = text_.decision.where;
    Diagnostic& diagnostic =
        finding.is_warning
            ? context_.diagnostics.warning(finding.code, where, std::move(finding.message),
                                           std::move(finding.remedy))
            : context_.diagnostics.error(finding.code, where, std::move(finding.message),
                                         std::move(finding.remedy));
    if (asked_at_ == nullptr) return;
    diagnostic.related.push_back({*asked_at_, "it is decided for `" + asker_.field + "` here"});
  }

  DecisionText& text_;
  const Asker& asker_;
  const Span* asked_at_;  // null: nobody asks
  Context& context_;
};

DecisionText* find_decision(const std::string& name, const Span& where, Context& context) {
  const auto found = context.decisions.find(name);
  if (found != context.decisions.end()) return &found->second;
  context.diagnostics.error(codes::kNameUnknown, where, "there is no decision `" + name + "`",
                            suggest(name, names_of(context.decisions)));
  return nullptr;
}

DecisionText* find_asked(const yaml::Node& node, const Words& words, Context& context) {
  const std::string asked = node.text.substr(words.begin, words.end - words.begin);
  const std::size_t blank = asked.find_first_of(kBlanks);
  const std::string name = asked.substr(0, blank);
  DecisionText* found =
      find_decision(name, node.span_of(words.begin, words.begin + name.size()), context);
  if (found == nullptr || blank == std::string::npos) return found;
  found->is_used = true;
  const std::size_t more = words.begin + asked.find_first_not_of(kBlanks, blank);
  context.diagnostics.error(codes::kFeelSyntax, node.span_of(more, words.end),
                            "behind `decide` stands the name of a decision and nothing else",
                            "keep what it decides in a field, and go on with that in another");
  return nullptr;
}

// Whether it is for that entity, or for any.
bool is_of(const DecisionText& text, const Asker& asker, const Span& asked_at, Context& context) {
  if (text.of == nullptr || !text.of->is_scalar() || text.of->text == asker.entity.name) {
    return true;
  }
  const std::string& name = text.decision.name;
  context.diagnostics
      .error(codes::kDecisionOf, asked_at,
             "the decision `" + name + "` is of `" + text.of->text + "`, and `" + asker.field +
                 "` asks for it",
             "write another one, or remove its `of`")
      .related.push_back({text.of->span, "`" + name + "` says what it is of here"});
  return false;
}

// Null when something is wrong.
std::shared_ptr<const decision::Table> compile_asked(DecisionText& text, const Span& asked_at,
                                                     const Asker& asker, Context& context) {
  if (!is_of(text, asker, asked_at, context)) return nullptr;
  text.is_used = true;
  if (!text.is_whole) return nullptr;
  return TableUse(text, asker, &asked_at, context).compile();
}

void check_unused(DecisionText& text, Context& context) {
  const std::string& name = text.decision.name;
  if (text.of == nullptr) {
    // What is broken may have asked for it.
    if (!context.damaged.empty()) return;
    context.diagnostics.warning(codes::kDecisionUnused, text.decision.where,
                                "nothing asks for the decision `" + name + "`",
                                "write `value: decide " + name + "` in a field, or say `of: …`");
    return;
  }
  const auto of = read_text(*text.of, "the name of an entity", context);
  if (!of) return;
  const model::Entity* entity = context.model.find_entity(*of);
  if (entity == nullptr) {
    std::vector<std::string_view> names;
    for (const model::Entity& each : context.model.entities) names.push_back(each.name);
    context.diagnostics.error(codes::kNameUnknown, text.of->span,
                              "there is no entity `" + *of + "`", suggest(*of, names));
    return;
  }
  if (!text.is_whole) return;
  const Asker nobody{.entity = *entity,
                     .columns = {},
                     .field = {},
                     .scope = context.model.scopes->of(*entity),
                     .expected = {}};
  TableUse(text, nobody, nullptr, context).compile();
}

}  // namespace

bool asks_for_decision(const yaml::Node& node, std::size_t skip) {
  return words_behind_decide(node, skip).has_value();
}

std::optional<feel::Expression> read_decide(const yaml::Node& node, std::size_t skip,
                                            const Asker& asker, Context& context) {
  const std::optional<Words> words = words_behind_decide(node, skip);
  if (!words) return std::nullopt;
  DecisionText* text = find_asked(node, *words, context);
  if (text == nullptr) return std::nullopt;
  const Span asked_at = node.span_of(words->begin, words->end);
  auto table = compile_asked(*text, asked_at, asker, context);
  if (table == nullptr) return std::nullopt;
  feel::Expression expression = decision::as_expression(std::move(table));
  if (feel::conforms(expression.type(), asker.expected)) return expression;
  context.diagnostics
      .error(codes::kFeelTypeMismatch, asked_at,
             "`" + asker.field + "` is of type " + asker.expected.to_string() + ", and `" +
                 text->decision.name + "` gives " + expression.type().to_string(),
             "change the type of the field, or what the rules give")
      .related.push_back({text->decision.where, "`" + text->decision.name + "` is defined here"});
  return std::nullopt;
}

std::optional<AskedTable> ask_table(const std::string& name, const Span& asked_at,
                                    const Asker& asker, Context& context) {
  DecisionText* text = find_decision(name, asked_at, context);
  if (text == nullptr) return std::nullopt;
  auto table = compile_asked(*text, asked_at, asker, context);
  if (table == nullptr) return std::nullopt;
  return AskedTable{std::move(table), text};
}

void finish_decisions(Context& context) {
  for (auto& [name, text] : context.decisions) {
    if (!text.is_used) check_unused(text, context);
    context.model.decisions.push_back(std::move(text.decision));
  }
}

}  // namespace formwork::compile

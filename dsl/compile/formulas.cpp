#include "dsl/compile/formulas.h"

#include <algorithm>

#include "dsl/compile/formula_order.h"
#include "dsl/compile/keys.h"
#include "dsl/compile/reading.h"
#include "dsl/model/scope.h"

namespace formwork::compile {
namespace {

using feel::Expression;
using feel::Type;
using feel::TypeKind;
using fields::Field;
using model::FormulaPlace;

// What YAML of old took for true and false.
constexpr std::string_view kWords[] = {"true", "false", "yes", "no", "on", "off"};

bool is_plain_boolean(const yaml::Node& node) {
  return node.is_scalar() && !node.quoted && (node.text == "true" || node.text == "false");
}

class FormulaCompiler {
 public:
  FormulaCompiler(model::Entity& entity, Context& context)
      : entity_(entity), scopes_(*context.model.scopes), context_(context) {}

  void compile_fields(const yaml::Node& definitions) {
    if (!definitions.is_mapping()) return;
    for (const yaml::Entry& entry : definitions.entries) {
      const std::optional<std::size_t> index = model::field_index(entity_, entry.key);
      if (!index || entity_.fields[*index].type == nullptr) continue;
      const yaml::Node definition = whole_definition(entry.value, context_);
      compile_field({*index, std::nullopt}, definition, entity_.fields[*index],
                    scopes_.of(entity_));
      const yaml::Node* columns = value_of(definition, "fields");
      if (entity_.fields[*index].fields.empty() || columns == nullptr) continue;
      for (const yaml::Entry& column : columns->entries) compile_column(*index, column);
    }
    entity_.formulas = in_order(entity_, formulas_, context_.diagnostics);
  }

  void compile_rules(const yaml::Node& node) {
    if (!node.is_sequence()) {
      report_wrong_type(node, "a list of rules", context_);
      return;
    }
    for (const yaml::Node& item : node.items) compile_rule(item);
  }

 private:
  void compile_column(std::size_t table, const yaml::Entry& entry) {
    std::vector<Field>& columns = entity_.fields[table].fields;
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [&](const Field& field) { return field.name == entry.key; });
    if (found == columns.end()) return;
    compile_field({table, static_cast<std::size_t>(found - columns.begin())},
                  whole_definition(entry.value, context_), *found, scopes_.of_line(entity_, table));
  }

  void compile_field(const FormulaPlace& place, const yaml::Node& definition, Field& field,
                     const feel::Scope& scope) {
    field.visible = read_condition(definition, "visible", scope, true);
    field.read_only = read_condition(definition, "read_only", scope, false);
    // What is true or false of it is in Field::required already.
    const yaml::Node* required = value_of(definition, "required");
    if (required != nullptr && !is_plain_boolean(*required)) {
      field.required_when = read_condition(definition, "required", scope, false);
    }
    const yaml::Node* value = value_of(definition, "value");
    if (value != nullptr && field.type->may_be_computed) {
      field.value = read_formula(*value, 0, place, field, scope);
      if (field.value && field.value->reads_clock()) warn_of_clock(*value, field);
    }
    const yaml::Node* constant = value_of(definition, "default");
    if (constant != nullptr && value == nullptr && !place.column && field.type->may_be_computed &&
        is_formula(*constant)) {
      field.default_formula = read_formula(*constant, 1, place, field, scope);
    }
  }

  // Nothing for what is `otherwise` always.
  std::optional<Expression> read_condition(const yaml::Node& definition, std::string_view key,
                                           const feel::Scope& scope, bool otherwise) {
    const yaml::Node* node = value_of(definition, key);
    if (node == nullptr || !may_be_condition(*node)) return std::nullopt;
    if (is_plain_boolean(*node) && (node->text == "true") == otherwise) return std::nullopt;
    return read_expression(*node, scope, TypeKind::Boolean, context_);
  }

  std::optional<Expression> read_formula(const yaml::Node& node, std::size_t skip,
                                         const FormulaPlace& place, const Field& field,
                                         const feel::Scope& scope) {
    auto expression = read_value(node, skip, place, field, scope);
    if (!expression || reads_what_comes_later(*expression, node, field)) return std::nullopt;
    formulas_.push_back({place, expression->reads(), node.span});
    return expression;
  }

  std::optional<Expression> read_value(const yaml::Node& node, std::size_t skip,
                                       const FormulaPlace& place, const Field& field,
                                       const feel::Scope& scope) {
    const Type expected = scopes_.type_of(field);
    // A field may be called `decide`, and then begins a formula.
    if (!asks_for_decision(node, skip) || scope.find("decide")) {
      return read_expression(node, scope, expected, context_, skip);
    }
    const std::string table = place.column ? entity_.fields[place.field].name + "." : "";
    return read_decide(
        node, skip,
        {.entity = entity_,
         .columns = place.column ? entity_.fields[place.field].fields : std::span<const Field>(),
         .field = entity_.name + "." + table + field.name,
         .scope = scope,
         .expected = expected},
        context_);
  }

  // Numbers and ids are given when a new record is stored, and formulas are evaluated before.
  bool reads_what_comes_later(const Expression& expression, const yaml::Node& node,
                              const Field& field) {
    for (const std::size_t slot : expression.reads()) {
      const bool is_id = slot == model::slot_of(entity_, model::SystemColumn::Id);
      const bool is_given = slot < entity_.fields.size() && entity_.fields[slot].type != nullptr &&
                            entity_.fields[slot].type->set_by_engine;
      if (!is_id && !is_given) continue;
      const std::string name = is_id ? "id" : entity_.fields[slot].name;
      context_.diagnostics.error(codes::kFieldValue, node.span,
                                 "`" + name + "` is given when a record is stored, and `" +
                                     field.name + "` is computed before",
                                 "leave `" + name + "` out; `title` can show it beside others");
      return true;
    }
    return false;
  }

  void warn_of_clock(const yaml::Node& node, const Field& field) {
    context_.diagnostics.warning(
        codes::kFieldClock, node.span,
        "`" + field.name + "` reads the clock, and is as old as the last change of its record",
        "keep the date that it counts from, and ask for today() where it is needed");
  }

  void compile_rule(const yaml::Node& node) {
    if (!node.is_mapping()) {
      report_wrong_type(node, "a rule: a mapping with `require` and `say`", context_);
      return;
    }
    check_keys(node, keys::kRule, "a rule", context_);
    const yaml::Node* require = value_of(node, "require");
    const yaml::Node* say = value_of(node, "say");
    if (require == nullptr) {
      report_missing(codes::kDocumentMissingKey, node.span, "a rule says what must hold",
                     "write `require: …`", context_);
      return;
    }
    std::optional<Localized> text;
    if (say != nullptr) text = read_localized(*say, context_);
    if (say == nullptr) {
      context_.diagnostics.warning(codes::kRuleUnsaid, require->span,
                                   "people who break this rule are not told what to do",
                                   "write `say: …`");
    }
    auto expression = read_expression(*require, scopes_.of(entity_), TypeKind::Boolean, context_);
    if (!expression) return;
    model::Rule rule{.require = std::move(*expression),
                     .say = text.value_or(Localized{}),
                     .fields = {},
                     .where = require->span};
    for (const std::size_t slot : rule.require.reads()) {
      if (slot < entity_.fields.size()) rule.fields.push_back(slot);
    }
    entity_.rules.push_back(std::move(rule));
  }

  model::Entity& entity_;
  const model::Scopes& scopes_;
  Context& context_;
  std::vector<Formula> formulas_;
};

}  // namespace

bool may_be_condition(const yaml::Node& node) {
  const bool is_word =
      std::find(std::begin(kWords), std::end(kWords), node.text) != std::end(kWords);
  return node.is_scalar() && (!is_word || is_plain_boolean(node));
}

Phrase Phrase::part(std::size_t begin, std::size_t end) const {
  constexpr std::string_view kBlanks = " \t\r\n";
  std::string_view inner = text.substr(begin, end == text.npos ? end : end - begin);
  const std::size_t blanks = std::min(inner.find_first_not_of(kBlanks), inner.size());
  inner.remove_prefix(blanks);
  inner = inner.substr(0, inner.find_last_not_of(kBlanks) + 1);
  const std::size_t from = begin + blanks;
  return {inner, [place = place, from](std::size_t first, std::size_t last) {
            return place(from + first, from + last);
          }};
}

Phrase phrase_of(const yaml::Node& scalar) {
  const yaml::Node* node = &scalar;
  return {scalar.text,
          [node](std::size_t begin, std::size_t end) { return node->span_of(begin, end); }};
}

std::optional<Expression> compile_phrase(const Phrase& phrase, const feel::Scope& scope,
                                         const Type& expected, Context& context) {
  const feel::Options options{.mode = feel::Options::Mode::Strict, .expected = expected};
  feel::CompiledExpression compiled = feel::compile_expression(phrase.text, scope, options);
  for (feel::Problem& problem : compiled.problems) {
    const Span where = phrase.place(problem.begin, problem.end);
    if (problem.is_warning) {
      context.diagnostics.warning(problem.code, where, std::move(problem.message),
                                  std::move(problem.remedy));
    } else {
      context.diagnostics.error(problem.code, where, std::move(problem.message),
                                std::move(problem.remedy));
    }
  }
  return std::move(compiled.expression);
}

std::optional<Expression> read_expression(const yaml::Node& node, const feel::Scope& scope,
                                          const Type& expected, Context& context,
                                          std::size_t skip) {
  if (!read_text(node, "an expression in FEEL", context)) return std::nullopt;
  const Phrase phrase = phrase_of(node);
  return compile_phrase(
      {phrase.text.substr(skip),
       [&](std::size_t begin, std::size_t end) { return phrase.place(begin + skip, end + skip); }},
      scope, expected, context);
}

void compile_formulas(const Document& document, model::Entity& entity, Context& context) {
  FormulaCompiler compiler(entity, context);
  if (const yaml::Node* fields = value_of(*document.node, "fields")) {
    compiler.compile_fields(*fields);
  }
  if (const yaml::Node* rules = value_of(*document.node, "rules")) compiler.compile_rules(*rules);
}

}  // namespace formwork::compile

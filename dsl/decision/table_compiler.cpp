// From the text of a table to a Table.
#include <algorithm>
#include <array>
#include <utility>

#include "dsl/decision/table.h"
#include "dsl/diagnostics/codes.h"

namespace formwork::decision {

using feel::Expression;
using feel::Value;
using feel::ValueKind;

namespace {

bool is_dash(const Text& text) {
  std::size_t begin = text.text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return true;
  const std::size_t end = text.text.find_last_not_of(" \t\r\n");
  return begin == end && text.text[begin] == '-';
}

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

}  // namespace

ValueKind kind_of(feel::TypeKind kind) {
  switch (kind) {
    case feel::TypeKind::Boolean:
      return ValueKind::Boolean;
    case feel::TypeKind::Number:
      return ValueKind::Number;
    case feel::TypeKind::String:
      return ValueKind::String;
    case feel::TypeKind::Date:
      return ValueKind::Date;
    case feel::TypeKind::Time:
      return ValueKind::Time;
    case feel::TypeKind::DateTime:
      return ValueKind::DateTime;
    case feel::TypeKind::DaysDuration:
      return ValueKind::DaysDuration;
    case feel::TypeKind::MonthsDuration:
      return ValueKind::MonthsDuration;
    default:
      return ValueKind::Null;
  }
}

class TableCompiler {
 public:
  TableCompiler(const TableText& text, const Surroundings& around, Findings& findings)
      : text_(text), around_(around), findings_(findings) {}

  std::shared_ptr<const Table> compile() {
    table_->policy_ = text_.policy;
    table_->rule_count_ = text_.rules.size();
    table_->slots_ = around_.scope.variables().size();
    check_shape();
    for (std::size_t i = 0; i < text_.inputs.size(); ++i) add_column(i);
    for (std::size_t i = 0; i < text_.outputs.size(); ++i) add_output(i);
    if (text_.outputs.size() > 1) {
      feel::Shape shape;
      for (const OutputText& output : text_.outputs) shape.names.push_back(output.name);
      table_->shape_ = std::make_shared<const feel::Shape>(std::move(shape));
    }
    return table_;
  }

 private:
  void report(std::string_view code, bool is_warning, const Text& text, std::string message,
              std::string remedy, std::string home) {
    findings_.push_back({.code = code,
                         .is_warning = is_warning,
                         .text = text,
                         .message = std::move(message),
                         .remedy = std::move(remedy),
                         .home = std::move(home)});
  }

  std::string rule_home(std::size_t rule) const {
    return around_.home + ", rule " + std::to_string(rule + 1);
  }

  void check_shape() {
    for (std::size_t i = 0; i < text_.rules.size(); ++i) {
      const RuleText& rule = text_.rules[i];
      if (rule.tests.size() == text_.inputs.size() && rule.outputs.size() == text_.outputs.size()) {
        continue;
      }
      report(codes::kDecisionRule, false, {{}, rule.where},
             "the rule has " + std::to_string(rule.tests.size()) + " of " +
                 std::to_string(text_.inputs.size()) + " tests and " +
                 std::to_string(rule.outputs.size()) + " of " +
                 std::to_string(text_.outputs.size()) + " outputs",
             "write one cell for each, `-` for an input that does not matter", rule_home(i));
    }
    if (text_.policy.aggregation != Aggregation::None && text_.policy.hit != HitPolicy::Collect) {
      report(codes::kDecisionHitPolicy, false, {{}, text_.where},
             "only `collect` makes one number of all outputs", "write `collect`", around_.home);
    }
  }

  ItemType type_of(const std::string& name, const Span& where, const std::string& home) {
    if (name.empty()) return {};
    if (std::optional<ItemType> type = around_.types(name)) return std::move(*type);
    report(codes::kDecisionType, false, {{}, where}, "there is no type `" + name + "`",
           suggest_type(name), home);
    return {};
  }

  // Null when the text cannot be read: a constant null never hits.
  Expression compile_text(const Text& text, const std::string& home) {
    if (text.empty()) return {};
    feel::CompiledExpression compiled =
        feel::compile_expression(text.text, around_.scope, {.mode = around_.mode});
    add_problems(findings_, compiled.problems, text, home);
    return compiled.expression ? std::move(*compiled.expression) : Expression();
  }

  std::optional<Expression> compile_tests(const Text& text, const feel::Type& input,
                                          const feel::Scope& scope, const std::string& home) {
    feel::CompiledExpression compiled =
        feel::compile_unary_tests(text.text, input, scope, {.mode = around_.mode});
    add_problems(findings_, compiled.problems, text, home);
    return std::move(compiled.expression);
  }

  std::optional<ItemType> allowed_values(const Text& text, const feel::Type& type,
                                         const std::string& home) {
    if (text.empty()) return std::nullopt;
    std::optional<Expression> tests = compile_tests(text, type, feel::Scope(), home);
    if (!tests) return std::nullopt;
    auto constraint = std::make_shared<Constraint>();
    constraint->allowed = std::move(tests);
    constraint->allowed_text = trimmed(text.text);
    return ItemType{feel::TypeKind::Any, std::move(constraint)};
  }

  void add_column(std::size_t index) {
    const InputText& input = text_.inputs[index];
    const std::string home = around_.home + ", input " + trimmed(input.name());
    Table::Column& column = table_->columns_.emplace_back();
    column.name = trimmed(input.name());
    column.expression = compile_text(input.expression, home);
    const feel::syntax::Tree& tree = column.expression.tree();
    if (tree.root != feel::syntax::kNoNode && tree[tree.root].kind == feel::syntax::Kind::Name &&
        column.expression.reads().size() == 1) {
      column.slot = column.expression.reads().front();
    }
    column.type = type_of(input.type, input.expression.where, home);
    feel::Type type = column.type.type;
    if (type.is_open() && around_.mode == feel::Options::Mode::Strict) {
      type = column.expression.type();
    }
    column.allowed = allowed_values(input.allowed_values, type, home);
    compile_cells(column, index, type);
    add_domain(column);
    column.partition.add_kind(kind_of(type.kind()));
    column.partition.finish();
    index_rules(column);
  }

  void compile_cells(Table::Column& column, std::size_t index, const feel::Type& type) {
    for (std::size_t i = 0; i < text_.rules.size(); ++i) {
      const RuleText& rule = text_.rules[i];
      column.tests.emplace_back();
      column.cells.push_back(Table::Cell::Anything);
      if (index < rule.tests.size() && is_dash(rule.tests[index])) continue;
      column.cells.back() = Table::Cell::Evaluated;
      if (index >= rule.tests.size()) continue;
      std::optional<Expression> tests = compile_tests(rule.tests[index], type, around_.scope,
                                                      rule_home(i) + ", input " + column.name);
      if (!tests) continue;
      column.tests.back() = std::move(*tests);
      if (column.partition.add(column.tests.back())) column.cells.back() = Table::Cell::Indexed;
    }
    column.has_evaluated_cells = std::find(column.cells.begin(), column.cells.end(),
                                           Table::Cell::Evaluated) != column.cells.end();
  }

  // Bounds of the allowed values are bounds of the column, so that gaps end where these do.
  static void add_domain(Table::Column& column) {
    if (column.allowed) column.partition.add(*column.allowed->constraint->allowed);
    if (column.type.constraint != nullptr && column.type.constraint->allowed) {
      column.partition.add(*column.type.constraint->allowed);
    }
  }

  void index_rules(Table::Column& column) const {
    const std::size_t words = (table_->rule_count_ + 63) / 64;
    const feel::Environment environment;
    column.rules_by_segment.assign(column.partition.segment_count(), RuleSet(words, 0));
    std::vector<const Value*> variables(table_->slots_ + 1, nullptr);
    for (std::size_t segment = 0; segment < column.rules_by_segment.size(); ++segment) {
      const std::optional<Value>& sample = column.partition.sample(segment);
      variables.back() = sample ? &*sample : nullptr;
      RuleSet& rules = column.rules_by_segment[segment];
      for (std::size_t i = 0; i < table_->rule_count_; ++i) {
        bool may_hit = column.cells[i] != Table::Cell::Indexed;
        if (!may_hit && sample) {
          feel::Evaluation evaluation(environment, variables);
          may_hit = column.tests[i].test(evaluation).value_or(false);
        }
        if (may_hit) rules[i / 64] |= std::uint64_t{1} << (i % 64);
      }
    }
  }

  void add_output(std::size_t index) {
    const OutputText& text = text_.outputs[index];
    const std::string home = around_.home + ", output " + text.name;
    Table::Output& output = table_->outputs_.emplace_back();
    output.name = text.name;
    output.type = type_of(text.type, text.allowed_values.where, home);
    if (!text.fallback.empty()) output.fallback = compile_text(text.fallback, home);
    if (table_->policy_.hit == HitPolicy::Priority ||
        table_->policy_.hit == HitPolicy::OutputOrder) {
      rank(output, text, home);
    }
    output.cells.reserve(text_.rules.size());
    for (std::size_t i = 0; i < text_.rules.size(); ++i) {
      const RuleText& rule = text_.rules[i];
      output.cells.push_back(index < rule.outputs.size()
                                 ? compile_text(rule.outputs[index], rule_home(i))
                                 : Expression());
      const Value* constant = output.cells.back().constant();
      output.values.push_back(constant != nullptr && is_final(*constant, output.type) ? constant
                                                                                      : nullptr);
    }
  }

  static bool is_final(const Value& value, const ItemType& type) {
    if (type.is_open() || value.is_null()) return true;
    const std::optional<Value> coerced = feel::coerce(value, type.type);
    return type.constraint == nullptr && coerced && *coerced == value;
  }

  // The order of the allowed values, one test for each.
  void rank(Table::Output& output, const OutputText& text, const std::string& home) {
    std::optional<Expression> tests;
    if (!text.allowed_values.empty()) {
      tests = compile_tests(text.allowed_values, output.type.type, feel::Scope(), home);
    } else if (output.type.constraint != nullptr) {
      tests = output.type.constraint->allowed;
    }
    if (!tests || tests->tree().root == feel::syntax::kNoNode) return;
    const feel::syntax::Tree& tree = tests->tree();
    for (const feel::syntax::NodeId child : tree[tree.root].children) {
      const feel::syntax::Node& node = tree[child];
      feel::CompiledExpression test = feel::compile_unary_tests(
          std::string_view(tests->text()).substr(node.begin, node.end - node.begin),
          output.type.type, feel::Scope(), {.mode = around_.mode});
      if (test.expression) output.ranking.push_back(std::move(*test.expression));
    }
  }

  const TableText& text_;
  const Surroundings& around_;
  Findings& findings_;
  std::shared_ptr<Table> table_ = std::make_shared<Table>();
};

std::shared_ptr<const Table> compile_table(const TableText& text, const Surroundings& around,
                                           Findings& findings) {
  return TableCompiler(text, around, findings).compile();
}

feel::Type Table::result_type() const {
  feel::Type one;
  if (outputs_.size() == 1) {
    one = outputs_.front().type.type;
  } else {
    std::vector<feel::Member> members;
    for (const Output& output : outputs_) members.push_back({output.name, output.type.type});
    one = feel::Type::context(std::move(members));
  }
  return policy_.gives_list() ? feel::Type::list(std::move(one)) : one;
}

}  // namespace formwork::decision

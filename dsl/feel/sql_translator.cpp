#include "dsl/feel/sql_translator.h"

#include <algorithm>

#include "dsl/feel/builtin.h"
#include "dsl/feel/temporal.h"

namespace formwork::feel::sql {
namespace {

using syntax::Kind;
using syntax::Node;
using syntax::NodeId;

// Of our own recursion; what is deeper is evaluated in memory.
constexpr int kMostDepth = 100;

// Of a part that is the same for all records.
constexpr std::uint64_t kMostSteps = 100'000;

constexpr Uint128 kMostRows = 1'000'000'000;
// Beyond all days of FEEL's years.
constexpr Uint128 kFarthestDay = 366'000'000'000;

std::optional<Relation> relation_of(Kind kind) {
  switch (kind) {
    case Kind::Equal:
      return Relation::Equal;
    case Kind::NotEqual:
      return Relation::NotEqual;
    case Kind::Less:
      return Relation::Less;
    case Kind::LessEqual:
      return Relation::AtMost;
    case Kind::Greater:
      return Relation::Greater;
    case Kind::GreaterEqual:
      return Relation::AtLeast;
    default:
      return std::nullopt;
  }
}

std::optional<Relation> relation_of(std::string_view sign) {
  if (sign == "<") return Relation::Less;
  if (sign == "<=") return Relation::AtMost;
  if (sign == ">") return Relation::Greater;
  if (sign == ">=") return Relation::AtLeast;
  if (sign == "=") return Relation::Equal;
  if (sign == "!=") return Relation::NotEqual;
  return std::nullopt;
}

std::optional<Sort> sort_of(Form form) {
  switch (form) {
    case Form::Text:
      return Sort::Text;
    case Form::Scaled:
      return Sort::Number;
    case Form::Boolean:
      return Sort::Boolean;
    case Form::Days:
      return Sort::Date;
    case Form::DayTime:
      return Sort::Time;
    case Form::Instant:
      return Sort::Instant;
    case Form::Duration:
      return Sort::Duration;
    case Form::Months:
      return Sort::Months;
    case Form::Codes:
      return Sort::Codes;
    case Form::Record:
      return Sort::Record;
    case Form::Rows:
      return Sort::Rows;
    case Form::Opaque:
      return Sort::Opaque;
    case Form::None:
    case Form::Given:
      return std::nullopt;
  }
  return std::nullopt;
}

// A bare literal's value, without asking the compiler.
std::optional<Value> literal_value(const Node& node) {
  switch (node.kind) {
    case Kind::Null:
      return Value();
    case Kind::True:
      return Value(true);
    case Kind::False:
      return Value(false);
    case Kind::String:
      return Value(node.text);
    case Kind::Temporal:
      return parse_temporal(node.text);
    case Kind::Number: {
      const std::optional<Number> number = Number::parse(node.text);
      return number ? Value(*number) : Value();
    }
    default:
      return std::nullopt;
  }
}

}  // namespace

std::vector<NodeId> flattened(const syntax::Tree& tree, NodeId id, Kind kind) {
  std::vector<NodeId> found;
  std::vector<NodeId> open{id};
  while (!open.empty()) {
    const NodeId next = open.back();
    open.pop_back();
    const Node& node = tree[next];
    if (node.kind == kind) {
      open.insert(open.end(), node.children.rbegin(), node.children.rend());
    } else {
      found.push_back(next);
    }
  }
  return found;
}

Translator::Translator(const Expression& expression, const Scope& scope,
                       std::span<const Column> columns, const Known* known)
    : expression_(expression),
      scope_(scope),
      columns_(columns),
      known_(known),
      reads_record_(what_is_read()) {}

std::vector<NodeId> Translator::conjuncts() const {
  // What is no text, such as a decision table, has no tree: nothing of it can be said.
  if (expression_.tree().root == syntax::kNoNode) return {};
  return flattened(expression_.tree(), expression_.tree().root, Kind::And);
}

// Names that the text binds itself count as columns when there are columns of that name: such a
// part is evaluated in memory, which is always right.
bool Translator::is_column(const Node& node) const {
  if (node.kind == Kind::Question) return true;
  if (node.kind != Kind::Name) return false;
  const std::optional<std::size_t> slot = scope_.find(node.text);
  return slot && (*slot >= columns_.size() || columns_[*slot].form != Form::Given);
}

bool Translator::calls_builtin(const Node& call) const {
  const Node& callee = expression_.tree()[call.children[0]];
  if (callee.kind != Kind::Name || find_builtins(callee.text).empty()) return false;
  const std::optional<std::size_t> slot = scope_.find(callee.text);
  return !slot || !scope_.variables()[*slot].type.is(TypeKind::Function);
}

std::vector<bool> Translator::what_is_read() const {
  std::vector<bool> reads;
  reads.reserve(expression_.tree().nodes.size());
  for (const Node& node : expression_.tree().nodes) {
    bool reads_record = is_column(node);
    const bool is_call = node.kind == Kind::Call && calls_builtin(node);
    for (std::size_t i = is_call ? 1 : 0; i < node.children.size(); ++i) {
      reads_record = reads_record || reads[node.children[i]];
    }
    reads.push_back(reads_record);
  }
  return reads;
}

std::vector<std::size_t> Translator::compared_slots() const {
  std::vector<std::size_t> slots;
  const auto add = [&](NodeId id) {
    const Node& node = expression_.tree()[id];
    if (node.kind != Kind::Name || !is_column(node)) return;
    const std::size_t slot = *scope_.find(node.text);
    if (std::find(slots.begin(), slots.end(), slot) == slots.end()) slots.push_back(slot);
  };
  for (const Node& node : expression_.tree().nodes) {
    if (node.kind != Kind::Equal && node.kind != Kind::In) continue;
    // `owner in (…)` is about a single column, `user in (owner, deputy)` about each.
    const bool is_user_in = node.kind == Kind::In && !reads_record_[node.children[0]];
    const auto reading = std::count_if(node.children.begin(), node.children.end(),
                                       [&](NodeId child) { return reads_record_[child]; });
    if (reading != 1 && !is_user_in) continue;
    for (const NodeId child : node.children) add(child);
  }
  return slots;
}

std::string_view Translator::text_of(const Node& node) const {
  return std::string_view(expression_.text()).substr(node.begin, node.end - node.begin);
}

std::optional<Operand> Translator::condition(NodeId id) {
  std::optional<Operand> found = operand(id);
  if (!found) return std::nullopt;
  return as_condition(std::move(*found));
}

std::optional<Operand> Translator::operand(NodeId id) {
  if (id == syntax::kNoNode) return std::nullopt;
  if (!reads_record_[id]) return constant(id);
  if (depth_ >= kMostDepth) return std::nullopt;
  ++depth_;
  std::optional<Operand> found = part_of_record(id);
  --depth_;
  return found;
}

std::optional<Operand> Translator::part_of_record(NodeId id) {
  const Node& node = expression_.tree()[id];
  switch (node.kind) {
    case Kind::Name:
      return column(node);
    case Kind::Negate:
    case Kind::Add:
    case Kind::Subtract:
    case Kind::Multiply:
    case Kind::Divide:
      return arithmetic(node);
    case Kind::And:
    case Kind::Or:
      return junction(id);
    case Kind::Between:
      return between(node);
    case Kind::In:
      return in(node);
    case Kind::If:
      return choice(node);
    case Kind::Call:
      return call(node);
    default:
      return relation(node);
  }
}

std::optional<Value> Translator::constant_value(NodeId id) const {
  const Node& node = expression_.tree()[id];
  if (std::optional<Value> value = literal_value(node)) return value;
  const CompiledExpression compiled =
      compile_expression(text_of(node), scope_, {.mode = Options::Mode::Lenient, .expected = {}});
  if (!compiled.expression) return std::nullopt;
  Evaluation evaluation(known_->environment, known_->variables, nullptr, {.steps = kMostSteps});
  Value value = compiled.expression->evaluate(evaluation);
  if (evaluation.is_exhausted()) return std::nullopt;
  return value;
}

std::optional<Operand> Translator::constant(NodeId id) const {
  std::optional<Value> value = constant_value(id);
  if (!value) return std::nullopt;
  const std::optional<Sort> sort = sql::sort_of(*value);
  if (!sort) return std::nullopt;
  Operand operand{.sort = *sort};
  operand.constant = std::move(value);
  return operand;
}

std::optional<Operand> Translator::column(const Node& node) const {
  const std::optional<std::size_t> slot = scope_.find(node.text);
  if (!slot || *slot >= columns_.size()) return std::nullopt;
  const Column& column = columns_[*slot];
  const std::optional<Sort> sort = sort_of(column.form);
  if (!sort) return std::nullopt;
  Operand operand{.sort = *sort, .sql = column.sql};
  if (column.zero_is_null) operand = wrapped("nullif(", std::move(operand), ", 0)");
  operand.slot = slot;
  if (column.zero_is_null) operand.zero_is_null = column.sql;
  if (*sort == Sort::Number) operand.measure.scale = column.scale;
  if (*sort == Sort::Date) operand.bound = kFarthestDay;
  if (*sort == Sort::Time) operand.bound = static_cast<Uint128>(kMicrosPerDay);
  return operand;
}

std::optional<Operand> Translator::arithmetic(const Node& node) {
  std::optional<Operand> left = operand(node.children[0]);
  if (!left) return std::nullopt;
  if (node.kind == Kind::Negate) return arithmetic_.negate(std::move(*left));
  std::optional<Operand> right = operand(node.children[1]);
  if (!right) return std::nullopt;
  switch (node.kind) {
    case Kind::Add:
      return arithmetic_.add(std::move(*left), std::move(*right));
    case Kind::Subtract:
      return arithmetic_.subtract(std::move(*left), std::move(*right));
    case Kind::Multiply:
      return arithmetic_.multiply(std::move(*left), std::move(*right));
    default:
      return arithmetic_.divide(std::move(*left), *right);
  }
}

std::optional<Operand> Translator::relation(const Node& node) {
  const std::optional<Relation> relation = relation_of(node.kind);
  if (!relation) return std::nullopt;
  std::optional<Operand> left = operand(node.children[0]);
  std::optional<Operand> right = operand(node.children[1]);
  if (!left || !right) return std::nullopt;
  return compare(arithmetic_, *relation, std::move(*left), std::move(*right));
}

std::optional<Operand> Translator::junction(NodeId id) {
  const Kind kind = expression_.tree()[id].kind;
  std::vector<Operand> conditions;
  for (const NodeId part : flattened(expression_.tree(), id, kind)) {
    std::optional<Operand> translated = condition(part);
    if (!translated) return std::nullopt;
    conditions.push_back(std::move(*translated));
  }
  return kind == Kind::And ? all_of(std::move(conditions)) : any_of(std::move(conditions));
}

std::optional<Operand> Translator::between(const Node& node) {
  const std::optional<Operand> value = operand(node.children[0]);
  std::optional<Operand> low = operand(node.children[1]);
  std::optional<Operand> high = operand(node.children[2]);
  if (!value || !low || !high) return std::nullopt;
  auto above = compare(arithmetic_, Relation::AtLeast, *value, std::move(*low));
  auto below = compare(arithmetic_, Relation::AtMost, *value, std::move(*high));
  if (!above || !below) return std::nullopt;
  return all_of({std::move(*above), std::move(*below)});
}

std::optional<Operand> Translator::in(const Node& node) {
  const std::optional<Operand> value = operand(node.children[0]);
  if (!value) return std::nullopt;
  std::vector<Operand> tests;
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    std::optional<Operand> test = in_test(*value, node.children[i]);
    if (!test) return std::nullopt;
    tests.push_back(std::move(*test));
  }
  if (tests.empty()) return std::nullopt;
  return any_test(*value, std::move(tests));
}

std::optional<Operand> Translator::in_test(const Operand& value, NodeId test) {
  if (value.sort == Sort::Codes || value.sort == Sort::Rows) return std::nullopt;
  const Node& node = expression_.tree()[test];
  if (node.kind == Kind::Comparison) return in_comparison(value, node);
  if (!reads_record_[test]) {
    const std::optional<Value> constant = constant_value(test);
    if (!constant) return std::nullopt;
    return in_constant(arithmetic_, value, *constant);
  }
  if (node.kind == Kind::List) {
    std::vector<Operand> tests;
    for (const NodeId element : node.children) {
      std::optional<Operand> one = in_test(value, element);
      if (!one) return std::nullopt;
      tests.push_back(std::move(*one));
    }
    return any_test(value, std::move(tests));
  }
  std::optional<Operand> other = operand(test);
  if (!other) return std::nullopt;
  if (other->sort == Sort::Codes) return holds_code(std::move(*other), value, true);
  return compare(arithmetic_, Relation::Equal, value, std::move(*other));
}

// `< today()`. With null behind the sign there is no test, which is no matter for SQL.
std::optional<Operand> Translator::in_comparison(const Operand& value, const Node& test) {
  const std::optional<Relation> relation = relation_of(test.text);
  if (!relation || reads_record_[test.children[0]]) return std::nullopt;
  std::optional<Operand> bound = operand(test.children[0]);
  if (!bound || bound->is_null()) return std::nullopt;
  return compare(arithmetic_, *relation, value, std::move(*bound));
}

std::optional<Operand> Translator::choice(const Node& node) {
  std::optional<Operand> when = condition(node.children[0]);
  std::optional<Operand> then = operand(node.children[1]);
  std::optional<Operand> otherwise = operand(node.children[2]);
  if (!when || !then || !otherwise) return std::nullopt;
  if (!Arithmetic::settle(*then) || !Arithmetic::settle(*otherwise)) return std::nullopt;
  if (!arithmetic_.align(*then, *otherwise)) return std::nullopt;
  const Sort sort = then->is_null() ? otherwise->sort : then->sort;
  if (sort == Sort::Null || sort == Sort::Rows || sort == Sort::Opaque) return std::nullopt;
  const Measure measure = then->is_null() ? otherwise->measure : then->measure;
  const Uint128 bound =
      std::max(then->is_null() ? 0 : then->bound, otherwise->is_null() ? 0 : otherwise->bound);
  Operand branches = joined(std::move(*then), " ELSE ", std::move(*otherwise));
  branches.is_atom = true;
  Operand result = joined(std::move(*when), " THEN ", std::move(branches));
  result = wrapped("CASE WHEN ", std::move(result), " END");
  result.sort = sort;
  result.measure = measure;
  result.bound = bound;
  return result;
}

// Arguments in order, not by name.
std::optional<Operand> Translator::call(const Node& node) {
  if (!calls_builtin(node)) return std::nullopt;
  const Node& callee = expression_.tree()[node.children[0]];
  if (callee.text == "list contains") return list_contains(node);
  std::vector<Operand> arguments;
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    std::optional<Operand> argument = operand(node.children[i]);
    if (!argument) return std::nullopt;
    arguments.push_back(std::move(*argument));
  }
  if (arguments.size() == 1) return call_of(callee.text, std::move(arguments[0]));
  if (arguments.size() != 2) return std::nullopt;
  return call_of(callee.text, std::move(arguments[0]), std::move(arguments[1]));
}

// Of a column of codes, or of a list that is the same for all records.
std::optional<Operand> Translator::list_contains(const Node& node) {
  if (node.children.size() != 3) return std::nullopt;
  std::optional<Operand> element = operand(node.children[2]);
  if (!element) return std::nullopt;
  if (!reads_record_[node.children[1]]) {
    const std::optional<Value> list = constant_value(node.children[1]);
    return list ? listed(arithmetic_, *list, *element) : std::nullopt;
  }
  std::optional<Operand> codes = operand(node.children[1]);
  if (!codes) return std::nullopt;
  return holds_code(std::move(*codes), *element, false);
}

std::optional<Operand> Translator::call_of(std::string_view name, Operand argument) {
  if (name == "not") {
    std::optional<Operand> truth = as_condition(std::move(argument));
    if (!truth) return std::nullopt;
    return negated(std::move(*truth));
  }
  if (name == "abs") return arithmetic_.magnitude(std::move(argument));
  if (name == "string length" && argument.sort == Sort::Text && argument.is_column()) {
    return arithmetic_.length(std::move(argument));
  }
  if (name != "count" || argument.sort != Sort::Rows) return std::nullopt;
  argument = wrapped("ifnull(", std::move(argument), ", 0)");
  argument.sort = Sort::Number;
  argument.bound = kMostRows;
  return argument;
}

std::optional<Operand> Translator::call_of(std::string_view name, Operand first, Operand second) {
  if (name == "contains") return contains_text(std::move(first), std::move(second));
  if (name == "starts with") return starts_with_text(std::move(first), std::move(second));
  if (name == "ends with") return ends_with_text(std::move(first), second);
  return std::nullopt;
}

}  // namespace formwork::feel::sql

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

// Of a constant part.
constexpr std::uint64_t kMostSteps = 10'000;

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

bool reads_clock(std::string_view builtin) {
  const std::span<const Builtin> entries = find_builtins(builtin);
  return std::any_of(entries.begin(), entries.end(),
                     [](const Builtin& entry) { return entry.reads_clock; });
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
                       std::span<const Column> columns)
    : expression_(expression), scope_(scope), columns_(columns), reads_(what_is_read()) {}

std::vector<NodeId> Translator::conjuncts() const {
  return flattened(expression_.tree(), expression_.tree().root, Kind::And);
}

// Names that the text binds itself count as columns when there are columns of that name: such a
// part is evaluated in memory, which is always right.
Translator::Reads Translator::read_by(const Node& node) const {
  if (node.kind == Kind::Question) return Reads::Records;
  if (node.kind != Kind::Name) return Reads::Nothing;
  if (const std::optional<std::size_t> slot = scope_.find(node.text)) {
    const bool is_given = *slot < columns_.size() && columns_[*slot].form == Form::Given;
    return is_given ? Reads::Given : Reads::Records;
  }
  return reads_clock(node.text) ? Reads::Given : Reads::Nothing;
}

bool Translator::calls_builtin(const Node& call) const {
  const Node& callee = expression_.tree()[call.children[0]];
  if (callee.kind != Kind::Name || find_builtins(callee.text).empty()) return false;
  const std::optional<std::size_t> slot = scope_.find(callee.text);
  return !slot || !scope_.variables()[*slot].type.is(TypeKind::Function);
}

std::vector<Translator::Reads> Translator::what_is_read() const {
  std::vector<Reads> reads;
  reads.reserve(expression_.tree().nodes.size());
  for (const Node& node : expression_.tree().nodes) {
    Reads most = read_by(node);
    const bool is_call = node.kind == Kind::Call && calls_builtin(node);
    if (is_call && reads_clock(expression_.tree()[node.children[0]].text)) most = Reads::Given;
    for (std::size_t i = is_call ? 1 : 0; i < node.children.size(); ++i) {
      most = std::max(most, reads[node.children[i]]);
    }
    reads.push_back(most);
  }
  return reads;
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
  if (reads_[id] == Reads::Nothing) return constant(id);
  if (reads_[id] == Reads::Given) return given(id, Given::Part::Whole);
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
  const std::vector<const Value*> nothing(scope_.variables().size(), nullptr);
  const Environment environment;
  Evaluation evaluation(environment, nothing, nullptr, {.steps = kMostSteps});
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

std::optional<Operand> Translator::given(NodeId id, Given::Part part) const {
  CompiledExpression compiled = compile_expression(text_of(expression_.tree()[id]), scope_);
  if (!compiled.expression) return std::nullopt;
  const Type& type = compiled.expression->type();
  const bool is_whole = part == Given::Part::Whole;
  if (!is_whole && !type.is(TypeKind::Range)) return std::nullopt;
  const std::optional<Sort> sort = sql::sort_of(is_whole ? type : type.element());
  if (!sort) return std::nullopt;
  Operand operand{.sort = *sort};
  operand.given = Given{.expression = std::move(*compiled.expression),
                        .part = part,
                        .sort = *sort,
                        .measure = {},
                        .may_be_null = is_whole};
  if (*sort == Sort::Date) operand.bound = kFarthestDay;
  return operand;
}

std::optional<Operand> Translator::column(const Node& node) const {
  const std::optional<std::size_t> slot = scope_.find(node.text);
  if (!slot || *slot >= columns_.size()) return std::nullopt;
  const Column& column = columns_[*slot];
  const std::optional<Sort> sort = sort_of(column.form);
  if (!sort) return std::nullopt;
  Operand operand{.sort = *sort, .sql = column.sql};
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
  if (reads_[test] == Reads::Nothing) {
    const std::optional<Value> constant = constant_value(test);
    if (!constant) return std::nullopt;
    return in_constant(arithmetic_, value, *constant);
  }
  if (node.kind == Kind::Interval) return in_interval(value, test);
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

// `[today()..today() + duration("P7D")]`: both ends come from the range that it makes when bound,
// since FEEL has no range whose start is above its end.
std::optional<Operand> Translator::in_interval(const Operand& value, NodeId test) {
  if (reads_[test] != Reads::Given) return std::nullopt;
  const Node& node = expression_.tree()[test];
  std::optional<Operand> start = given(test, Given::Part::Start);
  std::optional<Operand> end = given(test, Given::Part::End);
  if (!start || !end) return std::nullopt;
  auto above = compare(arithmetic_, node.open_start ? Relation::Greater : Relation::AtLeast, value,
                       std::move(*start));
  auto below = compare(arithmetic_, node.open_end ? Relation::Less : Relation::AtMost, value,
                       std::move(*end));
  if (!above || !below) return std::nullopt;
  return all_of({std::move(*above), std::move(*below)});
}

// `< today()`. With null behind the sign there is no test, which is no matter for SQL.
std::optional<Operand> Translator::in_comparison(const Operand& value, const Node& test) {
  const std::optional<Relation> relation = relation_of(test.text);
  if (!relation || reads_[test.children[0]] == Reads::Records) return std::nullopt;
  std::optional<Operand> bound = operand(test.children[0]);
  if (!bound || bound->is_null()) return std::nullopt;
  if (bound->given) bound->given->may_be_null = false;
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
  if (name == "list contains") return holds_code(std::move(first), second, false);
  return std::nullopt;
}

}  // namespace formwork::feel::sql

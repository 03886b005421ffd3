#include "dsl/feel/sql.h"

#include <algorithm>

#include <fmt/core.h>

#include "dsl/feel/sql_translator.h"

namespace formwork::feel::sql {
namespace {

// Of one condition among those that `and` joins; what is larger is evaluated in memory. The depth
// leaves room for the rest of a statement within SQLite's limit of 200.
constexpr int kMostDepth = 60;
constexpr std::size_t kMostParameters = 500;

void append(std::vector<Bound>& to, const std::vector<Bound>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

bool is_too_large(const Operand& condition) {
  return condition.depth > kMostDepth || condition.parameters.size() > kMostParameters;
}

// The condition, or any doubt about it: what it selects is at least what it ought to.
Operand with_doubts(Operand condition, std::vector<Operand> doubts) {
  doubts.push_back(std::move(condition));
  return any_of(std::move(doubts));
}

}  // namespace

Predicate translate(const Expression& expression, const Scope& scope,
                    std::span<const Column> columns, const Known& known) {
  Translator translator(expression, scope, columns, &known);
  std::vector<Operand> translated;
  bool is_exact = true;
  for (const syntax::NodeId part : translator.conjuncts()) {
    std::optional<Operand> condition = translator.condition(part);
    std::vector<Operand> doubts = translator.take_doubts();
    // One that never holds decides, whatever the others are.
    if (condition && doubts.empty() && certain_answer(*condition) == false) {
      return {.reach = Reach::Exact, .sql = condition->sql, .keys = std::vector<Key>()};
    }
    if (condition && !doubts.empty()) {
      condition = with_doubts(std::move(*condition), std::move(doubts));
      is_exact = false;
    }
    if (condition && !is_too_large(*condition)) {
      translated.push_back(std::move(*condition));
    } else {
      is_exact = false;
    }
  }
  if (translated.empty()) return {};
  Operand all = all_of(std::move(translated));
  if (is_too_large(all)) return {};
  return {.reach = is_exact ? Reach::Exact : Reach::Partial,
          .sql = std::move(all.sql),
          .values = std::move(all.parameters),
          .keys = std::move(all.keys)};
}

std::vector<std::size_t> compared_slots(const Expression& expression, const Scope& scope,
                                        std::span<const Column> columns) {
  return Translator(expression, scope, columns, nullptr).compared_slots();
}

namespace {

// Results stand in this order: how many values there are, how many records are undecided, then the
// answer, in two parts for sums.
enum Result : std::size_t { kCount, kDoubtful, kAnswer, kLow };

// A sum of integers of 64 bits overflows, which SQLite reports as an error; sums of their upper and
// lower halves do not, for two billion records.
constexpr int kHalfBits = 32;
constexpr std::int64_t kLowerHalf = 0xFFFF'FFFF;

bool is_summed(Aggregate aggregate) {
  return aggregate == Aggregate::Sum || aggregate == Aggregate::Mean;
}

bool fits(Aggregate aggregate, Sort sort) {
  if (aggregate == Aggregate::Count) return true;
  if (is_summed(aggregate)) return sort == Sort::Number;
  return sort == Sort::Number || sort == Sort::Text || sort == Sort::Date || sort == Sort::Time ||
         sort == Sort::Instant || sort == Sort::Duration || sort == Sort::Months;
}

Form form_of(Sort sort) {
  switch (sort) {
    case Sort::Text:
      return Form::Text;
    case Sort::Number:
      return Form::Scaled;
    case Sort::Date:
      return Form::Days;
    case Sort::Time:
      return Form::DayTime;
    case Sort::Instant:
      return Form::Instant;
    case Sort::Duration:
      return Form::Duration;
    case Sort::Months:
      return Form::Months;
    default:
      return Form::Opaque;
  }
}

std::string answer_sql(Aggregate aggregate, const std::string& value) {
  switch (aggregate) {
    case Aggregate::Min:
      return fmt::format(", min({})", value);
    case Aggregate::Max:
      return fmt::format(", max({})", value);
    case Aggregate::Sum:
    case Aggregate::Mean:
      return fmt::format(", sum(({0}) >> {1}), sum(({0}) & {2})", value, kHalfBits, kLowerHalf);
    case Aggregate::Count:
      break;
  }
  return "";
}

std::size_t uses_of_value(Aggregate aggregate) {
  if (aggregate == Aggregate::Count) return 1;
  return is_summed(aggregate) ? 3 : 2;
}

Value value_of(const Bound& bound, const Column& column) {
  if (const auto* text = std::get_if<std::string>(&bound)) return Value(*text);
  const auto* integer = std::get_if<std::int64_t>(&bound);
  if (integer == nullptr) return {};
  switch (column.form) {
    case Form::Scaled:
      return Value(Number::from_scaled(*integer, column.scale));
    case Form::Days:
      return Value(from_days(*integer));
    case Form::DayTime:
      return Value(TimeOfDay::from_microseconds(*integer));
    case Form::Instant:
      return Value(Instant{*integer});
    case Form::Duration:
      return Value(DaysDuration::from_microseconds(*integer));
    case Form::Months:
      return Value(MonthsDuration{*integer});
    default:
      return {};
  }
}

std::optional<Number> total(std::int64_t high, std::int64_t low, int scale) {
  const Int128 sum = Int128{high} * (Int128{1} << kHalfBits) + low;
  const bool is_negative = sum < 0;
  const Uint128 magnitude =
      is_negative ? Uint128{0} - static_cast<Uint128>(sum) : static_cast<Uint128>(sum);
  return Number::round_from(is_negative, magnitude, -scale);
}

}  // namespace

std::optional<AggregateQuery> translate_aggregate(Aggregate aggregate, const Expression& expression,
                                                  const Scope& scope,
                                                  std::span<const Column> columns,
                                                  const Known& known) {
  Translator translator(expression, scope, columns, &known);
  std::optional<Operand> value = translator.operand(expression.tree().root);
  if (!value || !Arithmetic::settle(*value) || !fits(aggregate, value->sort)) return std::nullopt;
  // Microseconds of a difference of days do not fit.
  if (value->measure.unit != 1 || is_too_large(*value)) return std::nullopt;
  const std::vector<Operand> doubts = translator.take_doubts();
  AggregateQuery query{.aggregate = aggregate,
                       .select = fmt::format("count({})", value->sql),
                       .values = value->parameters,
                       .result = {.form = form_of(value->sort), .scale = value->measure.scale}};
  std::string any;
  for (const Operand& doubt : doubts) {
    any += (any.empty() ? "" : " OR ") + ("(" + doubt.sql + ")");
    append(query.values, doubt.parameters);
  }
  query.select += any.empty() ? ", 0" : fmt::format(", sum(ifnull({}, 0))", any);
  query.select += answer_sql(aggregate, value->sql);
  for (std::size_t i = 1; i < uses_of_value(aggregate); ++i) {
    append(query.values, value->parameters);
  }
  return query;
}

std::optional<Value> read_aggregate(const AggregateQuery& query, std::span<const Bound> row) {
  const auto integer = [&row](std::size_t at) {
    const auto* found = std::get_if<std::int64_t>(&row[at]);
    return found != nullptr ? *found : 0;
  };
  if (integer(kDoubtful) != 0) return std::nullopt;
  const std::int64_t count = integer(kCount);
  if (query.aggregate == Aggregate::Count) return Value(Number(count));
  if (count == 0) return Value();
  if (!is_summed(query.aggregate)) return value_of(row[kAnswer], query.result);
  std::optional<Number> sum = total(integer(kAnswer), integer(kLow), query.result.scale);
  if (sum && query.aggregate == Aggregate::Mean) sum = divide(*sum, Number(count));
  return sum ? Value(*sum) : Value();
}

}  // namespace formwork::feel::sql

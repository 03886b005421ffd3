#include "dsl/feel/sql_operand.h"

#include <limits>
#include <stdexcept>

#include "dsl/feel/temporal.h"

namespace formwork::feel::sql {
namespace {

// A value of the line of its kind: `numerator` of so many to each step of the column's integer.
struct Quantity {
  Int128 numerator = 0;
  std::int64_t denominator = 1;
};

Int128 nanoseconds_of(DaysDuration duration) {
  return Int128{duration.seconds} * kNanosPerSecond + duration.nanoseconds;
}

// nullopt for a local one, which stands nowhere on the line of UTC.
std::optional<Int128> nanoseconds_of(const DateTime& date_time) {
  const std::optional<std::int32_t> offset = offset_of(date_time);
  if (!offset) return std::nullopt;
  const Int128 seconds = Int128{to_days(date_time.local.date)} * kSecondsPerDay;
  return (seconds - *offset) * kNanosPerSecond + date_time.local.time.nanoseconds;
}

std::optional<Quantity> quantity_of_instant(const Value& value) {
  if (value.kind() == Value::Kind::Instant) return Quantity{value.instant().microseconds, 1};
  if (value.kind() != Value::Kind::DateTime) return std::nullopt;
  const std::optional<Int128> nanoseconds = nanoseconds_of(value.date_time());
  if (!nanoseconds) return std::nullopt;
  return Quantity{*nanoseconds, kNanosPerMicro};
}

// nullopt where the value is of another sort, or none that can be set beside a column.
std::optional<Quantity> quantity_of(const Value& value, Sort sort, const Measure& measure) {
  if (sort == Sort::Instant) return quantity_of_instant(value);
  if (sort_of(value) != sort) return std::nullopt;
  switch (sort) {
    case Sort::Boolean:
      return Quantity{value.boolean() ? 1 : 0};
    case Sort::Date:
      return Quantity{to_days(value.date())};
    case Sort::Time:
      if (!value.zoned_time().zone.is_local()) return std::nullopt;
      return Quantity{value.time().nanoseconds, kNanosPerMicro};
    case Sort::Duration:
      return Quantity{nanoseconds_of(value.days_duration()), measure.unit * kNanosPerMicro};
    case Sort::Months:
      return Quantity{value.months_duration().months};
    case Sort::Record:
      return Quantity{value.record().id};
    default:
      return std::nullopt;
  }
}

Int128 floor_of(const Quantity& quantity) {
  const Int128 whole = quantity.numerator / quantity.denominator;
  const bool has_rest = quantity.numerator % quantity.denominator != 0;
  return has_rest && quantity.numerator < 0 ? whole - 1 : whole;
}

std::optional<std::int64_t> as_integer(Int128 value) {
  using Limits = std::numeric_limits<std::int64_t>;
  if (value < Limits::min() || value > Limits::max()) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

bool is_equality(Relation relation) {
  return relation == Relation::Equal || relation == Relation::NotEqual;
}

// The constant lies beyond the integers, or between two of them.
Fitted beyond(Relation relation, bool is_above) {
  if (is_equality(relation)) return {relation, {}, relation == Relation::NotEqual};
  const bool below = relation == Relation::Less || relation == Relation::AtMost;
  // All integers are at most the largest; a constant above it asks for all or for none.
  if (is_above) return {below ? Relation::AtMost : Relation::Greater, INT64_MAX, std::nullopt};
  return {below ? Relation::Less : Relation::AtLeast, INT64_MIN, std::nullopt};
}

// What lies between `floor` and the next integer.
Fitted between(Relation relation, std::int64_t floor) {
  if (is_equality(relation)) return {relation, {}, relation == Relation::NotEqual};
  const bool below = relation == Relation::Less || relation == Relation::AtMost;
  return {below ? Relation::AtMost : Relation::Greater, floor, std::nullopt};
}

Fitted fit_number(Relation relation, const Number& number, int scale) {
  if (const auto exact = number.to_scaled(scale)) return {relation, *exact, std::nullopt};
  if (number > Number::from_scaled(INT64_MAX, scale)) return beyond(relation, true);
  if (number < Number::from_scaled(INT64_MIN, scale)) return beyond(relation, false);
  const std::optional<Number> floor = round(number, scale, Rounding::Floor);
  return between(relation, floor.value().to_scaled(scale).value());
}

// ",a,b,"; nullopt when an element is none that a column of codes may hold.
std::optional<std::string> joined_codes(const List& list) {
  std::string text = ",";
  for (const Value& element : list) {
    const std::string* code = element.if_string();
    if (code == nullptr || code->find(',') != std::string::npos) {
      return std::nullopt;
    }
    text += *code + ',';
  }
  return text;
}

}  // namespace

std::optional<Sort> sort_of(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::Null:
      return Sort::Null;
    case Value::Kind::Boolean:
      return Sort::Boolean;
    case Value::Kind::Number:
      return Sort::Number;
    case Value::Kind::String:
      return Sort::Text;
    case Value::Kind::Date:
      return Sort::Date;
    case Value::Kind::Time:
      return Sort::Time;
    case Value::Kind::Instant:
    case Value::Kind::DateTime:
      return Sort::Instant;
    case Value::Kind::DaysDuration:
      return Sort::Duration;
    case Value::Kind::MonthsDuration:
      return Sort::Months;
    case Value::Kind::Record:
      return Sort::Record;
    case Value::Kind::List:
      return Sort::Codes;
    case Value::Kind::Context:
    case Value::Kind::Range:
    case Value::Kind::Function:
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Bound> to_bound(const Value& value, Sort sort, const Measure& measure) {
  if (value.is_null()) return std::optional<Bound>(std::in_place);
  if (sort == Sort::Text && value.if_string() != nullptr) return Bound{value.string()};
  if (sort == Sort::Number && value.if_number() != nullptr) {
    const std::optional<std::int64_t> scaled = value.number().to_scaled(measure.scale);
    if (!scaled) return std::nullopt;
    return Bound{*scaled};
  }
  const std::optional<Quantity> quantity = quantity_of(value, sort, measure);
  if (!quantity || quantity->numerator % quantity->denominator != 0) return std::nullopt;
  const std::optional<std::int64_t> integer = as_integer(floor_of(*quantity));
  if (!integer) return std::nullopt;
  return Bound{*integer};
}

std::optional<Fitted> fit(Relation relation, const Value& constant, Sort sort,
                          const Measure& measure) {
  if (sort == Sort::Text && constant.if_string() != nullptr) {
    return Fitted{relation, constant.string(), std::nullopt};
  }
  if (sort == Sort::Codes && constant.kind() == Value::Kind::List) {
    const std::optional<std::string> text = joined_codes(constant.list());
    if (!text) return std::nullopt;
    return Fitted{relation, *text, std::nullopt};
  }
  if (sort == Sort::Number && constant.if_number() != nullptr) {
    return fit_number(relation, constant.number(), measure.scale);
  }
  const std::optional<Quantity> quantity = quantity_of(constant, sort, measure);
  if (!quantity) return std::nullopt;
  const std::optional<std::int64_t> floor = as_integer(floor_of(*quantity));
  if (!floor) return beyond(relation, quantity->numerator > 0);
  if (quantity->numerator % quantity->denominator == 0) {
    return Fitted{relation, *floor, std::nullopt};
  }
  return between(relation, *floor);
}

std::optional<SecondSpan> second_of(const Value& constant, Sort sort) {
  const std::optional<Quantity> quantity = quantity_of(constant, sort, {});
  if (!quantity) return std::nullopt;
  const Quantity seconds{quantity->numerator, quantity->denominator * kMicrosPerSecond};
  const std::optional<std::int64_t> first = as_integer(floor_of(seconds) * kMicrosPerSecond);
  const std::optional<std::int64_t> last =
      as_integer(floor_of(seconds) * kMicrosPerSecond + (kMicrosPerSecond - 1));
  if (!first || !last) return std::nullopt;
  return SecondSpan{*first, *last};
}

Relation mirrored(Relation relation) {
  switch (relation) {
    case Relation::Less:
      return Relation::Greater;
    case Relation::AtMost:
      return Relation::AtLeast;
    case Relation::Greater:
      return Relation::Less;
    case Relation::AtLeast:
      return Relation::AtMost;
    default:
      return relation;
  }
}

// FEEL's equality knows no null answer between values of one kind: null equals null and nothing
// else, which is SQL's IS.
std::string_view sql_of(Relation relation) {
  switch (relation) {
    case Relation::Equal:
      return " IS ";
    case Relation::NotEqual:
      return " IS NOT ";
    case Relation::Less:
      return " < ";
    case Relation::AtMost:
      return " <= ";
    case Relation::Greater:
      return " > ";
    case Relation::AtLeast:
      return " >= ";
  }
  throw std::logic_error("unknown relation");
}

}  // namespace formwork::feel::sql

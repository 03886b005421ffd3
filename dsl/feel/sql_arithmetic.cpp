#include "dsl/feel/sql_arithmetic.h"

#include <algorithm>

#include <fmt/core.h>

namespace formwork::feel::sql {
namespace {

constexpr Uint128 kMost = INT64_MAX;
constexpr int kMostScale = 18;

// FEEL's years end at ±999,999,999, which is a little more than so many days from 1970.
constexpr Uint128 kFarthestDay = 365'200'000'000;
constexpr Uint128 kMostDaysAdded = 100'000'000;

constexpr Uint128 kMostCharacters = 1'000'000'000;

// The square root of the largest integer.
constexpr Uint128 kFactor = 3'037'000'499;

// A factor whose product with any number of a column is exact in FEEL's 34 digits.
constexpr Uint128 kMostFactor = 10'000'000'000'000;

std::string atom(const Operand& operand) {
  return operand.is_atom ? operand.sql : "(" + operand.sql + ")";
}

void append(std::vector<Bound>& to, std::vector<Bound>&& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

Uint128 magnitude_of(std::int64_t value) {
  return value < 0 ? Uint128{0} - static_cast<Uint128>(value) : static_cast<Uint128>(value);
}

// How large the other factor may be. A constant leaves what it leaves, two columns share evenly.
Uint128 factor_beside(const Operand& factor) {
  const bool is_shared = !factor.constant && factor.bound > kFactor;
  return is_shared ? kFactor : kMost / std::max<Uint128>(factor.bound, 1);
}

bool is_measured(Sort sort) {
  return sort == Sort::Number || sort == Sort::Duration || sort == Sort::Months;
}

// The scale at which a constant is whole; nullopt when it is too fine or too large.
std::optional<Measure> measure_of(const Number& number) {
  const int scale = std::max(0, -number.normalized().exponent());
  if (scale > kMostScale || !number.to_scaled(scale)) return std::nullopt;
  return Measure{.scale = scale};
}

bool settle_constant(Operand& operand) {
  const Value& value = *operand.constant;
  if (operand.sort == Sort::Number) {
    const std::optional<Measure> measure = measure_of(value.number());
    if (!measure) return false;
    operand.measure = *measure;
  }
  std::optional<Bound> bound = to_bound(value, operand.sort, operand.measure);
  if (!bound) return false;
  if (const auto* integer = std::get_if<std::int64_t>(&*bound)) {
    operand.bound = magnitude_of(*integer);
  }
  operand.sql = value.is_null() ? "NULL" : "?";
  if (!value.is_null()) operand.parameters = {std::move(*bound)};
  return true;
}

}  // namespace

Operand bound_operand(Sort sort, Bound value) {
  Operand operand{.sort = sort, .sql = "?"};
  operand.parameters.push_back(std::move(value));
  return operand;
}

Operand literal(Sort sort, std::string_view text) {
  return {.sort = sort, .sql = std::string(text)};
}

Operand joined(Operand a, std::string_view op, Operand b) {
  Operand result{.sort = a.sort, .measure = a.measure};
  result.sql = atom(a).append(op).append(atom(b));
  result.parameters = std::move(a.parameters);
  append(result.parameters, std::move(b.parameters));
  result.depth = std::max(a.depth, b.depth) + 1;
  result.is_atom = false;
  return result;
}

Operand wrapped(std::string_view before, Operand a, std::string_view after) {
  a.slot.reset();
  a.zero_is_null.clear();
  a.keys.reset();
  a.sql.insert(0, before).append(after);
  a.depth += 1;
  a.is_atom = true;
  return a;
}

bool Arithmetic::settle(Operand& operand) {
  if (operand.is_column()) return true;
  return operand.constant && settle_constant(operand);
}

bool Arithmetic::limit(Operand& operand, Uint128 most) {
  if (operand.bound <= most) return true;
  if (operand.constant) return false;
  Operand doubt = operand;
  const auto end = static_cast<std::int64_t>(most);
  doubt.sql = fmt::format("{} NOT BETWEEN {} AND {}", atom(operand), -end, end);
  doubt.sort = Sort::Boolean;
  doubt.depth += 1;
  doubt.is_atom = false;
  const bool is_known = std::any_of(doubts_.begin(), doubts_.end(), [&](const Operand& one) {
    return doubt.parameters.empty() && one.sql == doubt.sql;
  });
  if (!is_known) doubts_.push_back(std::move(doubt));
  operand.bound = most;
  return true;
}

bool Arithmetic::scale_up(Operand& operand, std::int64_t factor) {
  if (factor == 1) return true;
  if (!limit(operand, kMost / static_cast<Uint128>(factor))) return false;
  operand.bound *= static_cast<Uint128>(factor);
  if (operand.constant) {
    std::get<std::int64_t>(operand.parameters[0]) *= factor;
    return true;
  }
  const Uint128 bound = operand.bound;
  operand = joined(std::move(operand), fmt::format(" * {}", factor), literal(Sort::Null, ""));
  operand.bound = bound;
  return true;
}

bool Arithmetic::align(Operand& a, Operand& b) {
  if (a.sort != b.sort) return a.is_null() || b.is_null();
  const Measure finer{.scale = std::max(a.measure.scale, b.measure.scale),
                      .unit = std::min(a.measure.unit, b.measure.unit)};
  for (Operand* one : {&a, &b}) {
    const int missing = finer.scale - one->measure.scale;
    if (missing > kMostScale || one->measure.unit % finer.unit != 0) return false;
    const std::int64_t factor = one->measure.unit / finer.unit;
    const auto shift = static_cast<std::int64_t>(power_of_ten_64(missing));
    if (!scale_up(*one, missing > 0 ? shift : factor)) return false;
    one->measure = finer;
  }
  return true;
}

std::optional<Operand> Arithmetic::sum(Operand a, std::string_view op, Operand b) {
  if (!align(a, b)) return std::nullopt;
  if (a.bound + b.bound > kMost) {
    // What one of them leaves is enough for the other, or each gets a half.
    const Uint128 half = kMost / 2;
    const bool a_is_small = a.bound <= half;
    const bool b_is_small = b.bound <= half;
    if (!limit(a, b_is_small ? kMost - b.bound : half)) return std::nullopt;
    if (!limit(b, a_is_small ? kMost - a.bound : half)) return std::nullopt;
  }
  const Uint128 bound = a.bound + b.bound;
  Operand result = joined(std::move(a), op, std::move(b));
  result.bound = bound;
  return result;
}

// Dates move by whole days; FEEL drops the rest of a duration, which depends on its sign.
std::optional<Operand> Arithmetic::move_date(Operand date, std::string_view op, Operand days) {
  if (!days.constant) return std::nullopt;
  days.measure.unit = kMicrosPerDay;
  if (!settle(days) || !settle(date) || days.bound > kMostDaysAdded) return std::nullopt;
  if (!limit(date, kFarthestDay - days.bound)) return std::nullopt;
  const Uint128 bound = date.bound + days.bound;
  Operand result = joined(std::move(date), op, std::move(days));
  result.measure = {};
  result.bound = bound;
  return result;
}

std::optional<Operand> Arithmetic::add(Operand a, Operand b) {
  if (a.sort == Sort::Date && b.sort == Sort::Duration) {
    return move_date(std::move(a), " + ", std::move(b));
  }
  if (a.sort == Sort::Duration && b.sort == Sort::Date) {
    return move_date(std::move(b), " + ", std::move(a));
  }
  if (!is_measured(a.sort) || a.sort != b.sort || !settle(a) || !settle(b)) return std::nullopt;
  return sum(std::move(a), " + ", std::move(b));
}

std::optional<Operand> Arithmetic::subtract(Operand a, Operand b) {
  if (a.sort == Sort::Date && b.sort == Sort::Duration) {
    return move_date(std::move(a), " - ", std::move(b));
  }
  const bool is_distance = a.sort == Sort::Date || a.sort == Sort::Instant;
  if ((!is_distance && !is_measured(a.sort)) || a.sort != b.sort || !settle(a) || !settle(b)) {
    return std::nullopt;
  }
  std::optional<Operand> result = sum(std::move(a), " - ", std::move(b));
  if (!result || !is_distance) return result;
  result->measure.unit = result->sort == Sort::Date ? kMicrosPerDay : 1;
  result->sort = Sort::Duration;
  return result;
}

std::optional<Operand> Arithmetic::multiply(Operand a, Operand b) {
  if (a.sort != Sort::Number || b.sort != Sort::Number || !settle(a) || !settle(b)) {
    return std::nullopt;
  }
  const Measure measure{.scale = a.measure.scale + b.measure.scale};
  if (measure.scale > kMostScale) return std::nullopt;
  if (a.bound * b.bound > kMost || a.bound > kMost || b.bound > kMost) {
    const Uint128 rest_of_a = factor_beside(b);
    const Uint128 rest_of_b = factor_beside(a);
    if (!limit(a, rest_of_a) || !limit(b, rest_of_b)) return std::nullopt;
  }
  const Uint128 bound = a.bound * b.bound;
  Operand result = joined(std::move(a), " * ", std::move(b));
  result.measure = measure;
  result.bound = bound;
  return result;
}

// By what has an exact reciprocal: `/ 4` is `* 0.25`.
std::optional<Operand> Arithmetic::divide(Operand a, const Operand& b) {
  if (b.sort != Sort::Number || !b.constant) return std::nullopt;
  const std::optional<Number> reciprocal = feel::divide(Number(1), b.constant->number());
  if (!reciprocal) return std::nullopt;
  const std::optional<Number> back = feel::multiply(*reciprocal, b.constant->number());
  if (!back || *back != Number(1) || reciprocal->normalized().coefficient() > kMostFactor) {
    return std::nullopt;
  }
  Operand factor{.sort = Sort::Number};
  factor.constant = Value(*reciprocal);
  return multiply(std::move(a), std::move(factor));
}

std::optional<Operand> Arithmetic::negate(Operand a) {
  if (!is_measured(a.sort) || !settle(a) || !limit(a, kMost)) return std::nullopt;
  const Uint128 bound = a.bound;
  Operand result = joined(literal(a.sort, ""), "-", a);
  result.measure = a.measure;
  result.bound = bound;
  return result;
}

Operand Arithmetic::length(Operand text) {
  Operand nul = wrapped("instr(", text, ", char(0))");
  doubts_.push_back(joined(std::move(nul), " > ", literal(Sort::Number, "0")));
  Operand result = wrapped("length(", std::move(text), ")");
  result.sort = Sort::Number;
  result.bound = kMostCharacters;
  return result;
}

std::optional<Operand> Arithmetic::magnitude(Operand a) {
  if (a.sort != Sort::Number || !settle(a) || !limit(a, kMost)) return std::nullopt;
  // SQLite ends the statement at the absolute value of the smallest integer, whose record is
  // undecided anyway.
  return wrapped("abs(max(", std::move(a), ", -9223372036854775807))");
}

}  // namespace formwork::feel::sql

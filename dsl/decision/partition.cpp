#include "dsl/decision/partition.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>

#include "dsl/base/time.h"

namespace formwork::decision {
namespace {

using feel::Number;
using feel::Value;
using feel::ValueKind;
using feel::syntax::Kind;
using feel::syntax::Node;

// Local times have one order; those in zones have none with the local ones, so they stay out.
bool can_be_bound(const Value& value) {
  switch (value.kind()) {
    case ValueKind::Boolean:
    case ValueKind::Number:
    case ValueKind::String:
    case ValueKind::Date:
    case ValueKind::DaysDuration:
    case ValueKind::MonthsDuration:
      return true;
    case ValueKind::Time:
      return value.zoned_time().zone.is_local();
    case ValueKind::DateTime:
      return value.date_time().zone.is_local();
    default:
      return false;
  }
}

bool is_before(const Value& a, const Value& b) {
  if (a.kind() == ValueKind::Boolean) return !a.boolean() && b.boolean();
  return feel::compare(a, b) < 0;
}

std::optional<Value> number_or_none(std::optional<Number> number) {
  if (!number) return std::nullopt;
  return Value(*number);
}

// A whole number if one lies between, since people read witnesses.
std::optional<Value> between_numbers(const Number& low, const Number& high) {
  if (const auto whole = round(low, 0, feel::Rounding::Floor)) {
    const auto next = add(*whole, Number(1));
    if (next && *next > low && *next < high) return Value(*next);
  }
  const auto sum = add(low, high);
  const auto middle = sum ? divide(*sum, Number(2)) : std::nullopt;
  if (middle && *middle > low && *middle < high) return Value(*middle);
  return std::nullopt;
}

std::optional<Value> between_dates(const Date& low, const Date& high) {
  const std::int64_t next = to_days(low) + 1;
  if (next >= to_days(high)) return std::nullopt;
  return Value(from_days(next));
}

// Times, moments and durations: the middle, or none when they are neighbours.
template <class Make>
std::optional<Value> between_counts(std::int64_t low, std::int64_t high, const Make& make) {
  const std::int64_t middle = std::midpoint(low, high);
  if (middle == low || middle == high) return std::nullopt;
  return make(middle);
}

Value shifted(const feel::DateTime& moment, std::int64_t days) {
  feel::DateTime result = moment;
  result.local.date = from_days(to_days(moment.local.date) + days);
  return Value(result);
}

std::optional<Value> between_moments(const feel::DateTime& low, const feel::DateTime& high) {
  const Value next = shifted(low, 1);
  if (next.date_time().local < high.local) return next;
  if (low.local.date == high.local.date) {
    return between_counts(low.local.time.nanoseconds, high.local.time.nanoseconds,
                          [&](std::int64_t middle) {
                            feel::DateTime result = low;
                            result.local.time.nanoseconds = middle;
                            return Value(result);
                          });
  }
  feel::DateTime start_of_day = high;
  start_of_day.local.time.nanoseconds = 0;
  if (low.local < start_of_day.local && start_of_day.local < high.local) return Value(start_of_day);
  return std::nullopt;
}

std::optional<Value> between(const Value& low, const Value& high) {
  switch (low.kind()) {
    case ValueKind::Number:
      return between_numbers(low.number(), high.number());
    case ValueKind::Date:
      return between_dates(low.date(), high.date());
    case ValueKind::Time:
      return between_counts(low.time().nanoseconds, high.time().nanoseconds,
                            [](std::int64_t middle) { return Value(TimeOfDay{middle}); });
    case ValueKind::DaysDuration:
      return between_counts(low.days_duration().seconds, high.days_duration().seconds,
                            [](std::int64_t middle) { return Value(DaysDuration{middle}); });
    case ValueKind::MonthsDuration:
      return between_counts(low.months_duration().months, high.months_duration().months,
                            [](std::int64_t middle) { return Value(MonthsDuration{middle}); });
    case ValueKind::DateTime:
      return between_moments(low.date_time(), high.date_time());
    default:
      return std::nullopt;
  }
}

constexpr std::int32_t kLastYear = 999'999'999;
constexpr std::int64_t kFarthest = std::int64_t{1} << 61;

// The neighbour of a bound in the direction of `step` (-1 or 1).
std::optional<Value> beyond(const Value& bound, int step) {
  switch (bound.kind()) {
    case ValueKind::Number: {
      const auto moved = add(bound.number(), Number(step));
      if (!moved || *moved == bound.number()) return std::nullopt;
      return number_or_none(moved);
    }
    case ValueKind::Date:
      if (std::abs(bound.date().year) >= kLastYear) return std::nullopt;
      return Value(from_days(to_days(bound.date()) + step));
    case ValueKind::DateTime:
      if (std::abs(bound.date_time().local.date.year) >= kLastYear) return std::nullopt;
      return shifted(bound.date_time(), step);
    case ValueKind::Time: {
      const std::int64_t time = bound.time().nanoseconds;
      if (step < 0) return time == 0 ? std::nullopt : std::optional(Value(TimeOfDay{0}));
      return time >= kNanosPerDay - 1 ? std::nullopt
                                      : std::optional(Value(TimeOfDay{kNanosPerDay - 1}));
    }
    case ValueKind::DaysDuration: {
      const std::int64_t seconds = bound.days_duration().seconds;
      if (std::abs(seconds / 2) > kFarthest) return std::nullopt;
      return Value(DaysDuration{seconds + step * kSecondsPerDay});
    }
    case ValueKind::MonthsDuration: {
      const std::int64_t months = bound.months_duration().months;
      if (std::abs(months / 2) > kFarthest) return std::nullopt;
      return Value(MonthsDuration{months + step});
    }
    default:
      return std::nullopt;
  }
}

// Anything of a kind of which no bound is known; a number when not even the kind is.
std::optional<Value> any_of(ValueKind kind) {
  switch (kind) {
    case ValueKind::Number:
      return Value(Number(0));
    case ValueKind::String:
      return Value("…");
    case ValueKind::Date:
      return Value(Date{2000, 1, 1});
    case ValueKind::Time:
      return Value(TimeOfDay{kNanosPerDay / 2});
    case ValueKind::DateTime:
      return Value(feel::DateTime{{Date{2000, 1, 1}, TimeOfDay{0}}, {}});
    case ValueKind::DaysDuration:
      return Value(DaysDuration{0});
    case ValueKind::MonthsDuration:
      return Value(MonthsDuration{0});
    default:
      return Value(Number(0));
  }
}

bool is_comparison(std::string_view sign) { return sign != "=" && sign != "!="; }

}  // namespace

std::optional<Value> constant_of(const feel::Expression& expression, const Node& node) {
  switch (node.kind) {
    case Kind::Null:
      return Value();
    case Kind::True:
      return Value(true);
    case Kind::False:
      return Value(false);
    case Kind::String:
      return Value(node.text);
    case Kind::Number:
      return number_or_none(Number::parse(node.text));
    case Kind::Negate:
    case Kind::Temporal:
    case Kind::Call: {
      // Strict, so that a name which means something only around it is refused.
      const std::string_view text =
          std::string_view(expression.text()).substr(node.begin, node.end - node.begin);
      const feel::CompiledExpression compiled = feel::compile_expression(text, feel::Scope());
      if (!compiled.expression || compiled.expression->constant() == nullptr) return std::nullopt;
      return *compiled.expression->constant();
    }
    default:
      return std::nullopt;
  }
}

struct Partition::Bounds {
  ValueKind kind = ValueKind::Null;
  bool is_ordered = false;
  bool mentions_null = false;
  std::vector<Value> values;

  bool add(Value value) {
    if (value.is_null()) {
      mentions_null = true;
      return !is_ordered;
    }
    if (!can_be_bound(value)) return false;
    if (kind != ValueKind::Null && kind != value.kind()) return false;
    kind = value.kind();
    values.push_back(std::move(value));
    return true;
  }
};

bool Partition::collect_operand(const feel::Expression& tests, feel::syntax::NodeId id,
                                Bounds& into) {
  std::optional<Value> value = constant_of(tests, tests.tree()[id]);
  return value && into.add(std::move(*value));
}

bool Partition::collect(const feel::Expression& tests, const Node& node, Bounds& into) {
  switch (node.kind) {
    case Kind::AnyTest:
      return true;
    case Kind::NotTest:
    case Kind::Tests:
      return std::all_of(node.children.begin(), node.children.end(),
                         [&](auto child) { return collect(tests, tests.tree()[child], into); });
    case Kind::Comparison:
      into.is_ordered = into.is_ordered || is_comparison(node.text);
      return collect_operand(tests, node.children[0], into);
    case Kind::Interval:
      into.is_ordered = true;
      return collect_operand(tests, node.children[0], into) &&
             collect_operand(tests, node.children[1], into);
    default: {
      std::optional<Value> value = constant_of(tests, node);
      return value && into.add(std::move(*value));
    }
  }
}

// The order of texts is not for people: a table that compares them has no neighbours to name.
bool Partition::add(const feel::Expression& tests) {
  const feel::syntax::Tree& tree = tests.tree();
  if (tree.root == feel::syntax::kNoNode) return false;
  Bounds bounds;
  if (!collect(tests, tree[tree.root], bounds)) return false;
  if (bounds.kind != ValueKind::Null && kind_ != ValueKind::Null && bounds.kind != kind_) {
    return false;
  }
  const bool ordered = bounds.is_ordered;
  if (ordered && (bounds.kind == ValueKind::String || bounds.kind == ValueKind::Boolean)) {
    return false;
  }
  if (bounds.kind != ValueKind::Null) kind_ = bounds.kind;
  is_ordered_ = is_ordered_ || ordered;
  mentions_null_ = mentions_null_ || bounds.mentions_null;
  std::move(bounds.values.begin(), bounds.values.end(), std::back_inserter(bounds_));
  return true;
}

void Partition::add_kind(ValueKind kind) {
  if (kind_ == ValueKind::Null) kind_ = kind;
}

void Partition::finish() {
  if (kind_ == ValueKind::Boolean) bounds_ = {Value(false), Value(true)};
  std::sort(bounds_.begin(), bounds_.end(), is_before);
  bounds_.erase(std::unique(bounds_.begin(), bounds_.end(),
                            [](const Value& a, const Value& b) { return !is_before(a, b); }),
                bounds_.end());
  samples_.assign(segment_count(), std::nullopt);
  for (std::size_t i = 0; i < bounds_.size(); ++i) samples_[2 * i + 1] = bounds_[i];
  samples_[null_segment()] = Value();
  if (kind_ == ValueKind::Boolean) return;
  if (bounds_.empty()) {
    samples_[0] = any_of(kind_);
    return;
  }
  if (kind_ == ValueKind::String) {
    // Cells ask only whether texts are equal, so any other text stands for all stretches.
    std::string other = "…";
    while (std::find(bounds_.begin(), bounds_.end(), Value(other)) != bounds_.end()) other += "…";
    for (std::size_t i = 0; i <= bounds_.size(); ++i) samples_[2 * i] = Value(other);
    return;
  }
  samples_[0] = beyond(bounds_.front(), -1);
  for (std::size_t i = 1; i < bounds_.size(); ++i) {
    samples_[2 * i] = between(bounds_[i - 1], bounds_[i]);
  }
  samples_[2 * bounds_.size()] = beyond(bounds_.back(), 1);
}

std::optional<std::size_t> Partition::find(const Value& value) const {
  if (value.is_null()) return null_segment();
  if (kind_ == ValueKind::Null) return 0;
  if (value.kind() != kind_ || !can_be_bound(value)) return std::nullopt;
  const auto at = std::lower_bound(bounds_.begin(), bounds_.end(), value, is_before);
  const auto index = static_cast<std::size_t>(at - bounds_.begin());
  if (at != bounds_.end() && !is_before(value, *at)) return 2 * index + 1;
  return 2 * index;
}

}  // namespace formwork::decision

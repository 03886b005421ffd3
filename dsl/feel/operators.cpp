#include "dsl/feel/operators.h"

#include <algorithm>

#include "dsl/feel/function.h"
#include "dsl/feel/temporal.h"

namespace formwork::feel {
namespace {

using Kind = Value::Kind;

bool is_date_time(Kind kind) { return kind == Kind::DateTime || kind == Kind::Instant; }

bool is_duration(Kind kind) { return kind == Kind::DaysDuration || kind == Kind::MonthsDuration; }

bool is_temporal(Kind kind) {
  return kind == Kind::Date || kind == Kind::Time || is_date_time(kind) || is_duration(kind);
}

bool are_comparable(const Value& a, const Value& b) {
  return a.kind() == b.kind() || (is_date_time(a.kind()) && is_date_time(b.kind()));
}

// Three-valued `and` over many: false decides, null spoils.
class All {
 public:
  // Whether to go on.
  bool add(Truth truth) {
    if (!truth) {
      has_null_ = true;
    } else if (!*truth) {
      is_false_ = true;
    }
    return !is_false_;
  }

  Truth answer() const {
    if (is_false_) return false;
    return has_null_ ? Truth() : Truth(true);
  }

 private:
  bool is_false_ = false;
  bool has_null_ = false;
};

Truth equal_lists(const List& a, const List& b, const TimeZone& zone) {
  if (a.size() != b.size()) return false;
  All all;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!all.add(equal(a[i], b[i], zone))) break;
  }
  return all.answer();
}

Truth equal_contexts(const Context& a, const Context& b, const TimeZone& zone) {
  if (a.values.size() != b.values.size()) return false;
  All all;
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    const Value* other = b.find(a.shape->names[i]);
    if (other == nullptr) return false;
    if (!all.add(equal(a.values[i], *other, zone))) break;
  }
  return all.answer();
}

Truth equal_ranges(const Range& a, const Range& b, const TimeZone& zone) {
  const bool same_form =
      a.form == b.form && a.start_included == b.start_included && a.end_included == b.end_included;
  if (!same_form) return false;
  All all;
  if (all.add(equal(a.start, b.start, zone))) all.add(equal(a.end, b.end, zone));
  return all.answer();
}

template <class T>
int sign_of(const T& a, const T& b) {
  if (a < b) return -1;
  return b < a ? 1 : 0;
}

Value from(const std::optional<Number>& number) { return number ? Value(*number) : Value(); }

bool are_numbers(const Value& a, const Value& b) {
  return a.kind() == Kind::Number && b.kind() == Kind::Number;
}

}  // namespace

Truth equal(const Value& a, const Value& b, const TimeZone& zone) {
  if (a.is_null() || b.is_null()) return a.is_null() && b.is_null();
  if (!are_comparable(a, b)) return std::nullopt;
  if (is_temporal(a.kind())) return equal_temporal(a, b, zone);
  switch (a.kind()) {
    case Kind::List:
      return equal_lists(a.list(), b.list(), zone);
    case Kind::Context:
      return equal_contexts(a.context(), b.context(), zone);
    case Kind::Range:
      return equal_ranges(a.range(), b.range(), zone);
    default:
      return a == b;
  }
}

std::optional<int> order(const Value& a, const Value& b, const TimeZone& zone) {
  if (!are_comparable(a, b)) return std::nullopt;
  if (a.kind() == Kind::Number) return sign_of(a.number(), b.number());
  // Bytes of UTF-8 order as code points do.
  if (a.kind() == Kind::String) return sign_of(a.string(), b.string());
  return is_temporal(a.kind()) ? order_temporal(a, b, zone) : std::nullopt;
}

Value add(const Value& a, const Value& b, const TimeZone& zone) {
  if (are_numbers(a, b)) return from(add(a.number(), b.number()));
  if (a.kind() == Kind::String && b.kind() == Kind::String) return Value(a.string() + b.string());
  if (is_temporal(a.kind()) && is_temporal(b.kind())) return add_temporal(a, b, zone);
  return {};
}

Value subtract(const Value& a, const Value& b, const TimeZone& zone) {
  if (are_numbers(a, b)) return from(subtract(a.number(), b.number()));
  if (is_temporal(a.kind()) && is_temporal(b.kind())) return subtract_temporal(a, b, zone);
  return {};
}

Value multiply(const Value& a, const Value& b) {
  if (are_numbers(a, b)) return from(multiply(a.number(), b.number()));
  if (is_duration(a.kind()) && b.kind() == Kind::Number) return multiply_duration(a, b.number());
  if (is_duration(b.kind()) && a.kind() == Kind::Number) return multiply_duration(b, a.number());
  return {};
}

Value divide(const Value& a, const Value& b) {
  if (are_numbers(a, b)) return from(divide(a.number(), b.number()));
  return is_duration(a.kind()) ? divide_duration(a, b) : Value();
}

Value power(const Value& a, const Value& b) {
  return are_numbers(a, b) ? from(power(a.number(), b.number())) : Value();
}

Value negate(const Value& a) {
  if (a.kind() == Kind::Number) return Value(-a.number());
  return is_duration(a.kind()) ? negate_duration(a) : Value();
}

namespace {

Truth compare_with(const Value& value, const Value& bound, const TimeZone& zone,
                   bool (*fits)(int)) {
  const std::optional<int> sign = order(value, bound, zone);
  return sign ? Truth(fits(*sign)) : std::nullopt;
}

Truth negated(Truth truth) { return truth ? Truth(!*truth) : truth; }

}  // namespace

Truth contains(const Range& range, const Value& value, const TimeZone& zone) {
  using Form = Range::Form;
  static constexpr auto kLess = [](int sign) { return sign < 0; };
  static constexpr auto kAtMost = [](int sign) { return sign <= 0; };
  static constexpr auto kGreater = [](int sign) { return sign > 0; };
  static constexpr auto kAtLeast = [](int sign) { return sign >= 0; };
  switch (range.form) {
    case Form::Less:
      return compare_with(value, range.end, zone, kLess);
    case Form::LessEqual:
      return compare_with(value, range.end, zone, kAtMost);
    case Form::Greater:
      return compare_with(value, range.start, zone, kGreater);
    case Form::GreaterEqual:
      return compare_with(value, range.start, zone, kAtLeast);
    case Form::Equal:
      return equal(value, range.start, zone);
    case Form::NotEqual:
      return negated(equal(value, range.start, zone));
    case Form::Interval:
      break;
  }
  All all;
  const bool go_on =
      all.add(compare_with(value, range.start, zone, range.start_included ? +kAtLeast : +kGreater));
  if (go_on) {
    all.add(compare_with(value, range.end, zone, range.end_included ? +kAtMost : +kLess));
  }
  return all.answer();
}

Truth in(const Value& value, const Value& test, const TimeZone& zone) {
  if (test.kind() == Kind::Range && value.kind() != Kind::Range) {
    return contains(test.range(), value, zone);
  }
  if (test.kind() != Kind::List) return equal(value, test, zone);
  if (value.kind() == Kind::List && equal(value, test, zone) == Truth(true)) return true;
  Truth answer = false;
  for (const Value& one : test.list()) {
    const Truth truth = in(value, one, zone);
    if (truth == Truth(true)) return true;
    // As with list contains(), values of another kind are not the same; a range has no answer then.
    const bool is_test = one.kind() == Kind::Range || one.kind() == Kind::List;
    if (!truth && is_test && value.kind() != Kind::List) answer = std::nullopt;
  }
  return answer;
}

namespace {

Value range_property(const Range& range, std::string_view name) {
  using Form = Range::Form;
  const bool bounded_below = range.form != Form::Less && range.form != Form::LessEqual;
  const bool bounded_above = range.form == Form::Interval || !bounded_below;
  const bool is_point = range.form == Form::Equal || range.form == Form::NotEqual;
  if (name == "start") return bounded_below ? range.start : Value();
  if (name == "end") return is_point ? range.start : bounded_above ? range.end : Value();
  if (name == "start included") {
    if (range.form == Form::Interval) return Value(range.start_included);
    return Value(range.form == Form::GreaterEqual || range.form == Form::Equal);
  }
  if (name == "end included") {
    if (range.form == Form::Interval) return Value(range.end_included);
    return Value(range.form == Form::LessEqual || range.form == Form::Equal);
  }
  return {};
}

}  // namespace

Value property(const Value& value, std::string_view name, const TimeZone& zone) {
  if (value.kind() == Kind::Context) {
    const Value* entry = value.context().find(name);
    return entry != nullptr ? *entry : Value();
  }
  if (value.kind() == Kind::Range) return range_property(value.range(), name);
  return is_temporal(value.kind()) ? temporal_property(value, name, zone) : Value();
}

}  // namespace formwork::feel

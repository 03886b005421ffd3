// FEEL's operators on values, with the semantics of DMN 1.5, 10.3.2. Null stands for "no answer";
// the caller knows the place and words the reason.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dsl/base/time_zone.h"
#include "dsl/feel/value.h"

namespace formwork::feel {

// Three-valued truth: nullopt is null.
using Truth = std::optional<bool>;

// FEEL `=` (table 53): nullopt for values of different kinds; null equals null and nothing else.
// `zone` is that of Instants.
Truth equal(const Value& a, const Value& b, const TimeZone& zone);

// Negative, zero or positive for FEEL `<` and the like; nullopt where values have no order: other
// kinds, null, a local time against one in a zone.
std::optional<int> order(const Value& a, const Value& b, const TimeZone& zone);

// + - * / ** (tables 54 to 60): numbers, strings (+), dates, times and durations. Null where the
// operands have no such operation or the result cannot be represented.
Value add(const Value& a, const Value& b, const TimeZone& zone);
Value subtract(const Value& a, const Value& b, const TimeZone& zone);
Value multiply(const Value& a, const Value& b);
Value divide(const Value& a, const Value& b);
Value power(const Value& a, const Value& b);
Value negate(const Value& a);

// Whether `value` lies in a range or equals an element; `test` may be a range, a list of tests, or
// a value.
Truth in(const Value& value, const Value& test, const TimeZone& zone);
Truth contains(const Range& range, const Value& value, const TimeZone& zone);

// `value.name` of contexts, dates, times, durations and ranges; lists are mapped by the evaluator,
// records too. Null when there is no such property.
Value property(const Value& value, std::string_view name, const TimeZone& zone);

// FEEL's string(): no quotes around a text that stands alone, quotes inside of lists and contexts.
std::string to_text(const Value& value, const TimeZone& zone);

// FEEL text that evaluates to the value: "text" quoted, dates as date("…") or @"…". For messages,
// traces and `formwork eval`.
std::string to_literal(const Value& value, const TimeZone& zone);

}  // namespace formwork::feel

// Dates, times and durations of FEEL: their texts, arithmetic, comparison and properties. Precision
// is a nanosecond, years reach from -999999999 to 999999999.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dsl/base/time_zone.h"
#include "dsl/feel/value.h"

namespace formwork::feel {

// The texts that the functions of these names and @"…" take (XML Schema, ISO 8601, and `@Zone`).
// nullopt when the text is none.
std::optional<Date> parse_feel_date(std::string_view text);
std::optional<Time> parse_feel_time(std::string_view text);
std::optional<DateTime> parse_feel_date_time(
    std::string_view text);  // a date alone is its midnight
// Null, DaysDuration or MonthsDuration.
Value parse_feel_duration(std::string_view text);
// Any of them, as @"…" reads it; null when the text is none.
Value parse_temporal(std::string_view text);

// As string() shows them: the shortest text that reads back; seconds are always there.
std::string to_text(const Time& time);
std::string to_text(const DateTime& date_time);

// An Instant as the date and time that people in `zone` see. Beside one, a local date and time is
// in that zone too.
DateTime to_date_time(Instant instant, const TimeZone& zone);

// The offset of a date and time from UTC; nullopt for a local one.
std::optional<std::int32_t> offset_of(const DateTime& date_time);

// Of operands of which at least one is temporal; null when the operation is not defined or the
// result is out of reach. An Instant counts as a date and time in `zone`.
Value add_temporal(const Value& a, const Value& b, const TimeZone& zone);
Value subtract_temporal(const Value& a, const Value& b, const TimeZone& zone);
Value multiply_duration(const Value& duration, const Number& factor);
Value divide_duration(const Value& duration, const Value& divisor);  // by a number or a duration
Value negate_duration(const Value& duration);

// Of two temporal values of one kind (date, time, date and time, a kind of duration); nullopt where
// they have no order, as between a local time and one in a zone. Equality is that of table 53,
// which compares the whole seconds of times, dates and times and instants; order tells fractions
// apart.
std::optional<int> order_temporal(const Value& a, const Value& b, const TimeZone& zone);
std::optional<bool> equal_temporal(const Value& a, const Value& b, const TimeZone& zone);

// `year`, `month`, `day`, `weekday`, `hour`, `minute`, `second`, `time offset`, `timezone`,
// `years`, `months`, `days`, `hours`, `minutes`, `seconds`; null for others.
Value temporal_property(const Value& value, std::string_view name, const TimeZone& zone);

}  // namespace formwork::feel

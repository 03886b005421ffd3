// The line on which dates and times are counted and compared: seconds and nanoseconds from
// 1970-01-01T00:00:00, of UTC or of a local calendar. Inside of the temporal files of this folder.
#pragma once

#include <cstdint>
#include <optional>

#include "dsl/base/time.h"
#include "dsl/base/time_zone.h"
#include "dsl/feel/value.h"

namespace formwork::feel::timeline {

inline constexpr std::int32_t kFarthestYear = 999'999'999;

// A place on the line is its distance from the start.
using Place = DaysDuration;

DaysDuration from_nanoseconds(std::int64_t nanoseconds);

// nullopt when 64 bits of seconds do not hold the result.
std::optional<DaysDuration> plus(const DaysDuration& a, const DaysDuration& b);
std::optional<DaysDuration> negated(const DaysDuration& duration);

Place place_of(const LocalDateTime& local);

// The way back; nullopt for years that FEEL has not.
std::optional<LocalDateTime> local_at(const Place& place);

// A local date and time is placed as if it were one of UTC.
Place utc_place_of(const DateTime& date_time);

// The date and time that a clock in `zone` shows at a place on the line of UTC.
std::optional<DateTime> date_time_at(const Place& utc, const Zone& zone);

// Of a DateTime or an Instant; nullopt for others.
std::optional<DateTime> date_time_of(const Value& value, const TimeZone& zone);

// Nanoseconds from midnight, in UTC: below 0 or beyond the day where the offset moves it there.
// nullopt for a local time.
std::optional<std::int64_t> utc_nanoseconds_of(const Time& time);

}  // namespace formwork::feel::timeline

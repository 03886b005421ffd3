// Dates, times of day, instants and durations, and their ISO 8601 / RFC 3339 texts.
//
// The calendar is the proleptic Gregorian one; instants reach about 290,000 years both ways.
// Nothing here knows the present time or a time zone's rules: the clock is injected by the engine,
// zones live in time_zone.h.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace formwork {

inline constexpr std::int64_t kSecondsPerDay = 86'400;
inline constexpr std::int64_t kMicrosPerSecond = 1'000'000;
inline constexpr std::int64_t kMicrosPerDay = kSecondsPerDay * kMicrosPerSecond;
inline constexpr std::int64_t kNanosPerMicro = 1'000;
inline constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
inline constexpr std::int64_t kNanosPerDay = kSecondsPerDay * kNanosPerSecond;

struct Date {
  std::int32_t year = 1970;
  std::uint8_t month = 1;  // from 1
  std::uint8_t day = 1;    // from 1

  auto operator<=>(const Date&) const = default;
};

// A time of day without zone, in nanoseconds since midnight: 0 up to, excluding, kNanosPerDay.
struct TimeOfDay {
  std::int64_t nanoseconds = 0;

  static constexpr TimeOfDay from_microseconds(std::int64_t microseconds) {
    return {microseconds * kNanosPerMicro};
  }

  // What is finer is cut off.
  constexpr std::int64_t to_microseconds() const { return nanoseconds / kNanosPerMicro; }

  constexpr std::int64_t to_seconds() const { return nanoseconds / kNanosPerSecond; }

  auto operator<=>(const TimeOfDay&) const = default;
};

// A point on the time line, in microseconds since 1970-01-01T00:00:00Z, leap seconds left out.
struct Instant {
  std::int64_t microseconds = 0;

  auto operator<=>(const Instant&) const = default;
};

struct LocalDateTime {
  Date date;
  TimeOfDay time;

  auto operator<=>(const LocalDateTime&) const = default;
};

// FEEL's "days and time duration"; negative ones run backwards. In two parts, because nanoseconds
// in one integer end after 292 years and FEEL's dates lie up to two billion apart.
struct DaysDuration {
  std::int64_t seconds = 0;  // rounded down: half a second back is {-1, 500'000'000}
  std::int32_t nanoseconds =
      0;  // 0 to 999,999,999, so that comparing the members in order is right

  static DaysDuration from_microseconds(std::int64_t microseconds);

  // What is finer is cut off downwards; what lies beyond an integer's ends becomes its first or
  // last.
  std::int64_t to_microseconds() const;

  auto operator<=>(const DaysDuration&) const = default;
};

// FEEL's "years and months duration".
struct MonthsDuration {
  std::int64_t months = 0;

  auto operator<=>(const MonthsDuration&) const = default;
};

bool is_leap_year(std::int32_t year);
int days_in_month(std::int32_t year, int month);
bool is_valid(const Date& date);

// Days since 1970-01-01, negative before.
std::int64_t to_days(const Date& date);
Date from_days(std::int64_t days);

// The civil reading of an instant at a fixed offset from UTC, and back; what lies beyond the ends
// of time becomes its first or last instant, and what is finer than a microsecond is cut off.
LocalDateTime to_local(Instant instant, std::int32_t offset_seconds);
Instant to_instant(const LocalDateTime& local, std::int32_t offset_seconds);

// Strict ISO 8601 readers: the whole text must match. `2026-11-23`; `09:30`, `09:30:15`,
// `09:30:15.25`; `2026-11-23T09:30` with the same time forms; RFC 3339 with `Z` or `+08:00`; `P3D`,
// `PT8H30M`, `-P1DT2H`; `P1Y2M`. Years have four digits. As the store keeps microseconds, what is
// finer, or longer than 64 bits of them, is refused, not cut.
std::optional<Date> parse_date(std::string_view text);
std::optional<TimeOfDay> parse_time(std::string_view text);
std::optional<LocalDateTime> parse_local_date_time(std::string_view text);
std::optional<Instant> parse_instant(std::string_view text);
std::optional<DaysDuration> parse_days_duration(std::string_view text);
std::optional<MonthsDuration> parse_months_duration(std::string_view text);

// The same texts back, in their shortest form: seconds only when not zero or with a fraction.
std::string to_string(const Date& date);
std::string to_string(const TimeOfDay& time);
std::string to_string(const LocalDateTime& local);
std::string to_string(DaysDuration duration);
std::string to_string(MonthsDuration duration);

// RFC 3339 in UTC with `Z`, always with seconds; a fraction only when there is one.
std::string to_rfc3339(Instant instant);

}  // namespace formwork

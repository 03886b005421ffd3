#include "dsl/calendar/before.h"

#include <algorithm>

namespace formwork::calendar {
namespace {

constexpr std::int64_t kReachDays = 3660;

Instant same_time(const TimeZone& zone, Instant from, std::int64_t days_before) {
  LocalDateTime local = zone.to_local(from);
  local.date = from_days(to_days(local.date) - days_before);
  return zone.to_instant(local);
}

Instant working_days_before(const Calendar& calendar, Instant from, std::int64_t days) {
  const std::int64_t today = to_days(calendar.zone().to_local(from).date);
  std::int64_t day = today;
  for (std::int64_t left = days; left > 0 && today - day < kReachDays;) {
    --day;
    if (!calendar.hours_on(from_days(day)).empty()) --left;
  }
  return same_time(calendar.zone(), from, today - day);
}

// The working time between the two never grows when the first one comes later, so the latest one
// from which there is enough can be narrowed down.
Instant working_time_before(const Calendar& calendar, Instant from, DaysDuration time) {
  const auto is_enough = [&](std::int64_t at) { return calendar.working_time({at}, from) >= time; };
  std::int64_t early = from.microseconds;
  for (std::int64_t reach = kMicrosPerDay; !is_enough(early); reach *= 2) {
    early = from.microseconds - std::min(reach, kReachDays * kMicrosPerDay);
    if (reach > kReachDays * kMicrosPerDay) return {early};
  }
  std::int64_t late = from.microseconds;
  while (late - early > 1) {
    const std::int64_t middle = early + (late - early) / 2;
    (is_enough(middle) ? early : late) = middle;
  }
  return {early};
}

}  // namespace

Instant before(const Calendar& calendar, Instant from, const Period& period) {
  const bool has_time = period.time.to_microseconds() != 0;
  if (!period.business) {
    const Instant day = period.days == 0 ? from : same_time(calendar.zone(), from, period.days);
    return {day.microseconds - period.time.to_microseconds()};
  }
  const Instant day = period.days == 0 ? from : working_days_before(calendar, from, period.days);
  return has_time ? working_time_before(calendar, day, period.time) : day;
}

std::optional<Instant> next_working(const Calendar& calendar, Instant from) {
  if (calendar.is_working(from)) return from;
  // The end of the first microsecond of work that comes.
  const Period moment{.time = DaysDuration::from_microseconds(1), .business = true};
  const Instant behind = calendar.add(from, moment);
  const Instant opening{behind.microseconds - 1};
  return calendar.is_working(opening) ? std::optional(opening) : std::nullopt;
}

}  // namespace formwork::calendar

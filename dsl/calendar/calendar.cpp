// Working time is what clocks of the zone say: a moment belongs to it when their date has hours
// around their time of day. So the time line is walked in pieces of one offset, within which clocks
// run like it does.
#include "dsl/calendar/calendar.h"

#include <algorithm>

namespace formwork::calendar {
namespace {

// How far to look for working time, and how much of it to take in at once. A zone changes its
// offset once in such a piece at most.
constexpr std::int64_t kReach = 3'653 * kMicrosPerDay;
constexpr std::int64_t kPiece = kMicrosPerDay;

std::int64_t floor_days(std::int64_t microseconds) {
  const std::int64_t days = microseconds / kMicrosPerDay;
  return microseconds % kMicrosPerDay < 0 ? days - 1 : days;
}

std::int64_t offset_at(const TimeZone& zone, std::int64_t at) {
  return zone.offset_at({at}) * kMicrosPerSecond;
}

// The end of the piece that begins at `at` and has the offset it has there, `until` at the latest.
std::int64_t piece_end(const TimeZone& zone, std::int64_t at, std::int64_t until) {
  const std::int64_t offset = offset_at(zone, at);
  std::int64_t end = std::min(until, at + kPiece);
  if (offset_at(zone, end - 1) == offset) return end;
  std::int64_t before = at;  // has the offset, and `end - 1` has another
  while (end - before > 1) {
    const std::int64_t middle = before + (end - before) / 2;
    (offset_at(zone, middle) == offset ? before : end) = middle;
  }
  return end;
}

// Calls visit(begin, end) for each stretch of working time in [from, until), in order, until it
// says false.
template <class Visit>
void walk(const Calendar& calendar, std::int64_t from, std::int64_t until, Visit visit) {
  const TimeZone& zone = calendar.zone();
  for (std::int64_t at = from; at < until;) {
    const std::int64_t end = piece_end(zone, at, until);
    const std::int64_t offset = offset_at(zone, at);
    const std::int64_t last_day = floor_days(end - 1 + offset);
    for (std::int64_t day = floor_days(at + offset); day <= last_day; ++day) {
      const std::int64_t midnight = day * kMicrosPerDay - offset;
      for (const Hours& hours : calendar.hours_on(from_days(day))) {
        const std::int64_t begins = std::max(at, midnight + hours.from.to_microseconds());
        const std::int64_t ends = std::min(end, midnight + hours.to.to_microseconds());
        if (begins < ends && !visit(begins, ends)) return;
      }
    }
    at = end;
  }
}

// The first moment at or behind `from` by which so much working time has passed; of none, the first
// that is working time.
Instant after_working(const Calendar& calendar, Instant from, std::int64_t microseconds) {
  std::int64_t at = from.microseconds;
  std::int64_t limit = at + kReach;
  std::int64_t left = microseconds;
  bool is_there = false;
  while (!is_there) {
    bool has_work = false;
    walk(calendar, at, limit, [&](std::int64_t begin, std::int64_t end) {
      has_work = true;
      is_there = left <= end - begin;
      at = is_there ? begin + left : end;
      if (!is_there) left -= end - begin;
      return !is_there;
    });
    if (!has_work) return {limit};
    limit = at + kReach;
  }
  return {at};
}

// The same time of day so many dates later.
Instant add_dates(const TimeZone& zone, Instant from, std::int64_t days) {
  LocalDateTime local = zone.to_local(from);
  local.date = from_days(to_days(local.date) + days);
  return zone.to_instant(local);
}

// The same time of day so many working days later.
Instant add_working_days(const Calendar& calendar, Instant from, std::int64_t days) {
  const std::int64_t today = to_days(calendar.zone().to_local(from).date);
  std::int64_t day = today;
  for (std::int64_t left = days, idle = 0; left > 0 && idle < kReach / kMicrosPerDay;) {
    ++day;
    const bool is_workday = !calendar.hours_on(from_days(day)).empty();
    left -= is_workday ? 1 : 0;
    idle = is_workday ? 0 : idle + 1;
  }
  return add_dates(calendar.zone(), from, day - today);
}

}  // namespace

Calendar Calendar::plain(const TimeZone& zone) {
  constexpr std::int64_t kHour = std::int64_t{3600} * kNanosPerSecond;
  Definition definition;
  for (std::size_t day = 0; day < 5; ++day) {
    definition.week[day] = {{TimeOfDay{9 * kHour}, TimeOfDay{18 * kHour}}};
  }
  definition.zone = &zone;
  return Calendar(std::move(definition));
}

Calendar::Calendar(Definition definition) : definition_(std::move(definition)) {}

const std::vector<Hours>& Calendar::hours_on(const Date& date) const {
  const auto special = definition_.special.find(date);
  if (special != definition_.special.end()) return special->second;
  // 1970-01-01 was a Thursday.
  const std::int64_t weekday = ((to_days(date) + 3) % 7 + 7) % 7;
  return definition_.week[static_cast<std::size_t>(weekday)];
}

bool Calendar::is_working(Instant at) const {
  const LocalDateTime local = zone().to_local(at);
  const std::vector<Hours>& hours = hours_on(local.date);
  return std::any_of(hours.begin(), hours.end(), [&](const Hours& stretch) {
    return stretch.from <= local.time && local.time < stretch.to;
  });
}

Instant Calendar::add(Instant from, const Period& period) const {
  const std::int64_t time = period.time.to_microseconds();
  if (!period.business) {
    const Instant day = period.days == 0 ? from : add_dates(zone(), from, period.days);
    return {day.microseconds + time};
  }
  const Instant start = after_working(*this, from, 0);
  const Instant day = period.days == 0 ? start : add_working_days(*this, start, period.days);
  return time == 0 ? day : after_working(*this, day, time);
}

DaysDuration Calendar::working_time(Instant from, Instant to) const {
  std::int64_t total = 0;
  walk(*this, from.microseconds, to.microseconds, [&](std::int64_t begin, std::int64_t end) {
    total += end - begin;
    return true;
  });
  return DaysDuration::from_microseconds(total);
}

}  // namespace formwork::calendar

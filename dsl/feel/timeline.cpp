#include "dsl/feel/timeline.h"

#include <algorithm>

#include "dsl/feel/temporal.h"

namespace formwork::feel::timeline {
namespace {

constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a % b < 0) != (b < 0) ? 1 : 0);
}

// Beyond the last year and its offset, within what Date counts.
constexpr std::int64_t kFarthestSeconds = 32'000'000'000'000'000;

bool is_within_reach(const Place& place) {
  return place.seconds >= -kFarthestSeconds && place.seconds <= kFarthestSeconds;
}

// Of a place within reach; the year may be one more than FEEL has.
LocalDateTime civil_at(const Place& place) {
  const std::int64_t days = floor_div(place.seconds, kSecondsPerDay);
  const std::int64_t second_of_day = place.seconds - days * kSecondsPerDay;
  return {from_days(days), {second_of_day * kNanosPerSecond + place.nanoseconds}};
}

// Instants end after 290,000 years. The calendar with its weekdays repeats every 400 years and the
// rules of zones with it, so a far year asks for the offset of a nearer one. Far back, zones have
// one offset.
LocalDateTime brought_near(LocalDateTime local) {
  constexpr std::int32_t kFar = 200'000;
  constexpr std::int32_t kRound = 400;
  if (local.date.year > kFar) local.date.year = kFar + (local.date.year - kFar) % kRound;
  if (local.date.year < -kFar) local.date.year = -kFar + (local.date.year + kFar) % kRound;
  return local;
}

std::int32_t offset_at(const TimeZone& zone, const Place& utc) {
  return zone.offset_at(to_instant(brought_near(civil_at(utc)), 0));
}

std::int32_t offset_of_local(const TimeZone& zone, const LocalDateTime& local) {
  const LocalDateTime near = brought_near(local);
  const std::int64_t utc = floor_div(zone.to_instant(near).microseconds, kMicrosPerSecond);
  return static_cast<std::int32_t>(place_of(near).seconds - utc);
}

// Without a date nobody knows whether a zone has summer time; the offset of its winter is taken.
std::int32_t standard_offset(const TimeZone& zone) {
  const auto offset_in = [&zone](std::uint8_t month) {
    return zone.offset_at(to_instant({{2000, month, 1}, {}}, 0));
  };
  return std::min(offset_in(1), offset_in(7));
}

}  // namespace

DaysDuration from_nanoseconds(std::int64_t nanoseconds) {
  const std::int64_t seconds = floor_div(nanoseconds, kNanosPerSecond);
  return {seconds, static_cast<std::int32_t>(nanoseconds - seconds * kNanosPerSecond)};
}

std::optional<DaysDuration> plus(const DaysDuration& a, const DaysDuration& b) {
  const std::int64_t nanoseconds = std::int64_t{a.nanoseconds} + b.nanoseconds;
  const std::int64_t carry = nanoseconds / kNanosPerSecond;
  DaysDuration sum{0, static_cast<std::int32_t>(nanoseconds % kNanosPerSecond)};
  // The carry goes to the smaller one: added last, it could mend an overflow and come too late.
  if (__builtin_add_overflow(std::min(a.seconds, b.seconds), carry, &sum.seconds) ||
      __builtin_add_overflow(sum.seconds, std::max(a.seconds, b.seconds), &sum.seconds)) {
    return std::nullopt;
  }
  return sum;
}

std::optional<DaysDuration> negated(const DaysDuration& duration) {
  // -(s + n) is (-s - 1) + (1 - n), where s + 1 has a counterpart even if s has none.
  if (duration.nanoseconds != 0) {
    return DaysDuration{-(duration.seconds + 1),
                        static_cast<std::int32_t>(kNanosPerSecond - duration.nanoseconds)};
  }
  DaysDuration result;
  if (__builtin_sub_overflow(std::int64_t{0}, duration.seconds, &result.seconds))
    return std::nullopt;
  return result;
}

Place place_of(const LocalDateTime& local) {
  return {to_days(local.date) * kSecondsPerDay + local.time.to_seconds(),
          static_cast<std::int32_t>(local.time.nanoseconds % kNanosPerSecond)};
}

std::optional<LocalDateTime> local_at(const Place& place) {
  if (!is_within_reach(place)) return std::nullopt;
  const LocalDateTime local = civil_at(place);
  if (local.date.year < -kFarthestYear || local.date.year > kFarthestYear) return std::nullopt;
  return local;
}

Place utc_place_of(const DateTime& date_time) {
  Place place = place_of(date_time.local);
  place.seconds -= offset_of(date_time).value_or(0);
  return place;
}

std::optional<DateTime> date_time_at(const Place& utc, const Zone& zone) {
  if (!is_within_reach(utc)) return std::nullopt;
  const TimeZone* named = zone.named;
  const std::int32_t offset = named != nullptr ? offset_at(*named, utc) : zone.offset_seconds;
  const auto local = local_at({utc.seconds + offset, utc.nanoseconds});
  if (!local) return std::nullopt;
  DateTime date_time{*local, zone};
  if (named == nullptr) return date_time;
  const bool is_repeated_hour = offset_of_local(*named, *local) != offset;
  date_time.zone = {named, is_repeated_hour ? offset : 0, is_repeated_hour};
  return date_time;
}

std::optional<DateTime> date_time_of(const Value& value, const TimeZone& zone) {
  if (value.kind() == Value::Kind::DateTime) return value.date_time();
  if (value.kind() == Value::Kind::Instant) return to_date_time(value.instant(), zone);
  return std::nullopt;
}

std::optional<std::int64_t> utc_nanoseconds_of(const Time& time) {
  if (time.zone.is_local()) return std::nullopt;
  const bool has_offset = time.zone.has_offset;
  const std::int32_t offset =
      has_offset ? time.zone.offset_seconds : standard_offset(*time.zone.named);
  return time.of_day.nanoseconds - offset * kNanosPerSecond;
}

}  // namespace formwork::feel::timeline

namespace formwork::feel {

DateTime to_date_time(Instant instant, const TimeZone& zone) {
  // Instants end long before the years do.
  return timeline::date_time_at(DaysDuration::from_microseconds(instant.microseconds),
                                Zone::of(zone))
      .value();
}

std::optional<std::int32_t> offset_of(const DateTime& date_time) {
  if (date_time.zone.has_offset) return date_time.zone.offset_seconds;
  if (date_time.zone.named == nullptr) return std::nullopt;
  return timeline::offset_of_local(*date_time.zone.named, date_time.local);
}

}  // namespace formwork::feel

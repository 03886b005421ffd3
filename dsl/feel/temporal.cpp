// What dates, times and durations are asked: their order, whether they are equal, and their parts.
#include "dsl/feel/temporal.h"

#include "dsl/feel/timeline.h"

namespace formwork::feel {
namespace {

using Kind = Value::Kind;

constexpr std::int64_t kSecondsPerMinute = 60;
constexpr std::int64_t kSecondsPerHour = 3'600;

template <class T>
int sign_of(const T& a, const T& b) {
  if (a < b) return -1;
  return b < a ? 1 : 0;
}

// Where two values stand on the line of their kind, at the precision of a nanosecond.
struct Pair {
  DaysDuration a;
  DaysDuration b;
};

// nullopt where only one of them is local.
std::optional<Pair> places_of(const Time& a, const Time& b) {
  if (a.zone.is_local() != b.zone.is_local()) return std::nullopt;
  // In one zone no offset is needed.
  if (a.zone == b.zone) {
    return Pair{timeline::from_nanoseconds(a.of_day.nanoseconds),
                timeline::from_nanoseconds(b.of_day.nanoseconds)};
  }
  return Pair{timeline::from_nanoseconds(*timeline::utc_nanoseconds_of(a)),
              timeline::from_nanoseconds(*timeline::utc_nanoseconds_of(b))};
}

std::optional<Pair> places_of(const DateTime& a, const DateTime& b) {
  if (a.zone.is_local() != b.zone.is_local()) return std::nullopt;
  return Pair{timeline::utc_place_of(a), timeline::utc_place_of(b)};
}

// Of times or of dates and times.
std::optional<Pair> places_of(const Value& a, const Value& b, const TimeZone& zone) {
  if (a.kind() == Kind::Time && b.kind() == Kind::Time) {
    return places_of(a.zoned_time(), b.zoned_time());
  }
  // Two fields: no zone is needed, and this is what sorting and filtering does.
  if (a.kind() == Kind::Instant && b.kind() == Kind::Instant) {
    return Pair{DaysDuration::from_microseconds(a.instant().microseconds),
                DaysDuration::from_microseconds(b.instant().microseconds)};
  }
  auto first = timeline::date_time_of(a, zone);
  auto second = timeline::date_time_of(b, zone);
  if (!first || !second) return std::nullopt;
  // Beside a field's instant a local date and time is what people in the zone read: that is what
  // `created_at >= @"2026-03-02T09:00:00"` asks.
  if (a.kind() == Kind::Instant && second->zone.is_local()) second->zone = Zone::of(zone);
  if (b.kind() == Kind::Instant && first->zone.is_local()) first->zone = Zone::of(zone);
  return places_of(*first, *second);
}

Value whole(std::int64_t number) { return Value(Number(number)); }

Value date_part(const Date& date, std::string_view name) {
  constexpr std::int64_t kDaysPerWeek = 7;
  // 1970-01-01 was a Thursday; Monday is 1.
  constexpr std::int64_t kToMonday = 3;
  if (name == "year") return whole(date.year);
  if (name == "month") return whole(date.month);
  if (name == "day") return whole(date.day);
  if (name != "weekday") return {};
  const std::int64_t weekday = (to_days(date) + kToMonday) % kDaysPerWeek;
  return whole((weekday + kDaysPerWeek) % kDaysPerWeek + 1);
}

Value time_part(const TimeOfDay& time, std::string_view name) {
  const std::int64_t seconds = time.to_seconds();
  if (name == "hour") return whole(seconds / kSecondsPerHour);
  if (name == "minute") return whole(seconds / kSecondsPerMinute % 60);
  if (name == "second") return whole(seconds % 60);
  return {};
}

Value offset_value(std::optional<std::int32_t> offset) {
  return offset ? Value(DaysDuration{*offset, 0}) : Value();
}

Value zone_name(const Zone& zone) {
  return zone.named != nullptr ? Value(zone.named->name()) : Value();
}

Value time_property(const Time& time, std::string_view name) {
  // The offset of a zone's time is not known without a date.
  if (name == "time offset") {
    return time.zone.has_offset ? offset_value(time.zone.offset_seconds) : Value();
  }
  return name == "timezone" ? zone_name(time.zone) : time_part(time.of_day, name);
}

Value date_time_property(const DateTime& date_time, std::string_view name) {
  if (name == "time offset") return offset_value(offset_of(date_time));
  if (name == "timezone") return zone_name(date_time.zone);
  Value part = date_part(date_time.local.date, name);
  return part.is_null() ? time_part(date_time.local.time, name) : part;
}

// The parts of a negative duration are negative.
Value days_property(const DaysDuration& duration, std::string_view name) {
  const bool rounds_up = duration.seconds < 0 && duration.nanoseconds != 0;
  const std::int64_t seconds = duration.seconds + (rounds_up ? 1 : 0);
  if (name == "days") return whole(seconds / kSecondsPerDay);
  if (name == "hours") return whole(seconds % kSecondsPerDay / kSecondsPerHour);
  if (name == "minutes") return whole(seconds % kSecondsPerHour / kSecondsPerMinute);
  if (name == "seconds") return whole(seconds % kSecondsPerMinute);
  return {};
}

Value months_property(const MonthsDuration& duration, std::string_view name) {
  constexpr std::int64_t kMonthsPerYear = 12;
  if (name == "years") return whole(duration.months / kMonthsPerYear);
  if (name == "months") return whole(duration.months % kMonthsPerYear);
  return {};
}

}  // namespace

std::optional<int> order_temporal(const Value& a, const Value& b, const TimeZone& zone) {
  if (const auto places = places_of(a, b, zone)) return sign_of(places->a, places->b);
  if (a.kind() != b.kind()) return std::nullopt;
  switch (a.kind()) {
    case Kind::Date:
      return sign_of(a.date(), b.date());
    case Kind::DaysDuration:
      return sign_of(a.days_duration(), b.days_duration());
    case Kind::MonthsDuration:
      return sign_of(a.months_duration(), b.months_duration());
    default:
      return std::nullopt;
  }
}

std::optional<bool> equal_temporal(const Value& a, const Value& b, const TimeZone& zone) {
  // Table 53 compares the properties of times, and `second` is whole.
  if (const auto places = places_of(a, b, zone)) return places->a.seconds == places->b.seconds;
  const std::optional<int> order = order_temporal(a, b, zone);
  return order ? std::optional<bool>(*order == 0) : std::nullopt;
}

Value temporal_property(const Value& value, std::string_view name, const TimeZone& zone) {
  switch (value.kind()) {
    case Kind::Date:
      return date_part(value.date(), name);
    case Kind::Time:
      return time_property(value.zoned_time(), name);
    case Kind::DateTime:
      return date_time_property(value.date_time(), name);
    case Kind::Instant:
      return date_time_property(to_date_time(value.instant(), zone), name);
    case Kind::DaysDuration:
      return days_property(value.days_duration(), name);
    case Kind::MonthsDuration:
      return months_property(value.months_duration(), name);
    default:
      return {};
  }
}

}  // namespace formwork::feel

// FEEL's + - * / on dates, times and durations (tables 57 to 60).
//
// Days durations are lengths on the line of UTC, so a day across a clock change moves the hour in a
// named zone; months durations count in the local calendar and keep it.
#include "dsl/feel/temporal.h"
#include "dsl/feel/timeline.h"

namespace formwork::feel {
namespace {

using Kind = Value::Kind;

bool is_duration(const Value& value) {
  return value.kind() == Kind::DaysDuration || value.kind() == Kind::MonthsDuration;
}

template <class T>
Value from(const std::optional<T>& value) {
  return value ? Value(*value) : Value();
}

std::optional<MonthsDuration> plus(const MonthsDuration& a, const MonthsDuration& b) {
  MonthsDuration sum;
  if (__builtin_add_overflow(a.months, b.months, &sum.months)) return std::nullopt;
  return sum;
}

// The day stays, or becomes the month's last.
std::optional<Date> plus(const Date& date, const MonthsDuration& duration) {
  constexpr std::int64_t kMonthsPerYear = 12;
  std::int64_t month = std::int64_t{date.year} * kMonthsPerYear + date.month - 1;
  if (__builtin_add_overflow(month, duration.months, &month)) return std::nullopt;
  std::int64_t year = month / kMonthsPerYear;
  month %= kMonthsPerYear;
  if (month < 0) {
    month += kMonthsPerYear;
    --year;
  }
  if (year < -timeline::kFarthestYear || year > timeline::kFarthestYear) return std::nullopt;
  Date moved{static_cast<std::int32_t>(year), static_cast<std::uint8_t>(month + 1), date.day};
  const int days = days_in_month(moved.year, moved.month);
  if (moved.day > days) moved.day = static_cast<std::uint8_t>(days);
  return moved;
}

// Counts from the date's midnight, and the hours that are left over do not show.
std::optional<Date> plus(const Date& date, const DaysDuration& duration) {
  const auto place = timeline::plus(timeline::place_of({date, {}}), duration);
  const auto local = place ? timeline::local_at(*place) : std::nullopt;
  if (!local) return std::nullopt;
  return local->date;
}

std::optional<DateTime> plus(const DateTime& date_time, const MonthsDuration& duration) {
  const auto date = plus(date_time.local.date, duration);
  if (!date) return std::nullopt;
  const Zone& zone = date_time.zone;
  // Which of two equal hours it was means nothing on another date.
  return DateTime{{*date, date_time.local.time},
                  zone.named != nullptr ? Zone::of(*zone.named) : zone};
}

std::optional<DateTime> plus(const DateTime& date_time, const DaysDuration& duration) {
  const auto place = timeline::plus(timeline::utc_place_of(date_time), duration);
  return place ? timeline::date_time_at(*place, date_time.zone) : std::nullopt;
}

// Runs around the clock.
Time plus(const Time& time, const DaysDuration& duration) {
  const std::int64_t moved = time.of_day.nanoseconds +
                             duration.seconds % kSecondsPerDay * kNanosPerSecond +
                             duration.nanoseconds;
  return {{(moved % kNanosPerDay + kNanosPerDay) % kNanosPerDay}, time.zone};
}

Value plus_days(const Value& point, const DaysDuration& duration, const TimeZone& zone) {
  if (point.kind() == Kind::Date) return from(plus(point.date(), duration));
  if (point.kind() == Kind::Time) return Value(plus(point.zoned_time(), duration));
  if (point.kind() == Kind::DaysDuration) {
    return from(timeline::plus(point.days_duration(), duration));
  }
  const auto date_time = timeline::date_time_of(point, zone);
  return date_time ? from(plus(*date_time, duration)) : Value();
}

Value plus_months(const Value& point, const MonthsDuration& duration, const TimeZone& zone) {
  if (point.kind() == Kind::Date) return from(plus(point.date(), duration));
  if (point.kind() == Kind::MonthsDuration) return from(plus(point.months_duration(), duration));
  const auto date_time = timeline::date_time_of(point, zone);
  return date_time ? from(plus(*date_time, duration)) : Value();
}

Value plus_duration(const Value& point, const Value& duration, const TimeZone& zone) {
  return duration.kind() == Kind::DaysDuration
             ? plus_days(point, duration.days_duration(), zone)
             : plus_months(point, duration.months_duration(), zone);
}

// A date counts as its midnight in UTC (10.3.2.9.4).
std::optional<DateTime> as_date_time(const Value& value, const TimeZone& zone) {
  if (value.kind() != Kind::Date) return timeline::date_time_of(value, zone);
  return DateTime{{value.date(), {}}, Zone::offset(0)};
}

std::optional<DaysDuration> distance(const DaysDuration& from, const DaysDuration& to) {
  const auto back = timeline::negated(from);
  return back ? timeline::plus(to, *back) : std::nullopt;
}

Value between(const Time& from, const Time& to) {
  const bool is_plain = from.zone == to.zone;
  const auto start = is_plain ? from.of_day.nanoseconds : timeline::utc_nanoseconds_of(from);
  const auto end = is_plain ? to.of_day.nanoseconds : timeline::utc_nanoseconds_of(to);
  if (!start || !end) return {};
  return Value(timeline::from_nanoseconds(*end - *start));
}

Number seconds_of(const DaysDuration& duration) {
  // Ten digits for nanoseconds and 19 for seconds: nothing is rounded.
  return *add(Number(duration.seconds), Number::from_scaled(duration.nanoseconds, 9));
}

std::optional<DaysDuration> days_of(const std::optional<Number>& seconds) {
  const auto rounded = seconds ? round(*seconds, 9, Rounding::HalfEven) : std::nullopt;
  if (!rounded) return std::nullopt;
  const Number whole = floor(*rounded);
  const auto part = whole.to_int64();
  const auto rest = subtract(*rounded, whole);
  const auto nanoseconds = rest ? rest->to_scaled(9) : std::nullopt;
  if (!part || !nanoseconds) return std::nullopt;
  return DaysDuration{*part, static_cast<std::int32_t>(*nanoseconds)};
}

// Table 58 drops what is less than a month.
std::optional<MonthsDuration> months_of(const std::optional<Number>& months) {
  const auto rounded = months ? round(*months, 0, Rounding::Down) : std::nullopt;
  const auto whole = rounded ? rounded->to_int64() : std::nullopt;
  if (!whole) return std::nullopt;
  return MonthsDuration{*whole};
}

}  // namespace

Value add_temporal(const Value& a, const Value& b, const TimeZone& zone) {
  if (is_duration(b)) return plus_duration(a, b, zone);
  return is_duration(a) ? plus_duration(b, a, zone) : Value();
}

Value subtract_temporal(const Value& a, const Value& b, const TimeZone& zone) {
  if (is_duration(b)) {
    const Value back = negate_duration(b);
    return back.is_null() ? Value() : plus_duration(a, back, zone);
  }
  if (a.kind() == Kind::Time && b.kind() == Kind::Time) {
    return between(b.zoned_time(), a.zoned_time());
  }
  const auto end = as_date_time(a, zone);
  const auto start = as_date_time(b, zone);
  if (!start || !end || start->zone.is_local() != end->zone.is_local()) return {};
  return from(distance(timeline::utc_place_of(*start), timeline::utc_place_of(*end)));
}

Value multiply_duration(const Value& duration, const Number& factor) {
  if (duration.kind() == Kind::DaysDuration) {
    return from(days_of(multiply(seconds_of(duration.days_duration()), factor)));
  }
  if (duration.kind() != Kind::MonthsDuration) return {};
  return from(months_of(multiply(Number(duration.months_duration().months), factor)));
}

Value divide_duration(const Value& duration, const Value& divisor) {
  const bool is_number = divisor.kind() == Kind::Number;
  if (!is_duration(duration) || (!is_number && divisor.kind() != duration.kind())) return {};
  if (duration.kind() == Kind::DaysDuration) {
    const Number seconds = seconds_of(duration.days_duration());
    return is_number ? from(days_of(divide(seconds, divisor.number())))
                     : from(divide(seconds, seconds_of(divisor.days_duration())));
  }
  const Number months(duration.months_duration().months);
  return is_number ? from(months_of(divide(months, divisor.number())))
                   : from(divide(months, Number(divisor.months_duration().months)));
}

Value negate_duration(const Value& duration) {
  if (duration.kind() == Kind::DaysDuration) {
    return from(timeline::negated(duration.days_duration()));
  }
  if (duration.kind() != Kind::MonthsDuration) return {};
  MonthsDuration result;
  const std::int64_t months = duration.months_duration().months;
  if (__builtin_sub_overflow(std::int64_t{0}, months, &result.months)) return {};
  return Value(result);
}

}  // namespace formwork::feel

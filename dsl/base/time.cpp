// Calendar arithmetic on days since 1970-01-01.
#include "dsl/base/time.h"

#include <array>
#include <limits>

namespace formwork {
namespace {

// The calendar repeats every 400 years; an "era" is one such round, counted from 0000-03-01, so
// that the leap day is the last day of its year.
constexpr std::int64_t kDaysPerEra = 146'097;
constexpr std::int64_t kEpochDay = 719'468;  // 1970-01-01 counted from 0000-03-01

constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a % b < 0) != (b < 0) ? 1 : 0);
}

}  // namespace

bool is_leap_year(std::int32_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in_month(std::int32_t year, int month) {
  static constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  return month == 2 && is_leap_year(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

bool is_valid(const Date& date) {
  return date.month >= 1 && date.month <= 12 && date.day >= 1 &&
         date.day <= days_in_month(date.year, date.month);
}

std::int64_t to_days(const Date& date) {
  const std::int64_t year = std::int64_t{date.year} - (date.month <= 2 ? 1 : 0);
  const std::int64_t era = floor_div(year, 400);
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t month_from_march = (date.month + 9) % 12;
  const std::int64_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * kDaysPerEra + day_of_era - kEpochDay;
}

Date from_days(std::int64_t days) {
  days += kEpochDay;
  const std::int64_t era = floor_div(days, kDaysPerEra);
  const std::int64_t day_of_era = days - era * kDaysPerEra;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  const std::int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  return {static_cast<std::int32_t>(year), static_cast<std::uint8_t>(month),
          static_cast<std::uint8_t>(day)};
}

DaysDuration DaysDuration::from_microseconds(std::int64_t microseconds) {
  const std::int64_t rest = microseconds % kMicrosPerSecond;
  const std::int64_t positive_rest = rest < 0 ? rest + kMicrosPerSecond : rest;
  return {floor_div(microseconds, kMicrosPerSecond),
          static_cast<std::int32_t>(positive_rest * kNanosPerMicro)};
}

std::int64_t DaysDuration::to_microseconds() const {
  // Counted from the end of the second, because the first second of all starts before the first
  // microsecond.
  const bool is_negative = seconds < 0;
  std::int64_t rest = nanoseconds / kNanosPerMicro;
  if (is_negative) rest -= kMicrosPerSecond;
  std::int64_t microseconds = 0;
  if (__builtin_mul_overflow(is_negative ? seconds + 1 : seconds, kMicrosPerSecond,
                             &microseconds) ||
      __builtin_add_overflow(microseconds, rest, &microseconds)) {
    using Limits = std::numeric_limits<std::int64_t>;
    return is_negative ? Limits::min() : Limits::max();
  }
  return microseconds;
}

LocalDateTime to_local(Instant instant, std::int32_t offset_seconds) {
  // Split by truncation first: adding to an instant near the ends of time would overflow.
  const std::int64_t rest =
      instant.microseconds % kMicrosPerDay + offset_seconds * kMicrosPerSecond;
  const std::int64_t carry = floor_div(rest, kMicrosPerDay);
  return {from_days(instant.microseconds / kMicrosPerDay + carry),
          TimeOfDay::from_microseconds(rest - carry * kMicrosPerDay)};
}

Instant to_instant(const LocalDateTime& local, std::int32_t offset_seconds) {
  std::int64_t days = to_days(local.date);
  std::int64_t rest = local.time.to_microseconds() - offset_seconds * kMicrosPerSecond;
  const bool before_epoch = days < 0;
  // Counted from the end of the day, because the first day of all starts before the first instant.
  if (before_epoch) {
    ++days;
    rest -= kMicrosPerDay;
  }
  Instant instant;
  if (__builtin_mul_overflow(days, kMicrosPerDay, &instant.microseconds) ||
      __builtin_add_overflow(instant.microseconds, rest, &instant.microseconds)) {
    using Limits = std::numeric_limits<std::int64_t>;
    instant.microseconds = before_epoch ? Limits::min() : Limits::max();
  }
  return instant;
}

}  // namespace formwork

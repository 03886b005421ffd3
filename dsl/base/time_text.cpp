// ISO 8601 and RFC 3339 texts of dates, times, instants and durations.
#include <iterator>
#include <limits>

#include <fmt/core.h>

#include "dsl/base/text_cursor.h"
#include "dsl/base/time.h"

namespace formwork {
namespace {

constexpr std::int64_t kSecondsPerMinute = 60;
constexpr std::int64_t kSecondsPerHour = 60 * kSecondsPerMinute;
constexpr std::int64_t kMicrosPerMinute = kSecondsPerMinute * kMicrosPerSecond;
constexpr std::int64_t kMicrosPerHour = kSecondsPerHour * kMicrosPerSecond;
constexpr std::size_t kFractionDigits = 6;

std::optional<Date> read_date(TextCursor& cursor) {
  const auto year = cursor.digits(4);
  if (!year || !cursor.skip('-')) return std::nullopt;
  const auto month = cursor.digits(2);
  if (!month || !cursor.skip('-')) return std::nullopt;
  const auto day = cursor.digits(2);
  if (!day) return std::nullopt;
  const Date date{*year, static_cast<std::uint8_t>(*month), static_cast<std::uint8_t>(*day)};
  if (!is_valid(date)) return std::nullopt;
  return date;
}

// In seconds.
std::optional<std::int64_t> read_hours_minutes(TextCursor& cursor) {
  const auto hour = cursor.digits(2);
  if (!hour || *hour > 23 || !cursor.skip(':')) return std::nullopt;
  const auto minute = cursor.digits(2);
  if (!minute || *minute > 59) return std::nullopt;
  return *hour * kSecondsPerHour + *minute * kSecondsPerMinute;
}

std::optional<TimeOfDay> read_time(TextCursor& cursor) {
  const auto minutes = read_hours_minutes(cursor);
  if (!minutes) return std::nullopt;
  TimeOfDay time{*minutes * kNanosPerSecond};
  if (!cursor.skip(':')) return time;
  const auto second = cursor.digits(2);
  if (!second || *second > 59) return std::nullopt;
  time.nanoseconds += *second * kNanosPerSecond;
  if (!cursor.skip('.')) return time;
  const auto fraction = cursor.fraction(kFractionDigits);
  if (!fraction) return std::nullopt;
  time.nanoseconds += *fraction * kNanosPerMicro;
  return time;
}

std::optional<LocalDateTime> read_local(TextCursor& cursor) {
  const auto date = read_date(cursor);
  if (!date || !cursor.skip('T')) return std::nullopt;
  const auto time = read_time(cursor);
  if (!time) return std::nullopt;
  return LocalDateTime{*date, *time};
}

std::optional<std::int32_t> read_offset(TextCursor& cursor) {
  if (cursor.skip('Z')) return 0;
  const bool negative = cursor.skip('-');
  if (!negative && !cursor.skip('+')) return std::nullopt;
  const auto minutes = read_hours_minutes(cursor);
  if (!minutes) return std::nullopt;
  const auto seconds = static_cast<std::int32_t>(*minutes);
  return negative ? -seconds : seconds;
}

template <class T>
std::optional<T> whole(const TextCursor& cursor, std::optional<T> value) {
  return cursor.at_end() ? value : std::nullopt;
}

// Adds `count` units to a total below zero: durations are summed downwards, because the most
// negative number has no positive counterpart.
bool subtract_units(std::int64_t& total, std::int64_t count, std::int64_t unit) {
  std::int64_t part = 0;
  return !__builtin_mul_overflow(count, unit, &part) &&
         !__builtin_sub_overflow(total, part, &total);
}

std::optional<std::int64_t> with_sign(std::int64_t below_zero, bool negative) {
  if (negative) return below_zero;
  if (below_zero == std::numeric_limits<std::int64_t>::min()) return std::nullopt;
  return -below_zero;
}

struct Unit {
  char letter;
  std::int64_t size;
};

// "8H30M": units in falling order, each at most once, at least one. `fraction_unit` may have
// decimals.
template <std::size_t N>
bool read_units(TextCursor& cursor, const Unit (&units)[N], char fraction_unit,
                std::int64_t& total) {
  std::size_t next = 0;
  bool any = false;
  while (!cursor.at_end()) {
    const auto count = cursor.number();
    if (!count) return false;
    const bool has_point = cursor.skip('.');
    const auto fraction = has_point ? cursor.fraction(kFractionDigits) : 0;
    while (next < N && !cursor.skip(units[next].letter)) ++next;
    if (!fraction || next == N || (has_point && units[next].letter != fraction_unit)) return false;
    if (!subtract_units(total, *count, units[next].size)) return false;
    if (!subtract_units(total, *fraction, 1)) return false;
    ++next;
    any = true;
  }
  return any;
}

void append_fraction(std::string& out, std::int64_t nanoseconds) {
  if (nanoseconds == 0) return;
  fmt::format_to(std::back_inserter(out), ".{:09}", nanoseconds);
  while (out.back() == '0') out.pop_back();
}

enum class Seconds : unsigned char { WhenNotZero, Always };

void append_time(std::string& out, const TimeOfDay& time, Seconds seconds) {
  const std::int64_t total = time.to_seconds();
  const std::int64_t fraction = time.nanoseconds % kNanosPerSecond;
  fmt::format_to(std::back_inserter(out), "{:02}:{:02}", total / kSecondsPerHour,
                 total / kSecondsPerMinute % 60);
  const std::int64_t rest = total % kSecondsPerMinute;
  if (rest == 0 && fraction == 0 && seconds == Seconds::WhenNotZero) return;
  fmt::format_to(std::back_inserter(out), ":{:02}", rest);
  append_fraction(out, fraction);
}

// The size of a number, also of the most negative one.
std::uint64_t magnitude(std::int64_t value) {
  return value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
}

void append_unit(std::string& out, std::uint64_t count, char letter) {
  if (count != 0) fmt::format_to(std::back_inserter(out), "{}{}", count, letter);
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  TextCursor cursor(text);
  const auto date = read_date(cursor);
  return whole(cursor, date);
}

std::optional<TimeOfDay> parse_time(std::string_view text) {
  TextCursor cursor(text);
  const auto time = read_time(cursor);
  return whole(cursor, time);
}

std::optional<LocalDateTime> parse_local_date_time(std::string_view text) {
  TextCursor cursor(text);
  const auto local = read_local(cursor);
  return whole(cursor, local);
}

std::optional<Instant> parse_instant(std::string_view text) {
  TextCursor cursor(text);
  const auto local = read_local(cursor);
  if (!local) return std::nullopt;
  const auto offset = read_offset(cursor);
  if (!offset || !cursor.at_end()) return std::nullopt;
  return to_instant(*local, *offset);
}

std::optional<DaysDuration> parse_days_duration(std::string_view text) {
  static constexpr Unit kTimeUnits[] = {
      {'H', kMicrosPerHour}, {'M', kMicrosPerMinute}, {'S', kMicrosPerSecond}};
  TextCursor cursor(text);
  const bool negative = cursor.skip('-');
  if (!cursor.skip('P')) return std::nullopt;
  std::int64_t total = 0;
  bool has_days = false;
  if (const auto days = cursor.number()) {
    if (!cursor.skip('D') || !subtract_units(total, *days, kMicrosPerDay)) return std::nullopt;
    has_days = true;
  }
  const bool has_time = cursor.skip('T');
  if (has_time && !read_units(cursor, kTimeUnits, 'S', total)) return std::nullopt;
  if (!cursor.at_end() || (!has_days && !has_time)) return std::nullopt;
  const auto microseconds = with_sign(total, negative);
  if (!microseconds) return std::nullopt;
  return DaysDuration::from_microseconds(*microseconds);
}

std::optional<MonthsDuration> parse_months_duration(std::string_view text) {
  static constexpr Unit kUnits[] = {{'Y', 12}, {'M', 1}};
  TextCursor cursor(text);
  const bool negative = cursor.skip('-');
  if (!cursor.skip('P')) return std::nullopt;
  std::int64_t total = 0;
  if (!read_units(cursor, kUnits, '\0', total)) return std::nullopt;
  const auto months = with_sign(total, negative);
  if (!months) return std::nullopt;
  return MonthsDuration{*months};
}

std::string to_string(const Date& date) {
  // Years outside of 0000–9999 come from arithmetic only; they print with as many digits as they
  // need.
  return fmt::format("{}{:04}-{:02}-{:02}", date.year < 0 ? "-" : "", magnitude(date.year),
                     date.month, date.day);
}

std::string to_string(const TimeOfDay& time) {
  std::string out;
  append_time(out, time, Seconds::WhenNotZero);
  return out;
}

std::string to_string(const LocalDateTime& local) {
  return to_string(local.date) + "T" + to_string(local.time);
}

std::string to_string(DaysDuration duration) {
  if (duration == DaysDuration{}) return "PT0S";
  const bool is_negative = duration.seconds < 0;
  std::uint64_t total = magnitude(duration.seconds);
  std::int64_t fraction = duration.nanoseconds;
  // Seconds are rounded down; the text shows them rounded towards zero.
  if (is_negative && fraction != 0) {
    --total;
    fraction = kNanosPerSecond - fraction;
  }
  std::string out = is_negative ? "-P" : "P";
  append_unit(out, total / kSecondsPerDay, 'D');
  const std::uint64_t rest = total % kSecondsPerDay;
  if (rest == 0 && fraction == 0) return out;
  out += 'T';
  append_unit(out, rest / kSecondsPerHour, 'H');
  append_unit(out, rest % kSecondsPerHour / kSecondsPerMinute, 'M');
  if (rest % kSecondsPerMinute == 0 && fraction == 0) return out;
  out += std::to_string(rest % kSecondsPerMinute);
  append_fraction(out, fraction);
  return out + 'S';
}

std::string to_string(MonthsDuration duration) {
  if (duration.months == 0) return "P0M";
  const std::uint64_t total = magnitude(duration.months);
  std::string out = duration.months < 0 ? "-P" : "P";
  append_unit(out, total / 12, 'Y');
  append_unit(out, total % 12, 'M');
  return out;
}

std::string to_rfc3339(Instant instant) {
  const LocalDateTime utc = to_local(instant, 0);
  std::string out = to_string(utc.date) + "T";
  append_time(out, utc.time, Seconds::Always);
  return out + 'Z';
}

}  // namespace formwork

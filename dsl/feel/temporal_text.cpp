// The texts of dates, times and durations that FEEL reads and shows.
#include <iterator>
#include <limits>

#include <fmt/core.h>

#include "dsl/base/text_cursor.h"
#include "dsl/feel/temporal.h"
#include "dsl/feel/timeline.h"

namespace formwork::feel {
namespace {

constexpr std::size_t kFractionDigits = 9;
constexpr std::int64_t kSecondsPerMinute = 60;
constexpr std::int64_t kSecondsPerHour = 3'600;

// Four digits, or up to nine of which the first is not 0; the year 0 has no sign.
std::optional<std::int32_t> read_year(TextCursor& cursor) {
  constexpr std::size_t kFewest = 4;
  constexpr std::size_t kMost = 9;
  const bool is_negative = cursor.skip('-');
  const std::string_view text = cursor.rest();
  const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
  if (count < kFewest || count > kMost) return std::nullopt;
  if (count > kFewest && text.front() == '0') return std::nullopt;
  const auto year = cursor.digits(count);
  if (!year || (is_negative && *year == 0)) return std::nullopt;
  return is_negative ? -*year : *year;
}

std::optional<Date> read_date(TextCursor& cursor) {
  const auto year = read_year(cursor);
  if (!year || !cursor.skip('-')) return std::nullopt;
  const auto month = cursor.digits(2);
  if (!month || !cursor.skip('-')) return std::nullopt;
  const auto day = cursor.digits(2);
  if (!day) return std::nullopt;
  const Date date{*year, static_cast<std::uint8_t>(*month), static_cast<std::uint8_t>(*day)};
  if (!is_valid(date)) return std::nullopt;
  return date;
}

// From midnight; 24:00:00 is a whole day. Seconds may be left out, as people do.
std::optional<std::int64_t> read_nanoseconds_of_day(TextCursor& cursor) {
  const auto hour = cursor.digits(2);
  if (!hour || *hour > 24 || !cursor.skip(':')) return std::nullopt;
  const auto minute = cursor.digits(2);
  if (!minute || *minute > 59) return std::nullopt;
  std::int64_t total = (*hour * kSecondsPerHour + *minute * kSecondsPerMinute) * kNanosPerSecond;
  if (cursor.skip(':')) {
    const auto second = cursor.digits(2);
    if (!second || *second > 59) return std::nullopt;
    const auto fraction = cursor.skip('.') ? cursor.fraction(kFractionDigits) : 0;
    if (!fraction) return std::nullopt;
    total += *second * kNanosPerSecond + *fraction;
  }
  if (total > kNanosPerDay) return std::nullopt;
  return total;
}

std::optional<std::int32_t> read_offset(TextCursor& cursor) {
  constexpr std::int32_t kFarthest = 18 * 3'600;
  const bool is_negative = cursor.skip('-');
  if (!is_negative && !cursor.skip('+')) return std::nullopt;
  const auto hour = cursor.digits(2);
  if (!hour || !cursor.skip(':')) return std::nullopt;
  const auto minute = cursor.digits(2);
  if (!minute || *minute > 59) return std::nullopt;
  const auto second = cursor.skip(':') ? cursor.digits(2) : 0;
  if (!second || *second > 59) return std::nullopt;
  const std::int32_t offset = *hour * 3'600 + *minute * 60 + *second;
  if (offset > kFarthest) return std::nullopt;
  return is_negative ? -offset : offset;
}

// What is left of the text: nothing, `Z`, an offset, or `@` and the name of a zone.
std::optional<Zone> read_zone(TextCursor& cursor) {
  if (cursor.at_end()) return Zone{};
  if (cursor.skip('@')) {
    const TimeZone* zone = TimeZone::find(cursor.rest());
    if (zone == nullptr) return std::nullopt;
    return Zone::of(*zone);
  }
  // DMN's own examples write a small z too.
  const auto offset = cursor.skip('Z') || cursor.skip('z') ? 0 : read_offset(cursor);
  if (!offset || !cursor.at_end()) return std::nullopt;
  return Zone::offset(*offset);
}

struct Unit {
  char letter;
  std::int64_t seconds;
};

// The TCK has PT0.S, a point with nothing behind it.
std::optional<std::int64_t> read_decimals(TextCursor& cursor) {
  return cursor.at_digit() ? cursor.fraction(kFractionDigits) : 0;
}

// "8H30M1.5S": units in falling order, each at most once, at least one. Summed downwards, because
// the most negative number has no positive counterpart. Only seconds may have decimals.
bool read_time_units(TextCursor& cursor, std::int64_t& below_zero, std::int64_t& fraction) {
  static constexpr Unit kUnits[] = {{'H', kSecondsPerHour}, {'M', kSecondsPerMinute}, {'S', 1}};
  const Unit* next = std::begin(kUnits);
  if (cursor.at_end()) return false;
  while (!cursor.at_end()) {
    const auto count = cursor.number();
    const bool has_point = cursor.skip('.');
    const auto decimals = has_point ? read_decimals(cursor) : 0;
    if (!count || !decimals) return false;
    fraction = *decimals;
    while (next != std::end(kUnits) && !cursor.skip(next->letter)) ++next;
    if (next == std::end(kUnits) || (has_point && next->letter != 'S')) return false;
    std::int64_t part = 0;
    if (__builtin_mul_overflow(*count, next->seconds, &part)) return false;
    if (__builtin_sub_overflow(below_zero, part, &below_zero)) return false;
    ++next;
  }
  return true;
}

std::optional<DaysDuration> parse_days(std::string_view text) {
  TextCursor cursor(text);
  const bool is_negative = cursor.skip('-');
  if (!cursor.skip('P')) return std::nullopt;
  std::int64_t below_zero = 0;
  std::int64_t fraction = 0;
  const bool has_days = cursor.at_digit();
  if (has_days) {
    const auto days = cursor.number();
    if (!days || !cursor.skip('D')) return std::nullopt;
    if (__builtin_mul_overflow(*days, -kSecondsPerDay, &below_zero)) return std::nullopt;
  }
  const bool has_time = cursor.skip('T');
  if (has_time && !read_time_units(cursor, below_zero, fraction)) return std::nullopt;
  if (!cursor.at_end() || (!has_days && !has_time)) return std::nullopt;
  // The fraction counts backwards like the seconds, and is kept forwards.
  if (fraction != 0) {
    if (__builtin_sub_overflow(below_zero, 1, &below_zero)) return std::nullopt;
    fraction = kNanosPerSecond - fraction;
  }
  const DaysDuration backwards{below_zero, static_cast<std::int32_t>(fraction)};
  return is_negative ? backwards : timeline::negated(backwards);
}

std::string zone_text(const Zone& zone) {
  // Also of a named one in an hour that it has twice: the offset tells which, the name does not.
  if (!zone.has_offset) return zone.named == nullptr ? "" : "@" + std::string(zone.named->name());
  if (zone.offset_seconds == 0) return "Z";
  const std::int32_t distance = std::abs(zone.offset_seconds);
  std::string text = fmt::format("{}{:02}:{:02}", zone.offset_seconds < 0 ? '-' : '+',
                                 distance / 3'600, distance / 60 % 60);
  if (distance % 60 != 0) fmt::format_to(std::back_inserter(text), ":{:02}", distance % 60);
  return text;
}

std::string time_text(const TimeOfDay& time) {
  constexpr std::size_t kWithoutSeconds = 5;
  std::string text = to_string(time);
  if (text.size() == kWithoutSeconds) text += ":00";
  return text;
}

}  // namespace

std::optional<Date> parse_feel_date(std::string_view text) {
  TextCursor cursor(text);
  const auto date = read_date(cursor);
  return cursor.at_end() ? date : std::nullopt;
}

std::optional<Time> parse_feel_time(std::string_view text) {
  TextCursor cursor(text);
  const auto nanoseconds = read_nanoseconds_of_day(cursor);
  if (!nanoseconds) return std::nullopt;
  const auto zone = read_zone(cursor);
  if (!zone) return std::nullopt;
  return Time{{*nanoseconds % kNanosPerDay}, *zone};
}

std::optional<DateTime> parse_feel_date_time(std::string_view text) {
  TextCursor cursor(text);
  const auto date = read_date(cursor);
  if (!date) return std::nullopt;
  if (cursor.at_end()) return DateTime{{*date, {}}, {}};
  if (!cursor.skip('T')) return std::nullopt;
  const auto nanoseconds = read_nanoseconds_of_day(cursor);
  if (!nanoseconds) return std::nullopt;
  const auto zone = read_zone(cursor);
  if (!zone) return std::nullopt;
  if (*nanoseconds < kNanosPerDay) return DateTime{{*date, {*nanoseconds}}, *zone};
  const auto next_day = timeline::local_at({(to_days(*date) + 1) * kSecondsPerDay, 0});
  if (!next_day) return std::nullopt;
  return DateTime{*next_day, *zone};
}

Value parse_feel_duration(std::string_view text) {
  if (const auto months = parse_months_duration(text)) return Value(*months);
  if (const auto days = parse_days(text)) return Value(*days);
  return {};
}

Value parse_temporal(std::string_view text) {
  if (const auto date = parse_feel_date(text)) return Value(*date);
  if (const auto date_time = parse_feel_date_time(text)) return Value(*date_time);
  if (const auto time = parse_feel_time(text)) return Value(*time);
  return parse_feel_duration(text);
}

std::string to_text(const Time& time) { return time_text(time.of_day) + zone_text(time.zone); }

std::string to_text(const DateTime& date_time) {
  return to_string(date_time.local.date) + "T" + time_text(date_time.local.time) +
         zone_text(date_time.zone);
}

}  // namespace formwork::feel

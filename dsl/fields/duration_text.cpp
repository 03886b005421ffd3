#include "dsl/fields/duration_text.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <span>

#include "dsl/base/utf8.h"
#include "dsl/fields/typed_text.h"

namespace formwork::fields {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t size;
};

constexpr std::int64_t kSecond = kMicrosPerSecond;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kWeek = 7 * kMicrosPerDay;

// `m` is a minute beside days and a month beside years, as in ISO 8601.
constexpr Unit kDayUnits[] = {
    {"w", kWeek},          {"week", kWeek},        {"weeks", kWeek},        {"周", kWeek},
    {"d", kMicrosPerDay},  {"day", kMicrosPerDay}, {"days", kMicrosPerDay}, {"天", kMicrosPerDay},
    {"日", kMicrosPerDay}, {"h", kHour},           {"hr", kHour},           {"hour", kHour},
    {"hours", kHour},      {"小时", kHour},        {"m", kMinute},          {"min", kMinute},
    {"minute", kMinute},   {"minutes", kMinute},   {"分钟", kMinute},       {"分", kMinute},
    {"s", kSecond},        {"sec", kSecond},       {"second", kSecond},     {"seconds", kSecond},
    {"秒", kSecond},
};
constexpr Unit kMonthUnits[] = {
    {"y", 12}, {"yr", 12},   {"year", 12},  {"years", 12}, {"年", 12}, {"m", 1},
    {"mo", 1}, {"month", 1}, {"months", 1}, {"个月", 1},   {"月", 1},
};

// Far beyond the longest duration of either kind, far below what an integer holds.
constexpr std::int64_t kBeyond = 4 * kLongestDaysMicros / 3;

std::int64_t times(std::int64_t count, std::int64_t size) {
  return count > kBeyond / size ? kBeyond : count * size;
}

std::int64_t plus(std::int64_t a, std::int64_t b) { return std::min(a + b, kBeyond); }

struct Quantity {
  std::int64_t count;
  std::int64_t fraction;  // of seconds, in microseconds
};

// Whole numbers; decimals only of seconds, where duration_text writes them.
std::optional<Quantity> take_quantity(std::string_view& text) {
  std::size_t end = 0;
  while (end < text.size() && is_digit(text[end])) ++end;
  if (end == 0) return std::nullopt;
  Quantity quantity{kBeyond, 0};
  constexpr std::size_t kMostDigits = 18;
  if (end <= kMostDigits) std::from_chars(text.data(), text.data() + end, quantity.count);
  text.remove_prefix(end);
  if (!text.starts_with('.')) return quantity;
  text.remove_prefix(1);
  std::int64_t worth = kMicrosPerSecond / 10;
  for (end = 0; end < text.size() && is_digit(text[end]); ++end, worth /= 10) {
    if (worth == 0) return std::nullopt;
    quantity.fraction += (text[end] - '0') * worth;
  }
  if (end == 0) return std::nullopt;
  text.remove_prefix(end);
  return quantity;
}

std::string_view take_word(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_of("0123456789 "), text.size());
  const std::string_view word = text.substr(0, end);
  text = trimmed(text.substr(end));
  return word;
}

// Quantities with units, larger units first, each once: "3 d 8 h".
std::optional<std::int64_t> parse_quantities(std::string_view text, std::span<const Unit> units) {
  std::int64_t total = 0;
  std::int64_t smallest = kBeyond;
  if (text.empty()) return std::nullopt;
  while (!text.empty()) {
    const std::optional<Quantity> quantity = take_quantity(text);
    if (!quantity) return std::nullopt;
    text = trimmed(text);
    const std::string word = to_lower_ascii(take_word(text));
    const auto unit =
        std::find_if(units.begin(), units.end(), [&](const Unit& u) { return u.name == word; });
    if (unit == units.end() || unit->size >= smallest) return std::nullopt;
    if (quantity->fraction != 0 && unit->size != kSecond) return std::nullopt;
    smallest = unit->size;
    total = plus(total, plus(times(quantity->count, unit->size), quantity->fraction));
  }
  return total;
}

// "8:30": hours and minutes.
std::optional<std::int64_t> parse_clock(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || text.size() != colon + 3) return std::nullopt;
  std::string_view hours = text.substr(0, colon);
  std::string_view minutes = text.substr(colon + 1);
  if (!is_digits(hours) || !is_digits(minutes) || minutes >= "60") return std::nullopt;
  const std::optional<Quantity> count = take_quantity(hours);
  const std::optional<Quantity> rest = take_quantity(minutes);
  return plus(times(count->count, kHour), rest->count * kMinute);
}

bool take_minus(std::string_view& text) {
  if (!text.starts_with('-')) return false;
  text = trimmed(text.substr(1));
  return true;
}

void append_part(std::string& out, std::int64_t count, std::string_view unit) {
  if (count == 0) return;
  if (!out.empty() && out != "-") out += ' ';
  out.append(std::to_string(count)).append(" ").append(unit);
}

void append_seconds(std::string& out, std::int64_t microseconds, std::string_view unit) {
  const std::int64_t fraction = microseconds % kSecond;
  if (fraction == 0) return append_part(out, microseconds / kSecond, unit);
  std::string digits = std::to_string(kSecond + fraction).substr(1);
  digits.resize(digits.find_last_not_of('0') + 1);
  if (!out.empty() && out != "-") out += ' ';
  out.append(std::to_string(microseconds / kSecond)).append(".").append(digits);
  out.append(" ").append(unit);
}

}  // namespace

std::optional<DaysDuration> parse_typed_days(std::string_view text) {
  if (const auto iso = parse_days_duration(text)) return iso;
  const bool is_negative = take_minus(text);
  std::optional<std::int64_t> total = parse_clock(text);
  if (!total) total = parse_quantities(text, kDayUnits);
  if (!total) return std::nullopt;
  return DaysDuration::from_microseconds(is_negative ? -*total : *total);
}

std::optional<MonthsDuration> parse_typed_months(std::string_view text) {
  if (const auto iso = parse_months_duration(text)) return iso;
  const bool is_negative = take_minus(text);
  const std::optional<std::int64_t> total = parse_quantities(text, kMonthUnits);
  if (!total) return std::nullopt;
  return MonthsDuration{is_negative ? -*total : *total};
}

std::string duration_text(DaysDuration duration, Language language) {
  const bool is_chinese = language == Language::Chinese;
  const std::int64_t microseconds = duration.to_microseconds();
  const bool is_negative = microseconds < 0;
  const std::int64_t total = is_negative ? -microseconds : microseconds;
  if (total == 0) return is_chinese ? "0 分钟" : "0 min";
  std::string text = is_negative ? "-" : "";
  append_part(text, total / kMicrosPerDay, is_chinese ? "天" : "d");
  append_part(text, total % kMicrosPerDay / kHour, is_chinese ? "小时" : "h");
  append_part(text, total % kHour / kMinute, is_chinese ? "分钟" : "min");
  append_seconds(text, total % kMinute, is_chinese ? "秒" : "s");
  return text;
}

std::string duration_text(MonthsDuration duration, Language language) {
  const bool is_chinese = language == Language::Chinese;
  const bool is_negative = duration.months < 0;
  const std::int64_t total = is_negative ? -duration.months : duration.months;
  if (total == 0) return is_chinese ? "0 个月" : "0 mo";
  std::string text = is_negative ? "-" : "";
  append_part(text, total / 12, is_chinese ? "年" : "y");
  append_part(text, total % 12, is_chinese ? "个月" : "mo");
  return text;
}

}  // namespace formwork::fields

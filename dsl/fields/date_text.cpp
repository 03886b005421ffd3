#include "dsl/fields/date_text.h"

#include <array>
#include <charconv>

#include "dsl/base/utf8.h"
#include "dsl/fields/field_messages.h"
#include "dsl/fields/typed_text.h"

namespace formwork::fields {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};

struct Written {
  int year;
  int month;
  int day;
};

// Takes between `least` and `most` digits off the front.
std::optional<int> take_number(std::string_view& text, std::size_t least, std::size_t most) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  if (count < least || count > most) return std::nullopt;
  int number = 0;
  std::from_chars(text.data(), text.data() + count, number);
  text = trimmed(text.substr(count));
  return number;
}

bool take(std::string_view& text, std::string_view mark) {
  if (!text.starts_with(mark)) return false;
  text = trimmed(text.substr(mark.size()));
  return true;
}

// Between year and month, between month and day, at the end.
struct Separators {
  std::string_view year, month, day;
};

constexpr Separators kSeparators[] = {{"-", "-", ""},     {"/", "/", ""},     {".", ".", ""},
                                      {"年", "月", "日"}, {"年", "月", "号"}, {"年", "月", ""}};

std::optional<Written> parse_written(std::string_view text, const Separators& separators) {
  const std::optional<int> year = take_number(text, 4, 4);
  if (!year || !take(text, separators.year)) return std::nullopt;
  const std::optional<int> month = take_number(text, 1, 2);
  if (!month || !take(text, separators.month)) return std::nullopt;
  const std::optional<int> day = take_number(text, 1, 2);
  if (!day || !take(text, separators.day) || !text.empty()) return std::nullopt;
  return Written{*year, *month, *day};
}

Read<Date> date_of(const Written& written, std::string_view text) {
  if (written.year == 0) return Unexpected{say(Say::NotADate, {{"value", repeated(text)}})};
  if (written.month < 1 || written.month > 12) {
    return Unexpected{say(Say::NoSuchMonth, {{"month", std::to_string(written.month)}})};
  }
  const int days = days_in_month(written.year, written.month);
  if (written.day < 1 || written.day > days) {
    const std::string year = std::to_string(written.year);
    const auto index = static_cast<std::size_t>(written.month - 1);
    return Unexpected{
        say(Say::NoSuchDay, {{"month", std::string(kMonths[index]) + " " + year},
                             {"month_zh", year + "年" + std::to_string(written.month) + "月"},
                             {"days", std::to_string(days)},
                             {"day", std::to_string(written.day)}})};
  }
  return Date{written.year, static_cast<std::uint8_t>(written.month),
              static_cast<std::uint8_t>(written.day)};
}

}  // namespace

Read<Date> read_typed_date(std::string_view text) {
  for (const Separators& separators : kSeparators) {
    if (const auto written = parse_written(text, separators)) return date_of(*written, text);
  }
  return Unexpected{say(Say::NotADate, {{"value", repeated(text)}})};
}

Read<Date> read_iso_date(std::string_view text) {
  constexpr std::size_t kLength = 10;  // fixed, so that each part has all its digits
  const auto written = text.size() == kLength ? parse_written(text, kSeparators[0]) : std::nullopt;
  if (!written) return Unexpected{say(Say::NotADate, {{"value", repeated(text)}})};
  return date_of(*written, text);
}

std::optional<TimeOfDay> parse_typed_time(std::string_view text) {
  const bool has_short_hour = text.find(':') == 1;
  return parse_time(has_short_hour ? "0" + std::string(text) : std::string(text));
}

std::string date_in_words(const Date& date, Language language) {
  const std::string year = std::to_string(date.year);
  const std::string day = std::to_string(date.day);
  if (language == Language::Chinese)
    return year + "年" + std::to_string(date.month) + "月" + day + "日";
  return day + " " + std::string(kMonths[date.month - 1U]) + " " + year;
}

}  // namespace formwork::fields

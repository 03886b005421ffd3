// Periods as ISO 8601 texts.
#include <array>

#include "dsl/base/text_cursor.h"
#include "dsl/calendar/calendar.h"

namespace formwork::calendar {
namespace {

struct Unit {
  char letter;
  std::int64_t seconds;
};

constexpr std::array<Unit, 3> kUnits{Unit{'H', 3600}, Unit{'M', 60}, Unit{'S', 1}};

// Whatever waits for longer is a slip of the pen.
constexpr std::int64_t kMaxDays = 36'525;
constexpr std::int64_t kMaxSeconds = kMaxDays * kSecondsPerDay;

// `4H30M`: one unit at least, the larger ones first.
std::optional<std::int64_t> read_time(TextCursor& cursor) {
  std::int64_t total = 0;
  std::size_t next = 0;
  while (!cursor.at_end()) {
    const auto count = cursor.number();
    if (!count || *count > kMaxSeconds) return std::nullopt;
    while (next < kUnits.size() && !cursor.skip(kUnits[next].letter)) ++next;
    if (next == kUnits.size()) return std::nullopt;
    total += *count * kUnits[next].seconds;
    ++next;
  }
  if (next == 0 || total > kMaxSeconds) return std::nullopt;
  return total;
}

// `3D` or `2W`, and zero for neither.
std::optional<std::int64_t> read_days(TextCursor& cursor) {
  if (!cursor.at_digit()) return 0;
  const auto count = cursor.number();
  if (!count || *count > kMaxDays) return std::nullopt;
  if (cursor.skip('D')) return count;
  if (!cursor.skip('W') || !cursor.at_end() || *count * 7 > kMaxDays) return std::nullopt;
  return *count * 7;
}

}  // namespace

std::optional<Period> parse_period(std::string_view text) {
  TextCursor cursor(text);
  if (!cursor.skip('P')) return std::nullopt;
  const auto days = read_days(cursor);
  if (!days) return std::nullopt;
  Period period{.days = *days, .time = {}};
  if (cursor.skip('T')) {
    const auto seconds = read_time(cursor);
    if (!seconds) return std::nullopt;
    period.time.seconds = *seconds;
  }
  const bool is_zero = period.days == 0 && period.time.seconds == 0;
  if (!cursor.at_end() || is_zero) return std::nullopt;
  return period;
}

std::string to_string(const Period& period) {
  std::string text = "P";
  if (period.days != 0) text += std::to_string(period.days) + "D";
  std::int64_t rest = period.time.seconds;
  if (rest == 0) return text;
  text += "T";
  for (const Unit& unit : kUnits) {
    if (rest / unit.seconds != 0) text += std::to_string(rest / unit.seconds) + unit.letter;
    rest %= unit.seconds;
  }
  return text;
}

}  // namespace formwork::calendar

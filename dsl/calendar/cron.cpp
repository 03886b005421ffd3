// A schedule is five sets of numbers. Its times are those of clocks, so they are looked for on the
// calendar and only then placed on the time line. Placing keeps their order, also where clocks
// change, so the first one that lies behind a moment is the next.
#include "dsl/calendar/cron.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <limits>
#include <span>
#include <vector>

#include "dsl/base/text_cursor.h"

namespace formwork::calendar {
namespace {

constexpr std::int64_t kMicrosPerMinute = 60 * kMicrosPerSecond;
// The longest that a schedule pauses is the 29th of February on one day of the week: from 2072 to
// 2112, for Mondays.
constexpr std::int64_t kReachDays = 60 * 366;
// The last day that lies on the time line with all of its minutes, in every time zone.
constexpr std::int64_t kLastDay = std::numeric_limits<std::int64_t>::max() / kMicrosPerDay - 2;

constexpr std::array<std::string_view, 12> kMonths{"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                   "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
// Sunday is the 0th day as well as the 7th, so that `SAT-SUN` and `5-7` are ranges.
constexpr std::array<std::string_view, 7> kWeekdays{"SUN", "MON", "TUE", "WED",
                                                    "THU", "FRI", "SAT"};

struct Field {
  std::string_view one;   // `61` is no minute
  std::string_view many;  // minutes are …
  std::string_view range;
  std::int64_t first;
  std::int64_t last;
  std::span<const std::string_view> names = {};
  std::int64_t first_name = 0;
};

constexpr std::array<Field, 5> kFields{{
    {"minute", "minutes", "0 to 59", 0, 59},
    {"hour", "hours", "0 to 23", 0, 23},
    {"day of a month", "days of a month", "1 to 31", 1, 31},
    {"month", "months", "1 to 12 or JAN to DEC", 1, 12, kMonths, 1},
    {"day of the week", "days of the week", "0 to 7 or MON to SUN", 0, 7, kWeekdays, 0},
}};

std::string quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find_first_of(separators);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> found = split(text, " \t");
  std::erase_if(found, [](std::string_view word) { return word.empty(); });
  return found;
}

bool same_name(std::string_view typed, std::string_view name) {
  return std::equal(typed.begin(), typed.end(), name.begin(), name.end(), [](char a, char b) {
    return std::toupper(static_cast<unsigned char>(a)) == b;
  });
}

// One field of a schedule, read into bits; the first problem stays.
class Reader {
 public:
  explicit Reader(const Field& field) : field_(field) {}

  std::uint64_t read(std::string_view text) {
    std::uint64_t bits = 0;
    for (const std::string_view item : split(text, ",")) {
      if (item.empty())
        fail(quoted(text) + " has an empty place between its commas");
      else
        bits |= read_item(item);
    }
    return bits;
  }

  const std::string& problem() const { return problem_; }

 private:
  void fail(std::string text) {
    if (problem_.empty()) problem_ = std::move(text);
  }

  std::uint64_t read_item(std::string_view item) {
    const std::size_t slash = item.find('/');
    const std::string_view range = item.substr(0, slash);
    const bool is_all = range == "*";
    const std::size_t dash = is_all ? std::string_view::npos : range.find('-');
    const auto first = is_all ? field_.first : value(range.substr(0, dash), false);
    auto last = is_all ? field_.last : first;
    if (dash != std::string_view::npos) last = value(range.substr(dash + 1), true);
    if (!problem_.empty()) return 0;
    if (last < first) {
      fail(quoted(range) + " runs backwards; write two ranges with a comma between them");
      return 0;
    }
    if (slash == std::string_view::npos) return bits(first, last, 1);
    if (!is_all && dash == std::string_view::npos) {
      fail(quoted(item) + " steps through a single " + std::string(field_.one) + "; write `" +
           std::string(range) + "-" + std::to_string(field_.last) +
           std::string(item.substr(slash)) + "`");
      return 0;
    }
    return bits(first, last, step(item, slash));
  }

  // Never below 1.
  std::int64_t step(std::string_view item, std::size_t slash) {
    TextCursor cursor(item.substr(slash + 1));
    const auto by = cursor.number();
    if (!by || !cursor.at_end() || *by == 0) {
      fail(quoted(item) + " has no step; write a number from 1 on behind the `/`");
      return 1;
    }
    if (*by > field_.last - field_.first) {
      fail(quoted(item) + " steps beyond the " + std::string(field_.many) + ", which are " +
           std::string(field_.range));
    }
    return *by;
  }

  std::int64_t value(std::string_view text, bool ends_range) {
    TextCursor cursor(text);
    if (const auto number = cursor.number();
        number && cursor.at_end() && *number >= field_.first && *number <= field_.last)
      return *number;
    const auto name = std::find_if(field_.names.begin(), field_.names.end(),
                                   [&](std::string_view each) { return same_name(text, each); });
    if (name == field_.names.end()) {
      fail(quoted(text) + " is no " + std::string(field_.one) + "; " + std::string(field_.many) +
           " are " + std::string(field_.range));
      return field_.first;
    }
    const auto index = field_.first_name + (name - field_.names.begin());
    return ends_range && index == 0 ? 7 : index;
  }

  static std::uint64_t bits(std::int64_t first, std::int64_t last, std::int64_t by) {
    std::uint64_t all = 0;
    for (std::int64_t each = first; each <= last; each += by) all |= std::uint64_t{1} << each;
    return all;
  }

  const Field& field_;
  std::string problem_;
};

template <class Bits>
bool has(Bits bits, std::int64_t index) {
  return (bits >> index & 1) != 0;
}

// As in crontab(5), where `*/2` is a star too: days then have to suit both fields.
bool is_any(std::string_view field) { return field.find('*') != std::string_view::npos; }

bool some_month_has(std::uint32_t months, std::uint32_t days) {
  for (int month = 1; month <= 12; ++month) {
    if (!has(months, month)) continue;
    for (int day = 1; day <= days_in_month(2024, month); ++day) {
      if (has(days, day)) return true;
    }
  }
  return false;
}

// What clocks show at that moment, as if on a line of its own without changes.
std::int64_t shown(const TimeZone& zone, std::int64_t at) {
  return at + zone.offset_at({at}) * kMicrosPerSecond;
}

// When clocks show that time first; where they leave it out, when they have leapt over it.
Instant place(const TimeZone& zone, std::int64_t local) {
  const Instant at = zone.to_instant(to_local({local}, 0));
  const std::int64_t leap = shown(zone, at.microseconds) - local;
  if (leap <= 0) return at;
  std::int64_t before = at.microseconds - leap;
  std::int64_t behind = at.microseconds;
  while (behind - before > 1) {
    const std::int64_t middle = before + (behind - before) / 2;
    (shown(zone, middle) < local ? before : behind) = middle;
  }
  return {behind};
}

}  // namespace

std::optional<Cron> Cron::parse(std::string_view text, std::string* problem) {
  const auto fail = [&](std::string what) -> std::optional<Cron> {
    if (problem != nullptr) *problem = std::move(what);
    return std::nullopt;
  };
  const auto fields = words(text);
  if (fields.size() != kFields.size()) {
    return fail(
        "a schedule has five fields (minute, hour, day of the month, month, day of the week), "
        "and " +
        quoted(text) + " has " + std::to_string(fields.size()));
  }
  std::array<std::uint64_t, kFields.size()> bits{};
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    Reader reader(kFields[i]);
    bits[i] = reader.read(fields[i]);
    if (!reader.problem().empty()) return fail(reader.problem());
  }
  Cron cron;
  cron.text_ = text;
  cron.minutes_ = bits[0];
  cron.hours_ = static_cast<std::uint32_t>(bits[1]);
  cron.days_ = static_cast<std::uint32_t>(bits[2]);
  cron.months_ = static_cast<std::uint32_t>(bits[3]);
  cron.weekdays_ = static_cast<std::uint32_t>((bits[4] | bits[4] >> 7) & 0x7F);
  cron.any_day_ = is_any(fields[2]);
  cron.any_weekday_ = is_any(fields[4]);
  const bool needs_day = cron.any_day_ || cron.any_weekday_;
  if (needs_day && !some_month_has(cron.months_, cron.days_))
    return fail(quoted(text) + " never comes: none of its months has such a day");
  return cron;
}

Instant Cron::next(Instant after, const TimeZone& zone) const {
  const LocalDateTime start = zone.to_local(after);
  const std::int64_t first_day = to_days(start.date);
  const auto is_day = [&](std::int64_t days) {
    const Date date = from_days(days);
    if (!has(months_, date.month)) return false;
    const bool by_day = has(days_, date.day);
    const bool by_weekday = has(weekdays_, ((days + 4) % 7 + 7) % 7);
    return any_day_ || any_weekday_ ? by_day && by_weekday : by_day || by_weekday;
  };
  std::int64_t minute = start.time.to_microseconds() / kMicrosPerMinute;
  const std::int64_t last_day = std::min(first_day + kReachDays, kLastDay);
  for (std::int64_t day = first_day; day <= last_day; ++day, minute = 0) {
    if (!is_day(day)) continue;
    for (; minute < 1440; ++minute) {
      if (!has(hours_, minute / 60) || !has(minutes_, minute % 60)) continue;
      const Instant at = place(zone, day * kMicrosPerDay + minute * kMicrosPerMinute);
      if (at > after) return at;
    }
  }
  return {std::numeric_limits<std::int64_t>::max()};
}

}  // namespace formwork::calendar

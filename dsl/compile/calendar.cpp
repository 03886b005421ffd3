// A business calendar: days, hours, holidays and make-up workdays.
#include "dsl/calendar/calendar.h"

#include <algorithm>
#include <array>

#include "dsl/base/utf8.h"
#include "dsl/compile/keys.h"
#include "dsl/compile/reading.h"

namespace formwork::compile {
namespace {

using calendar::Hours;

constexpr std::array<std::string_view, 7> kDays{"MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"};
constexpr std::int64_t kMaxHolidays = 366;  // in a row: a longer range is a slip of the pen

// The two sides of `09:00-18:00`, `MON-FRI`, `2026-10-01..2026-10-08`; of a text without the mark
// twice itself.
std::pair<std::string_view, std::string_view> sides(std::string_view text, std::string_view mark) {
  const std::size_t at = text.find(mark);
  if (at == std::string_view::npos) return {trimmed(text), trimmed(text)};
  return {trimmed(text.substr(0, at)), trimmed(text.substr(at + mark.size()))};
}

std::optional<Hours> parse_hours(std::string_view text) {
  const auto [from, to] = sides(text, "-");
  const auto begin = parse_time(from);
  const auto end = to == "24:00" ? TimeOfDay{kNanosPerDay} : parse_time(to);
  if (!begin || !end || !(*begin < *end)) return std::nullopt;
  return Hours{*begin, *end};
}

class CalendarCompiler {
 public:
  explicit CalendarCompiler(Context& context) : context_(context) {}

  calendar::Calendar run(const yaml::Node& node) {
    definition_.zone = context_.model.app.time_zone;
    if (const yaml::Node* zone = value_of(node, "time_zone")) read_zone(*zone);
    if (const yaml::Node* hours = value_of(node, "hours")) hours_ = read_hours(*hours);
    const yaml::Node* days = value_of(node, "days");
    if (days == nullptr) {
      for (std::size_t day = 0; day < 5; ++day) definition_.week[day] = hours_;
    } else {
      read_all_days(*days);
    }
    if (const yaml::Node* holidays = value_of(node, "holidays")) read_holidays(*holidays);
    if (const yaml::Node* workdays = value_of(node, "workdays")) read_workdays(*workdays);
    return calendar::Calendar(std::move(definition_));
  }

  // Hours of a week, without holidays: on every day that is not left out.
  calendar::Calendar run_window(const yaml::Node* days, const yaml::Node& hours) {
    definition_.zone = context_.model.app.time_zone;
    hours_ = read_hours(hours);
    if (days == nullptr) definition_.week.fill(hours_);
    if (days != nullptr) read_all_days(*days);
    return calendar::Calendar(std::move(definition_));
  }

 private:
  void error(std::string_view code, const Span& where, std::string message, std::string remedy) {
    context_.diagnostics.error(code, where, std::move(message), std::move(remedy));
  }

  void read_zone(const yaml::Node& node) {
    const auto name = read_text(node, "a time zone such as Asia/Shanghai", context_);
    if (!name) return;
    const TimeZone* zone = TimeZone::find(*name);
    if (zone != nullptr) {
      definition_.zone = zone;
    } else {
      error(codes::kAppTimeZone, node.span, "there is no time zone `" + *name + "`",
            "write a name of the IANA database, such as Asia/Shanghai");
    }
  }

  std::vector<Hours> read_hours(const yaml::Node& node) {
    std::vector<Hours> all;
    for (const PlacedText& text : read_text_list(node, "hours such as 09:00-18:00", context_)) {
      const auto hours = parse_hours(text.text);
      if (!hours) {
        error(codes::kCalendarHours, text.where,
              "`" + std::string(take_characters(text.text, 40)) + "` are no hours of a day",
              "write a time and a later one: \"09:00-18:00\"");
        continue;
      }
      const bool overlaps = std::any_of(all.begin(), all.end(), [&](const Hours& other) {
        return hours->from < other.to && other.from < hours->to;
      });
      if (overlaps) {
        error(codes::kCalendarHours, text.where, "these hours overlap with others of the day",
              "let each begin when the one before it is over");
        continue;
      }
      all.push_back(*hours);
    }
    std::sort(all.begin(), all.end(),
              [](const Hours& a, const Hours& b) { return a.from < b.from; });
    return all;
  }

  void read_all_days(const yaml::Node& days) {
    for (const PlacedText& text : read_text_list(days, "days such as MON-FRI", context_)) {
      read_days(text);
    }
  }

  void read_days(const PlacedText& text) {
    const auto [first, last] = sides(text.text, "-");
    const auto begin = std::find(kDays.begin(), kDays.end(), first);
    const auto end = std::find(kDays.begin(), kDays.end(), last);
    if (begin == kDays.end() || end == kDays.end()) {
      error(codes::kCalendarDays, text.where,
            "`" + std::string(take_characters(text.text, 40)) + "` is not a day of the week",
            "write MON, TUE, WED, THU, FRI, SAT or SUN, or a range: MON-FRI");
      return;
    }
    // SUN-THU goes on behind Sunday.
    const auto from = static_cast<std::size_t>(begin - kDays.begin());
    const auto to = static_cast<std::size_t>(end - kDays.begin());
    for (std::size_t day = from; day != (to + 1) % 7 || day == from; day = (day + 1) % 7) {
      definition_.week[day] = hours_;
      if (day == to) break;
    }
  }

  void read_holidays(const yaml::Node& node) {
    if (!node.is_mapping()) {
      report_wrong_type(node, "a mapping of dates to reasons", context_);
      return;
    }
    for (const yaml::Entry& entry : node.entries) {
      read_reason(entry.value);
      const auto [first, last] = sides(entry.key, "..");
      const auto from = parse_date(first);
      const auto to = parse_date(last);
      if (!from || !to) {
        error(codes::kCalendarDate, entry.key_span, "`" + entry.key + "` is not a date",
              "write 2026-10-01, or 2026-10-01..2026-10-08");
      } else if (*to < *from) {
        error(codes::kCalendarDate, entry.key_span, "these holidays end before they begin",
              "write the earlier date first");
      } else if (to_days(*to) - to_days(*from) >= kMaxHolidays) {
        error(codes::kCalendarDate, entry.key_span, "these holidays are longer than a year",
              "check the years");
      } else {
        add_holidays(*from, *to, entry.key_span);
      }
    }
  }

  void add_holidays(const Date& from, const Date& to, const Span& where) {
    for (std::int64_t day = to_days(from); day <= to_days(to); ++day) {
      if (add_special(from_days(day), {}, where)) continue;
      return;
    }
  }

  // False: the day has a meaning already, which is then reported.
  bool add_special(const Date& date, std::vector<Hours> hours, const Span& where) {
    const auto [known, is_new] = places_.try_emplace(date, where);
    if (is_new) {
      definition_.special.emplace(date, std::move(hours));
      return true;
    }
    context_.diagnostics
        .error(codes::kCalendarDate, where, to_string(date) + " is listed twice", "remove one")
        .related.push_back({known->second, "it is here too"});
    return false;
  }

  void read_workdays(const yaml::Node& node) {
    if (!node.is_mapping()) {
      report_wrong_type(node, "a mapping of dates to reasons", context_);
      return;
    }
    for (const yaml::Entry& entry : node.entries) {
      std::vector<Hours> hours = hours_;
      const bool has_hours = entry.value.is_mapping() && entry.value.find("hours") != nullptr;
      if (has_hours || (entry.value.is_mapping() && entry.value.find("label") != nullptr)) {
        check_keys(entry.value, keys::kWorkday, "a workday", context_);
        if (const yaml::Node* label = value_of(entry.value, "label")) read_reason(*label);
        if (has_hours) hours = read_hours(*value_of(entry.value, "hours"));
      } else {
        read_reason(entry.value);
      }
      const auto date = parse_date(entry.key);
      if (date) {
        add_special(*date, std::move(hours), entry.key_span);
      } else {
        error(codes::kCalendarDate, entry.key_span, "`" + entry.key + "` is not a date",
              "write a date such as 2026-10-10");
      }
    }
  }

  // Why a day is special is for whoever reads the document.
  void read_reason(const yaml::Node& node) {
    if (!node.is_null()) read_localized(node, context_);
  }

  Context& context_;
  calendar::Calendar::Definition definition_;
  std::vector<Hours> hours_{
      {TimeOfDay{9 * 3600 * kNanosPerSecond}, TimeOfDay{18 * 3600 * kNanosPerSecond}}};
  std::map<Date, Span> places_;
};

}  // namespace

calendar::Calendar compile_hours(const yaml::Node* days, const yaml::Node& hours,
                                 Context& context) {
  return CalendarCompiler(context).run_window(days, hours);
}

model::BusinessCalendar compile_calendar(const Document& document, Context& context) {
  check_keys(*document.node, keys::kCalendar, "a calendar", context);
  model::BusinessCalendar calendar{.name = document.name,
                                   .label = default_label(document.name, context),
                                   .calendar = CalendarCompiler(context).run(*document.node),
                                   .where = document.name_where};
  if (const yaml::Node* label = value_of(*document.node, "label")) {
    if (auto text = read_localized(*label, context)) calendar.label = std::move(*text);
  }
  return calendar;
}

}  // namespace formwork::compile

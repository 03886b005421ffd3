// Dates and times: the functions that make them, and what can be asked of them.
//
// A date passed where a date and time is asked for is its midnight in UTC (10.3.2.9.4), so most
// entries need one signature for both.
#include <array>

#include "dsl/feel/builtin.h"
#include "dsl/feel/temporal.h"

namespace formwork::feel {
namespace {

constexpr std::array<std::string_view, 7> kWeekdays{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                    "Friday", "Saturday", "Sunday"};
constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};

Value refuse(Evaluation& evaluation, const Value& text, std::string_view what) {
  if (!evaluation.wants_reasons()) return {};
  return evaluation.null("\"" + text.string() + "\" is not " + std::string(what));
}

// The local reading of what was passed for a date and time.
DateTime date_time_of(const Value& value, const Evaluation& evaluation) {
  if (value.kind() == Value::Kind::Date) return {{value.date(), {}}, Zone::offset(0)};
  if (value.kind() == Value::Kind::DateTime) return value.date_time();
  return to_date_time(value.instant(), *evaluation.environment().zone);
}

Date date_of(const Value& value, const Evaluation& evaluation) {
  return date_time_of(value, evaluation).local.date;
}

// A zone whose hour was told apart by an offset is the zone again once date and time part.
Zone zone_alone(const Zone& zone) { return zone.named != nullptr ? Zone::of(*zone.named) : zone; }

std::optional<std::int64_t> whole_within(const Value& value, std::int64_t least,
                                         std::int64_t most) {
  const auto whole = value.number().to_int64();
  if (!whole || *whole < least || *whole > most) return std::nullopt;
  return whole;
}

std::optional<Date> date_from_parts(const Value& year, const Value& month, const Value& day) {
  constexpr std::int64_t kFarthestYear = 999'999'999;
  const auto y = whole_within(year, -kFarthestYear, kFarthestYear);
  const auto m = whole_within(month, 1, 12);
  const auto d = whole_within(day, 1, 31);
  if (!y || !m || !d) return std::nullopt;
  const Date date{static_cast<std::int32_t>(*y), static_cast<std::uint8_t>(*m),
                  static_cast<std::uint8_t>(*d)};
  if (!is_valid(date)) return std::nullopt;
  return date;
}

// Seconds may have decimals; what is finer than a nanosecond is cut off.
std::optional<TimeOfDay> time_from_parts(const Value& hour, const Value& minute,
                                         const Value& second) {
  const auto h = whole_within(hour, 0, 23);
  const auto m = whole_within(minute, 0, 59);
  const auto cut = round(second.number(), 9, Rounding::Down);
  if (!h || !m || !cut) return std::nullopt;
  const auto nanoseconds = cut->to_scaled(9);
  if (!nanoseconds) return std::nullopt;
  if (second.number().is_negative() || *nanoseconds >= 60 * kNanosPerSecond) return std::nullopt;
  return TimeOfDay{(*h * 60 + *m) * 60 * kNanosPerSecond + *nanoseconds};
}

// As texts have it: whole seconds, up to 18 hours.
std::optional<Zone> zone_from_offset(const DaysDuration& offset) {
  constexpr std::int64_t kFarthest = 64'800;
  if (offset.nanoseconds != 0 || offset.seconds < -kFarthest || offset.seconds > kFarthest) {
    return std::nullopt;
  }
  return Zone::offset(static_cast<std::int32_t>(offset.seconds));
}

// From an offset as a duration or as a number of hours, the name of a zone, or null for a local
// time.
std::optional<Zone> zone_from(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::Null:
      return Zone{};
    case Value::Kind::DaysDuration:
      return zone_from_offset(value.days_duration());
    case Value::Kind::Number: {
      const Value offset = multiply_duration(Value(DaysDuration{.seconds = 3'600}), value.number());
      return offset.is_null() ? std::nullopt : zone_from_offset(offset.days_duration());
    }
    case Value::Kind::String: {
      const TimeZone* zone = TimeZone::find(value.string());
      return zone != nullptr ? std::optional<Zone>(Zone::of(*zone)) : std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

Value date_from_text(Arguments arguments, Evaluation& evaluation) {
  if (const auto date = parse_feel_date(arguments[0].string())) return Value(*date);
  return refuse(evaluation, arguments[0], "a date such as 2026-03-02");
}

Value date_from_date_time(Arguments arguments, Evaluation& evaluation) {
  return Value(date_of(arguments[0], evaluation));
}

Value date_from_numbers(Arguments arguments, Evaluation& evaluation) {
  if (const auto date = date_from_parts(arguments[0], arguments[1], arguments[2])) {
    return Value(*date);
  }
  return evaluation.null("the calendar has no such year, month and day");
}

Value time_from_text(Arguments arguments, Evaluation& evaluation) {
  if (const auto time = parse_feel_time(arguments[0].string())) return Value(*time);
  return refuse(evaluation, arguments[0],
                "a time such as 09:30:00, 09:30:00+08:00 or 09:30:00@Asia/Shanghai");
}

Value time_from_time(Arguments arguments, Evaluation&) { return arguments[0]; }

Value time_from_date_time(Arguments arguments, Evaluation& evaluation) {
  const DateTime date_time = date_time_of(arguments[0], evaluation);
  return Value(Time{date_time.local.time, zone_alone(date_time.zone)});
}

Value time_from_numbers(Arguments arguments, Evaluation& evaluation) {
  const auto time = time_from_parts(arguments[0], arguments[1], arguments[2]);
  if (!time) return evaluation.null("the clock has no such hour, minute and second");
  const auto zone = zone_from(arguments[3]);
  if (!zone) return evaluation.null("an offset is whole seconds and 18 hours at most");
  return Value(Time{*time, *zone});
}

Value date_time_from_text(Arguments arguments, Evaluation& evaluation) {
  if (const auto date_time = parse_feel_date_time(arguments[0].string())) return Value(*date_time);
  return refuse(evaluation, arguments[0],
                "a date and time such as 2026-03-02T09:30:00, with +08:00 or @Asia/Shanghai behind "
                "it if it is not local");
}

Value date_time_from_date_time(Arguments arguments, Evaluation& evaluation) {
  return Value(date_time_of(arguments[0], evaluation));
}

Value date_time_from_date_and_time(Arguments arguments, Evaluation& evaluation) {
  const Time& time = arguments[1].zoned_time();
  return Value(DateTime{{date_of(arguments[0], evaluation), time.of_day}, time.zone});
}

Value date_time_from_numbers(Arguments arguments, Evaluation& evaluation) {
  const auto date = date_from_parts(arguments[0], arguments[1], arguments[2]);
  if (!date) return evaluation.null("the calendar has no such year, month and day");
  const auto time = time_from_parts(arguments[3], arguments[4], arguments[5]);
  if (!time) return evaluation.null("the clock has no such hour, minute and second");
  const auto zone = zone_from(arguments[6]);
  if (!zone) return evaluation.null("there is no such offset from UTC or time zone");
  return Value(DateTime{{*date, *time}, *zone});
}

Value duration_from_text(Arguments arguments, Evaluation& evaluation) {
  Value duration = parse_feel_duration(arguments[0].string());
  if (!duration.is_null()) return duration;
  return refuse(evaluation, arguments[0], "a duration such as P3DT8H or P1Y2M");
}

// Whole months from one date to the other, towards zero; times of day do not count.
Value months_between(Arguments arguments, Evaluation& evaluation) {
  const Date from = date_of(arguments[0], evaluation);
  const Date to = date_of(arguments[1], evaluation);
  std::int64_t months = (std::int64_t{to.year} - from.year) * 12 + to.month - from.month;
  if (months > 0 && to.day < from.day) --months;
  if (months < 0 && to.day > from.day) ++months;
  return Value(MonthsDuration{months});
}

Value now(Arguments, Evaluation& evaluation) {
  const Environment& environment = evaluation.environment();
  return Value(to_date_time(environment.now, *environment.zone));
}

Value today(Arguments, Evaluation& evaluation) {
  const Environment& environment = evaluation.environment();
  return Value(environment.zone->to_local(environment.now).date);
}

std::int64_t days_into_year(const Date& date) { return to_days(date) - to_days({date.year, 1, 1}); }

// From Monday, which is 0.
std::int64_t weekday_of(const Date& date) {
  return (to_days(date) % 7 + 3 + 7) % 7;  // 1970-01-01 was a Thursday
}

Value day_of_year(Arguments arguments, Evaluation& evaluation) {
  return Value(Number(days_into_year(date_of(arguments[0], evaluation)) + 1));
}

Value day_of_week(Arguments arguments, Evaluation& evaluation) {
  const std::int64_t weekday = weekday_of(date_of(arguments[0], evaluation));
  return Value(kWeekdays[static_cast<std::size_t>(weekday)]);
}

Value month_of_year(Arguments arguments, Evaluation& evaluation) {
  return Value(kMonths[date_of(arguments[0], evaluation).month - 1U]);
}

// ISO 8601: a week belongs to the year of its Thursday.
Value week_of_year(Arguments arguments, Evaluation& evaluation) {
  const Date date = date_of(arguments[0], evaluation);
  const Date thursday = from_days(to_days(date) - weekday_of(date) + 3);
  return Value(Number(days_into_year(thursday) / 7 + 1));
}

std::vector<Builtin> date_entries() {
  return {
      {
          .name = "date",
          .parameters = {{"from", "string"}},
          .result = "date",
          .call = date_from_text,
          .summary = "The date that a text says.",
          .example = R"(date("2026-03-02").year)",
          .answer = "2026",
      },
      {
          .name = "date",
          .parameters = {{"from", "date and time"}},
          .result = "date",
          .call = date_from_date_time,
          .summary = "The date of a date and time, without the time.",
          .example = R"(date(date and time("2026-03-02T09:30:00")))",
          .answer = R"(date("2026-03-02"))",
      },
      {
          .name = "date",
          .parameters = {{"year", "number"}, {"month", "number"}, {"day", "number"}},
          .result = "date",
          .call = date_from_numbers,
          .summary = "The date of a year, a month and a day.",
          .example = "date(2026, 3, 2)",
          .answer = R"(date("2026-03-02"))",
      },
  };
}

std::vector<Builtin> time_entries() {
  return {
      {
          .name = "time",
          .parameters = {{"from", "string"}},
          .result = "time",
          .call = time_from_text,
          .summary = "The time of day that a text says: local, with an offset, or in a zone.",
          .example = R"(time("09:30:00+08:00").hour)",
          .answer = "9",
      },
      {
          .name = "time",
          .parameters = {{"from", "time"}},
          .result = "time",
          .call = time_from_time,
          .summary = "The time itself.",
          .example = R"(time(time("09:30:00")))",
          .answer = R"(time("09:30:00"))",
      },
      {
          .name = "time",
          .parameters = {{"from", "date and time"}},
          .result = "time",
          .call = time_from_date_time,
          .summary =
              "The time of a date and time, with its offset or zone; of a date, midnight UTC.",
          .example = R"(time(date and time("2026-03-02T09:30:00")))",
          .answer = R"(time("09:30:00"))",
      },
      {
          .name = "time",
          .parameters = {{"hour", "number"},
                         {"minute", "number"},
                         {"second", "number"},
                         {.name = "offset",
                          .type = "days and time duration",
                          .is_optional = true,
                          .takes_null = true}},
          .result = "time",
          .call = time_from_numbers,
          .summary = "The time of an hour, a minute and a second; local unless an offset is given.",
          .example = R"(time(9, 30, 0, duration("PT8H")))",
          .answer = R"(time("09:30:00+08:00"))",
      },
  };
}

// `date and time` of numbers, with its last parameter.
Builtin date_time_of_numbers(Parameter last, std::string_view summary, std::string_view example,
                             std::string_view answer) {
  return {
      .name = "date and time",
      .parameters = {{"year", "number"},
                     {"month", "number"},
                     {"day", "number"},
                     {"hour", "number"},
                     {"minute", "number"},
                     {"second", "number"},
                     last},
      .result = "date and time",
      .call = date_time_from_numbers,
      .summary = summary,
      .example = example,
      .answer = answer,
  };
}

std::vector<Builtin> date_time_entries() {
  return {
      {
          .name = "date and time",
          .parameters = {{"from", "string"}},
          .result = "date and time",
          .call = date_time_from_text,
          .summary = "The date and time that a text says; a date alone is its midnight.",
          .example = R"(date and time("2026-03-02T09:30:00").hour)",
          .answer = "9",
      },
      {
          .name = "date and time",
          .parameters = {{"from", "date and time"}},
          .result = "date and time",
          .call = date_time_from_date_time,
          .summary = "The date and time itself; of a date, its midnight in UTC.",
          .example = R"(date and time(date("2026-03-02")))",
          .answer = R"(date and time("2026-03-02T00:00:00Z"))",
      },
      {
          .name = "date and time",
          .parameters = {{"date", "date and time"}, {"time", "time"}},
          .result = "date and time",
          .call = date_time_from_date_and_time,
          .summary = "A date, or that of a date and time, at a time and in the time's zone.",
          .example = R"(date and time(date("2026-03-02"), time("09:30:00")))",
          .answer = R"(date and time("2026-03-02T09:30:00"))",
      },
      date_time_of_numbers({.name = "offset",
                            .type = "days and time duration",
                            .is_optional = true,
                            .takes_null = true},
                           "The date and time of six numbers; local unless an offset is given.",
                           "date and time(2026, 3, 2, 9, 30, 0)",
                           R"(date and time("2026-03-02T09:30:00"))"),
      date_time_of_numbers({.name = "hour offset", .type = "number"},
                           "The date and time of six numbers, that many hours ahead of UTC.",
                           "date and time(2026, 3, 2, 9, 30, 0, 8)",
                           R"(date and time("2026-03-02T09:30:00+08:00"))"),
      date_time_of_numbers({.name = "timezone", .type = "string"},
                           "The date and time of six numbers in a zone of the IANA database.",
                           R"(date and time(2026, 3, 2, 9, 30, 0, "Asia/Shanghai").timezone)",
                           R"("Asia/Shanghai")"),
  };
}

std::vector<Builtin> duration_entries() {
  return {
      {
          .name = "duration",
          .parameters = {{"from", "string"}},
          .result = "Any",
          .call = duration_from_text,
          .summary = "The duration that a text says: of days and times, or of years and months.",
          .example = R"(duration("P3DT8H").hours)",
          .answer = "8",
      },
      {
          .name = "years and months duration",
          .parameters = {{"from", "date and time"}, {"to", "date and time"}},
          .result = "years and months duration",
          .call = months_between,
          .summary = "The whole months from one date to another; negative if it is earlier.",
          .example = R"(years and months duration(date("2011-12-22"), date("2013-08-24")))",
          .answer = R"(duration("P1Y8M"))",
      },
  };
}

std::vector<Builtin> clock_entries() {
  return {
      {.name = "now",
       .parameters = {},
       .result = "date and time",
       .call = now,
       .summary = "The present date and time; the same in all of one evaluation.",
       .example = "now() = now()",
       .answer = "true",
       .reads_clock = true},
      {.name = "today",
       .parameters = {},
       .result = "date",
       .call = today,
       .summary = "The present date.",
       .example = "today() = date(now())",
       .answer = "true",
       .reads_clock = true},
  };
}

// A question to the calendar about one date.
Builtin calendar_entry(std::string_view name, std::string_view result,
                       Value (*call)(Arguments, Evaluation&), std::string_view summary,
                       std::string_view example, std::string_view answer) {
  return {
      .name = name,
      .parameters = {{"date", "date and time"}},
      .result = result,
      .call = call,
      .summary = summary,
      .example = example,
      .answer = answer,
  };
}

std::vector<Builtin> calendar_entries() {
  return {
      calendar_entry("day of year", "number", day_of_year, "The number of the day in its year.",
                     R"(day of year(date("2019-09-17")))", "260"),
      calendar_entry("day of week", "string", day_of_week, "The day of the week, in English.",
                     R"(day of week(date("2019-09-17")))", R"("Tuesday")"),
      calendar_entry("month of year", "string", month_of_year, "The month's name, in English.",
                     R"(month of year(date("2019-09-17")))", R"("September")"),
      calendar_entry("week of year", "number", week_of_year,
                     "The number of the week by ISO 8601: week 1 has the year's first Thursday.",
                     R"(week of year(date("2019-09-17")))", "38"),
  };
}

std::vector<Builtin> all_entries() {
  std::vector<Builtin> entries;
  for (const auto part : {date_entries, time_entries, date_time_entries, duration_entries,
                          clock_entries, calendar_entries}) {
    for (Builtin& entry : part()) entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace

const Family& temporal_functions() {
  static const Family family{.title = "Dates and times", .entries = all_entries()};
  return family;
}

}  // namespace formwork::feel

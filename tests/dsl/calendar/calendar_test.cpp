#include "dsl/calendar/calendar.h"

#include <doctest/doctest.h>

namespace formwork::calendar {
namespace {

const TimeZone& zone(std::string_view name) {
  const TimeZone* found = TimeZone::find(name);
  REQUIRE(found != nullptr);
  return *found;
}

Instant at(std::string_view text) {
  const auto instant = parse_instant(text);
  REQUIRE(instant.has_value());
  return *instant;
}

Hours hours(std::string_view from, std::string_view to) {
  const TimeOfDay midnight{kNanosPerDay};
  return {parse_time(from).value(), to == "24:00" ? midnight : parse_time(to).value()};
}

Period business(std::string_view text) {
  auto period = parse_period(text);
  REQUIRE(period.has_value());
  period->business = true;
  return *period;
}

// China in October 2026: a week off from Thursday the 1st, and work on Saturday the 10th.
Calendar china() {
  Calendar::Definition definition;
  for (std::size_t day = 0; day < 5; ++day) {
    definition.week[day] = {hours("09:00", "12:00"), hours("13:30", "18:00")};
  }
  for (std::uint8_t day = 1; day <= 8; ++day) definition.special[{2026, 10, day}] = {};
  definition.special[{2026, 10, 10}] = {hours("09:00", "12:00")};
  definition.zone = &zone("Asia/Shanghai");
  return Calendar(std::move(definition));
}

TEST_CASE("a plain calendar works from nine to six on Mondays to Fridays, in its zone") {
  const Calendar calendar = Calendar::plain(zone("Asia/Shanghai"));
  CHECK_FALSE(calendar.is_working(at("2026-03-02T08:59:59+08:00")));  // a Monday
  CHECK(calendar.is_working(at("2026-03-02T09:00:00+08:00")));
  CHECK(calendar.is_working(at("2026-03-06T17:59:59+08:00")));
  CHECK_FALSE(calendar.is_working(at("2026-03-06T18:00:00+08:00")));
  CHECK_FALSE(calendar.is_working(at("2026-03-07T10:00:00+08:00")));
  CHECK_FALSE(calendar.is_working(at("2026-03-08T10:00:00+08:00")));
  CHECK(calendar.hours_on({1969, 12, 29}).size() == 1);  // a Monday before all counting
  CHECK(calendar.hours_on({1969, 12, 28}).empty());
}

TEST_CASE(
    "business periods pass over nights, lunch, holidays and weekends, and count make-up workdays") {
  struct Row {
    std::string_view from;
    std::string_view period;
    std::string_view to;
  };

  const Calendar calendar = china();
  for (const Row& row : {
           Row{"2026-09-28T10:00:00+08:00", "PT1H", "2026-09-28T11:00:00+08:00"},
           Row{"2026-09-28T11:00:00+08:00", "PT2H", "2026-09-28T14:30:00+08:00"},
           Row{"2026-09-28T10:30:00+08:00", "PT6H", "2026-09-28T18:00:00+08:00"},
           Row{"2026-09-28T17:00:00+08:00", "PT2H", "2026-09-29T10:00:00+08:00"},
           // The day before the holidays, and on the first day of them.
           Row{"2026-09-30T17:00:00+08:00", "PT2H", "2026-10-09T10:00:00+08:00"},
           Row{"2026-10-01T17:00:00+08:00", "PT8H", "2026-10-10T09:30:00+08:00"},
           Row{"2026-10-10T11:30:00+08:00", "PT1H", "2026-10-12T09:30:00+08:00"},
           // Working days keep the time of day; those that begin outside of work begin with it.
           Row{"2026-09-30T10:15:00+08:00", "P1D", "2026-10-09T10:15:00+08:00"},
           Row{"2026-09-30T10:15:00+08:00", "P3D", "2026-10-12T10:15:00+08:00"},
           Row{"2026-10-03T23:00:00+08:00", "P1D", "2026-10-10T09:00:00+08:00"},
           Row{"2026-09-28T12:30:00+08:00", "P1D", "2026-09-29T13:30:00+08:00"},
           Row{"2026-09-29T17:00:00+08:00", "P1DT2H", "2026-10-09T10:00:00+08:00"},
           // Two in the afternoon is outside of the make-up day's hours, so the hour begins on
           // Monday.
           Row{"2026-10-09T14:00:00+08:00", "P1DT1H", "2026-10-12T10:00:00+08:00"},
       }) {
    CAPTURE(row.from);
    CAPTURE(row.period);
    CHECK(to_rfc3339(calendar.add(at(row.from), business(row.period))) == to_rfc3339(at(row.to)));
  }
}

TEST_CASE("other periods keep the clock for days and the time that passes for hours") {
  const Calendar calendar = Calendar::plain(zone("Europe/Berlin"));
  // Clocks jump from 2:00 to 3:00 on 29 March 2026.
  const Instant before = at("2026-03-28T12:00:00+01:00");
  CHECK(calendar.add(before, *parse_period("P1D")) == at("2026-03-29T12:00:00+02:00"));
  CHECK(calendar.add(before, *parse_period("PT24H")) == at("2026-03-29T13:00:00+02:00"));
  CHECK(calendar.add(before, *parse_period("P1DT24H")) == at("2026-03-30T12:00:00+02:00"));
  // A second half past two is not moved to the first one by adding minutes.
  CHECK(calendar.add(at("2026-10-25T02:30:00+01:00"), *parse_period("PT5M")) ==
        at("2026-10-25T02:35:00+01:00"));
}

TEST_CASE("working time that a clock change cuts or stretches counts as long as it lasts") {
  Calendar::Definition definition;
  definition.week.fill({hours("00:00", "08:00"), hours("22:00", "24:00")});
  definition.zone = &zone("Europe/Berlin");
  const Calendar calendar(std::move(definition));
  const auto on = [&](std::string_view from, std::string_view to) {
    return calendar.working_time(at(from), at(to));
  };
  CHECK(on("2026-03-28T00:00:00+01:00", "2026-03-29T00:00:00+01:00") == DaysDuration{10 * 3600});
  CHECK(on("2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00") == DaysDuration{9 * 3600});
  CHECK(on("2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00") == DaysDuration{11 * 3600});
  CHECK(calendar.add(at("2026-03-29T01:00:00+01:00"), business("PT3H")) ==
        at("2026-03-29T05:00:00+02:00"));
  CHECK(calendar.is_working(at("2026-03-28T23:59:59.999999+01:00")));
}

TEST_CASE("working time is empty where the end is not later, and exact to the microsecond") {
  const Calendar calendar = Calendar::plain(TimeZone::utc());
  const Instant nine = at("2026-03-02T09:00:00Z");
  CHECK(calendar.working_time(nine, nine) == DaysDuration{});
  CHECK(calendar.working_time(nine, at("2026-03-01T09:00:00Z")) == DaysDuration{});
  CHECK(calendar.working_time({nine.microseconds - 5}, {nine.microseconds + 7}) ==
        DaysDuration::from_microseconds(7));
}

TEST_CASE("a calendar without hours ends its search after ten years") {
  const Calendar calendar{Calendar::Definition{}};
  const Instant from = at("2026-03-02T09:00:00Z");
  CHECK(calendar.add(from, business("PT1H")) > at("2036-03-01T00:00:00Z"));
  CHECK(calendar.add(from, business("P1D")) > at("2036-03-01T00:00:00Z"));
  CHECK(calendar.add(from, business("P30000D")) < at("2067-01-01T00:00:00Z"));
  CHECK(calendar.working_time(from, at("2027-01-01T00:00:00Z")) == DaysDuration{});
}

}  // namespace
}  // namespace formwork::calendar

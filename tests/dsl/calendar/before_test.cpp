#include "dsl/calendar/before.h"

#include <random>

#include <doctest/doctest.h>

namespace formwork::calendar {
namespace {

Instant at(std::string_view text) { return parse_instant(text).value(); }

Calendar shanghai() { return Calendar::plain(*TimeZone::find("Asia/Shanghai")); }

std::string before_text(const Calendar& calendar, std::string_view from, std::string_view period,
                        bool business) {
  Period parsed = parse_period(period).value();
  parsed.business = business;
  return to_rfc3339(before(calendar, at(from), parsed));
}

TEST_CASE("days before are days of the zone's calendar, hours are hours") {
  const Calendar berlin = Calendar::plain(*TimeZone::find("Europe/Berlin"));
  CHECK(before_text(berlin, "2026-03-30T07:00:00Z", "P1D", false) == "2026-03-29T07:00:00Z");
  CHECK(before_text(berlin, "2026-03-29T07:00:00Z", "P1D", false) == "2026-03-28T08:00:00Z");
  CHECK(before_text(berlin, "2026-03-29T07:00:00Z", "PT24H", false) == "2026-03-28T07:00:00Z");
}

TEST_CASE("of business time working days are skipped back over, and hours lie within work") {
  // Monday, 09:30 in Shanghai.
  CHECK(before_text(shanghai(), "2026-03-02T01:30:00Z", "P1D", true) == "2026-02-27T01:30:00Z");
  CHECK(before_text(shanghai(), "2026-03-02T01:30:00Z", "PT1H", true) == "2026-02-27T09:30:00Z");
  CHECK(before_text(shanghai(), "2026-03-02T01:30:00Z", "PT30M", true) == "2026-03-02T01:00:00Z");
}

TEST_CASE("so much working time lies between the two, for any moment and period") {
  std::mt19937 random(7);
  const Calendar calendar = shanghai();
  for (int i = 0; i < 300; ++i) {
    const Instant from{at("2026-03-02T00:00:00Z").microseconds +
                       static_cast<std::int64_t>(random() % 100'000) * 60 * kMicrosPerSecond};
    const std::int64_t minutes = 1 + static_cast<std::int64_t>(random() % 3'000);
    const Period period{.time = DaysDuration::from_microseconds(minutes * 60 * kMicrosPerSecond),
                        .business = true};
    const Instant then = before(calendar, from, period);
    CHECK((calendar.working_time(then, from) == period.time));
    CHECK((calendar.working_time({then.microseconds + 1}, from) < period.time));
  }
}

TEST_CASE("without working time it ends at the reach of a calendar") {
  const Calendar never({});
  CHECK(before_text(never, "2026-03-02T00:00:00Z", "PT1H", true) < "2017");
  CHECK_FALSE(next_working(never, at("2026-03-02T00:00:00Z")));
}

TEST_CASE("the next working moment is now, or when work begins") {
  CHECK(next_working(shanghai(), at("2026-03-02T02:00:00Z")) == at("2026-03-02T02:00:00Z"));
  CHECK(next_working(shanghai(), at("2026-02-28T02:00:00Z")) == at("2026-03-02T01:00:00Z"));
}

}  // namespace
}  // namespace formwork::calendar

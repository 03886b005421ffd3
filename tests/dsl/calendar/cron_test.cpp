// Cron schedules: what may be written, when they come, and what is said of slips.
#include "dsl/calendar/cron.h"

#include <array>
#include <limits>
#include <random>
#include <vector>

#include <doctest/doctest.h>

namespace formwork::calendar {
namespace {

constexpr std::int64_t kMinute = 60 * kMicrosPerSecond;

Cron cron(std::string_view text) {
  std::string problem;
  const auto parsed = Cron::parse(text, &problem);
  CAPTURE(text);
  CAPTURE(problem);
  REQUIRE(parsed);
  return *parsed;
}

std::string next(std::string_view schedule, std::string_view after, std::string_view zone = "UTC") {
  return to_rfc3339(cron(schedule).next(*parse_instant(after), *TimeZone::find(zone)));
}

std::string problem_of(std::string_view text) {
  std::string problem;
  CHECK_FALSE(Cron::parse(text, &problem));
  return problem;
}

TEST_CASE("a schedule comes at the first of its times behind a moment") {
  struct Row {
    std::string_view schedule;
    std::string_view after;
    std::string_view next;
  };

  // 2 March 2026 is a Monday.
  constexpr Row kRows[] = {
      {"0 9 * * MON-FRI", "2026-03-02T08:59:59Z", "2026-03-02T09:00:00Z"},
      {"0 9 * * MON-FRI", "2026-03-02T09:00:00Z", "2026-03-03T09:00:00Z"},
      {"0 9 * * mon-fri", "2026-03-06T09:00:00Z", "2026-03-09T09:00:00Z"},
      {"0 9 * * SAT-SUN", "2026-03-02T00:00:00Z", "2026-03-07T09:00:00Z"},
      {"0 9 * * 6-7", "2026-03-07T10:00:00Z", "2026-03-08T09:00:00Z"},
      {"0 9 * * 0", "2026-03-02T00:00:00Z", "2026-03-08T09:00:00Z"},
      {"0 9 * * 7", "2026-03-02T00:00:00Z", "2026-03-08T09:00:00Z"},
      {"*/15 * * * *", "2026-03-02T08:16:00Z", "2026-03-02T08:30:00Z"},
      {"5-59/20 8,20 * * *", "2026-03-02T08:45:00Z", "2026-03-02T20:05:00Z"},
      {"0 0 1 JAN,jul *", "2026-03-02T00:00:00Z", "2026-07-01T00:00:00Z"},
      {"0 0 1 1-12/6 *", "2026-03-02T00:00:00Z", "2026-07-01T00:00:00Z"},
      {"0 0 31 * *", "2026-03-31T00:00:00Z", "2026-05-31T00:00:00Z"},
      {"0 0 29 2 *", "2096-02-29T00:00:00Z", "2104-02-29T00:00:00Z"},
      {"  0\t9  * * *  ", "2026-03-02T00:00:00Z", "2026-03-02T09:00:00Z"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.schedule);
    CAPTURE(row.after);
    CHECK(next(row.schedule, row.after) == row.next);
  }
}

TEST_CASE("of two restricted days either is enough, and with a star both are needed") {
  CHECK(next("0 0 13 * FRI", "2026-03-02T00:00:00Z") == "2026-03-06T00:00:00Z");
  CHECK(next("0 0 13 * FRI", "2026-04-10T00:00:00Z") == "2026-04-13T00:00:00Z");
  // Odd days of the month that are Mondays.
  CHECK(next("0 0 */2 * MON", "2026-03-02T00:00:00Z") == "2026-03-09T00:00:00Z");
  // The first Monday there is on a 29th of February.
  CHECK(next("0 0 29 2 */6", "2026-03-02T00:00:00Z") == "2032-02-29T00:00:00Z");
}

TEST_CASE("a time that clocks leave out comes behind the gap, and one that they repeat once") {
  // 02:00 becomes 03:00 at 01:00Z.
  CHECK(next("30 2 * * *", "2026-03-28T12:00:00Z", "Europe/Berlin") == "2026-03-29T01:00:00Z");
  CHECK(next("*/10 2 * * *", "2026-03-28T12:00:00Z", "Europe/Berlin") == "2026-03-29T01:00:00Z");
  CHECK(next("*/10 2 * * *", "2026-03-29T01:00:00Z", "Europe/Berlin") == "2026-03-30T00:00:00Z");
  // 03:00 becomes 02:00 at 01:00Z.
  CHECK(next("30 2 * * *", "2026-10-24T12:00:00Z", "Europe/Berlin") == "2026-10-25T00:30:00Z");
  CHECK(next("30 2 * * *", "2026-10-25T00:30:00Z", "Europe/Berlin") == "2026-10-26T01:30:00Z");
  CHECK(next("0 * * * *", "2026-10-25T00:00:00Z", "Europe/Berlin") == "2026-10-25T02:00:00Z");
  // A day that was left out as a whole.
  CHECK(next("0 12 30 12 *", "2011-12-29T12:00:00Z", "Pacific/Apia") == "2011-12-30T10:00:00Z");
}

// The sets that a schedule was made of.
struct Sets {
  std::array<std::vector<bool>, 5> has;
  bool any_day = false;
  bool any_weekday = false;

  bool matches(std::int64_t local) const {
    const LocalDateTime at = to_local({local}, 0);
    const auto weekday = static_cast<std::size_t>((to_days(at.date) % 7 + 11) % 7);
    const bool day = has[2][at.date.day];
    const bool of_week = has[4][weekday] || (weekday == 0 && has[4][7]);
    const std::int64_t minute = at.time.to_seconds() / 60;
    const bool is_day = any_day || any_weekday ? day && of_week : day || of_week;
    return is_day && has[3][at.date.month] && has[1][static_cast<std::size_t>(minute / 60)] &&
           has[0][static_cast<std::size_t>(minute % 60)];
  }
};

class RandomSchedule {
 public:
  explicit RandomSchedule(std::uint32_t seed) : random_(seed) {
    constexpr std::array<std::pair<std::size_t, std::size_t>, 5> kBounds{
        {{0, 59}, {0, 23}, {1, 31}, {1, 12}, {0, 7}}};
    for (std::size_t i = 0; i < kBounds.size(); ++i) {
      sets.has[i].resize(64);
      const std::string field = random_field(sets.has[i], kBounds[i].first, kBounds[i].second);
      if (i == 2) sets.any_day = field.find('*') != std::string::npos;
      if (i == 4) sets.any_weekday = field.find('*') != std::string::npos;
      text += (i == 0 ? "" : " ") + field;
    }
  }

  std::size_t below(std::size_t bound) { return random_() % bound; }

  std::string text;
  Sets sets;

 private:
  std::string random_field(std::vector<bool>& has, std::size_t first, std::size_t last) {
    std::string field;
    for (std::size_t count = 1 + below(3); count > 0; --count)
      field += (field.empty() ? "" : ",") + random_item(has, first, last);
    return field;
  }

  std::string random_item(std::vector<bool>& has, std::size_t first, std::size_t last) {
    std::size_t from = first + below(last - first + 1);
    std::size_t to = from;
    std::string item = std::to_string(from);
    const std::size_t kind = below(4);
    if (kind == 0) {
      from = first;
      to = last;
      item = "*";
    } else if (kind < 3) {
      to = from + below(last - from + 1);
      item += "-" + std::to_string(to);
    }
    std::size_t by = 1;
    if (kind < 3 && below(2) == 0) {
      by = 1 + below(last - first);
      item += "/" + std::to_string(by);
    }
    for (std::size_t each = from; each <= to; each += by) has[each] = true;
    return item;
  }

  std::mt19937 random_;
};

TEST_CASE("random schedules come when a model says that looks at every minute") {
  struct Place {
    std::string_view zone;
    Date near;
  };

  // Around which clocks change, or not.
  constexpr Place kPlaces[] = {
      {"Europe/Berlin", {2026, 3, 29}},      {"Europe/Berlin", {2026, 10, 25}},
      {"America/New_York", {2026, 3, 8}},    {"America/New_York", {2026, 11, 1}},
      {"Australia/Lord_Howe", {2026, 4, 5}}, {"Australia/Lord_Howe", {2026, 10, 4}},
      {"America/Havana", {2026, 3, 8}},      {"America/Havana", {2026, 11, 1}},
      {"Pacific/Apia", {2011, 12, 30}},      {"Asia/Shanghai", {2026, 10, 1}},
      {"America/St_Johns", {2010, 11, 7}},   {"UTC", {2024, 2, 28}},
  };
  int found = 0;
  for (std::uint32_t seed = 1; seed <= 1500; ++seed) {
    RandomSchedule random(seed);
    const Place& place = kPlaces[random.below(std::size(kPlaces))];
    const TimeZone& zone = *TimeZone::find(place.zone);
    const auto schedule = Cron::parse(random.text);
    CAPTURE(seed);
    CAPTURE(random.text);
    CAPTURE(place.zone);
    if (!schedule) {
      CHECK(problem_of(random.text).find("never comes") != std::string::npos);
      continue;
    }
    const std::int64_t start = (to_days(place.near) - 3) * kMicrosPerDay;
    const auto shown = [&](std::int64_t at) {
      return at + zone.offset_at({at}) * kMicrosPerSecond;
    };
    const Instant after{start + kMicrosPerDay +
                        static_cast<std::int64_t>(random.below(3 * 86'400)) * kMicrosPerSecond};
    CAPTURE(to_rfc3339(after));
    const Instant until{start + 6 * kMicrosPerDay};
    std::optional<Instant> expected;
    // Clocks that show what they have not shown before fire what stands there, and what they have
    // leapt over.
    std::int64_t seen = shown(start);
    for (std::int64_t at = start + kMinute; at < until.microseconds && !expected; at += kMinute) {
      while (seen < shown(at)) {
        seen += kMinute;
        if (at > after.microseconds && !expected && random.sets.matches(seen)) expected = {at};
      }
    }
    const Instant next = schedule->next(after, zone);
    CAPTURE(to_rfc3339(next));
    if (expected) {
      ++found;
      CHECK(to_rfc3339(next) == to_rfc3339(*expected));
    } else {
      CHECK(next >= until);
      CHECK(random.sets.matches(shown(next.microseconds)));
    }
  }
  CHECK(found > 300);
}

TEST_CASE("what is no schedule is told in the author's terms") {
  struct Row {
    std::string_view text;
    std::string_view problem;
  };

  constexpr Row kRows[] = {
      {"61 * * * *", "`61` is no minute; minutes are 0 to 59"},
      {"* 24 * * *", "`24` is no hour; hours are 0 to 23"},
      {"* * 0 * *", "`0` is no day of a month; days of a month are 1 to 31"},
      {"* * * JANUARY *", "`JANUARY` is no month; months are 1 to 12 or JAN to DEC"},
      {"* * * * 8", "`8` is no day of the week; days of the week are 0 to 7 or MON to SUN"},
      {"* * * * FUN", "`FUN` is no day of the week; days of the week are 0 to 7 or MON to SUN"},
      {"x * * * *", "`x` is no minute; minutes are 0 to 59"},
      {"-5 * * * *", "`` is no minute; minutes are 0 to 59"},
      {"* * * * FRI-MON", "`FRI-MON` runs backwards; write two ranges with a comma between them"},
      {"1,,2 * * * *", "`1,,2` has an empty place between its commas"},
      {"*/0 * * * *", "`*/0` has no step; write a number from 1 on behind the `/`"},
      {"*/ * * * *", "`*/` has no step; write a number from 1 on behind the `/`"},
      {"*/90 * * * *", "`*/90` steps beyond the minutes, which are 0 to 59"},
      {"5/10 * * * *", "`5/10` steps through a single minute; write `5-59/10`"},
      {"99999999999999999999 * * * *", "`99999999999999999999` is no minute; minutes are 0 to 59"},
      {"0 9 * *",
       "a schedule has five fields (minute, hour, day of the month, month, day of the week), and "
       "`0 9 * *` has 4"},
      {"@daily",
       "a schedule has five fields (minute, hour, day of the month, month, day of the week), and "
       "`@daily` has 1"},
      {"0 0 30 2 *", "`0 0 30 2 *` never comes: none of its months has such a day"},
      {"0 0 31 4,6,9,11 *", "`0 0 31 4,6,9,11 *` never comes: none of its months has such a day"},
  };
  for (const Row& row : kRows) CHECK(problem_of(row.text) == row.problem);
  // Either day is enough here, so it comes on Mondays.
  CHECK(Cron::parse("0 0 30 2 MON"));
}

TEST_CASE("a schedule at the end of time ends instead of searching on") {
  const Instant late{std::numeric_limits<std::int64_t>::max() - kMicrosPerDay};
  CHECK(cron("0 0 29 2 *").next(late, TimeZone::utc()).microseconds ==
        std::numeric_limits<std::int64_t>::max());
}

}  // namespace
}  // namespace formwork::calendar

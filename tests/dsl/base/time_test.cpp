#include "dsl/base/time.h"

#include <limits>

#include <doctest/doctest.h>

namespace formwork {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

TEST_CASE("Days and dates are inverse over five thousand years, each day the next one") {
  Date expected{-1000, 1, 1};
  for (std::int64_t day = to_days(expected), end = to_days({4000, 1, 1}); day < end; ++day) {
    const Date date = from_days(day);
    if (date != expected || to_days(date) != day || !is_valid(date)) {
      FAIL("day " << day << " is " << to_string(date) << ", expected " << to_string(expected));
    }
    if (++expected.day > days_in_month(expected.year, expected.month)) {
      expected.day = 1;
      expected.month = static_cast<std::uint8_t>(expected.month % 12 + 1);
      if (expected.month == 1) ++expected.year;
    }
  }
}

TEST_CASE("Known days have their known numbers") {
  CHECK(to_days({1970, 1, 1}) == 0);
  CHECK(to_days({2000, 3, 1}) == 11'017);
  CHECK(to_days({1969, 12, 31}) == -1);
  CHECK(to_days({1600, 1, 1}) == -135'140);
  CHECK(is_leap_year(2000));
  CHECK(is_leap_year(2024));
  CHECK_FALSE(is_leap_year(1900));
  CHECK(days_in_month(2023, 2) == 28);
  CHECK(days_in_month(2023, 13) == 0);
}

TEST_CASE("Dates are read strictly and written back") {
  for (const std::string_view text : {"2026-11-23", "0000-01-01", "9999-12-31", "2024-02-29"}) {
    CAPTURE(text);
    const auto date = parse_date(text);
    REQUIRE(date.has_value());
    CHECK(to_string(*date) == text);
  }
  for (const std::string_view text :
       {"", "2026", "2026-1-02", "2026-13-01", "2026-00-01", "2026-02-29", "2026-04-31",
        "2026-01-00", "2026-01-01 ", " 2026-01-01", "26-01-01", "02026-01-01", "-2026-01-01",
        "2026/01/01", "2026-01-01T00:00", "２０２６-01-01", "+026-01-01"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_date(text).has_value());
  }
  CHECK(to_string(Date{-44, 3, 15}) == "-0044-03-15");
  CHECK(to_string(Date{12'345, 6, 7}) == "12345-06-07");
}

TEST_CASE("Times of day are read strictly and written in their shortest form") {
  struct Row {
    std::string_view text;
    std::int64_t microseconds;
    std::string_view written;
  };

  for (const Row& row : {
           Row{"00:00", 0, "00:00"},
           Row{"09:30", 34'200'000'000, "09:30"},
           Row{"09:30:00", 34'200'000'000, "09:30"},
           Row{"09:30:15", 34'215'000'000, "09:30:15"},
           Row{"09:30:15.25", 34'215'250'000, "09:30:15.25"},
           Row{"09:30:00.000001", 34'200'000'001, "09:30:00.000001"},
           Row{"23:59:59.999999", kMicrosPerDay - 1, "23:59:59.999999"},
           Row{"09:30:15.250000000", 34'215'250'000, "09:30:15.25"},
       }) {
    CAPTURE(row.text);
    const auto time = parse_time(row.text);
    REQUIRE(time.has_value());
    CHECK(time->to_microseconds() == row.microseconds);
    CHECK(to_string(*time) == row.written);
  }
  for (const std::string_view text :
       {"", "9:30", "24:00", "09:60", "09:30:60", "09:30:", "09:30:15.", "09:30:15,5",
        "09:30:15.1234567", "09:30Z", "0930", "-9:30"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_time(text).has_value());
  }
}

TEST_CASE("A local date and time is both, joined by T") {
  const auto local = parse_local_date_time("2026-03-02T09:14:05.5");
  REQUIRE(local.has_value());
  CHECK(local->date == Date{2026, 3, 2});
  CHECK(to_string(*local) == "2026-03-02T09:14:05.5");
  for (const std::string_view text :
       {"2026-03-02", "2026-03-02 09:14", "2026-03-02t09:14", "2026-03-02T", "2026-03-02T09:14Z"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_local_date_time(text).has_value());
  }
}

TEST_CASE("Instants are read as RFC 3339 and written in UTC") {
  struct Row {
    std::string_view text;
    std::string_view written;
  };

  for (const Row& row : {
           Row{"1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"},
           Row{"2026-03-02T09:14:00+08:00", "2026-03-02T01:14:00Z"},
           Row{"2026-01-01T00:30:00.125+01:00", "2025-12-31T23:30:00.125Z"},
           Row{"1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"},
           Row{"0000-01-01T00:00:00-00:30", "0000-01-01T00:30:00Z"},
           Row{"2026-01-01T00:00Z", "2026-01-01T00:00:00Z"},
       }) {
    CAPTURE(row.text);
    const auto instant = parse_instant(row.text);
    REQUIRE(instant.has_value());
    CHECK(to_rfc3339(*instant) == row.written);
    CHECK(parse_instant(row.written) == instant);
  }
  for (const std::string_view text :
       {"2026-01-01T00:00:00", "2026-01-01T00:00:00+8:00", "2026-01-01T00:00:00+0800",
        "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00ZZ", "2026-01-01T00:00:60Z",
        "2026-01-01Z"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_instant(text).has_value());
  }
}

TEST_CASE("Civil readings and instants are inverse at any offset, up to the ends of time") {
  for (const std::int64_t microseconds : {kLeast, std::int64_t{-1}, std::int64_t{0}, kMost}) {
    CHECK(to_instant(to_local({microseconds}, 0), 0).microseconds == microseconds);
  }
  CHECK(to_instant({{300'000, 1, 1}, {}}, 0).microseconds == kMost);
  CHECK(to_instant({{-300'000, 1, 1}, {}}, 0).microseconds == kLeast);
  CHECK(to_instant(to_local({kLeast}, 0), 3600).microseconds == kLeast);
  for (std::int64_t microseconds = -60'000'000'000'000'000; microseconds < 60'000'000'000'000'000;
       microseconds += 7'777'777'777'777) {
    for (const std::int32_t offset : {0, 28'800, -34'200, 3'208}) {
      const LocalDateTime local = to_local({microseconds}, offset);
      if (to_instant(local, offset).microseconds != microseconds) FAIL(microseconds);
      if (local.time.nanoseconds < 0 || local.time.nanoseconds >= kNanosPerDay) {
        FAIL(microseconds);
      }
    }
  }
}

TEST_CASE("Days durations are read in falling units and written normalised") {
  struct Row {
    std::string_view text;
    std::int64_t microseconds;
    std::string_view written;
  };

  for (const Row& row : {
           Row{"P3D", 3 * kMicrosPerDay, "P3D"},
           Row{"PT8H30M", 30'600'000'000, "PT8H30M"},
           Row{"-P1DT2H", -93'600'000'000, "-P1DT2H"},
           Row{"PT36H", 129'600'000'000, "P1DT12H"},
           Row{"PT90S", 90'000'000, "PT1M30S"},
           Row{"PT0.5S", 500'000, "PT0.5S"},
           Row{"P0D", 0, "PT0S"},
           Row{"-PT0S", 0, "PT0S"},
           Row{"P1DT0.000001S", kMicrosPerDay + 1, "P1DT0.000001S"},
           Row{"PT9223372036854.775807S", kMost, "P106751991DT4H54.775807S"},
           Row{"-PT9223372036854.775808S", kLeast, "-P106751991DT4H54.775808S"},
       }) {
    CAPTURE(row.text);
    const auto duration = parse_days_duration(row.text);
    REQUIRE(duration.has_value());
    CHECK(*duration == DaysDuration::from_microseconds(row.microseconds));
    CHECK(to_string(*duration) == row.written);
    CHECK(parse_days_duration(row.written) == duration);
  }
  for (const std::string_view text : {"",
                                      "P",
                                      "PT",
                                      "P1DT",
                                      "3D",
                                      "P3",
                                      "PT3",
                                      "P1H",
                                      "PT1D",
                                      "PT1M1H",
                                      "PT1H1H",
                                      "P1Y",
                                      "P1M",
                                      "P1W",
                                      "PT1.5H",
                                      "PT1.S",
                                      "PT.5S",
                                      "P-3D",
                                      "+P3D",
                                      "--P3D",
                                      "p3d",
                                      "P3D ",
                                      "PT1,5S",
                                      "PT0.1234567S",
                                      "P106751992D",
                                      "PT9223372036854.775808S",
                                      "P99999999999999999999D"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_days_duration(text).has_value());
  }
}

TEST_CASE("A days duration is microseconds to the store and orders by its length") {
  for (const std::int64_t microseconds :
       {kLeast, std::int64_t{-1'500'000}, std::int64_t{-1'000'000}, std::int64_t{-1},
        std::int64_t{0}, std::int64_t{1}, std::int64_t{1'000'000}, kMost}) {
    CAPTURE(microseconds);
    const DaysDuration duration = DaysDuration::from_microseconds(microseconds);
    CHECK(duration.to_microseconds() == microseconds);
    CHECK((duration < DaysDuration{}) == (microseconds < 0));
    if (microseconds < kMost) CHECK(duration < DaysDuration::from_microseconds(microseconds + 1));
  }
  CHECK(DaysDuration::from_microseconds(-500'000) == DaysDuration{-1, 500'000'000});
  CHECK(DaysDuration{kMost, 0}.to_microseconds() == kMost);
  CHECK(DaysDuration{kLeast, 0}.to_microseconds() == kLeast);
}

TEST_CASE("Texts show nanoseconds and durations of billions of years") {
  CHECK(to_string(TimeOfDay{kNanosPerDay - 1}) == "23:59:59.999999999");
  CHECK(to_string(TimeOfDay{1}) == "00:00:00.000000001");
  CHECK(to_string(DaysDuration{0, 1}) == "PT0.000000001S");
  CHECK(to_string(DaysDuration{-1, 999'999'999}) == "-PT0.000000001S");
  CHECK(to_string(DaysDuration{-86'401, 500'000'000}) == "-P1DT0.5S");
  CHECK(to_string(DaysDuration{kMost, 0}) == "P106751991167300DT15H30M7S");
  CHECK(to_string(DaysDuration{kLeast, 0}) == "-P106751991167300DT15H30M8S");
}

TEST_CASE("Months durations are read and written in years and months") {
  struct Row {
    std::string_view text;
    std::int64_t months;
    std::string_view written;
  };

  for (const Row& row :
       {Row{"P1Y2M", 14, "P1Y2M"}, Row{"P14M", 14, "P1Y2M"}, Row{"-P1Y", -12, "-P1Y"},
        Row{"P0M", 0, "P0M"}, Row{"P0Y", 0, "P0M"}, Row{"-P9223372036854775808M", kLeast, ""},
        Row{"P9223372036854775807M", kMost, "P768614336404564650Y7M"}}) {
    CAPTURE(row.text);
    const auto duration = parse_months_duration(row.text);
    if (row.written.empty()) {
      CHECK_FALSE(duration.has_value());
      continue;
    }
    REQUIRE(duration.has_value());
    CHECK(duration->months == row.months);
    CHECK(to_string(*duration) == row.written);
  }
  CHECK(to_string(MonthsDuration{kLeast}) == "-P768614336404564650Y8M");
  for (const std::string_view text : {"", "P", "P2M1Y", "P1D", "PT1M", "P1.5Y", "P1Y1Y", "1Y"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_months_duration(text).has_value());
  }
}

}  // namespace
}  // namespace formwork

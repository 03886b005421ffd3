#include <doctest/doctest.h>

#include "dsl/calendar/calendar.h"

namespace formwork::calendar {
namespace {

TEST_CASE("a period keeps days and time apart, and is written as it is read") {
  struct Row {
    std::string_view text;
    std::int64_t days;
    std::int64_t seconds;
    std::string_view written;
  };

  for (const Row& row : {Row{"P3D", 3, 0, "P3D"}, Row{"P2W", 14, 0, "P14D"},
                         Row{"PT30M", 0, 1800, "PT30M"}, Row{"PT40H", 0, 144'000, "PT40H"},
                         Row{"P1DT4H", 1, 14'400, "P1DT4H"}, Row{"PT90M", 0, 5400, "PT1H30M"},
                         Row{"PT1H0M5S", 0, 3605, "PT1H5S"}, Row{"P0DT1S", 0, 1, "PT1S"}}) {
    CAPTURE(row.text);
    const auto period = parse_period(row.text);
    REQUIRE(period.has_value());
    CHECK(period->days == row.days);
    CHECK(period->time == DaysDuration{row.seconds, 0});
    CHECK_FALSE(period->business);
    CHECK(to_string(*period) == row.written);
    CHECK(parse_period(to_string(*period)) == period);
  }
}

TEST_CASE("what is no period, nothing, or out of reach is refused") {
  for (const std::string_view text : {"",
                                      "P",
                                      "PT",
                                      "P1DT",
                                      "3D",
                                      "P3",
                                      "P3H",
                                      "PT3D",
                                      "P1M",
                                      "P1Y",
                                      "P0D",
                                      "PT0S",
                                      "-P1D",
                                      "P-1D",
                                      "P1.5D",
                                      "PT1.5H",
                                      "PT5M1H",
                                      "PT1H1H",
                                      "P1W2D",
                                      "P1WT1H",
                                      "P1D ",
                                      " P1D",
                                      "p1d",
                                      "P40000D",
                                      "P6000W",
                                      "PT9000000000S",
                                      "PT99999999999999999999H",
                                      "P99999999999999999999D"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_period(text).has_value());
  }
}

}  // namespace
}  // namespace formwork::calendar

#include "tests/dsl/fields/field_testing.h"

namespace formwork::fields::testing {
namespace {

constexpr std::string_view kNoDate = "! write a date as 2026-11-23; this is “";

TEST_CASE("a date is read in the orders that begin with the year") {
  check_form(field_of("date"), {
                                   {"2026-11-23", R"("2026-11-23")"},
                                   {"2026/11/23", R"("2026-11-23")"},
                                   {"2026.11.23", R"("2026-11-23")"},
                                   {"2026-1-5", R"("2026-01-05")"},
                                   {"2026年11月23日", R"("2026-11-23")"},
                                   {"2026年1月5号", R"("2026-01-05")"},
                                   {"2026 年 11 月 23 日", R"("2026-11-23")"},
                                   {"２０２６－１１－２３", R"("2026-11-23")"},
                                   {"2028-02-29", R"("2028-02-29")"},
                                   {"0001-01-01", R"("0001-01-01")"},
                                   {"9999-12-31", R"("9999-12-31")"},
                               });
}

TEST_CASE("a date that is none is refused with what was typed") {
  for (const std::string_view input :
       {"23.11.2026", "11/23/2026", "26-11-23", "2026-11", "2026-11-23x", "2026-11/23", "20261123",
        "0000-01-01", "tomorrow", "2026年11-23", "12026-11-23", "2026--11-23", "-2026-11-23"}) {
    CAPTURE(input);
    CHECK(from_form(field_of("date"), input).starts_with(kNoDate));
  }
  CHECK(from_form(field_of("date"), "23.11.2026") ==
        "! write a date as 2026-11-23; this is “23.11.2026” / 日期请写作 "
        "2026-11-23；现在是“23.11.2026”");
}

TEST_CASE("a day that does not exist is told with the month's length") {
  check_form(
      field_of("date"),
      {
          {"2026-02-29",
           "! February 2026 has 28 days; this is day 29 / 2026年2月有 28 天，现在是 29 日"},
          {"2026/04/31",
           "! April 2026 has 30 days; this is day 31 / 2026年4月有 30 天，现在是 31 日"},
          {"2026年1月0日",
           "! January 2026 has 31 days; this is day 0 / 2026年1月有 31 天，现在是 0 日"},
          {"2026-13-01", "! a year has 12 months; this is month 13 / 一年有 12 个月，现在是 13 月"},
          {"2026-0-01", "! a year has 12 months; this is month 0 / 一年有 12 个月，现在是 0 月"},
      });
}

TEST_CASE("JSON has ISO 8601 only") {
  check_json(field_of("date"),
             {
                 {R"("2026-11-23")", R"("2026-11-23")"},
                 {R"("2026/11/23")",
                  "! write a date as 2026-11-23; this is “2026/11/23” / 日期请写作 "
                  "2026-11-23；现在是“2026/11/23”"},
                 {R"("2026-1-005")",
                  "! write a date as 2026-11-23; this is “2026-1-005” / 日期请写作 "
                  "2026-11-23；现在是“2026-1-005”"},
                 {R"("2026-02-30")",
                  "! February 2026 has 28 days; this is day 30 / 2026年2月有 28 天，现在是 30 日"},
                 {R"("")", "null"},
                 {"20261123", "! send a string; this is a number / 应为字符串，现在是数字"},
             });
}

TEST_CASE("a date keeps to its range, one day before and one after") {
  Field field = field_of("date");
  field.min = value_of(field, "2026-03-02");
  field.max = value_of(field, "2026-12-31");
  CHECK(checked(field, "2026-03-02") == "fine");
  CHECK(checked(field, "2026-03-01") ==
        "! choose 2 March 2026 or later; this is 1 March 2026 / 请选择 2026年3月2日 "
        "或之后的日期，现在是 2026年3月1日");
  CHECK(checked(field, "2026-12-31") == "fine");
  CHECK(checked(field, "2027-01-01") ==
        "! choose 31 December 2026 or earlier; this is 1 January 2027 / "
        "请选择 2026年12月31日 或之前的日期，现在是 2027年1月1日");
}

TEST_CASE("dates come back from the control and from JSON") {
  const Field field = field_of("date");
  for (std::int64_t days = to_days({1, 1, 1}); days <= to_days({9999, 12, 31}); days += 4'999) {
    check_round_trips(field, feel::Value(from_days(days)));
  }
  CHECK(shown(field, "2026年11月23日", Language::Chinese) == "2026-11-23");
}

}  // namespace
}  // namespace formwork::fields::testing

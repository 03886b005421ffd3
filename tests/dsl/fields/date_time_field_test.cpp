#include "tests/dsl/fields/field_testing.h"

namespace formwork::fields::testing {
namespace {

TEST_CASE("date and time are read in the zone of whoever types them") {
  check_form(field_of("date_time"), {
                                        {"2026-11-23T09:30", R"("2026-11-23T01:30:00Z")"},
                                        {"2026-11-23 09:30", R"("2026-11-23T01:30:00Z")"},
                                        {"2026/11/23 9:30:15", R"("2026-11-23T01:30:15Z")"},
                                        {"2026年11月23日 09:30", R"("2026-11-23T01:30:00Z")"},
                                        {"2026年11月23日09：30", R"("2026-11-23T01:30:00Z")"},
                                        {"2026-11-23T09:30:00Z", R"("2026-11-23T09:30:00Z")"},
                                        {"2026-11-23T09:30:00+01:00", R"("2026-11-23T08:30:00Z")"},
                                    });
}

TEST_CASE("what is wrong with date or time is told of that part") {
  check_form(field_of("date_time"),
             {
                 {"2026-11-23",
                  "! write date and time as 2026-11-23 09:30; this is “2026-11-23” / "
                  "日期和时间请写作 2026-11-23 09:30；现在是“2026-11-23”"},
                 {"2026-02-30 09:30",
                  "! February 2026 has 28 days; this is day 30 / 2026年2月有 28 天，现在是 30 日"},
                 {"2026-11-23 25:00",
                  "! write a time from 00:00 to 23:59, such as 09:30; this is “25:00” / "
                  "时间请写作 00:00 到 23:59，例如 09:30；现在是“25:00”"},
                 {"2026-11-23T",
                  "! write a time from 00:00 to 23:59, such as 09:30; this is “” / "
                  "时间请写作 00:00 到 23:59，例如 09:30；现在是“”"},
                 {"soon T 9",
                  "! write date and time as 2026-11-23 09:30; this is “soon T 9” / "
                  "日期和时间请写作 2026-11-23 09:30；现在是“soon T 9”"},
                 {"23.11.26 09:30",
                  "! write a date as 2026-11-23; this is “23.11.26” / 日期请写作 "
                  "2026-11-23；现在是“23.11.26”"},
                 {"2026年11月23号 9:30", R"("2026-11-23T01:30:00Z")"},
             });
}

TEST_CASE("JSON has RFC 3339, since a time without offset could be anyone's") {
  check_json(field_of("date_time"),
             {
                 {R"("2026-11-23T09:30:00+08:00")", R"("2026-11-23T01:30:00Z")"},
                 {R"("2026-11-23T01:30:00.250Z")", R"("2026-11-23T01:30:00.25Z")"},
                 {R"("2026-11-23T09:30")",
                  "! write date, time and offset as 2026-11-23T09:30:00+08:00; this is "
                  "“2026-11-23T09:30” / "
                  "日期、时间和时差请写作 2026-11-23T09:30:00+08:00；现在是“2026-11-23T09:30”"},
                 {R"("")", "null"},
                 {"0", "! send a string; this is a number / 应为字符串，现在是数字"},
             });
}

TEST_CASE("date and time are shown in the reader's zone, to the second") {
  const Field field = field_of("date_time");
  CHECK(shown(field, "2026-11-23T01:30:00Z") == "2026-11-23 09:30");
  CHECK(shown(field, "2026-11-23T01:30:15.25Z") == "2026-11-23 09:30:15");
  CHECK(typed_back(field, "2026-11-23T01:30:00Z") == "2026-11-23T09:30");
}

TEST_CASE("an instant keeps to its range, one second before and one after") {
  Field field = field_of("date_time");
  field.min = value_of(field, "2026-03-02T09:14");
  field.max = value_of(field, "2026-12-31T18:00");
  CHECK(checked(field, "2026-03-02T09:14") == "fine");
  CHECK(checked(field, "2026-03-02T09:13:59") ==
        "! choose 2 March 2026 09:14 or later; this is 2 March 2026 09:13:59 / "
        "请选择 2026年3月2日 09:14 或之后的时间，现在是 2026年3月2日 09:13:59");
  CHECK(checked(field, "2026-12-31T18:00") == "fine");
  CHECK(checked(field, "2026-12-31T18:00:01") ==
        "! choose 31 December 2026 18:00 or earlier; this is 31 December 2026 18:00:01 / "
        "请选择 2026年12月31日 18:00 或之前的时间，现在是 2026年12月31日 18:00:01");
}

TEST_CASE("without a zone, as while a model is compiled, times are those of UTC") {
  Field field = field_of("date_time");
  field.min = value_of(field, "2026-03-02T09:14:00Z");
  const feel::Value early = *field.type->read("2026-03-02 09:13", field, {});
  CHECK(json_of(early, field) == R"("2026-03-02T09:13:00Z")");
  CHECK(both(*check(early, field, {})) ==
        "! choose 2 March 2026 09:14 or later; this is 2 March 2026 09:13 / "
        "请选择 2026年3月2日 09:14 或之后的时间，现在是 2026年3月2日 09:13");
}

TEST_CASE("instants come back from the control and from JSON") {
  for (std::int64_t second = -2'000'000'000; second < 4'000'000'000; second += 61'234'567) {
    check_round_trips(field_of("date_time"),
                      feel::Value(Instant{second * kMicrosPerSecond + 125'000}));
  }
}

}  // namespace
}  // namespace formwork::fields::testing

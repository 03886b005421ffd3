#include "tests/dsl/fields/field_testing.h"

namespace formwork::fields::testing {
namespace {

TEST_CASE("a time of day is read with one digit of the hour or two") {
  check_form(field_of("time"),
             {
                 {"09:30", R"("09:30")"},
                 {"9:30", R"("09:30")"},
                 {"9：30", R"("09:30")"},
                 {"23:59:59", R"("23:59:59")"},
                 {"00:00", R"("00:00")"},
                 {"24:00",
                  "! write a time from 00:00 to 23:59, such as 09:30; this is “24:00” / "
                  "时间请写作 00:00 到 23:59，例如 09:30；现在是“24:00”"},
                 {"9",
                  "! write a time from 00:00 to 23:59, such as 09:30; this is “9” / "
                  "时间请写作 00:00 到 23:59，例如 09:30；现在是“9”"},
                 {"9:3",
                  "! write a time from 00:00 to 23:59, such as 09:30; this is “9:3” / "
                  "时间请写作 00:00 到 23:59，例如 09:30；现在是“9:3”"},
             });
}

TEST_CASE("JSON has ISO 8601 only") {
  check_json(field_of("time"),
             {
                 {R"("09:30")", R"("09:30")"},
                 {R"("09:30:15.25")", R"("09:30:15.25")"},
                 {R"("9:30")",
                  "! write a time from 00:00 to 23:59, such as 09:30; this is “9:30” / "
                  "时间请写作 00:00 到 23:59，例如 09:30；现在是“9:30”"},
                 {R"("")", "null"},
                 {"930", "! send a string; this is a number / 应为字符串，现在是数字"},
             });
}

TEST_CASE("a time keeps to its range, one minute before and one after") {
  Field field = field_of("time");
  field.min = value_of(field, "09:00");
  field.max = value_of(field, "18:00");
  CHECK(checked(field, "09:00") == "fine");
  CHECK(checked(field, "08:59") ==
        "! choose 09:00 or later; this is 08:59 / 请选择 09:00 或之后的时间，现在是 08:59");
  CHECK(checked(field, "18:00") == "fine");
  CHECK(checked(field, "18:01") ==
        "! choose 18:00 or earlier; this is 18:01 / 请选择 18:00 或之前的时间，现在是 18:01");
}

TEST_CASE("times come back from the control and from JSON") {
  for (std::int64_t at = 0; at < kMicrosPerDay; at += 997'300'001) {
    check_round_trips(field_of("time"), feel::Value(TimeOfDay::from_microseconds(at)));
  }
}

}  // namespace
}  // namespace formwork::fields::testing

#include "dsl/fields/duration_text.h"
#include "tests/dsl/fields/field_testing.h"

namespace formwork::fields::testing {
namespace {

Field months_field() {
  Field field = raw_field("duration");
  field.whole_months = true;
  return settled(field);
}

TEST_CASE("a duration is read with units, in English and Chinese") {
  check_form(field_of("duration"), {
                                       {"3 d", R"("P3D")"},
                                       {"3d", R"("P3D")"},
                                       {"1 day", R"("P1D")"},
                                       {"2 weeks", R"("P14D")"},
                                       {"8:30", R"("PT8H30M")"},
                                       {"100:00", R"("P4DT4H")"},
                                       {"90 min", R"("PT1H30M")"},
                                       {"3天", R"("P3D")"},
                                       {"3 天 8 小时 30 分钟", R"("P3DT8H30M")"},
                                       {"３天８小时", R"("P3DT8H")"},
                                       {"1周", R"("P7D")"},
                                       {"45 s", R"("PT45S")"},
                                       {"1.5 s", R"("PT1.5S")"},
                                       {"-2 h", R"("-PT2H")"},
                                       {"P3DT8H", R"("P3DT8H")"},
                                       {"0 d", R"("PT0S")"},
                                   });
}

TEST_CASE("a duration without unit is refused, since it could be days, hours or minutes") {
  for (const std::string_view input : {"3", "1.5 h", "3 lightyears", "h", "8:3", "8:60", "3 d 2 d",
                                       "2 h 3 d", "1 y", "3 d x", "1.2345678 s", "-", "d 3"}) {
    CAPTURE(input);
    CHECK(from_form(field_of("duration"), input) ==
          "! enter a duration with its unit, such as 3 d, 8:30 or 90 min; this is “" +
              std::string(input) + "” / 请填写带单位的时长，例如 3 天、8:30 或 90 分钟；现在是“" +
              std::string(input) + "”");
  }
}

TEST_CASE("months are a kind of their own") {
  check_form(months_field(), {
                                 {"1 y 6 mo", R"("P1Y6M")"},
                                 {"18 months", R"("P1Y6M")"},
                                 {"1年6个月", R"("P1Y6M")"},
                                 {"2 年", R"("P2Y")"},
                                 {"P1Y", R"("P1Y")"},
                                 {"3 d",
                                  "! enter years and months, such as 1 y 6 mo; this is “3 d” / "
                                  "请填写年数和月数，例如 1 年 6 个月；现在是“3 d”"},
                             });
  CHECK(value_kind(months_field()) == feel::Value::Kind::MonthsDuration);
  CHECK(value_kind(field_of("duration")) == feel::Value::Kind::DaysDuration);
}

TEST_CASE("JSON has ISO 8601 of the field's kind only") {
  check_json(
      field_of("duration"),
      {
          {R"("P3DT8H")", R"("P3DT8H")"},
          {R"("3 d")",
           "! write an ISO 8601 duration of days and time, such as P3D or PT8H30M; this is “3 d” / "
           "请填写 ISO 8601 的天数和时间，例如 P3D 或 PT8H30M；现在是“3 d”"},
          {R"("P1Y")",
           "! write an ISO 8601 duration of days and time, such as P3D or PT8H30M; this is “P1Y” / "
           "请填写 ISO 8601 的天数和时间，例如 P3D 或 PT8H30M；现在是“P1Y”"},
          {R"("")", "null"},
          {"3", "! send a string; this is a number / 应为字符串，现在是数字"},
      });
  CHECK(from_json(months_field(), R"("P3D")") ==
        "! write an ISO 8601 duration of years and months, such as P1Y6M; this is “P3D” / "
        "请填写 ISO 8601 的年数和月数，例如 P1Y6M；现在是“P3D”");
}

TEST_CASE("a duration has a hundred years at most") {
  CHECK(from_form(field_of("duration"), "36525 d") == R"("P36525D")");
  CHECK(from_form(field_of("duration"), "36525 d 1 s") ==
        "! enter a duration of at most 36525 d; this is “36525 d 1 s” / 时长不能超过 36525 "
        "天；现在是“36525 d 1 s”");
  CHECK(from_form(field_of("duration"), "-36526 d").starts_with("! enter a duration of at most"));
  CHECK(from_form(field_of("duration"), std::string(60, '9') + " w")
            .starts_with("! enter a duration of at most"));
  CHECK(from_form(field_of("duration"), std::string(60, '9') + ":00")
            .starts_with("! enter a duration of at most"));
  CHECK(from_form(months_field(), "1200 mo") == R"("P100Y")");
  CHECK(from_form(months_field(), "1201 mo") ==
        "! enter a duration of at most 100 y; this is “1201 mo” / 时长不能超过 100 年；现在是“1201 "
        "mo”");
  CHECK(from_form(months_field(), std::string(60, '9') + " y")
            .starts_with("! enter a duration of at most"));
}

TEST_CASE("a duration is shown in the reader's units") {
  CHECK(shown(field_of("duration"), "P3DT8H30M15.5S") == "3 d 8 h 30 min 15.5 s");
  CHECK(shown(field_of("duration"), "-P1DT0.25S", Language::Chinese) == "-1 天 0.25 秒");
  CHECK(shown(field_of("duration"), "PT0S") == "0 min");
  CHECK(shown(months_field(), "18 mo", Language::Chinese) == "1 年 6 个月");
  CHECK(shown(months_field(), "0 mo") == "0 mo");
}

TEST_CASE("a duration keeps to its range, one minute below and one above") {
  Field field = field_of("duration");
  field.min = value_of(field, "1 h");
  field.max = value_of(field, "3 d");
  CHECK(checked(field, "1 h") == "fine");
  CHECK(checked(field, "59 min") ==
        "! enter 1 h or more; this is 59 min / 不能低于 1 小时，现在是 59 分钟");
  CHECK(checked(field, "3 d") == "fine");
  CHECK(checked(field, "3 d 1 min") ==
        "! enter 3 d or less; this is 3 d 1 min / 不能超过 3 天，现在是 3 天 1 分钟");
}

TEST_CASE("durations come back from the control and from JSON") {
  std::uint64_t seed = 7;
  for (int i = 0; i < 300; ++i) {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    const auto random = static_cast<std::int64_t>(seed >> 1);
    const std::int64_t micros = random % (2 * kLongestDaysMicros) - kLongestDaysMicros;
    check_round_trips(field_of("duration"), feel::Value(DaysDuration::from_microseconds(micros)));
    check_round_trips(months_field(), feel::Value(MonthsDuration{random % 2'401 - 1'200}));
  }
}

}  // namespace
}  // namespace formwork::fields::testing

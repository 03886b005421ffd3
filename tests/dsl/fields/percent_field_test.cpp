#include "tests/dsl/fields/field_testing.h"

namespace formwork::fields::testing {
namespace {

TEST_CASE("a form's percent is per cent, with or without its sign") {
  check_form(
      field_of("percent"),
      {
          {"12.5", R"("0.125")"},
          {"12.5%", R"("0.125")"},
          {"12.5 %", R"("0.125")"},
          {"１２．５％", R"("0.125")"},
          {"0.5", R"("0.005")"},
          {"100", R"("1")"},
          {"-100", R"("-1")"},
          {"0", R"("0")"},
          {"12.3456", R"("0.123456")"},
          {"12.34567", "! enter at most 4 decimals; these are 5 / 最多 4 位小数，现在是 5 位小数"},
          {"%", "! enter a number such as 1234.5; this is “” / 请填写数字，例如 1234.5；现在是“”"},
          {"12,5",
           "! write decimals with a point, 12.5, and thousands with a comma, 1,234; this is “12,5” "
           "/ "
           "小数请写作 12.5，千位分隔请写作 1,234；现在是“12,5”"},
      });
}

TEST_CASE("JSON has the share") {
  check_json(field_of("percent"), {
                                      {R"("0.125")", R"("0.125")"},
                                      {"0.125", R"("0.125")"},
                                      {"1", R"("1")"},
                                      {R"("12.5 %")",
                                       "! enter a number such as 1234.5; this is “12.5 %” / "
                                       "请填写数字，例如 1234.5；现在是“12.5 %”"},
                                  });
}

TEST_CASE("beyond 100 % is refused instead of guessed, unless the field's limits lie there") {
  Field field = field_of("percent");
  CHECK(from_json(field, "15") ==
        "! write a share of one, such as 0.15 for 15 %; 15 would be 1,500 % / "
        "请填写比例，例如 15 % 写作 0.15；15 表示 1,500 %");
  CHECK(from_form(field, "100.01") ==
        "! enter 100 % or less; this is 100.01 % / 不能超过 100 %，现在是 100.01 %");
  CHECK(from_form(field, "-101") ==
        "! enter -100 % or more; this is -101 % / 不能低于 -100 %，现在是 -101 %");
  field.max = read_limit(*json::parse("3"), field, reading()).value();
  CHECK(from_json(field, "1.5") == R"("1.5")");
  CHECK(result(read_limit(*json::parse(R"("")"), field, reading()), field) ==
        "! write a value, or leave the setting out / 请填写一个值，或去掉该设置");
  CHECK(from_form(field, "150") == R"("1.5")");
  CHECK(checked(field, "301") ==
        "! enter 300 % or less; this is 301 % / 不能超过 300 %，现在是 301 %");
}

TEST_CASE(
    "a percent is shown with its unit and typed without, since the unit stands beside the "
    "control") {
  const Field field = field_of("percent");
  CHECK(shown(field, "12.5") == "12.5 %");
  CHECK(shown(field, "12.5", Language::Chinese) == "12.5 %");
  CHECK(typed_back(field, "12.50") == "12.5");
  CHECK(field.type->unit(field) == "%");
}

TEST_CASE("a computed share with more decimals than the scale is shown as it is") {
  const Field field = field_of("percent");
  const feel::Value third(*feel::Number::parse("0.33333333"));
  CHECK(field.type->show(third, field, showing(Language::English)) == "33.333333 %");
}

TEST_CASE("a percent keeps to its range, one below and one above") {
  Field field = field_of("percent");
  field.min = value_of(field, "5");
  field.max = value_of(field, "30");
  CHECK(checked(field, "5") == "fine");
  CHECK(checked(field, "4.9999") ==
        "! enter 5 % or more; this is 4.9999 % / 不能低于 5 %，现在是 4.9999 %");
  CHECK(checked(field, "30") == "fine");
  CHECK(checked(field, "35") == "! enter 30 % or less; this is 35 % / 不能超过 30 %，现在是 35 %");
}

TEST_CASE("percents come back from the control and from JSON") {
  for (std::int64_t scaled = -1'000'000; scaled <= 1'000'000; scaled += 7'919) {
    check_round_trips(field_of("percent"), feel::Value(feel::Number::from_scaled(scaled, 6)));
  }
}

TEST_CASE("a percent's scale leaves room for whole per cents") {
  Field field = raw_field("percent");
  field.scale = 1;
  CHECK(objection(field) == "`scale` is 2 to 9; this is 1");
  field.scale = 2;
  CHECK(from_form(settled(field), "12.5") ==
        "! enter a whole number; this is 12.5 / 请填写整数，现在是 12.5");
}

}  // namespace
}  // namespace formwork::fields::testing

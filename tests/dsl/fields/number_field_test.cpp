#include "tests/dsl/fields/field_testing.h"

namespace formwork::fields::testing {
namespace {

TEST_CASE("a number is read as people type it") {
  check_form(field_of("number"), {
                                     {"12.5", R"("12.5")"},
                                     {" 12.50 ", R"("12.5")"},
                                     {"+3", R"("3")"},
                                     {"-3", R"("-3")"},
                                     {"\u22123", R"("-3")"},
                                     {"- 3", R"("-3")"},
                                     {".5", R"("0.5")"},
                                     {"0", R"("0")"},
                                     {"-0", R"("0")"},
                                     {"007", R"("7")"},
                                     {"1,234.50", R"("1234.5")"},
                                     {"1 234 567", R"("1234567")"},
                                     {"１２．５", R"("12.5")"},
                                     {"１，２３４．５", R"("1234.5")"},
                                     {"－１", R"("-1")"},
                                     {"1.5000000000", R"("1.5")"},
                                 });
}

TEST_CASE("a number that is none is refused with what was typed") {
  check_form(
      field_of("number"),
      {
          {"abc",
           "! enter a number such as 1234.5; this is “abc” / 请填写数字，例如 1234.5；现在是“abc”"},
          {"5.",
           "! enter a number such as 1234.5; this is “5.” / 请填写数字，例如 1234.5；现在是“5.”"},
          {"1.2.3",
           "! enter a number such as 1234.5; this is “1.2.3” / 请填写数字，例如 "
           "1234.5；现在是“1.2.3”"},
          {"--1",
           "! enter a number such as 1234.5; this is “--1” / 请填写数字，例如 1234.5；现在是“--1”"},
          {"-",
           "! enter a number such as 1234.5; this is “-” / 请填写数字，例如 1234.5；现在是“-”"},
          {"1e3",
           "! enter a number such as 1234.5; this is “1e3” / 请填写数字，例如 1234.5；现在是“1e3”"},
          {"NaN",
           "! enter a number such as 1234.5; this is “NaN” / 请填写数字，例如 1234.5；现在是“NaN”"},
          {"1 23",
           "! enter a number such as 1234.5; this is “1 23” / 请填写数字，例如 1234.5；现在是“1 "
           "23”"},
      });
}

TEST_CASE("a comma that separates no thousands is refused instead of guessed") {
  for (const std::string_view input : {"12,5", "1,23", "1,2345", ",123", "1,234,56", "1,234 567"}) {
    CAPTURE(input);
    CHECK(from_form(field_of("number"), input)
              .starts_with("! write decimals with a point, 12.5, and thousands"));
  }
  CHECK(from_form(field_of("number"), "12,5") ==
        "! write decimals with a point, 12.5, and thousands with a comma, 1,234; this is “12,5” / "
        "小数请写作 12.5，千位分隔请写作 1,234；现在是“12,5”");
}

TEST_CASE("more decimals than the scale are refused, never rounded") {
  Field field = raw_field("number");
  field.scale = 2;
  field = settled(field);
  check_form(
      field,
      {
          {"1.25", R"("1.25")"},
          {"1.255", "! enter at most 2 decimals; these are 3 / 最多 2 位小数，现在是 3 位小数"},
      });
  field.scale = 0;
  check_form(field, {
                        {"12", R"("12")"},
                        {"12.0", R"("12")"},
                        {"12.5", "! enter a whole number; this is 12.5 / 请填写整数，现在是 12.5"},
                    });
  field.scale = 1;
  CHECK(from_form(field, "1.25") ==
        "! enter at most 1 decimal; these are 2 / 最多 1 位小数，现在是 2 位小数");
}

TEST_CASE("a number is as large as the store's integer allows") {
  Field field = raw_field("number");
  field.scale = 2;
  field = settled(field);
  check_form(field,
             {
                 {"92233720368547758.07", R"("92233720368547758.07")"},
                 {"-92233720368547758.07", R"("-92233720368547758.07")"},
                 {"92233720368547758.08",
                  "! enter a number between -92,233,720,368,547,758 and 92,233,720,368,547,758 / "
                  "请填写 -92,233,720,368,547,758 到 92,233,720,368,547,758 之间的数"},
                 {"-92233720368547758.08",
                  "! enter a number between -92,233,720,368,547,758 and 92,233,720,368,547,758 / "
                  "请填写 -92,233,720,368,547,758 到 92,233,720,368,547,758 之间的数"},
             });
  CHECK(from_form(field, std::string(10'000, '9')).starts_with("! enter a number such as"));
}

TEST_CASE("JSON gives numbers as strings or numbers, digit by digit") {
  check_json(
      field_of("number"),
      {
          {R"("12.50")", R"("12.5")"},
          {"12.5", R"("12.5")"},
          {"1e3", R"("1000")"},
          {"9007199254740.993", R"("9007199254740.993")"},
          {R"("1,234")",
           "! enter a number such as 1234.5; this is “1,234” / 请填写数字，例如 "
           "1234.5；现在是“1,234”"},
          {"1.0000001", "! enter at most 6 decimals; these are 7 / 最多 6 位小数，现在是 7 位小数"},
          {"1.0000000000000000000000000000000000000000001",
           "! enter a number such as 1234.5; this is “1.00000000000000000000000000000000000000…” / "
           "请填写数字，例如 1234.5；现在是“1.00000000000000000000000000000000000000…”"},
          {"true",
           "! send a decimal such as \"12.5\"; this is true or false / 应为小数，例如 "
           "\"12.5\"，现在是 true 或 false"},
          {"[]",
           "! send a decimal such as \"12.5\"; this is an array / 应为小数，例如 "
           "\"12.5\"，现在是数组"},
          {R"("")", "null"},
          {R"("  ")", "null"},
      });
}

TEST_CASE("a number is shown with thousands and typed without") {
  const Field field = field_of("number");
  CHECK(shown(field, "-1234567.50") == "-1,234,567.5");
  CHECK(typed_back(field, "-1234567.50") == "-1234567.5");
  CHECK(shown(field, "0.05") == "0.05");
}

TEST_CASE("a number keeps to its range, one below and one above") {
  Field field = field_of("number");
  field.min = value_of(field, "10");
  field.max = value_of(field, "2000");
  CHECK(checked(field, "10") == "fine");
  CHECK(checked(field, "9.999999") ==
        "! enter 10 or more; this is 9.999999 / 不能低于 10，现在是 9.999999");
  CHECK(checked(field, "2000") == "fine");
  CHECK(checked(field, "2001") ==
        "! enter 2,000 or less; this is 2,001 / 不能超过 2,000，现在是 2,001");
}

TEST_CASE("numbers come back from the control and from JSON, whatever the scale") {
  std::uint64_t seed = 20261123;
  for (int scale = 0; scale <= 9; ++scale) {
    Field field = raw_field("number");
    field.scale = scale;
    field = settled(field);
    for (int i = 0; i < 50; ++i) {
      seed = seed * 6364136223846793005U + 1442695040888963407U;
      const auto scaled = static_cast<std::int64_t>(seed) >> (seed % 60);
      CAPTURE(scaled);
      check_round_trips(field, feel::Value(feel::Number::from_scaled(scaled, scale)));
    }
  }
}

TEST_CASE("a scale is 0 to 9") {
  Field field = raw_field("number");
  CHECK(field_of("number").scale == 6);
  field.scale = 9;
  CHECK(objection(field) == "fine");
  field.scale = 10;
  CHECK(objection(field) == "`scale` is 0 to 9; this is 10");
  field.scale = -2;
  CHECK(objection(field) == "`scale` is 0 to 9; this is -2");
}

}  // namespace
}  // namespace formwork::fields::testing

#include "dsl/fields/currency.h"
#include "tests/dsl/fields/field_testing.h"

namespace formwork::fields::testing {
namespace {

Field money_in(std::string_view currency) {
  Field field = raw_field("money");
  field.currency = currency;
  return settled(field);
}

TEST_CASE("an amount is read with and without its currency") {
  check_form(
      money_in("CNY"),
      {
          {"1234.5", R"("1234.50")"},
          {"1,234.50", R"("1234.50")"},
          {"¥1,234.50", R"("1234.50")"},
          {"￥１，２３４．５０", R"("1234.50")"},
          {"¥ 12", R"("12.00")"},
          {"-¥12", R"("-12.00")"},
          {"CNY 12", R"("12.00")"},
          {"12 cny", R"("12.00")"},
          {"12元", R"("12.00")"},
          {"RMB 12", R"("12.00")"},
          {"0", R"("0.00")"},
          {"12.345", "! enter at most 2 decimals; these are 3 / 最多 2 位小数，现在是 3 位小数"},
          {"$12", "! enter an amount in CNY; this is in USD / 请填写以 CNY 计的金额，现在是 USD"},
          {"12 eur",
           "! enter an amount in CNY; this is in EUR / 请填写以 CNY 计的金额，现在是 EUR"},
          {"¥",
           "! enter a number such as 1234.5; this is “¥” / 请填写数字，例如 1234.5；现在是“¥”"},
          {"--5",
           "! enter a number such as 1234.5; this is “--5” / 请填写数字，例如 1234.5；现在是“--5”"},
      });
}

TEST_CASE("an amount has the decimals of its currency") {
  CHECK(from_form(money_in("JPY"), "1234") == R"("1234")");
  CHECK(from_form(money_in("JPY"), "1234.5") ==
        "! enter a whole number; this is 1234.5 / 请填写整数，现在是 1234.5");
  CHECK(from_form(money_in("KWD"), "1.234") == R"("1.234")");
  CHECK(shown(money_in("KWD"), "1.2") == "KWD 1.200");
}

TEST_CASE("JSON has the decimal as a string, and takes a number digit by digit") {
  check_json(
      money_in("CNY"),
      {
          {R"("1234.5")", R"("1234.50")"},
          {"1234.5", R"("1234.50")"},
          {R"("¥12")",
           "! enter a number such as 1234.5; this is “¥12” / 请填写数字，例如 1234.5；现在是“¥12”"},
          {"{}",
           "! send a decimal such as \"12.5\"; this is an object / 应为小数，例如 "
           "\"12.5\"，现在是对象"},
          {"null",
           "! send a decimal such as \"12.5\"; this is null / 应为小数，例如 \"12.5\"，现在是 "
           "null"},
      });
}

TEST_CASE("an amount is shown with its symbol, or its code where the symbol could be another's") {
  for (const Language language : kLanguages) {
    CHECK(shown(money_in("CNY"), "1234.5", language) == "¥1,234.50");
    CHECK(shown(money_in("CNY"), "-1234.5", language) == "-¥1,234.50");
    CHECK(shown(money_in("USD"), "1234.5", language) == "$1,234.50");
    CHECK(shown(money_in("JPY"), "1234", language) == "JPY 1,234");
  }
  CHECK(typed_back(money_in("CNY"), "1234.5") == "1234.50");
  CHECK(money_in("CNY").type->unit(money_in("CNY")) == "¥");
  CHECK(money_in("CHF").type->unit(money_in("CHF")) == "CHF");
}

TEST_CASE("an amount keeps to its range, one below and one above") {
  Field field = money_in("CNY");
  field.min = value_of(field, "100");
  field.max = value_of(field, "5000");
  CHECK(checked(field, "100") == "fine");
  CHECK(checked(field, "99.99") ==
        "! enter ¥100.00 or more; this is ¥99.99 / 不能低于 ¥100.00，现在是 ¥99.99");
  CHECK(checked(field, "5000") == "fine");
  CHECK(checked(field, "5000.01") ==
        "! enter ¥5,000.00 or less; this is ¥5,000.01 / 不能超过 ¥5,000.00，现在是 ¥5,000.01");
}

TEST_CASE("amounts come back from the control, from JSON and as shown, in every currency") {
  for (const Currency& currency : all_currencies()) {
    CAPTURE(currency.code);
    const Field field = money_in(currency.code);
    CHECK(field.scale == currency.minor_units);
    for (const std::int64_t scaled : {0, 1, -1, 99, 100, -123'456, 1'234'567}) {
      const feel::Value value(feel::Number::from_scaled(scaled, field.scale));
      check_round_trips(field, value);
      const std::string text = field.type->show(value, field, showing(Language::English));
      CAPTURE(text);
      const auto again = read(field, text);
      REQUIRE(again.has_value());
      CHECK(*again == value);
    }
  }
}

TEST_CASE("the table of currencies is sorted and names each once") {
  std::string_view last;
  for (const Currency& currency : all_currencies()) {
    CAPTURE(currency.code);
    CHECK(currency.code > last);
    CHECK(currency.code.size() == 3);
    CHECK(find_currency(currency.code) == &currency);
    last = currency.code;
  }
  CHECK(find_currency("XXX") == nullptr);
  CHECK(find_currency("cny") == nullptr);
}

TEST_CASE("a currency has to exist") {
  Field field = raw_field("money");
  field.currency = "RMB";
  CHECK(objection(field) == "`currency` is a code of ISO 4217 such as CNY or USD; this is \"RMB\"");
}

}  // namespace
}  // namespace formwork::fields::testing

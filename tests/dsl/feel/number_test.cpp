#include "dsl/feel/number.h"

#include <array>
#include <chrono>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <unordered_set>
#include <vector>

#include <doctest/doctest.h>

namespace formwork::feel {
namespace {

Number number(std::string_view text) {
  const auto parsed = Number::parse(text);
  REQUIRE_MESSAGE(parsed.has_value(), "expected a number, but got " << std::string(text));
  return *parsed;
}

std::string show(const std::optional<Number>& value) { return value ? value->to_string() : "null"; }

struct Binary {
  std::string a;
  std::string b;
  std::string expected;
};

struct Unary {
  std::string value;
  std::string expected;
};

struct Scaled {
  std::string value;
  int scale;
  std::string expected;
};

const std::string kNines(34, '9');

std::uint64_t seed() {
  const char* text = std::getenv("FORMWORK_SEED");
  return text != nullptr ? std::strtoull(text, nullptr, 10) : 20'240'117;
}

// Any coefficient of up to 34 digits; exponents within +-`reach`.
Number draw(std::mt19937_64& engine, int reach) {
  const Uint128 limit = power_of_ten(static_cast<int>(engine() % 35));
  const Uint128 coefficient = (Uint128{engine()} << 64 | engine()) % limit;
  const int exponent = static_cast<int>(engine() % static_cast<unsigned>(2 * reach + 1)) - reach;
  return *Number::round_from(engine() % 2 == 0, coefficient, exponent);
}

}  // namespace

TEST_CASE("a number is read from FEEL, JSON and YAML notation and keeps its trailing zeros") {
  for (const Unary& row : {
           Unary{"0", "0"},
           {"1.10", "1.10"},
           {"-0.001", "-0.001"},
           {"+7", "7"},
           {".5", "0.5"},
           {"007", "7"},
           {"-0", "0"},
           {"-0.00", "0.00"},
           {"1e3", "1000"},
           {"1.23E+4", "12300"},
           {"1.23e-4", "0.000123"},
           {"0e5", "0"},
           {"0e999999999", "0"},
           {"12345678901234567890123456789012345678", "12345678901234567890123456789012350000"},
           {"1e99", "1" + std::string(99, '0')},
           {"1.50e200", "1.50E+200"},
           {"-1e-6176", "-1E-6176"},
           {"9.999999999999999999999999999999999e6144",
            "9.999999999999999999999999999999999E+6144"},
       }) {
    CAPTURE(row.value);
    CHECK(show(Number::parse(row.value)) == row.expected);
  }
}

TEST_CASE("what is no number is refused") {
  for (const std::string text :
       {"",      "-",   "+",        ".",     "5.",    "1e",          "1e+",
        "e5",    "1 ",  " 1",       "1,5",   "--1",   "+-1",         "0x10",
        "1.2.3", "NaN", "Infinity", "1e5.0", "1_000", "\xEF\xBC\x91"}) {
    CAPTURE(text);
    CHECK_FALSE(Number::parse(text).has_value());
  }
  CHECK_FALSE(Number::parse(std::string_view("1\0", 2)).has_value());
}

TEST_CASE("a text beyond the range is refused, and never read as zero") {
  for (const std::string text :
       {"1e6145", "-1e6145", "9.9999999999999999999999999999999999e6144", "1e-6177", "-5e-6177",
        "1e999999999", "1e-999999999", "1e99999999999999999999999", "1e-99999999999999999999999"}) {
    CAPTURE(text);
    CHECK_FALSE(Number::parse(text).has_value());
  }
  CHECK(show(Number::parse("6e-6177")) == "1E-6176");
}

TEST_CASE("reading takes bounded time and is exact for absurdly long texts") {
  const std::string zeros(1'000'000, '0');
  const auto begin = std::chrono::steady_clock::now();
  CHECK(show(Number::parse("0." + zeros + "12e1000001")) == "1.2");
  CHECK(show(Number::parse("12" + zeros + "e-1000000")) == "12.00000000000000000000000000000000");
  CHECK_FALSE(Number::parse("12" + zeros).has_value());
  CHECK(show(Number::parse(zeros + zeros)) == "0");
  CHECK(show(Number::parse("1." + zeros + "1")) == "1.000000000000000000000000000000000");
  CHECK_FALSE(Number::parse("1e" + std::string(1'000'000, '9')).has_value());
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(2));
}

TEST_CASE("the 35th digit is rounded half to even, and what follows decides a tie") {
  for (const Unary& row : {
           Unary{"12345678901234567890123456789012345", "12345678901234567890123456789012340"},
           {"12345678901234567890123456789012355", "12345678901234567890123456789012360"},
           {"123456789012345678901234567890123450000000000001",
            "123456789012345678901234567890123500000000000000"},
           {"99999999999999999999999999999999995", "100000000000000000000000000000000000"},
       }) {
    CAPTURE(row.value);
    CHECK(show(Number::parse(row.value)) == row.expected);
  }
}

TEST_CASE("printing is plain up to 100 digits, then scientific") {
  for (const Unary& row : {Unary{"1e-99", "0." + std::string(98, '0') + "1"},
                           {"1e-100", "1E-100"},
                           {"15e98", "15" + std::string(98, '0')},
                           {"15e99", "1.5E+100"},
                           {"0e-200", "0E-200"}}) {
    CAPTURE(row.value);
    CHECK(number(row.value).to_string() == row.expected);
  }
  std::string text = "total ";
  number("-12.50").append_to(text);
  CHECK(text == "total -12.50");
}

TEST_CASE("integers of every width become numbers, and come back if they fit") {
  constexpr auto kMin = std::numeric_limits<std::int64_t>::min();
  constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
  CHECK(Number().to_string() == "0");
  CHECK(Number(-5).to_string() == "-5");
  CHECK(Number(kMin).to_string() == "-9223372036854775808");
  CHECK(Number(std::numeric_limits<std::uint64_t>::max()).to_string() == "18446744073709551615");
  CHECK(Number(kMin).to_int64() == kMin);
  CHECK(Number(kMax).to_int64() == kMax);
  CHECK(number("1.00e2").to_int64() == 100);
  for (const std::string text :
       {"9223372036854775808", "-9223372036854775809", "1.5", "1e19", "1e6000", "1e-6000"}) {
    CAPTURE(text);
    CHECK_FALSE(number(text).to_int64().has_value());
  }
}

TEST_CASE("a scaled integer is exact or is none") {
  CHECK(number("12.5").to_scaled(2) == 1250);
  CHECK(number("-12.50").to_scaled(1) == -125);
  CHECK(number("12.555").to_scaled(2) == std::nullopt);
  CHECK(number("1200").to_scaled(-2) == 12);
  CHECK(number("92233720368547758.07").to_scaled(2) == std::numeric_limits<std::int64_t>::max());
  CHECK(number("92233720368547758.08").to_scaled(2) == std::nullopt);
  CHECK(number("-92233720368547758.08").to_scaled(2) == std::numeric_limits<std::int64_t>::min());
  CHECK(number("0e-6176").to_scaled(0) == 0);
  CHECK(number("1").to_scaled(std::numeric_limits<int>::max()) == std::nullopt);
  CHECK(number("1").to_scaled(std::numeric_limits<int>::min()) == std::nullopt);
  CHECK(Number::from_scaled(1250, 2).to_string() == "12.50");
  CHECK(Number::from_scaled(-7, -2).to_string() == "-700");
  CHECK_THROWS_AS(Number::from_scaled(1, 6177), std::out_of_range);
  CHECK_THROWS_AS(Number::from_scaled(1, -6112), std::out_of_range);
}

TEST_CASE("numbers compare by value, and equal ones have one hash") {
  const std::vector<std::vector<const char*>> ascending = {
      {"-1e6144", "-1000e6141"},
      {"-18446744073709551616"},
      {"-2", "-2.0", "-2.000000000000000000000000000000000"},
      {"-1.5"},
      {"-1e-6176"},
      {"0", "-0", "0.00", "0e6000"},
      {"1e-6176"},
      {"0.1", "0.10", "1e-1"},
      {"1.0", "1.00", "1"},
      {"1.000000000000000000000000000000001"},
      {"9.99"},
      {"10", "1e1", "10.0"},
      {"18446744073709551615"},
      {"18446744073709551616", "18446744073709551616.00"},
      {"1e30"},
      {"1e6144", "1000e6141"}};
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (std::size_t j = 0; j < ascending.size(); ++j) {
      for (const std::string left : ascending[i]) {
        for (const std::string right : ascending[j]) {
          CAPTURE(left);
          CAPTURE(right);
          CHECK((number(left) <=> number(right)) == (i <=> j));
          CHECK((number(left) == number(right)) == (i == j));
          if (i == j) CHECK(number(left).hash() == number(right).hash());
        }
      }
    }
  }
}

TEST_CASE("hashes of nearby money amounts do not collide") {
  std::unordered_set<Number> amounts;
  std::unordered_set<std::size_t> hashes;
  for (int cents = -5000; cents < 5000; ++cents) {
    amounts.insert(Number::from_scaled(cents, 2));
    amounts.insert(Number::from_scaled(cents * 10, 3));
    hashes.insert(Number::from_scaled(cents, 2).hash());
  }
  CHECK(amounts.size() == 10'000);
  CHECK(hashes.size() == 10'000);
}

TEST_CASE("sums, differences and products are exact while 34 digits suffice") {
  for (const Binary& row : {Binary{"0.1", "0.2", "0.3"},
                            {"1.10", "2.2", "3.30"},
                            {"-1", "1.00", "0.00"},
                            {"18446744073709551615", "1", "18446744073709551616"},
                            {"1e20", "1e-3", "100000000000000000000.001"},
                            {kNines, "1", "10000000000000000000000000000000000"},
                            {kNines, "0.5", "10000000000000000000000000000000000"},
                            {"1e6000", "-1e-6000", "1.000000000000000000000000000000000E+6000"},
                            {"9e6144", "9e6144", "null"},
                            {"-9e6144", "-9e6144", "null"}}) {
    CAPTURE(row.a);
    CAPTURE(row.b);
    CHECK(show(add(number(row.a), number(row.b))) == row.expected);
  }
  CHECK(show(subtract(number("10.00"), number("0.01"))) == "9.99");
  CHECK(show(subtract(number("0.01"), number("10"))) == "-9.99");
  CHECK(show(multiply(number("19.99"), number("-3"))) == "-59.97");
  CHECK(show(multiply(number("-0.5"), number("0"))) == "0.0");
  CHECK(show(multiply(number(kNines), number(kNines))) ==
        "99999999999999999999999999999999980000000000000000000000000000000000");
  CHECK(show(multiply(number("1e4000"), number("1e4000"))) == "null");
  CHECK(show(multiply(number("1e-4000"), number("1e-4000"))) == "0E-6176");
}

TEST_CASE("quotients are as short as they can be, or rounded to 34 digits") {
  for (const Binary& row : {Binary{"1", "3", "0.3333333333333333333333333333333333"},
                            {"2", "3", "0.6666666666666666666666666666666667"},
                            {"10", "4", "2.5"},
                            {"1.00", "4", "0.25"},
                            {"100", "25", "4"},
                            {"12.50", "2.5", "5.0"},
                            {"-7", "2", "-3.5"},
                            {"0", "7", "0"},
                            {"1", "0", "null"},
                            {"0", "0.00", "null"},
                            {"1e6000", "1e-6000", "null"}}) {
    CAPTURE(row.a);
    CAPTURE(row.b);
    CHECK(show(divide(number(row.a), number(row.b))) == row.expected);
  }
}

TEST_CASE("modulo has the sign of the divisor") {
  for (const Binary& row : {Binary{"12", "5", "2"},
                            {"-12", "5", "3"},
                            {"12", "-5", "-3"},
                            {"-12", "-5", "-2"},
                            {"10.1", "4.5", "1.1"},
                            {"-10.1", "4.5", "3.4"},
                            {"10", "5.0", "0.0"},
                            {"1e6000", "7", "1"},
                            {"1e-6000", "7", "1E-6000"},
                            {"5", "1e40", "5"},
                            {"5", "0", "null"}}) {
    CAPTURE(row.a);
    CAPTURE(row.b);
    CHECK(show(modulo(number(row.a), number(row.b))) == row.expected);
  }
}

TEST_CASE("each rounding mode treats ties, halves and signs in its own way") {
  struct Row {
    Rounding mode;
    std::array<std::string, 8> expected;
  };

  const std::array<std::string, 8> values = {"5.5",  "2.5",  "1.6",  "1.1",
                                             "-1.1", "-1.6", "-2.5", "-5.5"};
  for (const Row& row : {Row{Rounding::Up, {"6", "3", "2", "2", "-2", "-2", "-3", "-6"}},
                         Row{Rounding::Down, {"5", "2", "1", "1", "-1", "-1", "-2", "-5"}},
                         Row{Rounding::HalfUp, {"6", "3", "2", "1", "-1", "-2", "-3", "-6"}},
                         Row{Rounding::HalfDown, {"5", "2", "2", "1", "-1", "-2", "-2", "-5"}},
                         Row{Rounding::HalfEven, {"6", "2", "2", "1", "-1", "-2", "-2", "-6"}},
                         Row{Rounding::Floor, {"5", "2", "1", "1", "-2", "-2", "-3", "-6"}},
                         Row{Rounding::Ceiling, {"6", "3", "2", "2", "-1", "-1", "-2", "-5"}}}) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      CAPTURE(static_cast<int>(row.mode));
      CAPTURE(values[i]);
      CHECK(show(round(number(values[i]), 0, row.mode)) == row.expected[i]);
    }
  }
}

TEST_CASE("rounding shows exactly the digits of the scale") {
  for (const Scaled& row : {Scaled{"5", 2, "5.00"},
                            {"0.515", 2, "0.52"},
                            {"1.126", 2, "1.13"},
                            {"1250", -2, "1200"},
                            {"1350", -2, "1400"},
                            {"49", -2, "0"},
                            {"0", 3, "0.000"},
                            {"9.995", 2, "10.00"},
                            {"5.5", 6176, "5.5"},
                            {"5.5", 6177, "null"},
                            {"5.5", -6112, "null"},
                            {"1e6000", 2, "1E+6000"},
                            {"1e-6000", 2, "0.00"}}) {
    CAPTURE(row.value);
    CHECK(show(round(number(row.value), row.scale, Rounding::HalfEven)) == row.expected);
  }
  CHECK(show(round(number("1e-6000"), 2, Rounding::Up)) == "0.01");
  CHECK(show(round(number("9e6144"), -6111, Rounding::Up)) ==
        "9.000000000000000000000000000000000E+6144");
}

TEST_CASE("floor, ceiling, negation, absolute value, canonical form and wholeness") {
  CHECK(floor(number("-1.5")).to_string() == "-2");
  CHECK(ceiling(number("-0.3333")).to_string() == "0");
  CHECK_FALSE(ceiling(number("-0.3333")).is_negative());
  CHECK((-number("1.50")).to_string() == "-1.50");
  CHECK_FALSE((-Number()).is_negative());
  CHECK(number("-1.50").abs().to_string() == "1.50");
  CHECK(number("1.5000").normalized().to_string() == "1.5");
  CHECK(number("1500").normalized().exponent() == 2);
  CHECK(number("0.000").normalized().exponent() == 0);
  CHECK(number("1e6112").normalized().exponent() == Number::kMaxExponent);
  for (const std::string text : {"0", "0.00", "5", "5.00", "1e6000", "0e-6176"})
    CHECK(number(text).is_integer());
  for (const std::string text : {"0.5", "5.01", "1e-6000", "-0.1"})
    CHECK_FALSE(number(text).is_integer());
}

TEST_CASE("square roots are correctly rounded") {
  for (const Unary& row : {Unary{"4", "2"},
                           {"2", "1.414213562373095048801688724209698"},
                           {"0", "0"},
                           {"0.0001", "0.01"},
                           {"1.44", "1.2"},
                           {"1e-6176", "1E-3088"},
                           {"1e6111", "3.162277660168379331998893544432719E+3055"},
                           {"-1", "null"}}) {
    CAPTURE(row.value);
    CHECK(show(sqrt(number(row.value))) == row.expected);
  }
}

TEST_CASE("exponentials and logarithms have 34 correct digits") {
  for (const Unary& row : {Unary{"0", "1"},
                           {"1", "2.718281828459045235360287471352662"},
                           {"-1", "0.3678794411714423215955237701614609"},
                           {"4", "54.59815003314423907811026120286088"},
                           {"1e-40", "1"},
                           {"14150", "null"},  // the largest is 14149.38...
                           {"1e6000", "null"},
                           {"-20000", "0"},
                           {"-1e6000", "0"}}) {
    CAPTURE(row.value);
    CHECK(show(exp(number(row.value))) == row.expected);
  }
  CHECK(exp(number("14149")).has_value());
  for (const Unary& row :
       {Unary{"1", "0"},
        {"1.00", "0"},
        {"2", "0.6931471805599453094172321214581766"},
        {"4", "1.386294361119890618834464242916353"},
        {"10", "2.302585092994045684017991454684364"},
        {"0.5", "-0.6931471805599453094172321214581766"},
        {"1.000000000000000000000000000000001",
         "0.0000000000000000000000000000000009999999999999999999999999999999995"},
        {"0", "null"},
        {"-1", "null"}}) {
    CAPTURE(row.value);
    CHECK(show(log(number(row.value))) == row.expected);
  }
}

TEST_CASE("powers are exact where they can be") {
  for (const Binary& row : {Binary{"5", "2", "25"},
                            {"5", "-2", "0.04"},
                            {"-5", "3", "-125"},
                            {"5.5", "2", "30.25"},
                            {"1.10", "2", "1.2100"},
                            {"2", "100", "1267650600228229401496703205376"},
                            {"3", "20", "3486784401"},
                            {"5", "50", "88817841970012523233890533447265620"},  // ...265625, a tie
                            {"0.5", "50", "0.0000000000000008881784197001252323389053344726562"},
                            {"2", "-50", "0.0000000000000008881784197001252323389053344726562"},
                            {"10", "50", "100000000000000000000000000000000000000000000000000"},
                            {"4", "0.5", "2"},
                            {"2", "0.5", "1.414213562373095048801688724209698"},
                            {"1.0001", "10000", "2.718145926825224864037664674913147"},
                            {"0", "0", "1"},
                            {"7", "0.0", "1"},
                            {"0", "5", "0"},
                            {"0", "-1", "null"},
                            {"-8", "0.5", "null"},
                            {"-1", "1e20", "1"},
                            {"-1", "100000000000000000001", "-1"},
                            {"10", "7000", "null"},
                            {"10", "1e6000", "null"},
                            {"10", "-7000", "0E-6176"},
                            {"0.9", "1e6000", "0"},
                            {"10", "6144", "1.000000000000000000000000000000000E+6144"}}) {
    CAPTURE(row.a);
    CAPTURE(row.b);
    CHECK(show(power(number(row.a), number(row.b))) == row.expected);
  }
}

TEST_CASE("what is printed is read as the same number") {
  std::mt19937_64 engine(seed());
  for (int i = 0; i < 100'000; ++i) {
    const Number value = draw(engine, 6100);
    const auto again = Number::parse(value.to_string());
    const bool same =
        again && *again == value && (value.exponent() > 0 || again->exponent() == value.exponent());
    REQUIRE_MESSAGE(same, "seed " << seed() << ", step " << i << ": " << value.to_string());
  }
}

TEST_CASE(
    "adding and taking away again, or multiplying and dividing, leads back where all is exact") {
  std::mt19937_64 engine(seed() + 1);
  const auto money = [&] {
    return Number::from_scaled(static_cast<std::int64_t>(engine() >> 8),
                               static_cast<int>(engine() % 10));
  };
  for (int i = 0; i < 100'000; ++i) {
    const Number a = money();
    const Number b = money();
    const auto sum = add(a, b);
    const bool sum_leads_back = sum && subtract(*sum, b) == a && subtract(*sum, a) == b;
    const Number factor(engine() >> 40);
    const auto product = multiply(a, factor);
    const bool product_leads_back = factor.is_zero() || (product && divide(*product, factor) == a);
    REQUIRE_MESSAGE((sum_leads_back && product_leads_back), "seed " << seed() + 1 << ", step " << i
                                                                    << ": " << a.to_string()
                                                                    << " and " << b.to_string());
  }
}

TEST_CASE("order agrees with the sign of the difference, and rounding never crosses a neighbour") {
  std::mt19937_64 engine(seed() + 2);
  for (int i = 0; i < 100'000; ++i) {
    const Number a = draw(engine, 30);
    const Number b = draw(engine, 30);
    const Number difference = *subtract(a, b);
    const Number low = floor(a);
    const Number high = ceiling(a);
    const bool ordered = (a < b) == difference.is_negative() && (a == b) == difference.is_zero();
    const bool bracketed = low <= a && a <= high && low.is_integer() && high.is_integer() &&
                           (low == high) == a.is_integer();
    REQUIRE_MESSAGE((ordered && bracketed), "seed " << seed() + 2 << ", step " << i << ": "
                                                    << a.to_string() << " and " << b.to_string());
  }
}

TEST_CASE("the logarithm undoes the exponential, and a square root its square") {
  std::mt19937_64 engine(seed() + 3);
  const Number tolerance = number("1e-31");
  for (int i = 0; i < 500; ++i) {
    const Number value =
        Number::from_scaled(static_cast<std::int64_t>(engine() % 2'000'000) - 1'000'000, 4);
    const Number back = *log(*exp(value));
    const Number square = *multiply(value, value);
    const bool ok = subtract(back, value)->abs() <= tolerance && *sqrt(square) == value.abs();
    REQUIRE_MESSAGE(ok, "seed " << seed() + 3 << ", step " << i << ": " << value.to_string());
  }
}

}  // namespace formwork::feel

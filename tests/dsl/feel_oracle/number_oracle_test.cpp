// Number against Intel's decimal library: another author's reading of IEEE 754 must give the same
// bits.
//
// Only tests link that library. Its negative zeros, infinities and NaN are mapped to what Number
// has instead. FORMWORK_ORACLE_PAIRS sets how many pairs are tried per operation, FORMWORK_SEED
// where to start.
#define DECIMAL_CALL_BY_REFERENCE 0
#define DECIMAL_GLOBAL_ROUNDING 0
#define DECIMAL_GLOBAL_EXCEPTION_FLAGS 0
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <random>
#include <string>

#include <bid_conf.h>
#include <bid_functions.h>
#include <doctest/doctest.h>

#include "dsl/feel/number.h"

namespace formwork::feel {
namespace {

constexpr unsigned kHalfEven = 0;

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

BID_UINT128 to_intel(const Number& number) {
  const auto biased = static_cast<std::uint64_t>(number.exponent() - Number::kMinExponent);
  BID_UINT128 result;
  result.w[0] = low_word(number.coefficient());
  result.w[1] =
      std::uint64_t{number.is_negative()} << 63 | biased << 49 | high_word(number.coefficient());
  return result;
}

std::optional<Number> from_intel(const BID_UINT128& value) {
  const std::uint64_t high = value.w[1];
  if ((high >> 58 & 0x1F) >= 0x1E) return std::nullopt;  // infinity or NaN
  const Uint128 coefficient = Uint128{high & 0x1FFFFFFFFFFFF} << 64 | value.w[0];
  const auto biased = static_cast<std::int64_t>(high >> 49 & 0x3FFF);
  return Number::round_from(high >> 63 != 0, coefficient, biased + Number::kMinExponent);
}

// Same value and same trailing zeros.
bool identical(const std::optional<Number>& a, const std::optional<Number>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return a->is_negative() == b->is_negative() && a->coefficient() == b->coefficient() &&
         a->exponent() == b->exponent();
}

std::string show(const std::optional<Number>& number) {
  if (!number) return "null";
  return (number->is_negative() ? "-" : "") +
         Number::round_from(false, number->coefficient(), 0)->to_string() + "E" +
         std::to_string(number->exponent());
}

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : engine_(seed) {}

  int below(int bound) { return static_cast<int>(engine_() % static_cast<unsigned>(bound)); }

  // Widths from 0 to 34 digits, now and then digits that are all alike or close to a tie.
  Uint128 coefficient() {
    const Uint128 limit = power_of_ten(below(35));
    const Uint128 any = (Uint128{engine_()} << 64 | engine_()) % limit;
    switch (below(8)) {
      case 0:
        return limit - 1;
      case 1:
        return limit / 2;
      case 2:
        return limit / 2 + 1;
      case 3:
        return any - any % power_of_ten(below(20));
      default:
        return any;
    }
  }

  // Money-like, moderate, anything up to +-6000, and the very ends.
  int exponent() {
    switch (below(8)) {
      case 0:
        return -below(5);
      case 1:
        return Number::kMinExponent + below(60);
      case 2:
        return Number::kMaxExponent - below(60);
      case 3:
        return below(12001) - 6000;
      default:
        return below(81) - 40;
    }
  }

  Number number() { return *Number::round_from(below(2) == 0, coefficient(), exponent()); }

  // Often near `other`, so that digits cancel and meet at ties.
  Number near(const Number& other) {
    if (below(3) != 0) return number();
    const int exponent =
        std::clamp(other.exponent() + below(81) - 40, Number::kMinExponent, Number::kMaxExponent);
    return *Number::round_from(below(2) == 0, coefficient(), exponent);
  }

 private:
  std::mt19937_64 engine_;
};

// Runs `check(a, b)`, which returns what differs, or nothing, over many pairs.
template <class Check>
void for_pairs(std::uint64_t salt, Check check) {
  const std::uint64_t seed = from_environment("FORMWORK_SEED", 20'240'117) + salt;
  const std::uint64_t pairs = from_environment("FORMWORK_ORACLE_PAIRS", 200'000);
  Draw draw(seed);
  int differences = 0;
  for (std::uint64_t i = 0; i < pairs && differences < 5; ++i) {
    const Number a = draw.number();
    const Number b = draw.near(a);
    const std::string difference = check(a, b);
    if (difference.empty()) continue;
    ++differences;
    FAIL_CHECK("seed " << seed << ", pair " << i << ": " << show(a) << " and " << show(b) << ": "
                       << difference);
  }
  CHECK(differences == 0);
}

std::string compare_results(const std::optional<Number>& ours, const BID_UINT128& theirs) {
  const std::optional<Number> expected = from_intel(theirs);
  if (identical(ours, expected)) return {};
  return "ours " + show(ours) + ", theirs " + show(expected);
}

}  // namespace

TEST_CASE("sums are Intel's") {
  for_pairs(1, [](const Number& a, const Number& b) {
    unsigned flags = 0;
    return compare_results(add(a, b), bid128_add(to_intel(a), to_intel(b), kHalfEven, &flags));
  });
}

TEST_CASE("differences are Intel's") {
  for_pairs(2, [](const Number& a, const Number& b) {
    unsigned flags = 0;
    return compare_results(subtract(a, b), bid128_sub(to_intel(a), to_intel(b), kHalfEven, &flags));
  });
}

TEST_CASE("products are Intel's") {
  for_pairs(3, [](const Number& a, const Number& b) {
    unsigned flags = 0;
    return compare_results(multiply(a, b), bid128_mul(to_intel(a), to_intel(b), kHalfEven, &flags));
  });
}

TEST_CASE("quotients are Intel's") {
  for_pairs(4, [](const Number& a, const Number& b) {
    unsigned flags = 0;
    return compare_results(divide(a, b), bid128_div(to_intel(a), to_intel(b), kHalfEven, &flags));
  });
}

TEST_CASE("quotients of products are exact again, as Intel's are") {
  for_pairs(5, [](const Number& a, const Number& b) {
    const auto product = multiply(a, b);
    if (!product) return std::string();
    unsigned flags = 0;
    return compare_results(divide(*product, b),
                           bid128_div(to_intel(*product), to_intel(b), kHalfEven, &flags));
  });
}

TEST_CASE("the order is Intel's") {
  for_pairs(6, [](const Number& a, const Number& b) {
    unsigned flags = 0;
    const bool less = bid128_quiet_less(to_intel(a), to_intel(b), &flags) != 0;
    const bool equal = bid128_quiet_equal(to_intel(a), to_intel(b), &flags) != 0;
    return (a < b) == less && (a == b) == equal ? "" : "the order differs";
  });
}

TEST_CASE("equal numbers with other trailing zeros are equal for Intel too, and have one hash") {
  for_pairs(7, [](const Number& a, const Number&) {
    const Number other = a.normalized();
    unsigned flags = 0;
    if (bid128_quiet_equal(to_intel(a), to_intel(other), &flags) == 0) return "the value changed";
    return a == other && a.hash() == other.hash() ? "" : "equality or hash differs";
  });
}

TEST_CASE("square roots are Intel's") {
  for_pairs(8, [](const Number& a, const Number&) {
    unsigned flags = 0;
    return compare_results(sqrt(a), bid128_sqrt(to_intel(a), kHalfEven, &flags));
  });
}

TEST_CASE("remainders of positive numbers are Intel's") {
  for_pairs(9, [](const Number& a, const Number& b) {
    unsigned flags = 0;
    return compare_results(modulo(a.abs(), b.abs()),
                           bid128_fmod(to_intel(a.abs()), to_intel(b.abs()), &flags));
  });
}

TEST_CASE("rounding to whole numbers is Intel's in each mode it has") {
  for_pairs(10, [](const Number& a, const Number&) {
    const BID_UINT128 theirs = to_intel(a);
    if (a.exponent() > 0)
      return std::string();  // Intel keeps the exponent, we show the whole number
    const auto rounded = [&](Rounding mode) { return round(a, 0, mode); };
    unsigned flags = 0;
    std::string result = compare_results(rounded(Rounding::HalfEven),
                                         bid128_round_integral_nearest_even(theirs, &flags));
    result += compare_results(rounded(Rounding::HalfUp),
                              bid128_round_integral_nearest_away(theirs, &flags));
    result += compare_results(floor(a), bid128_round_integral_negative(theirs, &flags));
    result += compare_results(ceiling(a), bid128_round_integral_positive(theirs, &flags));
    result += compare_results(rounded(Rounding::Down), bid128_round_integral_zero(theirs, &flags));
    return result;
  });
}

TEST_CASE("Intel reads what we print") {
  for_pairs(11, [](const Number& a, const Number&) {
    std::string text = a.to_string();
    unsigned flags = 0;
    const auto theirs = from_intel(bid128_from_string(text.data(), kHalfEven, &flags));
    return theirs && *theirs == a ? "" : "read as " + show(theirs);
  });
}

TEST_CASE("we read what Intel prints") {
  for_pairs(12, [](const Number& a, const Number&) {
    char text[64];
    unsigned flags = 0;
    bid128_to_string(text, to_intel(a), &flags);
    const auto ours = Number::parse(text);
    return identical(ours, a) ? "" : "read as " + show(ours);
  });
}

TEST_CASE("texts with up to 60 digits are rounded as Intel rounds them") {
  for_pairs(13, [](const Number& a, const Number& b) {
    std::string text = show(a.abs());
    text.resize(text.find('E'));
    text += show(b.abs());
    std::string copy = text;
    unsigned flags = 0;
    const auto theirs = from_intel(bid128_from_string(copy.data(), kHalfEven, &flags));
    const auto ours = Number::parse(text);
    // A text that is not 0 but would be read as 0 is refused by us.
    if (!ours && theirs && theirs->is_zero()) return std::string();
    return identical(ours, theirs) ? ""
                                   : text + " read as " + show(ours) + ", theirs " + show(theirs);
  });
}

}  // namespace formwork::feel

// Roots, exponentials, logarithms and powers. The only file that includes Boost's multiprecision,
// whose 50 digits leave room for 34 correct ones.
#include <algorithm>
#include <cstdlib>
#include <ios>

#include <boost/multiprecision/cpp_dec_float.hpp>

#include "dsl/feel/number.h"
#include "dsl/feel/uint256.h"

namespace formwork::feel {
namespace {

using Wide = boost::multiprecision::number<boost::multiprecision::cpp_dec_float<50>,
                                           boost::multiprecision::et_off>;

// Beyond these arguments exp() leaves the range of the exponents on either side.
constexpr int kExpLimit = 14300;

// Larger powers of ten leave every range; up to here the product with an exponent stays in bounds.
constexpr std::int64_t kMaxTimes = 1'000'000'000;

Wide to_wide(Uint128 value) {
  return Wide(high_word(value)) * Wide(18446744073709551616.0) + Wide(low_word(value));
}

Wide to_wide(const Number& value) {
  const Wide magnitude =
      to_wide(value.coefficient()) * Wide("1e" + std::to_string(value.exponent()));
  return value.is_negative() ? -magnitude : magnitude;
}

const Wide& log_of_ten() {
  static const Wide value = boost::multiprecision::log(Wide(10));
  return value;
}

// value * 10^exponent, rounded. Zeros at the end of such a number are an accident and are not kept.
std::optional<Number> to_number(const Wide& value, int exponent) {
  const std::string text = value.str(48, std::ios::scientific);
  const std::size_t mark = text.find('e');
  const int written = std::atoi(text.c_str() + mark + 1);
  const auto digits =
      Number::parse(text.substr(0, mark) + "e" + std::to_string(written + exponent));
  if (digits) return digits->normalized();
  return written + exponent < 0 ? std::optional(Number()) : std::nullopt;
}

// The logarithm of a positive number. The power of ten is split off in a way that leaves a factor
// near 1, so that nothing cancels: log(1.000...1) keeps its 34 digits.
Wide wide_log(const Number& value) {
  const int digits = count_digits(value.coefficient());
  int tens = digits + value.exponent();
  Wide factor = to_wide(value.coefficient()) * Wide("1e-" + std::to_string(digits));  // 0.1 to 1
  if (factor < 0.5) {
    factor *= 10;
    --tens;
  }
  const Wide rest = boost::multiprecision::log(factor);
  return tens == 0 ? rest : rest + tens * log_of_ten();
}

// exp(exponent); the power of ten is split off, since the range of decimals is wide.
std::optional<Number> wide_exp(const Wide& exponent, bool negative) {
  if (exponent > kExpLimit) return std::nullopt;
  if (exponent < -kExpLimit) return Number();
  const int tens = static_cast<int>(boost::multiprecision::round(exponent / log_of_ten()));
  const Wide rest = boost::multiprecision::exp(exponent - tens * log_of_ten());
  return to_number(negative ? -rest : rest, tens);
}

bool is_odd(const Number& integer) {
  const Number canonical = integer.normalized();
  return canonical.exponent() == 0 && (canonical.coefficient() & 1) != 0;
}

// base^times for a whole number of times, if it has at most 38 digits; else nothing. Rounded once,
// and so correctly even when it is a tie. (Longer results cannot be ties: a power of a number that
// does not end in 0 does not either.)
struct ExactPower {
  Uint128 coefficient;
  std::int64_t exponent;
};

std::optional<ExactPower> exact_power(const Number& base, std::int64_t times) {
  const Uint128 factor = base.coefficient();
  const std::int64_t exponent = base.exponent() * times;
  if (factor <= 1) return ExactPower{factor, exponent};
  if (times > 128) return std::nullopt;
  Uint128 result = 1;
  for (std::int64_t i = 0; i < times; ++i) {
    if (result > power_of_ten(38) / factor) return std::nullopt;
    result *= factor;
  }
  return ExactPower{result, exponent};
}

// The exact way where there is one, with the outer optional empty where there is none.
std::optional<std::optional<Number>> power_by_products(const Number& base, const Number& exponent,
                                                       bool negative) {
  const auto times = exponent.to_int64();
  if (!times || *times > kMaxTimes || *times < -kMaxTimes) return std::nullopt;
  // The trailing zeros of 1.10 count in 1.10 ** 2 = 1.2100 as they do in 1.10 * 1.10, as long as
  // all fits.
  for (const Number& factor : {base, base.normalized()}) {
    const auto exact = exact_power(factor, std::abs(*times));
    if (!exact) continue;
    if (*times >= 0) return Number::round_from(negative, exact->coefficient, exact->exponent);
    if (count_digits(exact->coefficient) > Number::kDigits) continue;
    const auto inverse = divide(Number(1), *Number::round_from(negative, exact->coefficient, 0));
    return Number::round_from(negative, inverse->coefficient(),
                              inverse->exponent() - exact->exponent);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Number> sqrt(const Number& value) {
  if (value.is_negative()) return std::nullopt;
  // An exact root has half the exponent, rounded down.
  const int exponent = value.exponent() >= 0 ? value.exponent() / 2 : (value.exponent() - 1) / 2;
  if (value.is_zero()) return Number::round_from(false, 0, exponent);

  // The radicand is scaled to 71 or 72 digits and an even exponent, so the root has 36 digits.
  const Uint128 coefficient = value.coefficient();
  const int odd = value.exponent() - 2 * exponent;
  const int zero_pairs = (72 - count_digits(coefficient) - odd) / 2;
  const Uint256 radicand = shift_digits(coefficient, 2 * zero_pairs + odd);
  Uint128 root = square_root(radicand);
  const bool inexact = multiply_wide(root, root) != radicand;
  const int stripped = inexact ? 0 : strip_zeros(root, zero_pairs);
  return Number::round_from(false, root, exponent - zero_pairs + stripped, inexact);
}

std::optional<Number> exp(const Number& value) { return wide_exp(to_wide(value), false); }

std::optional<Number> log(const Number& value) {
  if (value.is_negative() || value.is_zero()) return std::nullopt;
  if (value == Number(1)) return Number();
  return to_number(wide_log(value), 0);
}

std::optional<Number> power(const Number& base, const Number& exponent) {
  if (exponent.is_zero()) return Number(1);
  if (base.is_zero()) return exponent.is_negative() ? std::nullopt : std::optional(Number());
  if (base.is_negative() && !exponent.is_integer()) return std::nullopt;
  const bool negative = base.is_negative() && is_odd(exponent);
  if (const auto exact = power_by_products(base, exponent, negative)) return *exact;
  return wide_exp(to_wide(exponent) * wide_log(base.abs()), negative);
}

}  // namespace formwork::feel

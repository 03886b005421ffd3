#include "dsl/feel/number.h"

#include <algorithm>
#include <stdexcept>
#include <type_traits>

#include "dsl/feel/uint256.h"

namespace formwork::feel {

static_assert(sizeof(Number) == 24 && std::is_trivially_copyable_v<Number>);

namespace {

// Divides in place and returns the remainder; `exponent` is 0 to 38.
Uint128 divide_by_power_of_ten(Uint128& value, int exponent) {
  if (exponent < 20) return divide_in_place(value, power_of_ten_64(exponent));
  const Uint128 dividend = value;
  value /= power_of_ten(exponent);
  return dividend - value * power_of_ten(exponent);
}

// Drops the last `count` > 0 digits, half even. `inexact` says that something was lost before.
Uint128 drop_digits(Uint128 coefficient, std::int64_t count, bool inexact) {
  if (count > 38) return 0;  // more digits than there are, so below one half
  Uint128 kept = coefficient;
  const Uint128 dropped = divide_by_power_of_ten(kept, static_cast<int>(count));
  const Uint128 half = power_of_ten(static_cast<int>(count)) / 2;
  const bool is_tie = dropped == half && !inexact;
  const bool goes_up = is_tie ? (kept & 1) != 0 : dropped >= half;
  return goes_up ? kept + 1 : kept;
}

// Cuts a product of at most `digits` digits to 37, which leaves enough to round it later.
Uint128 cut_product(Uint256& product, int digits, std::int64_t& exponent, bool& inexact) {
  for (int excess = digits - 37; excess > 0;) {
    const int step = std::min(excess, 19);
    if (divide_in_place(product, power_of_ten_64(step)) != 0) inexact = true;
    exponent += step;
    excess -= step;
  }
  return product.low();
}

}  // namespace

void Number::refuse_scale(int scale) {
  throw std::out_of_range("no decimal has the scale " + std::to_string(scale));
}

std::optional<Number> Number::round_from(bool negative, Uint128 coefficient, std::int64_t exponent,
                                         bool inexact) {
  const std::int64_t excess =
      std::max<std::int64_t>(count_digits(coefficient) - kDigits, kMinExponent - exponent);
  if (excess > 0) {
    coefficient = drop_digits(coefficient, excess, inexact);
    exponent += excess;
    if (coefficient > kMaxCoefficient) {
      coefficient /= 10;
      ++exponent;
    }
  }
  if (coefficient == 0) exponent = std::clamp<std::int64_t>(exponent, kMinExponent, kMaxExponent);
  if (exponent > kMaxExponent) {
    // The same value with more zeros and a smaller exponent, if there is room for them.
    const std::int64_t zeros = exponent - kMaxExponent;
    if (zeros > kDigits - count_digits(coefficient)) return std::nullopt;
    coefficient *= power_of_ten(static_cast<int>(zeros));
    exponent = kMaxExponent;
  }
  return Number(negative, coefficient, static_cast<int>(exponent));
}

std::optional<Number> divide(const Number& a, const Number& b) {
  if (b.is_zero()) return std::nullopt;
  const bool negative = a.is_negative() != b.is_negative();
  const std::int64_t exponent = std::int64_t{a.exponent()} - b.exponent();
  const Uint128 dividend = a.coefficient();
  const Uint128 divisor = b.coefficient();
  if ((high_word(dividend) | high_word(divisor)) == 0 &&
      low_word(dividend) % low_word(divisor) == 0) {
    return Number::round_from(negative, low_word(dividend) / low_word(divisor), exponent);
  }
  if (dividend == 0) return Number::round_from(false, 0, exponent);

  // Scale the dividend so that the quotient has 36 or 37 digits.
  const int shift = 36 + count_digits(divisor) - count_digits(dividend);
  auto [quotient, remainder] = divide_wide(shift_digits(dividend, shift), divisor);
  // An exact quotient has as few digits as possible, down to the exponent of an exact division. One
  // that is rounded keeps all 34, so zeros must stay if anything is left over.
  const int stripped = remainder == 0 ? strip_zeros(quotient, shift) : 0;
  return Number::round_from(negative, quotient, exponent - shift + stripped, remainder != 0);
}

namespace detail {

std::optional<Number> add_wide(const Number& a, const Number& b) {
  const Number& upper = a.exponent() >= b.exponent() ? a : b;
  const Number& lower = a.exponent() >= b.exponent() ? b : a;
  if (upper.is_zero()) return lower;

  // Give `upper` up to 37 digits to meet the exponent of `lower`; what then still sticks out below
  // can only decide a rounding, and one bit tells enough about it.
  Uint128 x = upper.coefficient();
  Uint128 y = lower.coefficient();
  const int distance = upper.exponent() - lower.exponent();
  const int shift = std::min(distance, 37 - count_digits(x));
  x *= power_of_ten(shift);
  bool inexact = false;
  if (const int cut = distance - shift; cut > 38) {
    inexact = y != 0;
    y = 0;
  } else if (cut > 0) {
    inexact = divide_by_power_of_ten(y, cut) != 0;
  }

  const int exponent = upper.exponent() - shift;
  if (upper.is_negative() == lower.is_negative()) {
    return Number::round_from(upper.is_negative(), x + y, exponent, inexact);
  }
  // x - (y + something below one) is one less, and something below one again.
  if (x >= y) return Number::round_from(upper.is_negative(), x - y - inexact, exponent, inexact);
  return Number::round_from(lower.is_negative(), y - x, exponent);
}

std::optional<Number> multiply_wide(const Number& a, const Number& b) {
  const Uint128 x = a.coefficient();
  const Uint128 y = b.coefficient();
  std::int64_t exponent = std::int64_t{a.exponent()} + b.exponent();
  bool inexact = false;
  Uint256 product = feel::multiply_wide(x, y);
  const Uint128 coefficient =
      cut_product(product, count_digits(x) + count_digits(y), exponent, inexact);
  return Number::round_from(a.is_negative() != b.is_negative(), coefficient, exponent, inexact);
}

std::weak_ordering compare_wide(const Number& a, const Number& b) {
  if (a.is_negative() != b.is_negative()) {
    return a.is_negative() ? std::weak_ordering::less : std::weak_ordering::greater;
  }
  if (a.is_zero() || b.is_zero()) {  // neither is negative
    return b.is_zero() <=> a.is_zero();
  }
  Uint128 x = a.coefficient();
  Uint128 y = b.coefficient();
  int x_top = count_digits(x) + a.exponent();
  int y_top = count_digits(y) + b.exponent();
  if (x_top == y_top) {
    // Equally many digits before the point, so bringing both to one exponent needs 34 digits at
    // most.
    const int shift = a.exponent() - b.exponent();
    if (shift > 0) x *= power_of_ten(shift);
    if (shift < 0) y *= power_of_ten(-shift);
    x_top = x < y ? 0 : x == y ? 1 : 2;
    y_top = 1;
  }
  if (x_top == y_top) return std::weak_ordering::equivalent;
  return (x_top < y_top) != a.is_negative() ? std::weak_ordering::less
                                            : std::weak_ordering::greater;
}

}  // namespace detail
}  // namespace formwork::feel

// Whole numbers and scales: rounding to a scale, scaled integers, remainders, the canonical form.
#include <algorithm>
#include <limits>

#include "dsl/feel/number.h"
#include "dsl/feel/uint256.h"

namespace formwork::feel {
namespace {

constexpr std::uint64_t kMaxInt64 = std::numeric_limits<std::int64_t>::max();

// Compares what is dropped with one half of the last digit that stays.
std::weak_ordering compare_to_half(Uint128 dropped, int count) {
  // More digits are dropped than there are, so they are below one half.
  if (count > 38) return std::weak_ordering::less;
  return dropped <=> power_of_ten(count) / 2;
}

// Whether the last digit that stays grows by one; something other than zero is dropped.
bool grows(Rounding mode, bool negative, bool is_odd, std::weak_ordering to_half) {
  switch (mode) {
    case Rounding::Up:
      return true;
    case Rounding::Down:
      return false;
    case Rounding::Floor:
      return negative;
    case Rounding::Ceiling:
      return !negative;
    case Rounding::HalfUp:
      return to_half >= 0;
    case Rounding::HalfDown:
      return to_half > 0;
    case Rounding::HalfEven:
      return to_half > 0 || (to_half == 0 && is_odd);
  }
  return false;
}

Uint128 multiply_modulo(Uint128 a, Uint128 b, Uint128 divisor) {
  return divide_wide(multiply_wide(a, b), divisor).remainder;
}

// coefficient * 10^exponent modulo divisor; the exponent may be in the thousands.
Uint128 shifted_modulo(Uint128 coefficient, int exponent, Uint128 divisor) {
  Uint128 result = coefficient % divisor;
  Uint128 power = 10 % divisor;
  for (; exponent > 0; exponent /= 2) {
    if (exponent % 2 != 0) result = multiply_modulo(result, power, divisor);
    power = multiply_modulo(power, power, divisor);
  }
  return result;
}

}  // namespace

std::optional<Number> round(const Number& value, int scale, Rounding mode) {
  if (scale < -Number::kMaxExponent || scale > -Number::kMinExponent) return std::nullopt;
  const Uint128 coefficient = value.coefficient();
  const int drop = -scale - value.exponent();
  if (drop <= 0) {
    const bool has_room = coefficient == 0 || -drop <= Number::kDigits - count_digits(coefficient);
    if (!has_room) return value;
    return Number(value.negative_, coefficient == 0 ? 0 : coefficient * power_of_ten(-drop),
                  -scale);
  }
  const Uint128 unit = drop <= 38 ? power_of_ten(drop) : 0;
  Uint128 kept = unit == 0 ? 0 : coefficient / unit;
  const Uint128 dropped = unit == 0 ? coefficient : coefficient % unit;
  if (dropped != 0 &&
      grows(mode, value.negative_, (kept & 1) != 0, compare_to_half(dropped, drop))) {
    ++kept;
  }
  return Number(value.negative_, kept, -scale);
}

Number floor(const Number& value) { return *round(value, 0, Rounding::Floor); }

Number ceiling(const Number& value) { return *round(value, 0, Rounding::Ceiling); }

bool Number::is_integer() const {
  if (exponent_ >= 0 || is_zero()) return true;
  return exponent_ >= -kDigits && coefficient() % power_of_ten(-exponent_) == 0;
}

std::optional<std::int64_t> Number::to_scaled(int scale) const {
  if (is_zero()) return 0;
  const std::int64_t shift = std::int64_t{exponent_} + scale;
  Uint128 magnitude = coefficient();
  if (shift < 0) {
    if (shift < -kDigits || magnitude % power_of_ten(static_cast<int>(-shift)) != 0) {
      return std::nullopt;
    }
    magnitude /= power_of_ten(static_cast<int>(-shift));
  } else if (shift > 0) {
    // 19 digits fill an int64.
    if (count_digits(magnitude) + shift > 19) return std::nullopt;
    magnitude *= power_of_ten(static_cast<int>(shift));
  }
  if (magnitude > Uint128{kMaxInt64} + (negative_ ? 1 : 0)) return std::nullopt;
  const std::uint64_t word = low_word(magnitude);
  return static_cast<std::int64_t>(negative_ ? 0 - word : word);
}

Number Number::normalized() const {
  if (is_zero()) return {};
  Uint128 stripped = coefficient();
  const int zeros = strip_zeros(stripped, std::min(kDigits, kMaxExponent - exponent_));
  return {negative_, stripped, exponent_ + zeros};
}

std::size_t Number::hash() const {
  const Number canonical = normalized();
  // The words are spread by odd constants with mixed bits, as hash tables of ours use the low ones.
  std::uint64_t mixed = canonical.low_ * 0x9E3779B97F4A7C15 ^ canonical.high_;
  mixed = (mixed ^ mixed >> 32) * 0xD6E8FEB86659FD93;
  mixed ^= static_cast<std::uint64_t>(canonical.exponent_) * 2 + (canonical.negative_ ? 1 : 0);
  mixed = (mixed ^ mixed >> 32) * 0xD6E8FEB86659FD93;
  return mixed ^ mixed >> 32;
}

std::optional<Number> modulo(const Number& a, const Number& b) {
  if (b.is_zero()) return std::nullopt;
  const int distance = a.exponent() - b.exponent();
  const Uint128 divisor = b.coefficient();
  Uint128 remainder = a.coefficient();
  if (distance >= 0) {
    remainder = shifted_modulo(remainder, distance, divisor);
  } else if (count_digits(divisor) - distance <= 38) {
    remainder %= divisor * power_of_ten(-distance);
  }  // else a is below b already
  const auto rest =
      Number::round_from(a.is_negative(), remainder, std::min(a.exponent(), b.exponent()));
  if (rest->is_zero() || a.is_negative() == b.is_negative()) return rest;
  return add(*rest, b);
}

}  // namespace formwork::feel

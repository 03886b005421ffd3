// Number: the numbers of FEEL, and the only decimal type of ours. IEEE 754 decimal128: 34 digits,
// rounded half even, exponents from -6176 to 6111. A value keeps its trailing zeros (1.10 prints
// as 1.10), and they do not count in comparison (1.1 = 1.10).
//
// There is no infinity, NaN or negative zero: what would yield the first two yields nullopt, which
// FEEL shows as null. Results too small for the exponent become less precise and at last 0, as IEEE
// has it.
//
// Money-like numbers (coefficients of one word) take the inline paths below; all else is out of
// line.
#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dsl/feel/uint128.h"

namespace formwork::feel {

// Where to go with the digits that are dropped. Up is away from zero, Down towards it; the Half
// modes go to the nearest and differ only in ties.
enum class Rounding : unsigned char { Up, Down, HalfUp, HalfDown, HalfEven, Floor, Ceiling };

class Number {
 public:
  static constexpr int kDigits = 34;
  static constexpr int kMinExponent = -6176;
  static constexpr int kMaxExponent = 6111;
  static constexpr Uint128 kMaxCoefficient = power_of_ten(kDigits) - 1;

  constexpr Number() = default;

  template <std::signed_integral Integer>
  constexpr explicit Number(Integer value)
      : low_(value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value)),
        negative_(value < 0) {}

  template <std::unsigned_integral Integer>

  requires(!std::same_as<Integer, bool>) constexpr explicit Number(Integer value) : low_(value) {}

  // Reads FEEL, JSON and YAML notation: an optional sign, digits with an optional point (".5" but
  // not "5."), an optional exponent. nullopt if the text is anything else or means a number that is
  // too large, or so small that it would become 0. Digits beyond 34 are rounded. Time is linear in
  // the text.
  static std::optional<Number> parse(std::string_view text);

  // coefficient * 10^exponent, rounded to what fits. `inexact` says that the true coefficient is
  // larger by less than one; it must then have 35 digits at least. nullopt if the number is too
  // large.
  static std::optional<Number> round_from(bool negative, Uint128 coefficient, std::int64_t exponent,
                                          bool inexact = false);

  // value / 10^scale, the way back from to_scaled. Throws std::out_of_range for a scale that no
  // decimal has (-6111 to 6176).
  static Number from_scaled(std::int64_t value, int scale) {
    if (scale < -kMaxExponent || scale > -kMinExponent) refuse_scale(scale);
    Number number(value);
    number.exponent_ = -scale;
    return number;
  }

  // Plain notation with all digits ("1.10", "-0.001", "1200"), which FEEL's string() shows. Numbers
  // that would take more than kMaxPlainDigits digits are written as "1.5E+200".
  static constexpr int kMaxPlainDigits = 100;
  std::string to_string() const;
  void append_to(std::string& text) const;

  // The value is coefficient * 10^exponent, negative if is_negative.
  Uint128 coefficient() const { return Uint128{high_} << 64 | low_; }

  int exponent() const { return exponent_; }

  bool is_negative() const { return negative_; }

  bool is_zero() const { return (low_ | high_) == 0; }

  bool is_integer() const;

  // The whole number, or nullopt if there is a fraction or it does not fit.
  std::optional<std::int64_t> to_int64() const { return to_scaled(0); }

  // value * 10^scale, or nullopt if that is not whole or does not fit: how the store keeps
  // decimals.
  std::optional<std::int64_t> to_scaled(int scale) const;

  // The same value without trailing zeros: 100 becomes 1E+2.
  Number normalized() const;

  Number operator-() const { return {!negative_, coefficient(), exponent_}; }

  Number abs() const { return {false, coefficient(), exponent_}; }

  // Equal numbers have equal hashes, whatever their trailing zeros.
  std::size_t hash() const;

  friend std::weak_ordering operator<=>(const Number& a, const Number& b);

  friend bool operator==(const Number& a, const Number& b) { return (a <=> b) == 0; }

  friend std::optional<Number> add(const Number& a, const Number& b);
  friend std::optional<Number> subtract(const Number& a, const Number& b);
  friend std::optional<Number> multiply(const Number& a, const Number& b);
  friend std::optional<Number> round(const Number& value, int scale, Rounding mode);

 private:
  // coefficient <= kMaxCoefficient and kMinExponent <= exponent <= kMaxExponent; see negative_.
  constexpr Number(bool negative, Uint128 coefficient, int exponent)
      : low_(low_word(coefficient)),
        high_(high_word(coefficient)),
        exponent_(exponent),
        negative_(negative && coefficient != 0) {}

  [[noreturn]] static void refuse_scale(int scale);

  // Adding by words: 10^14 * 2^64 + 2^64 is below 10^34, so the sum needs no rounding.
  static constexpr int kMaxShift = 14;

  static Number add_words(const Number& a, bool b_negative, const Number& b) {
    const int shift = a.exponent_ - b.exponent_;
    const Uint128 x = Uint128{a.low_} * (shift > 0 ? power_of_ten_64(shift) : 1);
    const Uint128 y = Uint128{b.low_} * (shift < 0 ? power_of_ten_64(-shift) : 1);
    const int exponent = shift > 0 ? b.exponent_ : a.exponent_;
    if (a.negative_ == b_negative) return {b_negative, x + y, exponent};
    return x >= y ? Number{a.negative_, x - y, exponent} : Number{b_negative, y - x, exponent};
  }

  static bool are_words(const Number& a, const Number& b) {
    const int shift = a.exponent_ - b.exponent_;
    return (a.high_ | b.high_) == 0 && shift <= kMaxShift && shift >= -kMaxShift;
  }

  // In words rather than as a Uint128, whose alignment would make a Number 32 bytes.
  std::uint64_t low_ = 0;
  std::uint64_t high_ = 0;
  std::int32_t exponent_ = 0;
  bool negative_ = false;  // never set when the coefficient is 0
};

// nullopt if the result is too large.
std::optional<Number> add(const Number& a, const Number& b);
std::optional<Number> subtract(const Number& a, const Number& b);
std::optional<Number> multiply(const Number& a, const Number& b);

// nullopt also if `b` is 0.
std::optional<Number> divide(const Number& a, const Number& b);

// a - b * floor(a / b), computed exactly and rounded once: the result has the sign of `b`. nullopt
// if `b` is 0.
std::optional<Number> modulo(const Number& a, const Number& b);

// Rounds to `scale` digits after the point, negative for tens and hundreds. The result shows
// exactly that many, as money does (5 at scale 2 is 5.00), unless 34 digits are too few for that.
// nullopt if `scale` is not within -6111 and 6176.
std::optional<Number> round(const Number& value, int scale, Rounding mode);

// To a whole number.
Number floor(const Number& value);
Number ceiling(const Number& value);

// nullopt where mathematics has no real answer, or the result is too large. sqrt and powers with an
// exact result are rounded correctly, the others by way of 49 digits: a last digit can be off by
// one where those look like a tie.
std::optional<Number> sqrt(const Number& value);
std::optional<Number> exp(const Number& value);
std::optional<Number> log(const Number& value);
std::optional<Number> power(const Number& base, const Number& exponent);

namespace detail {

std::optional<Number> add_wide(const Number& a, const Number& b);
std::optional<Number> multiply_wide(const Number& a, const Number& b);
std::weak_ordering compare_wide(const Number& a, const Number& b);

}  // namespace detail

inline std::optional<Number> add(const Number& a, const Number& b) {
  if (Number::are_words(a, b)) return Number::add_words(a, b.negative_, b);
  return detail::add_wide(a, b);
}

inline std::optional<Number> subtract(const Number& a, const Number& b) {
  if (Number::are_words(a, b)) return Number::add_words(a, !b.negative_, b);
  return detail::add_wide(a, -b);
}

inline std::optional<Number> multiply(const Number& a, const Number& b) {
  if ((a.high_ | b.high_) == 0) {
    const Uint128 product = Uint128{a.low_} * b.low_;
    const int exponent = a.exponent_ + b.exponent_;
    if (product <= Number::kMaxCoefficient && exponent >= Number::kMinExponent &&
        exponent <= Number::kMaxExponent) {
      return Number{a.negative_ != b.negative_, product, exponent};
    }
  }
  return detail::multiply_wide(a, b);
}

inline std::weak_ordering operator<=>(const Number& a, const Number& b) {
  if (a.negative_ != b.negative_ || !Number::are_words(a, b)) return detail::compare_wide(a, b);
  const int shift = a.exponent_ - b.exponent_;
  const Uint128 x = Uint128{a.low_} * (shift > 0 ? power_of_ten_64(shift) : 1);
  const Uint128 y = Uint128{b.low_} * (shift < 0 ? power_of_ten_64(-shift) : 1);
  if (x == y) return std::weak_ordering::equivalent;
  return (x < y) != a.negative_ ? std::weak_ordering::less : std::weak_ordering::greater;
}

}  // namespace formwork::feel

template <>
struct std::hash<formwork::feel::Number> {
  std::size_t operator()(const formwork::feel::Number& number) const { return number.hash(); }
};

// Uint256: products and dividends of coefficients. Only what decimal arithmetic needs of so wide an
// integer.
#pragma once

#include <array>
#include <cstdint>

#include "dsl/feel/uint128.h"

namespace formwork::feel {

struct Uint256 {
  std::array<std::uint64_t, 4> words{};  // least significant first

  Uint128 low() const { return Uint128{words[1]} << 64 | words[0]; }

  Uint128 high() const { return Uint128{words[3]} << 64 | words[2]; }

  bool operator==(const Uint256&) const = default;
};

struct Quotient {
  Uint128 quotient;
  Uint128 remainder;
};

// Divides in place and returns the remainder. `divisor` must not be 0.
std::uint64_t divide_in_place(Uint128& dividend, std::uint64_t divisor);
std::uint64_t divide_in_place(Uint256& dividend, std::uint64_t divisor);

// The whole product of two 128-bit factors.
Uint256 multiply_wide(Uint128 a, Uint128 b);

// value * 10^count, which must have at most 76 digits.
Uint256 shift_digits(Uint128 value, int count);

// The quotient must fit 128 bits, that is, dividend.high() < divisor.
Quotient divide_wide(const Uint256& dividend, Uint128 divisor);

// The largest integer whose square is not above `value`; 0 < `value` < 2^254.
Uint128 square_root(const Uint256& value);

}  // namespace formwork::feel

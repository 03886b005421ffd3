// Uint128: the integer behind a decimal coefficient, and what decimals ask of it: powers of ten,
// digits.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace formwork::feel {

// GCC and clang have the type, ISO C++ does not: __extension__ keeps -Wpedantic for everything
// else.
__extension__ typedef unsigned __int128 Uint128;  // NOLINT(modernize-use-using)

constexpr std::uint64_t high_word(Uint128 value) { return static_cast<std::uint64_t>(value >> 64); }

constexpr std::uint64_t low_word(Uint128 value) { return static_cast<std::uint64_t>(value); }

// 10^0 to 10^19: the powers of one word.
inline constexpr std::array<std::uint64_t, 20> kPowersOfTen64 = [] {
  std::array<std::uint64_t, 20> powers{1};
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

// 10^0 to 10^38: all that fit.
inline constexpr std::array<Uint128, 39> kPowersOfTen = [] {
  std::array<Uint128, 39> powers{1};
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

constexpr Uint128 power_of_ten(int exponent) {
  return kPowersOfTen[static_cast<std::size_t>(exponent)];
}

constexpr std::uint64_t power_of_ten_64(int exponent) {
  return kPowersOfTen64[static_cast<std::size_t>(exponent)];
}

// How many decimal digits `value` has; 0 has none.
constexpr int count_digits(Uint128 value) {
  const int bits = high_word(value) != 0 ? 64 + static_cast<int>(std::bit_width(high_word(value)))
                                         : static_cast<int>(std::bit_width(low_word(value)));
  // 1233 / 4096 is log10(2), closely enough for 128 bits: the guess is right or one too small.
  const int guess = bits * 1233 >> 12;
  return guess < 39 && value >= power_of_ten(guess) ? guess + 1 : guess;
}

// Takes at most `limit` trailing zeros from `value`, which must not be 0; returns how many it took.
constexpr int strip_zeros(Uint128& value, int limit) {
  // A number with n decimal zeros has n binary ones too, which tells most numbers without a
  // division.
  const int even = low_word(value) != 0 ? std::countr_zero(low_word(value)) : 64;
  limit = even < limit ? even : limit;
  int stripped = 0;
  for (int step = 16; step > 0; step /= 2) {
    while (limit - stripped >= step && value % power_of_ten_64(step) == 0) {
      value /= power_of_ten_64(step);
      stripped += step;
    }
  }
  return stripped;
}

}  // namespace formwork::feel

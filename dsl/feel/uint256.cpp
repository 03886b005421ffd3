#include "dsl/feel/uint256.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace formwork::feel {
namespace {

constexpr Uint128 kBase = Uint128{1} << 64;

// One digit of a long division by a single word: `rest` < divisor is what is left so far and
// becomes what is left then; `next` is the word of the dividend that comes down.
std::uint64_t divide_word(std::uint64_t& rest, std::uint64_t next, std::uint64_t divisor) {
#if defined(__x86_64__)
  // The compilers call their run-time library for this, which takes several times as long.
  std::uint64_t quotient = next;
  asm("divq %[divisor]" : "+a"(quotient), "+d"(rest) : [divisor] "r"(divisor) : "cc");
  return quotient;
#else
  const Uint128 dividend = Uint128{rest} << 64 | next;
  const Uint128 quotient = dividend / divisor;
  rest = low_word(dividend - quotient * divisor);
  return low_word(quotient);
#endif
}

// One digit, in base 2^64, of a long division by a divisor of two words whose top bit is set
// (Knuth, algorithm D). `rest` < divisor is what is left so far and becomes what is left then;
// `next` is the word of the dividend that comes down.
std::uint64_t next_quotient_word(Uint128& rest, std::uint64_t next, Uint128 divisor) {
  const std::uint64_t top = high_word(divisor);
  const std::uint64_t bottom = low_word(divisor);
  Uint128 guess = rest / top;
  Uint128 left = rest - guess * top;
  while (guess >= kBase || guess * bottom > (left << 64 | next)) {
    --guess;
    left += top;
    if (left >= kBase) break;
  }
  // Both sides wrap around alike; the true difference is below the divisor and fits.
  rest = (rest << 64 | next) - guess * divisor;
  return low_word(guess);
}

Quotient divide_by_two_words(const Uint256& dividend, Uint128 divisor) {
  const int shift = std::countl_zero(high_word(divisor));
  const Uint128 scaled_divisor = divisor << shift;
  Uint128 rest = dividend.high();
  Uint128 low = dividend.low();
  if (shift > 0) {
    rest = rest << shift | low >> (128 - shift);
    low <<= shift;
  }
  Uint128 quotient = next_quotient_word(rest, high_word(low), scaled_divisor);
  quotient = quotient << 64 | next_quotient_word(rest, low_word(low), scaled_divisor);
  return {quotient, rest >> shift};
}

}  // namespace

Uint256 multiply_wide(Uint128 a, Uint128 b) {
  const Uint128 low = Uint128{low_word(a)} * low_word(b);
  const Uint128 left = Uint128{high_word(a)} * low_word(b);
  const Uint128 right = Uint128{low_word(a)} * high_word(b);
  const Uint128 high = Uint128{high_word(a)} * high_word(b);
  const Uint128 middle = Uint128{high_word(low)} + low_word(left) + low_word(right);
  const Uint128 top = high + high_word(left) + high_word(right) + high_word(middle);
  return {{low_word(low), low_word(middle), low_word(top), high_word(top)}};
}

Uint256 shift_digits(Uint128 value, int count) {
  const int first = std::min(count, 38 - count_digits(value));
  return multiply_wide(value * power_of_ten(first), power_of_ten(count - first));
}

std::uint64_t divide_in_place(Uint128& dividend, std::uint64_t divisor) {
  std::uint64_t rest = high_word(dividend) % divisor;
  const std::uint64_t top = high_word(dividend) / divisor;
  dividend = Uint128{top} << 64 | divide_word(rest, low_word(dividend), divisor);
  return rest;
}

std::uint64_t divide_in_place(Uint256& dividend, std::uint64_t divisor) {
  std::uint64_t rest = 0;
  for (auto word = dividend.words.rbegin(); word != dividend.words.rend(); ++word) {
    *word = divide_word(rest, *word, divisor);
  }
  return rest;
}

Quotient divide_wide(const Uint256& dividend, Uint128 divisor) {
  if (high_word(divisor) != 0) return divide_by_two_words(dividend, divisor);
  Uint256 quotient = dividend;
  const std::uint64_t remainder = divide_in_place(quotient, low_word(divisor));
  return {quotient.low(), remainder};
}

Uint128 square_root(const Uint256& value) {
  const double estimate = std::sqrt(std::ldexp(static_cast<double>(value.high()), 128) +
                                    static_cast<double>(value.low()));
  // A little too large, so that Newton's steps come down to the root and the first that does not
  // ends.
  Uint128 root = static_cast<Uint128>(estimate * (1 + 0x1p-48)) + 1;
  while (true) {
    const Uint128 next = (root + divide_wide(value, root).quotient) / 2;
    if (next >= root) return root;
    root = next;
  }
}

}  // namespace formwork::feel

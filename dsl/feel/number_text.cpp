// Numbers as text: reading FEEL, JSON and YAML notation, and writing what FEEL's string() shows.
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

#include "dsl/feel/number.h"

namespace formwork::feel {
namespace {

// The most digits that are kept while reading: enough to round 34 of them correctly, if one also
// knows whether anything but zeros came after.
constexpr int kReadDigits = 37;

// The digits that always fit a word.
constexpr int kWordDigits = 19;

// An exponent beyond what the digits of any text in memory could make up for.
constexpr std::int64_t kHuge = 1'000'000'000'000'000;

struct Reader {
  std::string_view text;
  std::size_t position = 0;

  bool at_digit() const {
    return position < text.size() && text[position] >= '0' && text[position] <= '9';
  }

  bool take(char wanted) {
    if (position >= text.size() || text[position] != wanted) return false;
    ++position;
    return true;
  }

  // A sign, if there is one; true for minus.
  bool take_sign() {
    if (take('-')) return true;
    take('+');
    return false;
  }
};

// The digits read so far, in two words since arithmetic on 128 bits would be slower.
struct Significand {
  std::uint64_t first = 0;
  std::uint64_t second = 0;
  int digits = 0;
  std::int64_t exponent = 0;
  bool inexact = false;  // digits other than 0 were left out

  void append(unsigned digit) {
    if (digits < kWordDigits) {
      first = first * 10 + digit;
      if (first != 0) ++digits;
    } else if (digits < kReadDigits) {
      second = second * 10 + digit;
      ++digits;
    } else {
      if (digit != 0) inexact = true;
      ++exponent;
    }
  }

  Uint128 coefficient() const {
    return first * Uint128{power_of_ten_64(std::max(digits - kWordDigits, 0))} + second;
  }
};

bool read_significand(Reader& reader, Significand& significand) {
  const auto read_digits = [&] {
    const std::size_t begin = reader.position;
    for (; reader.at_digit(); ++reader.position) {
      significand.append(static_cast<unsigned>(reader.text[reader.position] - '0'));
    }
    return reader.position - begin;
  };
  const std::size_t before_point = read_digits();
  if (!reader.take('.')) return before_point > 0;
  const std::size_t after_point = read_digits();
  significand.exponent -= static_cast<std::int64_t>(after_point);
  return after_point > 0;
}

// Larger exponents than kHuge are read as kHuge.
bool read_exponent(Reader& reader, std::int64_t& exponent) {
  const bool negative = reader.take_sign();
  if (!reader.at_digit()) return false;
  std::int64_t written = 0;
  for (; reader.at_digit(); ++reader.position) {
    written = std::min(kHuge, written * 10 + (reader.text[reader.position] - '0'));
  }
  exponent += negative ? -written : written;
  return true;
}

// Room for the digits of a coefficient, and the ways to fill it.
struct Digits {
  std::array<char, 40> buffer;
  std::size_t count = 0;

  explicit Digits(Uint128 value) {
    const Uint128 unit = power_of_ten(kWordDigits);
    if (value < unit) {
      append(low_word(value));
      return;
    }
    append(low_word(value / unit));
    std::uint64_t rest = low_word(value % unit);
    count += kWordDigits;
    for (std::size_t i = 1; i <= kWordDigits; ++i, rest /= 10) {
      buffer[count - i] = static_cast<char>('0' + rest % 10);
    }
  }

  std::string_view view() const { return {buffer.data(), count}; }

 private:
  void append(std::uint64_t word) {
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), word).ptr;
    count = static_cast<std::size_t>(end - buffer.data());
  }
};

void append_scientific(std::string& text, std::string_view digits, int exponent) {
  text += digits.front();
  if (digits.size() > 1) text.append(".").append(digits.substr(1));
  const int top = exponent + static_cast<int>(digits.size()) - 1;
  text += top < 0 ? "E-" : "E+";
  text += Digits(static_cast<Uint128>(std::abs(top))).view();
}

void append_with_point(std::string& text, std::string_view digits, std::size_t after_point) {
  if (digits.size() > after_point) {
    text += digits.substr(0, digits.size() - after_point);
    text.append(".").append(digits.substr(digits.size() - after_point));
  } else {
    text.append("0.").append(after_point - digits.size(), '0').append(digits);
  }
}

}  // namespace

std::optional<Number> Number::parse(std::string_view text) {
  Reader reader{text};
  const bool negative = reader.take_sign();
  Significand significand;
  if (!read_significand(reader, significand)) return std::nullopt;
  if ((reader.take('e') || reader.take('E')) && !read_exponent(reader, significand.exponent)) {
    return std::nullopt;
  }
  if (reader.position != text.size()) return std::nullopt;

  const auto number =
      round_from(negative, significand.coefficient(), significand.exponent, significand.inexact);
  const bool vanished = number && number->is_zero() && significand.first != 0;
  return vanished ? std::nullopt : number;
}

std::string Number::to_string() const {
  std::string text;
  append_to(text);
  return text;
}

void Number::append_to(std::string& text) const {
  if (negative_) text += '-';
  const Digits digits(coefficient());
  const int count = static_cast<int>(digits.count);
  const int plain_digits = std::max(count + std::max(exponent_, 0), 1 - exponent_);
  if (exponent_ > 0 && is_zero()) {
    text += '0';
  } else if (plain_digits > kMaxPlainDigits) {
    append_scientific(text, digits.view(), exponent_);
  } else if (exponent_ >= 0) {
    text.append(digits.view()).append(static_cast<std::size_t>(exponent_), '0');
  } else {
    append_with_point(text, digits.view(), static_cast<std::size_t>(-exponent_));
  }
}

}  // namespace formwork::feel

// Takes a text apart from the left: what the readers of dates, times and durations share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace formwork {

// A reader that does not match leaves the rest in no defined state: the caller gives up.
class TextCursor {
 public:
  explicit TextCursor(std::string_view text) : rest_(text) {}

  std::string_view rest() const { return rest_; }

  bool at_end() const { return rest_.empty(); }

  bool at_digit() const { return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; }

  bool skip(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // Exactly `count` digits, nine at most.
  std::optional<int> digits(std::size_t count) {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (!at_digit()) return std::nullopt;
      value = value * 10 + take_digit();
    }
    return value;
  }

  // One digit or more; nothing when the number does not fit.
  std::optional<std::int64_t> number() {
    if (!at_digit()) return std::nullopt;
    std::int64_t value = 0;
    while (at_digit()) {
      if (__builtin_mul_overflow(value, std::int64_t{10}, &value)) return std::nullopt;
      if (__builtin_add_overflow(value, take_digit(), &value)) return std::nullopt;
    }
    return value;
  }

  // The digits behind a decimal point, one or more, in units of 10^-places. What is finer would be
  // lost without a word, so it is refused unless it is zero.
  std::optional<std::int64_t> fraction(std::size_t places) {
    if (!at_digit()) return std::nullopt;
    std::int64_t value = 0;
    std::size_t count = 0;
    for (; at_digit(); ++count) {
      const int digit = take_digit();
      if (count < places) {
        value = value * 10 + digit;
      } else if (digit != 0) {
        return std::nullopt;
      }
    }
    for (; count < places; ++count) value *= 10;
    return value;
  }

 private:
  int take_digit() {
    const int digit = rest_.front() - '0';
    rest_.remove_prefix(1);
    return digit;
  }

  std::string_view rest_;
};

}  // namespace formwork

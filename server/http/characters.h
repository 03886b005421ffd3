// The character classes of RFC 9110 and small ASCII helpers. Nothing here looks at the locale.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace formwork::http {
namespace detail {

constexpr std::array<bool, 256> make_token_table() {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("!#$%&'*+-.^_`|~"))
    table[static_cast<unsigned char>(c)] = true;
  for (std::size_t c = '0'; c <= '9'; ++c) table[c] = true;
  for (std::size_t c = 'A'; c <= 'Z'; ++c) table[c] = true;
  for (std::size_t c = 'a'; c <= 'z'; ++c) table[c] = true;
  return table;
}

inline constexpr std::array<bool, 256> kTokenTable = make_token_table();

}  // namespace detail

// tchar: what names of fields and methods are made of.
inline bool is_token_char(char c) { return detail::kTokenTable[static_cast<unsigned char>(c)]; }

inline bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

inline char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool is_token(std::string_view text);

bool equals_ignoring_case(std::string_view a, std::string_view b);

// Without blanks and tabs at both ends.
std::string_view trim_blanks(std::string_view text);

// The value of a hexadecimal digit.
std::optional<unsigned> hex_digit(char c);

// The part of `text` before the first `separator`; `text` becomes what follows it.
std::string_view take_until(std::string_view& text, char separator);

}  // namespace formwork::http

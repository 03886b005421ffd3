// UTF-8 as we accept it: valid, shortest forms, no surrogates. What is not valid is refused, never
// repaired (threat model, rule 17).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace formwork {

// The byte offset of the first byte that does not belong to a valid sequence, or nothing.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

inline bool is_valid_utf8(std::string_view text) { return !find_invalid_utf8(text).has_value(); }

// Characters (code points) of a valid text.
std::size_t count_characters(std::string_view text);

// The first `count` characters of a valid text.
std::string_view take_characters(std::string_view text, std::size_t count);

// Reads the code point at `position` of a valid text and moves behind it.
char32_t next_code_point(std::string_view text, std::size_t& position);

void append_utf8(std::string& out, char32_t code_point);

// Columns a terminal needs: East Asian wide and full-width characters take two.
std::size_t display_width(std::string_view text);

// ASCII letters only; other characters stay.
std::string to_lower_ascii(std::string_view text);

// Without blanks, tabs and line ends at both ends; also U+3000 and U+00A0, which people paste.
std::string_view trimmed(std::string_view text);

}  // namespace formwork

// Small steps over YAML text that the event parser does not tell about.
#pragma once

#include <cstddef>
#include <string_view>

namespace formwork::yaml {

inline bool is_blank(char c) { return c == ' ' || c == '\t'; }

inline bool is_break(char c) { return c == '\n' || c == '\r'; }

inline bool is_space(char c) { return is_blank(c) || is_break(c); }

// Behind blanks, line ends and comments.
std::size_t skip_space(std::string_view text, std::size_t at);

// Behind tags and anchors, and the space after them.
std::size_t skip_properties(std::string_view text, std::size_t at);

// The end of the line, before its line end.
std::size_t line_end(std::string_view text, std::size_t at);

// The end of the character that starts there, at most the end of the text.
std::size_t character_end(std::string_view text, std::size_t at);

}  // namespace formwork::yaml

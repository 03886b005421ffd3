// Texts of other people on our terminal: what cannot be shown must neither break the form nor reach
// the terminal as a command.
#pragma once

#include <string>
#include <string_view>

namespace formwork {

// The text with each control character and each byte that is not UTF-8 replaced by U+FFFD; a tab
// becomes four blanks. One line stays one line.
std::string printable(std::string_view text);

}  // namespace formwork

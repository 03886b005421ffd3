#include "dsl/diagnostics/printable.h"

#include "dsl/base/utf8.h"

namespace formwork {
namespace {

constexpr std::string_view kReplacement = "\uFFFD";
constexpr std::string_view kTab = "    ";

// Controls, line separators and the marks that turn the direction of writing around: they would let
// a text show itself as another one.
bool is_hidden(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

void append_valid(std::string& out, std::string_view text) {
  for (std::size_t position = 0; position < text.size();) {
    const std::size_t start = position;
    const char32_t c = next_code_point(text, position);
    if (c == '\t') {
      out += kTab;
    } else {
      out += is_hidden(c) ? kReplacement : text.substr(start, position - start);
    }
  }
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  while (const auto invalid = find_invalid_utf8(text)) {
    append_valid(out, text.substr(0, *invalid));
    out += kReplacement;
    text.remove_prefix(*invalid + 1);
  }
  append_valid(out, text);
  return out;
}

}  // namespace formwork

#include "dsl/base/utf8.h"

#include <doctest/doctest.h>

namespace formwork {
namespace {

using std::string_literals::operator""s;

TEST_CASE("Only shortest forms of Unicode characters are valid UTF-8") {
  struct Row {
    std::string text;
    std::optional<std::size_t> invalid_at;
  };

  for (const Row& row : {
           Row{"", {}},
           Row{"plain", {}},
           Row{"\0x"s, {}},
           Row{"é报😀", {}},
           Row{"\x7F\xC2\x80\xDF\xBF", {}},
           Row{"\xE0\xA0\x80\xEF\xBF\xBF", {}},
           Row{"\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", {}},
           Row{"\xED\x9F\xBF\xEE\x80\x80", {}},
           Row{"a\x80", 1},             // a continuation byte alone
           Row{"ab\xC0\xAF", 2},        // overlong /
           Row{"\xC1\xBF", 0},          // overlong
           Row{"\xE0\x9F\xBF", 0},      // overlong, three bytes
           Row{"\xF0\x8F\xBF\xBF", 0},  // overlong, four bytes
           Row{"x\xED\xA0\x80", 1},     // high surrogate
           Row{"x\xED\xBF\xBF", 1},     // low surrogate
           Row{"\xF4\x90\x80\x80", 0},  // above U+10FFFF
           Row{"\xF5\x80\x80\x80", 0},
           Row{"\xFF", 0},
           Row{"\xFE\xFF", 0},    // UTF-16 byte order mark
           Row{"报\xE6\x8A", 3},  // cut off
           Row{"\xC3(", 0},
           Row{"\xF0\x9F\x98", 0},
       }) {
    CAPTURE(row.text);
    CHECK(find_invalid_utf8(row.text) == row.invalid_at);
    CHECK(is_valid_utf8(row.text) == !row.invalid_at.has_value());
  }
}

TEST_CASE("Every code point survives writing and reading, surrogates excepted") {
  for (char32_t code_point = 0; code_point <= 0x10FFFF; ++code_point) {
    std::string text;
    append_utf8(text, code_point);
    const bool is_surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
    if (is_valid_utf8(text) == is_surrogate) FAIL("validity of U+" << std::uint32_t{code_point});
    std::size_t position = 0;
    if (next_code_point(text, position) != code_point || position != text.size()) {
      FAIL("round trip of U+" << std::uint32_t{code_point});
    }
  }
}

TEST_CASE("Characters are counted and taken whole") {
  CHECK(count_characters("") == 0);
  CHECK(count_characters("报价单 x") == 5);
  CHECK(count_characters("😀e\u0301") == 3);
  CHECK(take_characters("报价单", 0) == "");
  CHECK(take_characters("报价单", 2) == "报价");
  CHECK(take_characters("报价单", 3) == "报价单");
  CHECK(take_characters("a😀b", 2) == "a😀");
  CHECK(take_characters("ab", 9) == "ab");
}

TEST_CASE("Wide characters take two columns and combining marks none") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("报价单") == 6);
  CHECK(display_width("ｶﾅ") == 2);
  CHECK(display_width("，。！") == 6);
  CHECK(display_width("한글") == 4);
  CHECK(display_width("é€") == 2);
  CHECK(display_width("e\u0301") == 1);
  CHECK(display_width("😀𠀀") == 4);
}

TEST_CASE("Trimming takes away what people paste around a value") {
  CHECK(trimmed("") == "");
  CHECK(trimmed(" \t\r\n\u3000\u00A0") == "");
  CHECK(trimmed("\u3000 a b \u00A0\n") == "a b");
  CHECK(trimmed("报价单") == "报价单");
  CHECK(trimmed("\u3000。") == "。");
}

TEST_CASE("Lower case leaves everything beyond ASCII alone") {
  CHECK(to_lower_ascii("AbZ[É报") == "abz[É报");
}

}  // namespace
}  // namespace formwork

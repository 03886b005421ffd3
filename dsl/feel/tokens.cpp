#include "dsl/feel/tokens.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "dsl/base/utf8.h"

namespace formwork::feel::tokens {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_ascii_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

char32_t code_point(std::string_view text) {
  std::size_t position = 0;
  return next_code_point(text, position);
}

bool is_blank_beyond_ascii(char32_t c) {
  return c == 0x85 || c == 0xA0 || c == 0x1680 || c == 0x180E || (c >= 0x2000 && c <= 0x200B) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

// Quotation marks, and the full-width forms of ASCII punctuation with the Chinese full stop and
// enumeration comma.
bool is_punctuation_beyond_ascii(char32_t c) {
  return (c >= 0x2010 && c <= 0x201F) || c == 0x3001 || c == 0x3002 ||
         (c >= 0xFF01 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20) ||
         (c >= 0xFF3B && c <= 0xFF3E) || (c >= 0xFF5B && c <= 0xFF5E);
}

std::size_t white_space_length(std::string_view text) {
  if (text.empty()) return 0;
  const char c = text.front();
  if (is_ascii(c)) return c == ' ' || (c >= '\t' && c <= '\r') ? 1 : 0;
  return is_blank_beyond_ascii(code_point(text)) ? character_length(text) : 0;
}

std::size_t comment_length(std::string_view text) {
  if (text.starts_with("//")) return std::min(text.find_first_of("\r\n"), text.size());
  if (!text.starts_with("/*")) return 0;
  const std::size_t end = text.find("*/", 2);
  return end == text.npos ? text.size() : end + 2;
}

std::size_t digits_length(std::string_view text) {
  return std::min(text.find_first_not_of("0123456789"), text.size());
}

std::size_t exponent_length(std::string_view text) {
  if (text.empty() || (text.front() != 'e' && text.front() != 'E')) return 0;
  const std::size_t sign = text.size() > 1 && (text[1] == '+' || text[1] == '-') ? 1 : 0;
  const std::size_t digits = digits_length(text.substr(1 + sign));
  return digits == 0 ? 0 : 1 + sign + digits;
}

char32_t hexadecimal(std::string_view digits) {
  char32_t value = 0;
  for (const char c : digits) {
    const int digit = is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
    value = value * 16 + static_cast<char32_t>(digit);
  }
  return value;
}

// Reads `\u0041`, a pair of surrogates or `\U01F40E`, which check_literals() has found sound.
std::size_t decode_code_point(std::string_view text, std::string& out) {
  if (text[1] == 'U') {
    append_utf8(out, hexadecimal(text.substr(2, 6)));
    return 8;
  }
  const char32_t first = hexadecimal(text.substr(2, 4));
  if (first < 0xD800 || first > 0xDFFF) {
    append_utf8(out, first);
    return 6;
  }
  const char32_t second = hexadecimal(text.substr(8, 4));
  append_utf8(out, 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00));
  return 12;
}

std::size_t decode_escape(std::string_view text, std::string& out) {
  switch (text[1]) {
    case 'n':
      out += '\n';
      return 2;
    case 't':
      out += '\t';
      return 2;
    case 'r':
      out += '\r';
      return 2;
    case '"':
    case '\'':
    case '\\':
      out += text[1];
      return 2;
    case 'u':
    case 'U':
      return decode_code_point(text, out);
    default:
      out += '\\';
      return 1;
  }
}

}  // namespace

std::size_t blank_length(std::string_view text) {
  std::size_t length = 0;
  while (true) {
    const std::string_view rest = text.substr(length);
    std::size_t step = white_space_length(rest);
    if (step == 0) step = comment_length(rest);
    if (step == 0) return length;
    length += step;
  }
}

std::size_t character_length(std::string_view text) {
  if (text.empty()) return 0;
  std::size_t length = 0;
  next_code_point(text, length);
  return length;
}

std::size_t word_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size()) {
    if (is_ascii(text[length])) {
      if (!is_ascii_word(text[length])) break;
      ++length;
      continue;
    }
    std::size_t next = length;
    const char32_t c = next_code_point(text, next);
    if (is_blank_beyond_ascii(c) || is_punctuation_beyond_ascii(c)) break;
    length = next;
  }
  return length;
}

std::size_t name_start_length(std::string_view text) {
  return text.empty() || is_digit(text.front()) ? 0 : word_length(text);
}

std::size_t name_part_length(std::string_view text) {
  if (const std::size_t word = word_length(text); word != 0) return word;
  if (text.empty() || comment_length(text) != 0) return 0;
  static constexpr std::string_view kSpecial = "./-'+*";
  if (is_ascii(text.front())) return kSpecial.find(text.front()) == kSpecial.npos ? 0 : 1;
  const char32_t c = code_point(text);
  const bool may_stand_in_names = c == 0x2019 || c == 0xFF08 || c == 0xFF09;  // ’ （ ）
  return may_stand_in_names ? character_length(text) : 0;
}

std::size_t declared_name_length(std::string_view text, std::string_view stop) {
  std::size_t end = name_start_length(text);
  if (end == 0) return 0;
  while (true) {
    const std::size_t next = end + blank_length(text.substr(end));
    const std::size_t part = name_part_length(text.substr(next));
    if (part == 0 || (!stop.empty() && text.substr(next, part) == stop)) return end;
    end = next + part;
  }
}

std::size_t number_length(std::string_view text) {
  std::size_t length = digits_length(text);
  if (length < text.size() && text[length] == '.') {
    const std::size_t fraction = digits_length(text.substr(length + 1));
    if (fraction != 0) length += 1 + fraction;
  }
  return length == 0 ? 0 : length + exponent_length(text.substr(length));
}

std::size_t string_length(std::string_view text) {
  if (text.empty() || text.front() != '"') return 0;
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (text[at] == '"') return at + 1;
    if (text[at] == '\\') ++at;
  }
  return 0;
}

std::string decode(std::string_view literal) {
  const std::string_view content = literal.substr(1, literal.size() - 2);
  std::string out;
  out.reserve(content.size());
  for (std::size_t at = 0; at < content.size();) {
    if (content[at] == '\\') {
      at += decode_escape(content.substr(at), out);
    } else {
      out += content[at++];
    }
  }
  return out;
}

std::string quote(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n' || c == '\t' || c == '\r') {
      out += '\\';
      out += c == '\n' ? 'n' : (c == '\t' ? 't' : 'r');
    } else if (static_cast<unsigned char>(c) < 0x20) {
      const auto byte = static_cast<unsigned char>(c);
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  return out + '"';
}

bool is_keyword(std::string_view word) {
  static constexpr std::array<std::string_view, 16> kKeywords = {
      "if", "then",    "else", "for", "return", "some",  "every", "satisfies",
      "in", "between", "and",  "or",  "true",   "false", "null",  "function"};
  return std::ranges::find(kKeywords, word) != kKeywords.end();
}

}  // namespace formwork::feel::tokens

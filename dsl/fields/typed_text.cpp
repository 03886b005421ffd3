#include "dsl/fields/typed_text.h"

#include <algorithm>
#include <charconv>

#include "dsl/base/utf8.h"
#include "dsl/fields/field_messages.h"

namespace formwork::fields {
namespace {

char32_t narrow(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFEE0;  // the full-width forms of ! to ~
  switch (c) {
    case 0x3000:  // ideographic space
    case 0x00A0:  // no-break space
    case 0x2009:  // thin space
    case 0x202F:
      return U' ';  // narrow no-break space
    case 0x2212:    // minus sign
    case 0x2010:    // hyphen
    case 0x2011:
      return U'-';  // non-breaking hyphen
    case 0xFFE5:
      return U'¥';
    default:
      return c;
  }
}

std::string code_point_name(char32_t c) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string name = "U+";
  for (int shift = 12; shift >= 0; shift -= 4) name += kHex[(c >> shift) & 0xF];
  return name;
}

const MessageText* kind_word(json::Value::Kind kind) {
  switch (kind) {
    case json::Value::Kind::Null:
      return word(Word::JsonNull);
    case json::Value::Kind::False:
    case json::Value::Kind::True:
      return word(Word::JsonBoolean);
    case json::Value::Kind::Number:
      return word(Word::JsonNumber);
    case json::Value::Kind::String:
      return word(Word::JsonString);
    case json::Value::Kind::Array:
      return word(Word::JsonArray);
    case json::Value::Kind::Object:
      return word(Word::JsonObject);
  }
  return word(Word::JsonNull);
}

}  // namespace

std::string narrowed(std::string_view input) {
  std::string text;
  text.reserve(input.size());
  for (std::size_t at = 0; at < input.size();)
    append_utf8(text, narrow(next_code_point(input, at)));
  return std::string(trimmed(text));
}

bool is_blank(std::string_view text) { return trimmed(text).empty(); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

Read<std::string> plain_text(std::string_view input, bool may_have_lines) {
  input = trimmed(input);
  std::string text;
  text.reserve(input.size());
  std::size_t position = 0;
  for (std::size_t at = 0; at < input.size();) {
    const char32_t c = next_code_point(input, at);
    ++position;
    const bool ends_line = c == U'\n' || c == U'\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
    if (ends_line && !may_have_lines) return Unexpected{say(Say::LineBreak)};
    const bool is_control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    const bool is_layout = may_have_lines && (ends_line || c == U'\t');
    if (is_control && !is_layout) {
      return Unexpected{say(Say::ControlCharacter, {{"character", code_point_name(c)},
                                                    {"position", std::to_string(position)}})};
    }
    // Browsers send CR LF for the line ends of a text area; one kind is kept.
    if (c == U'\r') {
      if (at == input.size() || input[at] != '\n') text += '\n';
      continue;
    }
    append_utf8(text, c);
  }
  return text;
}

Read<std::string_view> json_text(const json::Value& input) {
  if (!input.is_string()) return Unexpected{wrong_json(input, word(Word::JsonString))};
  return std::string_view(input.text);
}

Message wrong_json(const json::Value& input, const MessageText* expected) {
  return say(Say::WrongJson, {{"expected", expected}, {"actual", kind_word(input.kind)}});
}

std::vector<std::string_view> split_commas(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::string_view part = trimmed(text.substr(0, comma));
    if (!part.empty()) parts.push_back(part);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

std::optional<std::int64_t> parse_id(std::string_view text) {
  std::int64_t id = 0;
  if (!is_digits(text) || text.front() == '0') return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return id;
}

std::optional<std::int64_t> json_id(const json::Value& input) {
  if (input.kind != json::Value::Kind::Number && !input.is_string()) return std::nullopt;
  return parse_id(input.text);
}

}  // namespace formwork::fields

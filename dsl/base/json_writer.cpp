#include "dsl/base/json.h"

namespace formwork::json {
namespace {

// The letter of a short escape (`\n`), or 0.
char short_escape(char c) {
  switch (c) {
    case '"':
    case '\\':
      return c;
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return 0;
  }
}

void append_escape(std::string& out, char c) {
  out += '\\';
  if (const char letter = short_escape(c); letter != 0) {
    out += letter;
    return;
  }
  static constexpr std::string_view kHex = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  out += "u00";
  out += kHex[byte >> 4U];
  out += kHex[byte & 0xFU];
}

bool needs_escape(char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; }

}  // namespace

void Writer::separate() {
  if (needs_comma_) out_ += ',';
  needs_comma_ = true;
}

Writer& Writer::begin_object() {
  separate();
  out_ += '{';
  needs_comma_ = false;
  return *this;
}

Writer& Writer::end_object() {
  out_ += '}';
  needs_comma_ = true;
  return *this;
}

Writer& Writer::begin_array() {
  separate();
  out_ += '[';
  needs_comma_ = false;
  return *this;
}

Writer& Writer::end_array() {
  out_ += ']';
  needs_comma_ = true;
  return *this;
}

Writer& Writer::key(std::string_view name) {
  separate();
  append_string(out_, name);
  out_ += ':';
  needs_comma_ = false;
  return *this;
}

Writer& Writer::string(std::string_view text) {
  separate();
  append_string(out_, text);
  return *this;
}

Writer& Writer::number(std::int64_t value) { return raw(std::to_string(value)); }

Writer& Writer::boolean(bool value) { return raw(value ? "true" : "false"); }

Writer& Writer::null() { return raw("null"); }

Writer& Writer::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

void append_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!needs_escape(text[i])) continue;
    out += text.substr(plain, i - plain);
    append_escape(out, text[i]);
    plain = i + 1;
  }
  out += text.substr(plain);
  out += '"';
}

void write(Writer& writer, const Value& value) {
  switch (value.kind) {
    case Value::Kind::Null:
      writer.null();
      return;
    case Value::Kind::False:
    case Value::Kind::True:
      writer.boolean(value.kind == Value::Kind::True);
      return;
    case Value::Kind::Number:
      writer.raw(value.text);
      return;
    case Value::Kind::String:
      writer.string(value.text);
      return;
    case Value::Kind::Array:
      writer.begin_array();
      for (const Value& element : value.elements) write(writer, element);
      writer.end_array();
      return;
    case Value::Kind::Object:
      writer.begin_object();
      for (const Value::Member& member : value.members) {
        writer.key(member.first);
        write(writer, member.second);
      }
      writer.end_object();
      return;
  }
}

std::string pointer_token(std::string_view name) {
  std::string token;
  for (const char c : name) {
    if (c == '~') {
      token += "~0";
    } else if (c == '/') {
      token += "~1";
    } else {
      token += c;
    }
  }
  return token;
}

}  // namespace formwork::json

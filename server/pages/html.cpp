#include "server/pages/html.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "dsl/base/utf8.h"
#include "server/assets/assets.h"

namespace formwork::pages {
namespace {

constexpr std::string_view entity_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    default:
      return "&#39;";
  }
}

constexpr std::array<bool, 256> table_of(std::string_view characters) {
  std::array<bool, 256> table{};
  for (const char c : characters) table[static_cast<unsigned char>(c)] = true;
  return table;
}

constexpr std::array<bool, 256> kInText = table_of("&<>");
constexpr std::array<bool, 256> kInAttribute = table_of("&<>\"'");

void append_escaped(std::string& out, std::string_view text, const std::array<bool, 256>& special) {
  std::size_t copied = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!special[static_cast<unsigned char>(text[i])]) continue;
    out.append(text, copied, i - copied);
    out += entity_of(text[i]);
    copied = i + 1;
  }
  out.append(text, copied, text.size() - copied);
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.' || c == '~';
}

}  // namespace

Html& Html::text(std::string_view text) {
  append_escaped(out_, text, kInText);
  return *this;
}

Html& Html::value(std::string_view value) {
  append_escaped(out_, value, kInAttribute);
  return *this;
}

Html& Html::attribute(Markup name, std::string_view value) {
  out_ += ' ';
  out_ += name.text();
  out_ += "=\"";
  append_escaped(out_, value, kInAttribute);
  out_ += '"';
  return *this;
}

Html& Html::segment(std::string_view segment) {
  out_ += encode_query(segment);
  return *this;
}

Html& Html::link(std::string_view url, std::string_view shown) {
  if (!is_safe_url(url)) return text(shown);
  out_ += "<a";
  attribute("href", url);
  out_ += url.starts_with('/') ? ">" : " rel=\"noopener noreferrer\">";
  text(shown);
  out_ += "</a>";
  return *this;
}

Html& Html::number(std::int64_t number) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out_.append(digits.data(), end);
  return *this;
}

Html& Html::icon(std::string_view name) {
  out_ += assets::icon(name);
  return *this;
}

bool is_safe_url(std::string_view url) {
  const auto is_odd = [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == '\\'; };
  if (url.empty() || std::any_of(url.begin(), url.end(), is_odd)) return false;
  if (url[0] == '/') return !url.starts_with("//");
  const std::size_t colon = url.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string scheme = to_lower_ascii(url.substr(0, colon));
  return scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel";
}

std::string encode_query(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (is_unreserved(c)) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += kHex[byte >> 4];
    encoded += kHex[byte & 15];
  }
  return encoded;
}

}  // namespace formwork::pages

// Reads mail as a mail program does: headers unfolded, encoded words and bodies decoded. Written
// apart from what composes it, so that both must agree with the RFCs.
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

namespace formwork::testing {

struct Mail {
  std::map<std::string, std::string> headers;
  std::string text;  // with \n
};

inline std::string from_base64(std::string_view text) {
  std::string bytes;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == '\r' || c == '\n' || c == '=') continue;
    constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos) throw std::invalid_argument("no base64");
    bits = (bits << 6U | static_cast<unsigned>(digit)) & 0xffffffU;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> static_cast<unsigned>(count) & 0xffU);
  }
  return bytes;
}

inline std::string from_quoted_printable(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '=') {
      bytes += text[i];
    } else if (text.substr(i + 1, 2) == "\r\n") {
      i += 2;
    } else {
      bytes += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    }
  }
  return bytes;
}

// Blanks between two encoded words are not part of the text (RFC 2047, section 6.2).
inline std::string from_encoded_words(std::string_view text) {
  constexpr std::string_view kBegin = "=?UTF-8?B?";
  std::string decoded;
  bool after_word = false;
  while (!text.empty()) {
    const std::size_t begin = text.find(kBegin);
    const std::string_view between = text.substr(0, begin);
    const bool is_blank = between.find_first_not_of(' ') == std::string_view::npos;
    if (begin == std::string_view::npos || !after_word || !is_blank) decoded += between;
    if (begin == std::string_view::npos) break;
    text.remove_prefix(begin + kBegin.size());
    const std::size_t end = text.find("?=");
    if (end + kBegin.size() + 2 > 75) throw std::invalid_argument("an encoded word is too long");
    decoded += from_base64(text.substr(0, end));
    text.remove_prefix(end + 2);
    after_word = true;
  }
  return decoded;
}

inline Mail read_mail(std::string_view mail) {
  Mail read;
  std::string last;
  while (!mail.starts_with("\r\n")) {
    const std::size_t end = mail.find("\r\n");
    if (end == std::string_view::npos) throw std::invalid_argument("headers have no end");
    const std::string_view line = mail.substr(0, end);
    if (line.starts_with(' ')) {
      read.headers[last] += line;
    } else {
      last = line.substr(0, line.find(": "));
      if (read.headers.count(last) != 0) throw std::invalid_argument("a header comes twice");
      read.headers[last] = line.substr(last.size() + 2);
    }
    mail.remove_prefix(end + 2);
  }
  mail.remove_prefix(2);
  for (auto& [name, value] : read.headers) value = from_encoded_words(value);
  const bool is_base64 = read.headers.at("Content-Transfer-Encoding") == "base64";
  const std::string text = is_base64 ? from_base64(mail) : from_quoted_printable(mail);
  for (const char c : text) {
    if (c != '\r') read.text += c;
  }
  return read;
}

// As one line: what is no character that can be seen becomes one blank, none at the ends.
inline std::string single_spaced(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte != 0x7f) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

}  // namespace formwork::testing

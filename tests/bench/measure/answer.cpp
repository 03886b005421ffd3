#include "tests/bench/measure/answer.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <string>

namespace formwork::bench {
namespace {

char lower(char byte) {
  return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + ('a' - 'A')) : byte;
}

bool same_name(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, {}, lower, lower);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// Calls `visit(name, value)` for each field of the head; `head` ends with the line end of its last
// field.
template <class Visit>
void each_field(std::string_view head, Visit visit) {
  std::size_t at = head.find("\r\n");
  while (at != std::string_view::npos && at + 2 < head.size()) {
    const std::size_t begin = at + 2;
    at = head.find("\r\n", begin);
    const std::string_view line = head.substr(begin, at - begin);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    visit(line.substr(0, colon), trimmed(line.substr(colon + 1)));
  }
}

template <class Number>
Number number_in(std::string_view text, std::string_view what) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) {
    throw std::runtime_error("expected a number as " + std::string(what) + ", but got \"" +
                             std::string(text) + '"');
  }
  return number;
}

}  // namespace

std::optional<Answer> read_answer(std::string_view bytes) {
  const std::size_t end = bytes.find("\r\n\r\n");
  if (end == std::string_view::npos) return std::nullopt;
  if (!bytes.starts_with("HTTP/1.1 ")) throw std::runtime_error("expected an HTTP/1.1 answer");
  Answer answer;
  answer.status = number_in<int>(bytes.substr(9, 3), "status");
  answer.head_bytes = end + 4;
  bool sized = answer.status == 204 || answer.status == 304;
  each_field(bytes.substr(0, end + 2), [&](std::string_view name, std::string_view value) {
    if (same_name(name, "content-length")) {
      answer.body_bytes = number_in<std::size_t>(value, "Content-Length");
      sized = true;
    } else if (same_name(name, "location")) {
      answer.location = value;
    } else if (same_name(name, "retry-after")) {
      answer.retry_after = true;
    } else if (same_name(name, "connection")) {
      answer.closes = same_name(value, "close");
    }
  });
  if (!sized) throw std::runtime_error("expected a Content-Length in the answer");
  return answer;
}

std::string_view find_header(std::string_view head, std::string_view name) {
  std::string_view found;
  each_field(head, [&](std::string_view field, std::string_view value) {
    if (same_name(field, name)) found = value;
  });
  return found;
}

}  // namespace formwork::bench

#include "server/http/head_scanner.h"

#include <algorithm>

#include "server/http/characters.h"

namespace formwork::http {
namespace {

// The longest method and version with their blanks; what is above it belongs to the target.
constexpr std::size_t kRequestLineRest = 64;

bool is_field_char(char c) { return c == '\t' || !is_control(c); }

}  // namespace

HeadScanner::State HeadScanner::refuse(int status, std::string_view detail) {
  refusal_ = {status, detail};
  return State::Refused;
}

HeadScanner::State HeadScanner::scan(std::string_view received) {
  while (true) {
    const std::size_t end = received.find('\n', searched_);
    if (end == std::string_view::npos) return check_unfinished(received);
    if (end + 1 > limits_.header_bytes) return refuse(431, "the header section is too large");
    if (end == line_begin_ || received[end - 1] != '\r') {
      return refuse(400, "a line must end with CR LF");
    }
    const std::string_view line = received.substr(line_begin_, end - 1 - line_begin_);
    line_begin_ = searched_ = end + 1;
    if (line.empty() && lines_ > 0) return State::Complete;
    const State state = check_line(line);
    if (state != State::NeedsMore) return state;
    ++lines_;
  }
}

// A line that has not ended yet may already be too long, or no HTTP at all (such as a TLS
// greeting).
HeadScanner::State HeadScanner::check_unfinished(std::string_view received) {
  searched_ = received.size();
  if (lines_ == 0 && !received.empty() && !is_token_char(received.front())) {
    return refuse(400, "the request line is malformed");
  }
  if (lines_ == 0 && received.size() > limits_.target_bytes + kRequestLineRest) {
    return refuse(414, "the request target is too long");
  }
  if (received.size() >= limits_.header_bytes)
    return refuse(431, "the header section is too large");
  return State::NeedsMore;
}

HeadScanner::State HeadScanner::check_line(std::string_view line) {
  return lines_ == 0 ? check_request_line(line) : check_field(line);
}

HeadScanner::State HeadScanner::check_request_line(std::string_view line) {
  std::string_view rest = line;
  const std::string_view method = take_until(rest, ' ');
  const std::string_view target = take_until(rest, ' ');
  if (target.size() > limits_.target_bytes) return refuse(414, "the request target is too long");
  if (!is_token(method) || target.empty() || std::any_of(line.begin(), line.end(), is_control)) {
    return refuse(400, "the request line is malformed");
  }
  if (rest != "HTTP/1.1" && rest != "HTTP/1.0") {
    return refuse(400, "the request line must end with HTTP/1.1 or HTTP/1.0");
  }
  return State::NeedsMore;
}

HeadScanner::State HeadScanner::check_field(std::string_view line) {
  if (lines_ > limits_.header_count) return refuse(431, "there are too many header fields");
  std::string_view value = line;
  const std::string_view name = take_until(value, ':');
  if (name.size() == line.size() || !is_token(name)) {
    return refuse(400, "a header field must be a name, a colon and a value on one line");
  }
  if (!std::all_of(value.begin(), value.end(), is_field_char)) {
    return refuse(400, "a header field holds a control character");
  }
  return State::NeedsMore;
}

}  // namespace formwork::http

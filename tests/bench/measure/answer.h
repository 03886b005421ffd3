// The head of an HTTP answer, as far as a load generator must read it.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace formwork::bench {

struct Answer {
  int status = 0;
  std::size_t head_bytes = 0;
  std::size_t body_bytes = 0;
  bool retry_after = false;
  bool closes = false;
  std::string_view location;  // into the bytes that were read
};

// Nothing as long as the head is incomplete. Throws std::runtime_error on what is no HTTP/1.1
// answer or has no Content-Length where a body may follow: our servers always send one.
std::optional<Answer> read_answer(std::string_view bytes);

// The value of a header field, without regard to case; empty if the head has none.
std::string_view find_header(std::string_view head, std::string_view name);

}  // namespace formwork::bench

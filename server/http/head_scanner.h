// Finds the end of a request's header section while it arrives, and refuses what two servers could
// read in two ways before any parser guesses: bare CR or LF, folded lines, blanks before a colon,
// control characters, names that are no tokens; also what is too long or too much.
#pragma once

#include <cstddef>
#include <string_view>

#include "server/http/limits.h"
#include "server/http/refusal.h"

namespace formwork::http {

class HeadScanner {
 public:
  enum class State : unsigned char { NeedsMore, Complete, Refused };

  explicit HeadScanner(const Limits& limits) : limits_(limits) {}

  // `received` is everything since the first byte of the request; each call looks at what is new.
  State scan(std::string_view received);

  // Bytes of the header section with its empty line, once Complete.
  std::size_t head_bytes() const { return line_begin_; }

  const Refusal& refusal() const { return refusal_; }

 private:
  State refuse(int status, std::string_view detail);
  State check_unfinished(std::string_view received);
  State check_request_line(std::string_view line);
  State check_field(std::string_view line);
  State check_line(std::string_view line);

  const Limits& limits_;
  std::size_t line_begin_ = 0;  // of the first line that has not been checked
  std::size_t searched_ = 0;    // no line end before this
  std::size_t lines_ = 0;
  Refusal refusal_;
};

}  // namespace formwork::http

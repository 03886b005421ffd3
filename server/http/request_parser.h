// The rest of reading a request: fields, framing, and the body in pieces. Beast parses; this adds
// the checks that Beast 1.81 leaves to its caller. Beast stays in the .cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "server/http/refusal.h"
#include "server/http/request.h"

namespace formwork::http {

class RequestParser {
 public:
  // Fills `request`, which must outlive the parser's calls.
  explicit RequestParser(Request& request);
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  // Takes a whole header section that HeadScanner found complete.
  std::optional<Refusal> parse_head(std::string_view head);

  struct Step {
    std::size_t consumed;
    bool failed;  // the transfer coding is broken; nothing behind it can be trusted
  };

  // Takes what has arrived of the body and appends it to Request::body. It may want to see more
  // first, and then consumes nothing.
  Step parse_body(std::string_view received);

  bool is_done() const;

  // Declared by Content-Length; nothing with a chunked body.
  std::optional<std::uint64_t> content_length() const;

  // By version and Connection field.
  bool keeps_alive() const;

  // The client waits for 100 Continue before it sends its body.
  bool expects_continue() const;

  // From now on the body is counted but not kept.
  void discard_body();

  std::uint64_t body_bytes() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace formwork::http

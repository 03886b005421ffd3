// A request as a handler sees it: framed, checked and decoded, with nothing of the wire left.
#pragma once

#include <string>
#include <string_view>

#include "server/http/headers.h"
#include "server/http/method.h"

namespace formwork::http {

struct Request {
  Method method = Method::Get;
  std::string target;  // as it came
  std::string path;    // decoded once: begins with `/`, valid UTF-8, no control characters
  std::string query;   // as it came, without the `?`; see parse_query()
  HeaderList headers;
  std::string body;            // complete, transfer coding undone
  std::string remote_address;  // of the connection's peer, without port
  std::string request_id;  // 32 hexadecimal digits, made here; what a peer sends counts for nothing
  bool http_1_0 = false;

  // The first field of that name, whatever its case; empty when there is none.
  std::string_view header(std::string_view name) const { return headers.find(name); }

  // The first cookie of that name, as it came; empty when there is none.
  std::string_view cookie(std::string_view name) const;

  // The media type of the body in its own spelling, without parameters and blanks.
  std::string_view content_type() const;
};

}  // namespace formwork::http

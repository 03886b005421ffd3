// Turns a Response into the bytes of its header section.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/http/response.h"

namespace formwork::http {

class ResponseWriter {
 public:
  // `defaults` are fields of every answer that has none of the same name.
  explicit ResponseWriter(std::vector<Header> defaults);

  struct Framing {
    bool http_1_0 = false;
    bool keep_alive = true;
    std::string_view date;        // an HTTP date
    std::string_view request_id;  // empty: none is said
  };

  // Throws std::invalid_argument when the status is not from 200 to 599, when a field is malformed
  // (a line end in a value would let data write headers) or is one that only this layer may set.
  std::string head_of(const Response& response, const Framing& framing) const;

 private:
  void append_defaults(std::string& out, const Response& response) const;

  std::vector<Header> defaults_;
  std::string default_block_;  // all defaults as they stand in an answer that replaces none
};

// 1xx, 204 and 304 have no body and say no length.
bool may_have_body(int status);

}  // namespace formwork::http

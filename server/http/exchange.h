// One request on its way through a connection, and its answer.
#pragma once

#include <string>
#include <string_view>

#include "server/http/admission.h"
#include "server/http/connection.h"
#include "server/http/request_parser.h"

namespace formwork::http {

inline constexpr std::string_view kTooManyRequests = "too many requests are waiting";

struct Connection::Exchange {
  explicit Exchange(Service& service)
      : parser(request),
        body_share(service.admission.body_bytes),
        flight_share(service.admission.requests) {}

  Request request;  // given away to the handler; what is needed afterwards is below
  RequestParser parser;
  Share body_share;
  Share flight_share;
  Clock::time_point begun = Clock::now();
  Refusal refusal;
  Response response;
  std::string request_id;
  std::string path;
  std::string accept_encoding;
  Method method = Method::Unknown;
  bool http_1_0 = false;
  bool head_read = false;
  bool handed_over = false;
  bool framed = false;           // where the request ends is known for sure
  bool awaits_continue = false;  // the client may hold back its body for ever
};

}  // namespace formwork::http

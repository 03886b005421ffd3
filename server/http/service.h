// What all connections of one server share.
#pragma once

#include <atomic>
#include <utility>

#include "server/http/admission.h"
#include "server/http/options.h"
#include "server/http/response_writer.h"

namespace formwork::http {

struct Service {
  Service(Options given, Handler handle)
      : options(with_defaults(std::move(given))),
        handler(std::move(handle)),
        admission(options.limits),
        writer(options.default_headers) {}

  const Options options;
  const Handler handler;
  Admission admission;
  const ResponseWriter writer;
  std::atomic<bool> stopping{false};
};

// An error answer of this layer: the application's page with what the protocol wants to be said.
Response error_response(const Service& service, const Refusal& refusal, const Request& request);

}  // namespace formwork::http

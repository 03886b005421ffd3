// What an application gives to the HTTP layer. Everything has a default that works.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/base/time.h"
#include "server/http/limits.h"
#include "server/http/refusal.h"
#include "server/http/reply.h"
#include "server/http/request.h"
#include "server/http/response.h"

namespace formwork::http {

class AccessLog;

// Takes a request and answers it through the Reply, at once or later from any thread. Runs on an
// I/O thread: what waits must hand the Reply on. A throw is answered with 500.
using Handler = std::function<void(Request, Reply)>;

// Writes the body of an error that this layer answers. Of a request that could not be read there is
// only its request_id and remote_address; of one that a handler has had, method and path as well.
// The status is set afterwards, and so are the fields that the protocol wants (Allow, Retry-After).
using ErrorPage = std::function<Response(const Refusal& refusal, const Request& request)>;

struct Options {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: the system chooses, see Server::port()
  unsigned threads = 1;
  Limits limits;

  // Fields of every answer, error answers included, unless the answer has a field of the same name.
  std::vector<Header> default_headers;

  // The largest body that a route takes, in bytes; empty: Limits::body_bytes for all.
  std::function<std::size_t(Method method, std::string_view path)> body_limit;

  ErrorPage error_page;              // empty: a minimal application/problem+json
  std::function<Response()> health;  // answers /healthz ahead of every queue; empty: the handler's

  std::function<std::string()> new_request_id;  // empty: 128 random bits in hexadecimal
  std::function<Instant()> now;                 // empty: the system's clock

  std::shared_ptr<AccessLog> access_log;  // null: none
  // Told of what went wrong on our side, for the log; may be called from any thread.
  std::function<void(std::string_view request_id, std::string_view what)> on_incident;

  bool compress = true;  // false: Response::compress is ignored
};

// The built-in ErrorPage.
Response problem_page(const Refusal& refusal, const Request& request);

// The same options with a working function wherever none was given.
Options with_defaults(Options options);

}  // namespace formwork::http

// The HTTP server: listens, bounds, serves, stops.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "dsl/base/expected.h"
#include "server/http/options.h"

namespace formwork::http {

class Server {
 public:
  Server(Options options, Handler handler);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Stops, if that has not been done.
  ~Server();  // NOLINT(bugprone-exception-escape): see there

  // Listens and starts the threads; to be called once. The error says in one sentence why the
  // address cannot be had.
  Expected<void, std::string> start();

  // The port listened on, also when the system chose it; 0 before start().
  std::uint16_t port() const;

  std::size_t connections() const;

  // Stops listening, closes idle connections, lets requests in flight finish for up to
  // Limits::stop, and then closes what is left. A handler that blocks an I/O thread is waited for.
  // Not to be called from a handler.
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace formwork::http

// The application behind the HTTP layer: one function that answers every request.
#pragma once

#include <memory>
#include <string>

#include "engine/pipeline/engine.h"
#include "server/http/options.h"
#include "server/session/session.h"

namespace formwork::routes {

struct Settings {
  session::Origin origin;
  std::string version;  // of the program, for /healthz
};

class Application {
 public:
  Application(engine::Engine& engine, Settings settings);
  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;
  ~Application();

  // Answers a request, at once or after the store's commit. Thread-safe.
  void handle(http::Request request, http::Reply reply);

  // Fills in what the HTTP layer asks of its application: headers, error pages, health, limits.
  void configure(http::Options& options);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace formwork::routes

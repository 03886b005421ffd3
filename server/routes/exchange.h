// One request on its way through the routes: what came, who sent it, and the way back.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pipeline/bulk.h"
#include "engine/pipeline/engine.h"
#include "server/http/query.h"
#include "server/http/reply.h"
#include "server/http/request.h"
#include "server/pages/pages.h"
#include "server/routes/filter_cache.h"
#include "server/session/address_throttle.h"
#include "server/session/session.h"
#include "server/session/work_queue.h"

namespace formwork::routes {

// What every route may use; lives as long as the application.
struct Services {
  engine::Engine& engine;
  const pages::Pages& pages;
  session::WorkQueue& passwords;
  session::WorkQueue& slow_pages;  // uploads, and forms that come back refused
  const session::Origin& origin;
  FilterCache& filters;
  session::AddressThrottle& forms;       // public ones that are sent
  session::AddressThrottle& live_forms;  // and that are filled
  engine::BulkJobs& bulk;
};

struct Exchange {
  Services& services;
  http::Request request;
  http::Reply reply;
  std::vector<http::Parameter> query;
  std::vector<std::string> captures;      // the path's variable segments
  std::optional<session::Caller> caller;  // set on routes that need one
  std::size_t locale = 0;

  engine::Engine& engine() const { return services.engine; }

  const engine::Actor& actor() const { return caller->actor; }

  Language language() const { return language_of(engine().model().app.locales[locale]); }

  // Puts the user into the access log and sends.
  void answer(http::Response response);

  // The value of a query parameter, or null.
  const std::string* parameter(std::string_view name) const;

  // For handlers that answer later: callbacks must be copyable, an Exchange is not.
  static std::shared_ptr<Exchange> share(Exchange&& exchange) {
    return std::make_shared<Exchange>(std::move(exchange));
  }
};

}  // namespace formwork::routes

// Which function answers which request. Paths are matched segment by segment; `*` takes any one
// segment and hands it on as a capture.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "server/routes/exchange.h"

namespace formwork::routes {

// Who may call a route before any question of rights.
enum class Access : unsigned char {
  Anyone,
  SignedIn,  // without a session a page leads to sign-in, the API answers 401
};

struct Route {
  http::Method method;
  std::string_view pattern;  // "/api/v1/records/*"
  Access access;
  void (*handle)(Exchange exchange);
};

// All routes, in the order of matching; fixed segments come before `*`.
std::span<const Route> api_routes();
std::span<const Route> page_routes();

// Whether the path has the pattern's form; fills `captures`.
bool matches(std::string_view pattern, std::string_view path, std::vector<std::string>& captures);

}  // namespace formwork::routes

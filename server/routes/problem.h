// Refusals as RFC 9457 problems: one place that knows which status a refusal has.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "dsl/base/json.h"
#include "engine/command/refusal.h"
#include "server/http/request.h"
#include "server/http/response.h"
#include "server/routes/exchange.h"

namespace formwork::routes {

// Where in the body that was sent the named values stand: a prefix of the pointers to the record's
// fields, and of those to names that are no fields.
struct PointerBase {
  std::string_view fields = {};
  std::string_view names = {};
  // Where the value of a field came from, when it does not stand there by its name.
  std::function<std::string(std::size_t field)> source = {};
};

int status_of(engine::RefusalKind kind);

// application/problem+json with `type`, `title`, `status`, `detail`, `request_id` and, per wrong
// value, an element of `errors` with `pointer`, `field`, `code` and `detail`, and `saw` with what a
// criterion hung on. `entity` may be null when no field is named.
http::Response problem(const engine::Refusal& refusal, const model::Entity* entity,
                       const Exchange& exchange, const PointerBase& base = {});

// The same with another status than the refusal's own.
http::Response problem(const engine::Refusal& refusal, int status, const model::Entity* entity,
                       const Exchange& exchange, const PointerBase& base = {});

// The object of that problem alone, for answers that tell of several.
void write_problem(json::Writer& writer, const engine::Refusal& refusal,
                   const model::Entity* entity, const Exchange& exchange);

// A problem of the request itself, which no refusal of the engine describes.
http::Response problem(int status, const Message& message, const Exchange& exchange);

// The bare form, for the HTTP layer's own errors.
std::string problem_json(int status, std::string_view code, std::string_view title,
                         std::string_view detail, std::string_view request_id);

}  // namespace formwork::routes

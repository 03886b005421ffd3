// Refusals as pages.
#pragma once

#include "server/http/refusal.h"
#include "server/routes/exchange.h"

namespace formwork::routes {

http::Response error_page(int status, const Message& message, const Exchange& exchange);

// The refusal of a page's request; `entity` offers its list as the way on.
http::Response refusal_page(const engine::Refusal& refusal, const model::Entity* entity,
                            const Exchange& exchange);

// To the sign-in page, and back afterwards.
http::Response redirect_to_sign_in(const Exchange& exchange);

// What the HTTP layer refuses before any route: a problem for programs, a page for people.
http::Response transport_error(const http::Refusal& refusal, const http::Request& request,
                               const pages::Pages& pages, const engine::Engine& engine);

}  // namespace formwork::routes

// Handlers of /api/v1/session and of files.
#pragma once

#include "server/routes/exchange.h"

namespace formwork::routes {

void api_sign_in(Exchange exchange);
void api_session(Exchange exchange);
void api_sign_out(Exchange exchange);
void api_upload(Exchange exchange);
void api_download(Exchange exchange);

// Checks a password away from the I/O threads, then calls `then` with the exchange and the result;
// answers 503 itself when too many wait.
void sign_in(Exchange exchange, engine::SignIn attempt,
             void (*then)(Exchange exchange, Expected<engine::Signed, engine::Refusal> result));

}  // namespace formwork::routes

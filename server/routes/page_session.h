// Handlers of signing in and out, and of files behind pages.
#pragma once

#include "server/routes/exchange.h"

namespace formwork::routes {

void page_sign_in(Exchange exchange);
void post_sign_in(Exchange exchange);
void post_sign_out(Exchange exchange);

}  // namespace formwork::routes

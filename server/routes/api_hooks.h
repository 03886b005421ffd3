// /hooks/{name}: what other systems send.
#pragma once

#include "server/routes/exchange.h"

namespace formwork::routes {

void post_hook(Exchange exchange);

}  // namespace formwork::routes

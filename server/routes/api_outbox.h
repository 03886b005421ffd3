// Handlers of /api/v1/outbox and /api/v1/destinations: what leaves the system, for those who run
// it.
#pragma once

#include "server/routes/exchange.h"

namespace formwork::routes {

void api_outbox(Exchange exchange);
void api_message(Exchange exchange);
void api_resend(Exchange exchange);
void api_give_up(Exchange exchange);
void api_destinations(Exchange exchange);
void api_enable_destination(Exchange exchange);
void api_disable_destination(Exchange exchange);

}  // namespace formwork::routes

// Handlers of /api/v1/delegations: who decides for whom, and for how long.
#pragma once

#include "server/routes/exchange.h"

namespace formwork::routes {

void api_delegations(Exchange exchange);
void api_delegate(Exchange exchange);
void api_end_delegation(Exchange exchange);

}  // namespace formwork::routes

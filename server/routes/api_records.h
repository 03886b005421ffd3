// Handlers of /api/v1/records.
#pragma once

#include "server/routes/exchange.h"

namespace formwork::routes {

void api_list(Exchange exchange);
void api_create(Exchange exchange);
void api_get(Exchange exchange);
void api_update(Exchange exchange);
void api_delete(Exchange exchange);
void api_restore(Exchange exchange);
void api_history(Exchange exchange);

}  // namespace formwork::routes

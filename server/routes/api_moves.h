// Handlers of what moves a record on: stages, checklists, owners, and why not.
#pragma once

#include "server/routes/exchange.h"

namespace formwork::routes {

void api_move(Exchange exchange);
void api_checklist(Exchange exchange);
void api_claim(Exchange exchange);
void api_assign(Exchange exchange);
void api_release(Exchange exchange);
void api_comment(Exchange exchange);
void api_why(Exchange exchange);
void api_pools(Exchange exchange);

}  // namespace formwork::routes

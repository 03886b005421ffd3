// Handlers of /api/v1/tasks and /api/v1/processes: the inbox, decisions, and approvers for what
// nobody was found for.
#pragma once

#include "server/routes/exchange.h"

namespace formwork::routes {

void api_tasks(Exchange exchange);
void api_task(Exchange exchange);
void api_decide(Exchange exchange);
void api_name_approver(Exchange exchange);

}  // namespace formwork::routes

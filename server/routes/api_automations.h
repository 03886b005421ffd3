// Handlers of /api/v1/automations and /api/v1/runs: what automations did, and what they would do.
// For those who run the app.
#pragma once

#include "server/routes/exchange.h"

namespace formwork::routes {

void api_automations(Exchange exchange);
void api_automation_runs(Exchange exchange);
void api_dry_run(Exchange exchange);
void api_runs(Exchange exchange);
void api_run(Exchange exchange);

}  // namespace formwork::routes

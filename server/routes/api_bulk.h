// Changes of many records at once, and the jobs that make them.
#pragma once

#include "server/routes/exchange.h"

namespace formwork::routes {

void api_bulk(Exchange exchange);        // POST /api/v1/records/{entity}/bulk
void api_job(Exchange exchange);         // GET /api/v1/jobs/{id}
void api_cancel_job(Exchange exchange);  // DELETE /api/v1/jobs/{id}

}  // namespace formwork::routes

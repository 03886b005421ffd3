// Handler of /api/v1/forecast: which timers fire in the next days.
#pragma once

#include "server/routes/exchange.h"

namespace formwork::routes {

void api_forecast(Exchange exchange);

}  // namespace formwork::routes

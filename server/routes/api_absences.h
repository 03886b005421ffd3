// Handlers of /api/v1/absences: when somebody is away and gets no work by assignment.
#pragma once

#include "server/routes/exchange.h"

namespace formwork::routes {

void api_absences(Exchange exchange);
void api_be_away(Exchange exchange);
void api_come_back(Exchange exchange);

}  // namespace formwork::routes

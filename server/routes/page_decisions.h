// Handlers of the forms on pages about tasks: decisions, and times of absence.
#pragma once

#include "server/routes/exchange.h"

namespace formwork::routes {

void post_task(Exchange exchange);
void post_delegation(Exchange exchange);
void post_end_delegation(Exchange exchange);

}  // namespace formwork::routes

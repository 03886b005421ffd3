// Handlers of the forms on a record's page: moves, checklist, owner, and approvers that nobody was
// found for.
#pragma once

#include "server/routes/exchange.h"

namespace formwork::routes {

void post_move(Exchange exchange);
void post_checklist(Exchange exchange);
void post_assign(Exchange exchange);
void post_claim(Exchange exchange);
void post_dispatch(Exchange exchange);
void post_release(Exchange exchange);
void post_comment(Exchange exchange);
void post_approver(Exchange exchange);

}  // namespace formwork::routes

// /f/{name} and /api/v1/forms/{name}: forms that anybody may fill in.
#pragma once

#include "server/routes/exchange.h"

namespace formwork::routes {

void page_public_form(Exchange exchange);
void page_public_thanks(Exchange exchange);
void post_public_form(Exchange exchange);
// What changes while it is filled: which of its fields are hidden and required.
void post_public_live(Exchange exchange);
void api_public_form(Exchange exchange);

}  // namespace formwork::routes

// The pages of those who run the app. Each shows what a route of the API tells, too.
#pragma once

#include "server/routes/exchange.h"

namespace formwork::routes {

void page_automations(Exchange exchange);
void page_automation(Exchange exchange);
void post_dry_run(Exchange exchange);
void page_runs(Exchange exchange);
void page_run(Exchange exchange);
void page_outbox(Exchange exchange);
void page_message(Exchange exchange);
void post_resend(Exchange exchange);
void post_give_up(Exchange exchange);
void post_enable_destination(Exchange exchange);
void post_disable_destination(Exchange exchange);
void page_forecast(Exchange exchange);

}  // namespace formwork::routes

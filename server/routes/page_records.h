// Handlers of the pages that show and change records.
#pragma once

#include "server/routes/exchange.h"

namespace formwork::routes {

void page_home(Exchange exchange);
void page_list(Exchange exchange);
void page_pool(Exchange exchange);
void page_detail(Exchange exchange);
void page_new(Exchange exchange);
void page_edit(Exchange exchange);
void page_remove(Exchange exchange);

// What their forms send.
void post_new(Exchange exchange);
void post_edit(Exchange exchange);
void post_remove(Exchange exchange);
void post_restore(Exchange exchange);

// The record's page, with what was refused at its top: the answer to a form of it that was not
// granted.
http::Response record_page(int status, const model::Entity& entity, engine::RecordId id,
                           const pages::RefusedForm& refused, const Exchange& exchange);

// Checks a form while it is being corrected: JSON for the page's script.
void post_check(Exchange exchange);
void post_live(Exchange exchange);

}  // namespace formwork::routes

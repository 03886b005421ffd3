// Handlers of the pages about tasks: the inbox and a single task with its decision panel.
#pragma once

#include "engine/pipeline/inbox.h"
#include "server/routes/exchange.h"

namespace formwork::routes {

void page_tasks(Exchange exchange);  // GET /tasks
void page_task(Exchange exchange);   // GET /tasks/*

// The task's page, and the inbox, with what was refused: the answer to a form of theirs that was
// not granted.
http::Response task_page(int status, engine::TaskId id, const pages::RefusedForm& refused,
                         const Exchange& exchange);
http::Response inbox_page(int status, const pages::RefusedForm& refused, const Exchange& exchange);

// What lists of tasks and approvals show of one.
pages::InboxItem inbox_item(engine::TaskLine line, const fields::Showing& showing);
pages::InboxItem inbox_item(engine::ProcessLine line, const fields::Showing& showing);

}  // namespace formwork::routes

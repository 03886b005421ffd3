// Handlers of the pages about what somebody is told and has to do, how they want to be told, and
// when they are away.
#pragma once

#include "server/routes/page_view.h"

namespace formwork::routes {

void page_notifications(Exchange exchange);      // GET /notifications
void post_read_notification(Exchange exchange);  // POST /notifications/*/read
void post_read_notifications(Exchange exchange);
void post_finish_todo(Exchange exchange);  // POST /todos/*/done
void page_preferences(Exchange exchange);  // GET /preferences
void post_preferences(Exchange exchange);
void post_absence(Exchange exchange);      // POST /absences
void post_end_absence(Exchange exchange);  // POST /absences/*/end

// Things to do as pages show them: the caller's, or those about a record.
std::vector<pages::ToDoItem> todo_items(PageView& view, const Exchange& exchange,
                                        store::ToDoQuery query);

}  // namespace formwork::routes

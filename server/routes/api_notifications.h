// Handlers about what people are told and have to do: /api/v1/notifications, /preferences, /todos.
#pragma once

#include "server/routes/exchange.h"

namespace formwork::routes {

void api_notifications(Exchange exchange);
void api_read_notification(Exchange exchange);
void api_read_notifications(Exchange exchange);
void api_preferences(Exchange exchange);
void api_prefer(Exchange exchange);
void api_todos(Exchange exchange);
void api_finish_todo(Exchange exchange);

}  // namespace formwork::routes

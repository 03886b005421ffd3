// todos: things to do, each with a button that says it is done.
#pragma once

#include <span>

#include "server/pages/context.h"

namespace formwork::pages {

// A card; nothing when there is nothing to do. `next` is where to come back to. On a record's own
// page lines say for whom they are, elsewhere what they are about.
void append_todos(Html& html, const Context& context, std::span<const ToDoItem> items,
                  std::string_view next, bool is_of_record);

}  // namespace formwork::pages

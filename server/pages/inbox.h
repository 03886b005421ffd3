// inbox: lines about tasks and approvals, as the inbox and the start page show them.
#pragma once

#include "server/pages/context.h"

namespace formwork::pages {

// A list item with a link: who submitted what, how urgent it is, what it waits for.
void append_inbox_line(Html& html, const Context& context, const InboxItem& item, TaskBox box,
                       bool is_current);

}  // namespace formwork::pages

// The button by which a message that waits is given up.
#pragma once

#include "engine/command/effects.h"
#include "server/pages/context.h"

namespace formwork::pages {

// Nothing where it does not wait.
void append_give_up(Html& html, const Context& context, const engine::OutboxMessage& message);

}  // namespace formwork::pages

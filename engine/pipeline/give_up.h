// Giving up a message by hand, so that those behind it need not wait until it has failed often
// enough.
#pragma once

#include "engine/pipeline/engine.h"

namespace formwork::engine {

// A message that waits is dead from now on, to be seen and to be sent again. For admins. An attempt
// that is under way may still deliver it.
void give_up(Engine& engine, const Actor& actor, MessageId id,
             Engine::Answer<OutboxMessage> answer);

}  // namespace formwork::engine

// What leaves the system, as those who run the app see it, and what is noted of each attempt.
#pragma once

#include <string>
#include <vector>

#include "engine/command/effects.h"

namespace formwork::engine {

// What history calls what admins do with messages: a name that no entity of an app can have.
inline constexpr std::string_view kOutboxEntity = "fw_outbox";

// A message with the attempts to send it, oldest first.
struct MessageDetail {
  OutboxMessage message;
  std::vector<Attempt> attempts;
};

// An attempt to send a message, and what follows from it.
struct AttemptMade {
  Attempt attempt;
  MessageState state = MessageState::Waiting;  // of the message from now on
  Instant due_at;                              // of one that waits
  std::string disables;                        // why its destination takes no more; empty: it does
};

}  // namespace formwork::engine

// When a message is tried again, and what an answer means for it.
#pragma once

#include <cstdint>
#include <optional>

#include "dsl/base/time.h"
#include "engine/command/effects.h"
#include "engine/command/environment.h"
#include "engine/delivery/transport.h"
#include "engine/pipeline/outbox.h"

namespace formwork::delivery {

// How long after that many failed attempts the next one is made: 5 s at first, a day at last, each
// a fifth more or less by chance, so that what failed together does not come back together.
// Nothing: that was the last one.
std::optional<std::int64_t> back_off_micros(std::int64_t failed, engine::Random& random);

// What follows for the message from an attempt that began at `began`.
engine::AttemptMade verdict(const engine::OutboxMessage& message, const Answer& answer,
                            Instant began, engine::Random& random);

}  // namespace formwork::delivery

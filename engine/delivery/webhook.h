// The request that a webhook's message is sent as.
#pragma once

#include <string>

#include "dsl/model/intake.h"
#include "engine/command/effects.h"
#include "engine/delivery/transport.h"

namespace formwork::delivery {

// Signed for an attempt at this moment; the id stays the same over all attempts.
HttpPost webhook_request(const engine::OutboxMessage& message,
                         const model::OutboundWebhook& webhook, const engine::Secret& secret,
                         Instant at);

}  // namespace formwork::delivery

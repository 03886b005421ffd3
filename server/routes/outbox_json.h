// What leaves the system as JSON, for the API and the command line.
#pragma once

#include "dsl/base/json.h"
#include "dsl/model/model.h"
#include "engine/pipeline/outbox.h"

namespace formwork::routes {

// An object each. A message in a list has no body.
void write_message(json::Writer& writer, const engine::OutboxMessage& message);
void write_message(json::Writer& writer, const engine::MessageDetail& detail);
void write_destination(json::Writer& writer, const engine::Destination& destination,
                       const model::Model& model);

}  // namespace formwork::routes

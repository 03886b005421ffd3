// What the outbox looks like on the command line.
#pragma once

#include <string>
#include <vector>

#include "engine/pipeline/outbox.h"

namespace formwork::program {

// A line for each message, its parts separated by tabs; the first line says what they are.
std::string outbox_text(const std::vector<engine::OutboxMessage>& messages);
std::string outbox_json(const std::vector<engine::OutboxMessage>& messages);

// With all attempts, and what is sent.
std::string message_text(const engine::MessageDetail& detail);
std::string message_json(const engine::MessageDetail& detail);

}  // namespace formwork::program

// Commands that are under way at an engine side by side: each lane gives its next one as soon as it
// has the answer to the one before.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>

#include "engine/pipeline/engine.h"

namespace formwork::bench {

// What a lane wants done next, given the outcome of its last command (null at first); nothing: it
// has ended.
using Conversation =
    std::function<std::optional<engine::Command>(std::size_t lane, const engine::Outcome* last)>;

// Returns when every lane has ended. Lanes speak on the calling thread, as a server's do on its own
// and not on the writer's. Throws std::runtime_error with the reason if a command is refused.
void run_lanes(engine::Engine& engine, std::size_t lanes, const Conversation& conversation);

}  // namespace formwork::bench

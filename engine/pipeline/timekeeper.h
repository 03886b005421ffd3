// Keeps timers going: what is due is fired, also what came due while no program ran.
#pragma once

#include <stop_token>

#include "engine/pipeline/engine.h"

namespace formwork::engine {

// Fires all that is due, batch by batch, until nothing is or a stop is asked for. Gives how long
// there is nothing to do then; what is scheduled meanwhile may be earlier, so look again after at
// most kLongestWait.
std::int64_t catch_up(Engine& engine, const std::stop_token& stop);

inline constexpr std::int64_t kLongestWait = kMicrosPerSecond;  // in microseconds

}  // namespace formwork::engine

// The steps of a process as one value of its row: short, and read and written as a whole.
//
// A byte says in which form it is (1), then come the number of steps and each step: id, state,
// reason, when it was opened and closed, fingerprint, first seat. Numbers take seven bits a byte,
// the lowest first; a text has its length before it; a moment is 0 for none, else one more than its
// microseconds, the sign in the lowest bit.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/command/process.h"

namespace formwork::store {

std::string pack_steps(std::span<const engine::ProcessStep> steps);

// Throws when the value is none that pack_steps() made.
std::vector<engine::ProcessStep> unpack_steps(std::string_view packed);

}  // namespace formwork::store

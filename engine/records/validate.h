// What must hold of a record before it is written: required fields, existing targets, unique
// values, rules. What is hidden keeps its value and need not be filled in.
#pragma once

#include <vector>

#include "engine/command/refusal.h"
#include "engine/records/decide.h"

namespace formwork::records {

// Every problem of what the decision would write. Values that did not change are not complained
// about again, except that required fields must be there.
std::vector<engine::FieldProblem> validate(const Decision& decision, const Situation& situation);

// The refusal that carries them.
engine::Refusal invalid(std::vector<engine::FieldProblem> problems);

}  // namespace formwork::records

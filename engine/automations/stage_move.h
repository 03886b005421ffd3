// Moves that automations make.
#pragma once

#include <string>

#include "engine/automations/doing.h"

namespace formwork::automations {

// Refused when the record's lifecycle has no such stage, or the stage refuses it. False: it is
// there already.
Expected<bool, Refusal> move_to_stage(const model::Entity& entity, const Record& record,
                                      const std::string& stage, const std::string& comment,
                                      Doing& doing);

}  // namespace formwork::automations

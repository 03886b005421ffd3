// The gate's answer about one record, for whoever decides.
#pragma once

#include <optional>

#include "engine/records/decide.h"

namespace formwork::records {

// Whether the actor may do that with the record as it is given, its rules included.
bool may(const Situation& s, model::Action action, const model::Entity& entity,
         const engine::Record& record);

// The refusal where `may` says no: who could, and by which rule. The record must be visible to the
// actor.
std::optional<engine::Refusal> refuse(const Situation& s, model::Action action,
                                      const model::Entity& entity, const engine::Record& record);

}  // namespace formwork::records

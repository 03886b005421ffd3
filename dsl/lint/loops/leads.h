// How far ahead a date is set: whether one that sets itself off again does so at once.
#pragma once

#include <cstdint>
#include <optional>

#include "dsl/feel/expression.h"
#include "dsl/model/model.h"

namespace formwork::lint {

// How much later than now, or than the date of a field, what the formula gives is at least. Nothing
// where that cannot be told: it may be now or long ago.
std::optional<std::int64_t> lead_seconds(const feel::Expression& formula,
                                         const model::Entity& entity);

// Whether what waits for a date that is so far ahead runs at least an hour later. Earlier ones are
// counted by the engine as one chain (engine/pipeline/turn_rule.h).
bool comes_late(const model::Trigger& trigger, std::optional<std::int64_t> lead_seconds);

}  // namespace formwork::lint

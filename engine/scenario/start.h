// When scenarios begin.
#pragma once

#include "dsl/model/model.h"

namespace formwork::scenario {

Instant beginning(const model::Scenario& scenario, const model::Model& model);

}  // namespace formwork::scenario

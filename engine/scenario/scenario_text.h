// Scenarios as documents, for those that were found by walking.
#pragma once

#include <string>

#include "dsl/model/model.h"

namespace formwork::scenario {

std::string to_yaml(const model::Scenario& scenario, const model::Model& model);

}  // namespace formwork::scenario

// Tables of cases: a scenario with `{column}` in it becomes one scenario for each row.
#pragma once

#include <string>
#include <vector>

#include "dsl/model/scenario.h"

namespace formwork::scenario {

struct Case {
  model::Scenario scenario;  // with the row's values in it, and its name
  Span row;                  // of the case; none: the scenario has no table
};

std::vector<Case> cases_of(const model::Scenario& scenario);

}  // namespace formwork::scenario

// What several checks ask about stages.
#pragma once

#include <vector>

#include "dsl/model/model.h"

namespace formwork::lint {

// Into which stages records come, by people, approvals, limits of time and automations.
std::vector<bool> reached_stages(const model::Model& model, const model::Entity& entity,
                                 const model::Lifecycle& lifecycle);

// Whether an automation may move records out of the stage.
bool is_left_by_automation(const model::Model& model, const model::Entity& entity,
                           const model::Stage& stage);

}  // namespace formwork::lint

// What several checks ask about stages.
#pragma once

#include <vector>

#include "dsl/model/model.h"

namespace formwork::lint {

// Into which stages of the entity's lifecycle records come, by people, approvals, limits of time
// and automations.
std::vector<bool> reached_stages(const model::Model& model, const model::Entity& entity,
                                 const model::Lifecycle& lifecycle);

}  // namespace formwork::lint

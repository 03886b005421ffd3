// What several checks ask about stages.
#pragma once

#include <vector>

#include "dsl/model/model.h"

namespace formwork::lint {

// Into which stages records come, by people, approvals and limits of time.
std::vector<bool> reached_stages(const model::Lifecycle& lifecycle);

}  // namespace formwork::lint

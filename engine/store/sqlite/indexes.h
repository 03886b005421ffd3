// The indexes that an entity needs: uniqueness, references, and the declared list.
#pragma once

#include <vector>

#include "dsl/model/model.h"
#include "engine/store/sqlite/schema.h"

namespace formwork::store {

void add_indexes(const model::Entity& entity, std::vector<IndexShape>& indexes);

}  // namespace formwork::store

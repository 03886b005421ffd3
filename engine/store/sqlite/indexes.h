// The indexes that an entity needs: uniqueness, references, the declared list, what record rules
// ask for, by what records are found again, and whose they are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dsl/model/model.h"
#include "engine/store/sqlite/schema.h"

namespace formwork::store {

void add_indexes(const model::Model& model, const model::Entity& entity,
                 std::vector<IndexShape>& indexes);

// A column by whose values lists are looked up: the index has it first, then what the declared list
// is sorted by.
struct KeyIndex {
  model::ColumnRef column;
  std::string name;
};

// What is open of an entity: neither deleted nor in a final stage.
std::string open_condition(const model::Entity& entity);
// By owner what is open, of entities whose records are assigned.
std::optional<IndexShape> open_index(const model::Entity& entity);

// The index on the declared sort; nothing when that is the id.
std::optional<std::string> sort_index(const model::Entity& entity);

std::vector<KeyIndex> key_indexes(const model::Model& model, const model::Entity& entity);

}  // namespace formwork::store

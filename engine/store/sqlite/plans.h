// The statements on records, written once when the store opens: running one is an index into a
// vector, not the building of a text. Slots below kSystemStatements are the system's.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "dsl/model/model.h"
#include "engine/store/sqlite/indexes.h"
#include "engine/store/sqlite/system_statements.h"

namespace formwork::store {

using Slot = std::size_t;

struct RowsPlan {
  std::size_t field;  // index of the table field in the entity
  Slot select;
  Slot insert;
  Slot erase;
};

struct EntityPlan {
  std::string table;    // quoted
  std::string columns;  // id, version, … and the fields, in the order of kFirstField below
  Slot select;          // by id
  Slot insert;
  std::vector<RowsPlan> rows;
  std::vector<KeyIndex> keys;
  std::string in_order;  // ` INDEXED BY …`: what has the declared list in its order
};

// Where the fields begin in EntityPlan::columns.
inline constexpr int kFirstField = 7;

class Plans {
 public:
  explicit Plans(const model::Model& model);

  const EntityPlan& of(const model::Entity& entity) const { return entities_[entity.index]; }

  const std::vector<std::string>& statements() const { return statements_; }

 private:
  Slot add(std::string sql);
  EntityPlan plan(const model::Model& model, const model::Entity& entity);
  RowsPlan plan_rows(const model::Entity& entity, std::size_t field);

  std::vector<std::string> statements_;  // by slot
  std::vector<EntityPlan> entities_;     // by Entity::index
};

}  // namespace formwork::store

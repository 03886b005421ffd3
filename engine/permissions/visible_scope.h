// What a caller may name in an expression about an entity's records: a field that it may not see
// does not exist in it, neither in the entity nor behind a path (threat model, rules 2 and 3).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "dsl/feel/expression.h"
#include "engine/permissions/gate.h"
#include "engine/store/filter.h"

namespace formwork::permissions {

class VisibleScope {
 public:
  VisibleScope(const Gate& gate, const Actor& actor, const model::Entity& entity);
  VisibleScope(const VisibleScope&) = delete;
  VisibleScope& operator=(const VisibleScope&) = delete;

  const feel::Scope& scope() const { return scope_; }

  // By variable of the scope.
  std::span<const store::FilterSlot> slots() const { return slots_; }

  // Reads of records by the types of this scope, answered by one that knows the model's own.
  feel::Value member(const feel::Records& records, feel::RecordRef record,
                     const feel::RecordType& type, std::size_t member) const;

 private:
  void add_members(const Gate& gate, const Actor& actor, const model::Entity& entity);
  feel::Type type_of(const fields::Field& field) const;
  feel::Type type_of(model::SystemColumn column) const;

  const model::Model& model_;
  std::vector<feel::RecordType> types_;            // by Entity::index; never resized
  std::vector<std::vector<std::size_t>> members_;  // what each of their members is in the model
  feel::Scope scope_;
  std::vector<store::FilterSlot> slots_;
};

}  // namespace formwork::permissions

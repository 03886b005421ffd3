// What a chain asks about a record while it runs: conditions, and expressions that name people.
// With the rights of the program, so that no route depends on what whoever acts may see.
#pragma once

#include <string>
#include <vector>

#include "dsl/model/scope.h"
#include "engine/approvals/people.h"
#include "engine/permissions/related_records.h"

namespace formwork::approvals {

// For one subject at one moment. The subject and the situation must outlive it.
class Asking {
 public:
  Asking(const Subject& subject, const records::Situation& situation);
  Asking(const Asking&) = delete;
  Asking& operator=(const Asking&) = delete;

  feel::Value evaluate(const feel::Expression& expression);

  // Null does not hold.
  bool holds(const feel::Expression& condition);

  // The condition with the values that its answer hangs on: `discount > 0.2: discount = 0.25`.
  std::string explain(const feel::Expression& condition);

 private:
  std::span<const feel::Value* const> slots(const feel::Expression& expression);

  const records::Situation& situation_;
  permissions::RelatedRecords related_;
  feel::Environment environment_;
  model::Variables variables_;
  std::vector<feel::Value> more_;  // behind the slots of the entity
  std::size_t first_slot_ = 0;     // of what there is, where there is no entity
};

}  // namespace formwork::approvals

#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"

namespace formwork::lint {
namespace {

bool holds_always(const model::AssignmentRule& rule) {
  const feel::Value* always = rule.when ? rule.when->constant() : nullptr;
  return !rule.when || (always != nullptr && !always->is_null() && always->boolean());
}

void check_end(const model::Assignment& assignment, Diagnostics& diagnostics) {
  if (assignment.rules.empty() || holds_always(assignment.rules.back())) return;
  diagnostics.warning(
      codes::kAssignmentOpen, assignment.where,
      "records for which no rule of `" + assignment.name + "` holds stay without an owner",
      "add a last rule: - otherwise: { pool: … }");
}

// Where there are pools one of them can take what nobody is free for.
void check_rules(const model::Assignment& assignment, const model::Entity& entity,
                 Diagnostics& diagnostics) {
  if (entity.pools.empty()) return;
  for (const model::AssignmentRule& rule : assignment.rules) {
    if (rule.to.pool) continue;
    diagnostics.warning(codes::kAssignmentOpen, rule.where,
                        "when nobody of this rule is free the record stays without an owner",
                        "write `else: " + entity.pools.front().name + "` beside its people");
  }
}

}  // namespace

void check_assignments_left_open(const model::Model& model, Diagnostics& diagnostics) {
  for (const model::Assignment& assignment : model.assignments) {
    check_end(assignment, diagnostics);
    check_rules(assignment, model.entities[assignment.entity], diagnostics);
  }
}

}  // namespace formwork::lint

#include "dsl/lint/lint.h"

namespace formwork::lint {

void check(const model::Model& model, Diagnostics& diagnostics) {
  check_entity_without_role(model, diagnostics);
  check_decision_gaps(model, diagnostics);
  check_decision_overlaps(model, diagnostics);
  check_masked_rules(model, diagnostics);
  check_unused_approvals(model, diagnostics);
  check_steps_that_never_apply(model, diagnostics);
  check_approvers_without_right(model, diagnostics);
  check_approvals_without_why(model, diagnostics);
  check_empty_fallbacks(model, diagnostics);
  check_unreachable_stages(model, diagnostics);
  check_stuck_stages(model, diagnostics);
  check_endless_lifecycles(model, diagnostics);
  check_lifecycle_without_role(model, diagnostics);
  check_assignments_left_open(model, diagnostics);
  check_unused_assignments(model, diagnostics);
  check_assignments_without_why(model, diagnostics);
  check_assignment_rules_that_never_count(model, diagnostics);
  check_unmatched_uniques(model, diagnostics);
  check_unused_webhooks(model, diagnostics);
  check_unused_calendars(model, diagnostics);
  check_automation_loops(model, diagnostics);
  check_idle_automations(model, diagnostics);
  check_automations_without_why(model, diagnostics);
  check_disabled_automations(model, diagnostics);
  check_unordered_automations(model, diagnostics);
  check_unused_notifications(model, diagnostics);
}

}  // namespace formwork::lint

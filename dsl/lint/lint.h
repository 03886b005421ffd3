// Whole-model checks: what is wrong although every document by itself is right. One file per check.
#pragma once

#include "dsl/diagnostics/diagnostic.h"
#include "dsl/model/model.h"

namespace formwork::lint {

// Runs every check over a model without errors. Some findings are errors themselves: whoever serves
// the model looks at the diagnostics first.
void check(const model::Model& model, Diagnostics& diagnostics);

// An entity that no role may view: nobody will ever see its records.
void check_entity_without_role(const model::Model& model, Diagnostics& diagnostics);

// Inputs for which a decision table has neither a rule nor a default.
void check_decision_gaps(const model::Model& model, Diagnostics& diagnostics);

// Rules that hit together although their hit policy wants one, or want one output.
void check_decision_overlaps(const model::Model& model, Diagnostics& diagnostics);

// Rules that are never the first to hit, where the first one counts.
void check_masked_rules(const model::Model& model, Diagnostics& diagnostics);

// An approval chain that no stage submits records to.
void check_unused_approvals(const model::Model& model, Diagnostics& diagnostics);

// Steps of approvals whose condition holds for no record.
void check_steps_that_never_apply(const model::Model& model, Diagnostics& diagnostics);

// Roles that approvals ask, and that may not approve.
void check_approvers_without_right(const model::Model& model, Diagnostics& diagnostics);

// Approvals and steps without a reason.
void check_approvals_without_why(const model::Model& model, Diagnostics& diagnostics);

// Steps that ask the same people again when nobody was found.
void check_empty_fallbacks(const model::Model& model, Diagnostics& diagnostics);
// Stages to which no way leads from the first.
void check_unreachable_stages(const model::Model& model, Diagnostics& diagnostics);

// Stages that are not final and from which no way leads on.
void check_stuck_stages(const model::Model& model, Diagnostics& diagnostics);

// Lifecycles in which nothing ever ends.
void check_endless_lifecycles(const model::Model& model, Diagnostics& diagnostics);

// Stages of records that nobody may move.
void check_lifecycle_without_role(const model::Model& model, Diagnostics& diagnostics);

// Assignments that find nobody for some records, and have no pool for them.
void check_assignments_left_open(const model::Model& model, Diagnostics& diagnostics);

// Assignments that neither an automation nor a person uses.
void check_unused_assignments(const model::Model& model, Diagnostics& diagnostics);

// Assignments and their rules without a reason.
void check_assignments_without_why(const model::Model& model, Diagnostics& diagnostics);

// Rules of assignments that hold for no record, or stand behind one that holds for all.
void check_assignment_rules_that_never_count(const model::Model& model, Diagnostics& diagnostics);

// Unique fields that come in from outside, and by which nothing is found.
void check_unmatched_uniques(const model::Model& model, Diagnostics& diagnostics);

// Webhooks that no automation sends anything by.
void check_unused_webhooks(const model::Model& model, Diagnostics& diagnostics);

// Calendars that the app does not count in.
void check_unused_calendars(const model::Model& model, Diagnostics& diagnostics);

// Automations that set each other off for ever. Errors, all others here are warnings: an app with
// one is not run.
void check_automation_loops(const model::Model& model, Diagnostics& diagnostics);

// Automations that nothing sets off, or whose condition holds for no record.
void check_idle_automations(const model::Model& model, Diagnostics& diagnostics);

// Automations that do not say why they are there.
void check_automations_without_why(const model::Model& model, Diagnostics& diagnostics);

// Automations that are switched off.
void check_disabled_automations(const model::Model& model, Diagnostics& diagnostics);

// Automations of one order that set the same field on the same event.
void check_unordered_automations(const model::Model& model, Diagnostics& diagnostics);

// Notifications that no automation sends.
void check_unused_notifications(const model::Model& model, Diagnostics& diagnostics);

}  // namespace formwork::lint

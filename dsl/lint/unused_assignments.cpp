#include <algorithm>

#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"

namespace formwork::lint {
namespace {

bool assigns_by(const model::Automation& automation, const model::Assignment& assignment) {
  return std::any_of(automation.actions.begin(), automation.actions.end(), [&](const auto& action) {
    const auto* assign = std::get_if<model::AssignAction>(&action.what);
    return assign != nullptr && assign->by == assignment.index;
  });
}

// Its own clock asks its rules for the next owner.
bool reassigns(const model::Assignment& assignment) {
  if (!assignment.response) return false;
  const auto& steps = assignment.response->steps;
  return std::any_of(steps.begin(), steps.end(), [](const model::ResponseStep& step) {
    return step.action == model::ResponseStep::Action::Reassign && step.to.empty();
  });
}

bool is_used(const model::Assignment& assignment, const model::Model& model) {
  const bool by_rule = std::any_of(
      model.automations.begin(), model.automations.end(),
      [&](const model::Automation& automation) { return assigns_by(automation, assignment); });
  const bool by_people =
      std::any_of(model.roles.begin(), model.roles.end(), [&](const model::Role& role) {
        return role.grants[assignment.entity].may(model::Action::Assign);
      });
  return by_rule || by_people || reassigns(assignment);
}

}  // namespace

void check_unused_assignments(const model::Model& model, Diagnostics& diagnostics) {
  for (const model::Assignment& assignment : model.assignments) {
    if (assignment.rules.empty() || is_used(assignment, model)) continue;
    const std::string& entity = model.entities[assignment.entity].name;
    diagnostics.warning(codes::kAssignmentUnused, assignment.where,
                        "no automation assigns by `" + assignment.name +
                            "`, and no role may assign records of `" + entity + "`",
                        "add an automation with `assign: { by: " + assignment.name +
                            " }`, or let a role do it: on: { " + entity + ": { assign: true } }");
  }
}

}  // namespace formwork::lint

#include <algorithm>

#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"

namespace formwork::lint {
namespace {

bool names_roles(const model::Lifecycle& lifecycle) {
  return std::any_of(
      lifecycle.stages.begin(), lifecycle.stages.end(), [](const model::Stage& stage) {
        return std::any_of(stage.to.begin(), stage.to.end(),
                           [](const model::Transition& move) { return !move.roles.empty(); });
      });
}

}  // namespace

void check_lifecycle_without_role(const model::Model& model, Diagnostics& diagnostics) {
  for (const model::Entity& entity : model.entities) {
    const std::vector<model::Lifecycle>& lifecycles = entity.lifecycles;
    if (lifecycles.empty() || std::any_of(lifecycles.begin(), lifecycles.end(), names_roles)) {
      continue;
    }
    const bool may_move =
        std::any_of(model.roles.begin(), model.roles.end(), [&](const model::Role& role) {
          return role.grants[entity.index].may(model::Action::Edit);
        });
    if (may_move) continue;
    diagnostics.warning(codes::kLifecycleNoRole, lifecycles.front().where,
                        "no role may move records of `" + entity.name + "`",
                        "let one edit them: on: { " + entity.name + ": { edit: true } }");
  }
}

}  // namespace formwork::lint

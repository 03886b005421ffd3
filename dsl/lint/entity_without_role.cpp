#include <algorithm>

#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"

namespace formwork::lint {

void check_entity_without_role(const model::Model& model, Diagnostics& diagnostics) {
  for (const model::Entity& entity : model.entities) {
    const bool seen =
        std::any_of(model.roles.begin(), model.roles.end(), [&](const model::Role& role) {
          return role.grants[entity.index].may(model::Action::View);
        });
    if (seen) continue;
    diagnostics.warning(codes::kEntityNoRole, entity.where,
                        "no role may view records of `" + entity.name + "`",
                        "add it to a role: on: { " + entity.name + ": { view: true } }");
  }
}

}  // namespace formwork::lint

#include <algorithm>

#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"

namespace formwork::lint {

void check_endless_lifecycles(const model::Model& model, Diagnostics& diagnostics) {
  for (const model::Entity& entity : model.entities) {
    for (const model::Lifecycle& lifecycle : entity.lifecycles) {
      const bool ends =
          std::any_of(lifecycle.stages.begin(), lifecycle.stages.end(),
                      [](const model::Stage& stage) { return stage.final.has_value(); });
      if (ends) continue;
      diagnostics.warning(
          codes::kLifecycleEndless, lifecycle.where,
          "no stage of " + (lifecycle.name.empty() ? entity.name : lifecycle.name) + " is final",
          "mark those in which records end: final: won, lost or neutral");
    }
  }
}

}  // namespace formwork::lint

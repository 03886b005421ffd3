#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"
#include "dsl/lint/stages.h"

namespace formwork::lint {
namespace {

void check_lifecycle(const model::Lifecycle& lifecycle, const std::vector<bool>& reached,
                     Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < reached.size(); ++i) {
    if (reached[i]) continue;
    const model::Stage& stage = lifecycle.stages[i];
    diagnostics.warning(codes::kStageUnreachable, stage.where,
                        "no record comes into `" + stage.name + "`",
                        "name it in the `to` of a stage before it, or remove it");
  }
}

}  // namespace

void check_unreachable_stages(const model::Model& model, Diagnostics& diagnostics) {
  for (const model::Entity& entity : model.entities) {
    for (const model::Lifecycle& lifecycle : entity.lifecycles) {
      check_lifecycle(lifecycle, reached_stages(model, entity, lifecycle), diagnostics);
    }
  }
}

}  // namespace formwork::lint

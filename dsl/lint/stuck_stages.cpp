#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"
#include "dsl/lint/stages.h"

namespace formwork::lint {
namespace {

bool is_stuck(const model::Stage& stage) {
  const bool has_way_out =
      !stage.to.empty() || stage.approval || (stage.dwell && stage.dwell->then);
  return !stage.final && !has_way_out;
}

}  // namespace

void check_stuck_stages(const model::Model& model, Diagnostics& diagnostics) {
  for (const model::Entity& entity : model.entities) {
    for (const model::Lifecycle& lifecycle : entity.lifecycles) {
      for (const model::Stage& stage : lifecycle.stages) {
        if (!is_stuck(stage) || is_left_by_automation(model, entity, stage)) continue;
        diagnostics.warning(codes::kStageStuck, stage.where,
                            "no record leaves `" + stage.name + "`",
                            "say where it leads, `to: …`, or how it ends, `final: won`");
      }
    }
  }
}

}  // namespace formwork::lint

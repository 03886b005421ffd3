#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"

namespace formwork::lint {

void check_disabled_automations(const model::Model& model, Diagnostics& diagnostics) {
  for (const model::Automation& automation : model.automations) {
    if (automation.enabled) continue;
    diagnostics.warning(codes::kAutomationDisabled, automation.where,
                        "`" + automation.name + "` is switched off, and does nothing",
                        "remove `enabled: false`, or the automation");
  }
}

}  // namespace formwork::lint

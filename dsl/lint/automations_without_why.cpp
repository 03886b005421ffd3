#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"

namespace formwork::lint {

void check_automations_without_why(const model::Model& model, Diagnostics& diagnostics) {
  for (const model::Automation& automation : model.automations) {
    if (!automation.why.empty()) continue;
    diagnostics.warning(
        codes::kAutomationUnsaid, automation.where,
        "people whom `" + automation.name + "` surprises are not told why it is there",
        "write `why: …`");
  }
}

}  // namespace formwork::lint

#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"

namespace formwork::lint {

void check_steps_that_never_apply(const model::Model& model, Diagnostics& diagnostics) {
  for (const model::ApprovalChain& chain : model.approvals) {
    for (const model::ApprovalStep& step : chain.steps) {
      const feel::Value* always = step.when ? step.when->constant() : nullptr;
      if (always == nullptr || (!always->is_null() && always->boolean())) continue;
      diagnostics.warning(codes::kApprovalNever, step.where,
                          "the step `" + step.id + "` of `" + chain.name +
                              "` never applies: its `when` is " +
                              (always->is_null() ? "null" : "false") + " for every record",
                          "correct its condition, or remove the step");
    }
  }
}

}  // namespace formwork::lint

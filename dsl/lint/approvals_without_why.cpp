#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"

namespace formwork::lint {

void check_approvals_without_why(const model::Model& model, Diagnostics& diagnostics) {
  for (const model::ApprovalChain& chain : model.approvals) {
    if (chain.why.empty()) {
      diagnostics.warning(codes::kApprovalUnsaid, chain.where,
                          "people who wait for `" + chain.name + "` are not told why it is there",
                          "write `why: …`");
    }
    for (const model::ApprovalStep& step : chain.steps) {
      if (!step.why.empty()) continue;
      diagnostics.warning(codes::kApprovalUnsaid, step.where,
                          "people who wait for `" + step.id + "` are not told why it is there",
                          "write `why: …`");
    }
  }
}

}  // namespace formwork::lint

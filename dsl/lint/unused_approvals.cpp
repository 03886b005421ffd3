#include <algorithm>

#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"

namespace formwork::lint {
namespace {

bool is_asked(const model::ApprovalChain& chain, const model::Entity& entity) {
  const auto asks = [&](const model::Stage& stage) {
    return stage.approval && stage.approval->chain == chain.index;
  };
  return std::any_of(entity.lifecycles.begin(), entity.lifecycles.end(),
                     [&](const auto& lifecycle) {
                       return std::any_of(lifecycle.stages.begin(), lifecycle.stages.end(), asks);
                     });
}

}  // namespace

void check_unused_approvals(const model::Model& model, Diagnostics& diagnostics) {
  for (const model::ApprovalChain& chain : model.approvals) {
    const model::Entity& entity = model.entities[chain.entity];
    if (is_asked(chain, entity)) continue;
    diagnostics.warning(codes::kApprovalUnused, chain.where,
                        "no stage of `" + entity.name + "` asks for `" + chain.name + "`",
                        "add a stage to its lifecycle: review: { approval: " + chain.name +
                            ", approved: …, rejected: … }");
  }
}

}  // namespace formwork::lint

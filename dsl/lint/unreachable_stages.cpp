#include <vector>

#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"
#include "dsl/lint/stages.h"

namespace formwork::lint {
namespace {

// Where records may come to from that stage, by people, approvals and limits of time.
std::vector<std::size_t> next_of(const model::Stage& stage) {
  std::vector<std::size_t> next;
  for (const model::Transition& move : stage.to) next.push_back(move.to);
  if (stage.approval) {
    next.push_back(stage.approval->approved);
    next.push_back(stage.approval->rejected);
    if (stage.approval->withdrawn) next.push_back(*stage.approval->withdrawn);
  }
  if (stage.dwell && stage.dwell->then) next.push_back(*stage.dwell->then);
  return next;
}

void check_lifecycle(const model::Lifecycle& lifecycle, Diagnostics& diagnostics) {
  const std::vector<bool> reached = reached_stages(lifecycle);
  for (std::size_t i = 0; i < reached.size(); ++i) {
    if (reached[i]) continue;
    const model::Stage& stage = lifecycle.stages[i];
    diagnostics.warning(codes::kStageUnreachable, stage.where,
                        "no record comes into `" + stage.name + "`",
                        "name it in the `to` of a stage before it, or remove it");
  }
}

}  // namespace

std::vector<bool> reached_stages(const model::Lifecycle& lifecycle) {
  std::vector<bool> reached(lifecycle.stages.size());
  std::vector<std::size_t> open{lifecycle.initial};
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    if (reached[at]) continue;
    reached[at] = true;
    for (const std::size_t next : next_of(lifecycle.stages[at])) open.push_back(next);
  }
  return reached;
}

void check_unreachable_stages(const model::Model& model, Diagnostics& diagnostics) {
  for (const model::Entity& entity : model.entities) {
    for (const model::Lifecycle& lifecycle : entity.lifecycles) {
      check_lifecycle(lifecycle, diagnostics);
    }
  }
}

}  // namespace formwork::lint

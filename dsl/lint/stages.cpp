#include "dsl/lint/stages.h"

#include <algorithm>

namespace formwork::lint {
namespace {

using model::Automation;
using model::Entity;
using model::Stage;

// Where records may come to from that stage, by people, approvals and limits of time.
std::vector<std::size_t> next_of(const Stage& stage) {
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

// To which stages the automation moves records of the entity, from wherever they are.
std::vector<std::string> moves_of(const Automation& automation, const Entity& entity) {
  std::vector<std::string> stages;
  for (const model::AutomationAction& action : automation.actions) {
    const auto* move = std::get_if<model::MoveAction>(&action.what);
    const auto* update = std::get_if<model::UpdateAction>(&action.what);
    if (move != nullptr && automation.entity == entity.index) stages.push_back(move->stage);
    if (update != nullptr && update->entity == entity.index && !update->stage.empty()) {
      stages.push_back(update->stage);
    }
  }
  return stages;
}

// Whether it is set off by records of the entity that come into other stages, and by nothing else.
bool waits_for_others(const Automation& automation, const Entity& entity, const Stage& stage) {
  return automation.entity == entity.index &&
         std::all_of(automation.on.begin(), automation.on.end(), [&](const auto& trigger) {
           return trigger.kind == model::Trigger::Kind::Entered && trigger.stage != stage.name;
         });
}

}  // namespace

std::vector<bool> reached_stages(const model::Model& model, const Entity& entity,
                                 const model::Lifecycle& lifecycle) {
  std::vector<bool> reached(lifecycle.stages.size());
  std::vector<std::size_t> open{lifecycle.initial};
  for (const Automation& automation : model.automations) {
    for (const std::string& stage : moves_of(automation, entity)) {
      if (const auto index = model::stage_index(lifecycle, stage)) open.push_back(*index);
    }
  }
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    if (reached[at]) continue;
    reached[at] = true;
    for (const std::size_t next : next_of(lifecycle.stages[at])) open.push_back(next);
  }
  return reached;
}

bool is_left_by_automation(const model::Model& model, const Entity& entity, const Stage& stage) {
  return std::any_of(model.automations.begin(), model.automations.end(),
                     [&](const Automation& automation) {
                       const std::vector<std::string> stages = moves_of(automation, entity);
                       const bool leads_away =
                           std::any_of(stages.begin(), stages.end(),
                                       [&](const std::string& name) { return name != stage.name; });
                       return leads_away && !waits_for_others(automation, entity, stage);
                     });
}

}  // namespace formwork::lint

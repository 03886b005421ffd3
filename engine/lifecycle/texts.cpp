#include "engine/lifecycle/texts.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "dsl/diagnostics/did_you_mean.h"

namespace formwork::lifecycle {
namespace texts {

// The author's own sentence, shown as it is.
const MessageText kSay{"move.criterion", "{say}", "{say}"};
const MessageText kTickItem{"move.item", "tick “{item}” in the checklist",
                            "请完成行动清单中的“{item}”"};
const MessageText kFillIn{"move.field", "fill in {field}", "请填写{field}"};
const MessageText kMoveUnmet{"move.unmet",
                             "this {entity} cannot go to {stage} yet: {count} {thing} to do first",
                             "此{entity}还不能进入“{stage}”：先要完成 {count} 项"};
const MessageText kMoveRole{"move.role", "your roles do not move records to {stage}; {who} may",
                            "您的角色不能把记录移到“{stage}”；{who}可以"};
const MessageText kMoveComment{"move.comment", "say why it goes to {stage}: add a comment",
                               "请填写移到“{stage}”的原因"};
const MessageText kNotOffered{"move.not-offered",
                              "{from} does not lead to {to}; from here it can go to {offered}",
                              "“{from}”不能直接到“{to}”；从这里可以到{offered}"};
const MessageText kNothingOffered{"move.final",
                                  "{from} is where it ends; it goes nowhere from here",
                                  "“{from}”是终点，不能再移动"};
const MessageText kByApproval{"move.by-approval",
                              "{from} is left by its approval; decide it, or withdraw it",
                              "“{from}”由审批结果决定去向；请完成审批或撤回"};
const MessageText kSameStage{"move.same", "it is in {to} already", "已经在“{to}”阶段"};
const MessageText kNoSuchStage{"move.no-such-stage",
                               "there is no stage {name}{suggest}{names}{mark}",
                               "没有阶段 {name}{suggest}{names}{mark}"};
const MessageText kNoSuchItem{"checklist.unknown",
                              "{stage} has no checklist item {name}{suggest}{names}{mark}",
                              "“{stage}”的行动清单中没有 {name}{suggest}{names}{mark}"};
const MessageText kNoItems{"checklist.none", "{stage} has no checklist", "“{stage}”没有行动清单"};
const MessageText kNoStages{"move.no-stages", "{entity} have no stages", "{entity}没有阶段"};
const MessageText kStageGone{"move.stage-gone",
                             "this {entity} is in the stage “{stage}”, which the app no longer "
                             "has; an administrator has to move it",
                             "此{entity}所在的阶段“{stage}”已不存在，请联系管理员处理"};

}  // namespace texts

namespace {

// "A, B", "“A”、“B”" in each of the app's locales: those have no languages here, so labels are
// joined plainly.
Localized labels_of(const std::vector<const Localized*>& labels) {
  Localized joined = *labels.front();
  for (std::size_t locale = 0; locale < joined.by_locale.size(); ++locale) {
    for (std::size_t i = 1; i < labels.size(); ++i) {
      joined.by_locale[locale] += ", " + (*labels[i])[locale];
    }
  }
  return joined;
}

}  // namespace

std::span<const MessageText* const> all_texts() {
  static constexpr std::array kAll{
      &texts::kSay,        &texts::kTickItem,    &texts::kFillIn,      &texts::kMoveUnmet,
      &texts::kMoveRole,   &texts::kMoveComment, &texts::kNotOffered,  &texts::kNothingOffered,
      &texts::kByApproval, &texts::kSameStage,   &texts::kNoSuchStage, &texts::kNoSuchItem,
      &texts::kNoItems,    &texts::kNoStages,    &texts::kStageGone,

  };
  return kAll;
}

Message why_not_offered(const model::Lifecycle& lifecycle, const model::Stage& from,
                        const model::Stage& to) {
  if (&from == &to) return {&texts::kSameStage, {{"to", to.label}}};
  if (from.to.empty() && from.approval) return {&texts::kByApproval, {{"from", from.label}}};
  if (from.to.empty()) return {&texts::kNothingOffered, {{"from", from.label}}};
  std::vector<const Localized*> offered;
  for (const model::Transition& transition : from.to) {
    const Localized* label = &lifecycle.stages[transition.to].label;
    if (std::find(offered.begin(), offered.end(), label) == offered.end()) offered.push_back(label);
  }
  return {&texts::kNotOffered,
          {{"from", from.label}, {"to", to.label}, {"offered", labels_of(offered)}}};
}

Message no_such_stage(const model::Lifecycle& lifecycle, std::string_view name) {
  std::vector<std::string_view> names;
  for (const model::Stage& stage : lifecycle.stages) names.push_back(stage.name);
  Message message{&texts::kNoSuchStage, suggestion_arguments(name, names)};
  message.arguments.emplace_back("name", std::string(name));
  return message;
}

Message no_such_item(const model::Stage& stage, std::string_view item) {
  if (stage.checklist.empty()) return {&texts::kNoItems, {{"stage", stage.label}}};
  std::vector<std::string_view> names;
  for (const model::ChecklistItem& known : stage.checklist) names.push_back(known.code);
  Message message{&texts::kNoSuchItem, suggestion_arguments(item, names)};
  message.arguments.emplace_back("stage", stage.label);
  message.arguments.emplace_back("name", std::string(item));
  return message;
}

}  // namespace formwork::lifecycle

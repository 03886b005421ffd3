#include "engine/automations/texts.h"

#include <array>

namespace formwork::automations {
namespace texts {

const MessageText kRunaway{
    "automation.runaway",
    "nothing was saved: automations set each other off without end ({path}); an administrator has "
    "to break the circle",
    "未能保存：自动化规则互相触发，没有结束（{path}）；请联系管理员修改规则"};
const MessageText kTooManyRuns{
    "automation.runaway",
    "nothing was saved: this sets off more than {most} automations ({path}); an administrator has "
    "to look at them",
    "未能保存：此操作触发的自动化规则超过 {most} 次（{path}）；请联系管理员检查规则"};
const MessageText kTooManyChanges{
    "automation.runaway",
    "nothing was saved: automations would change more than {most} records for this ({path}); an "
    "administrator has to look at them",
    "未能保存：自动化规则将更改超过 {most} 条记录（{path}）；请联系管理员检查规则"};
const MessageText kTooManyMatches{"automation.too-many",
                                  "the action is for more {entity} than its limit of {limit}",
                                  "符合条件的{entity}超过上限 {limit} 条"};
const MessageText kTooMuchToSearch{
    "automation.too-much-to-search",
    "the condition `{where}` would have to look into too many {entity} one by one; compare a field "
    "with a value in it",
    "条件 {where} 需要逐条检查过多{entity}；请加上字段比较条件"};
const MessageText kNobody{"automation.nobody", "nobody is found for {who}",
                          "未找到 {who} 对应的人员"};
const MessageText kNoStage{"automation.no-stage",
                           "this {entity} goes another way, which has no stage {stage}",
                           "此{entity}的流程中没有阶段 {stage}"};
const MessageText kNoSuchAutomation{"automation.unknown", "there is no automation {name}",
                                    "没有名为 {name} 的自动化规则"};
const MessageText kUnknownTrigger{"automation.unknown-trigger",
                                  "`{trigger}` is nothing to try out; possible: {known}",
                                  "不能试运行 {trigger}；可用：{known}"};
const MessageText kNoSuchRun{"run.unknown", "there is no run {id}, or it is older than 30 days",
                             "没有编号为 {id} 的运行记录，或者已超过 30 天"};

}  // namespace texts

std::span<const MessageText* const> all_texts() {
  static constexpr std::array kAll{
      &texts::kRunaway,        &texts::kTooManyRuns,      &texts::kTooManyChanges,
      &texts::kTooManyMatches, &texts::kTooMuchToSearch,  &texts::kNobody,
      &texts::kNoStage,        &texts::kNoSuchAutomation, &texts::kUnknownTrigger,
      &texts::kNoSuchRun,
  };
  return kAll;
}

}  // namespace formwork::automations

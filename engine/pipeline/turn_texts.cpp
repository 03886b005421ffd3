#include "engine/pipeline/turn_texts.h"

#include <array>

namespace formwork::engine {
namespace texts {

const MessageText kEndless{
    "move.endless", "this would move the {entity} on and on: its stages lead back to themselves",
    "此{entity}的阶段会循环流转，无法结束"};
const MessageText kDelegateSelf{"delegation.self", "choose somebody else to act for you",
                                "请选择其他人作为代理人"};
const MessageText kDelegateTime{"delegation.time",
                                "a delegation ends after it begins, and later than now",
                                "委托的结束时间须晚于开始时间和当前时间"};
const MessageText kManyDelegations{
    "delegation.too-many",
    "you have {most} delegations that run or are to come already; end one of them first",
    "您已有 {most} 项生效中或待生效的委托，请先结束其中一项"};
const MessageText kNoDelegation{"delegation.unknown", "you have no delegation {id}",
                                "您没有编号为 {id} 的委托"};
const MessageText kAbsenceTime{"absence.time",
                               "an absence ends after it begins, and later than now",
                               "缺席的结束时间须晚于开始时间和当前时间"};
const MessageText kManyAbsences{
    "absence.too-many",
    "you have {most} absences that run or are to come already; end one of them first",
    "您已有 {most} 项进行中或未开始的缺席，请先结束其中一项"};
const MessageText kLongAbsence{"absence.reason-too-long",
                               "the reason of an absence has at most {most} characters",
                               "缺席原因最多 {most} 个字符"};
const MessageText kNoAbsence{"absence.unknown", "you have no absence {id}",
                             "您没有编号为 {id} 的缺席记录"};
const MessageText kNoSuchProcess{"approval.unknown",
                                 "there is no approval {id}, or it is not open to you",
                                 "没有编号为 {id} 的审批，或者您无权查看"};
const MessageText kChainGone{"approval.chain-gone",
                             "the app no longer has the approval {name}, or not that step; an "
                             "administrator has to end this one",
                             "应用中已没有审批 {name} 或其中的步骤，请联系管理员处理"};
const MessageText kNotEditable{"approval.not-editable", "this step does not let you change it",
                               "此步骤不允许修改该字段"};
const MessageText kGuarded{
    "approval.guarded", "was approved under {chain}, and the record is closed: it stays as it is",
    "已按“{chain}”审批且记录已结束，不能再修改"};

const MessageText kNoComment{"comment.empty", "write something to say", "请填写评论内容"};
const MessageText kLongComment{
    "comment.too-long", "a comment has at most {most} bytes; put more into a file or a field",
    "评论最多 {most} 字节；更长的内容请放入附件或字段"};

const MessageText kBulkRunning{
    "bulk.running",
    "you are changing many records already (job {id}); wait until that has ended, or cancel it",
    "您已有一个批量修改在进行（任务 {id}），请等待其结束或取消它"};
const MessageText kBulkBusy{"bulk.busy",
                            "as many changes of many records are under way as there is room for; "
                            "try again when one has ended",
                            "正在进行的批量修改已达上限，请稍后再试"};
const MessageText kBulkTooMany{
    "bulk.too-many",
    "the filter finds more than {most} records; narrow it and change the rest later",
    "筛选结果超过 {most} 条记录，请缩小范围分批修改"};
const MessageText kBulkFilter{
    "bulk.filter", "your rights have changed: the filter names what you may not see any more",
    "您的权限已变更，筛选条件中含有您无权查看的内容"};

}  // namespace texts

std::span<const MessageText* const> all_turn_texts() {
  static constexpr std::array kAll{
      &texts::kEndless,         &texts::kDelegateSelf, &texts::kDelegateTime,
      &texts::kManyDelegations, &texts::kNoDelegation, &texts::kAbsenceTime,
      &texts::kManyAbsences,    &texts::kLongAbsence,  &texts::kNoAbsence,
      &texts::kNoSuchProcess,   &texts::kChainGone,    &texts::kNotEditable,
      &texts::kGuarded,         &texts::kNoComment,    &texts::kLongComment,
      &texts::kBulkRunning,     &texts::kBulkBusy,     &texts::kBulkTooMany,
      &texts::kBulkFilter,
  };
  return kAll;
}

std::string reasons_of(const Refusal& refusal, const model::Entity& entity,
                       const fields::Showing& showing) {
  std::string text = render(refusal.message, showing.language, showing.locale);
  for (const FieldProblem& problem : refusal.fields) {
    text += "; " + describe(problem, entity, showing.language, showing.locale);
    if (!problem.saw.empty()) text += " (" + problem.saw + ")";
  }
  return text;
}

}  // namespace formwork::engine

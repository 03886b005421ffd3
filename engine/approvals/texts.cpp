#include "engine/approvals/texts.h"

#include <array>

namespace formwork::approvals::texts {

const MessageText kNotYours{"task.not-yours", "this is asked of {who}, not of you",
                            "此任务由 {who} 处理，不由您处理"};
const MessageText kOnlyToRead{"task.only-to-read",
                              "this came to {who} for information; there is nothing to decide",
                              "此任务仅抄送 {who} 知悉，无需处理"};
const MessageText kToResubmit{"task.to-resubmit",
                              "this task is to submit the record again, not to decide about it",
                              "此任务是重新提交，不是审批"};
const MessageText kToDecide{"task.to-decide",
                            "this task is to decide; there is nothing to submit again here",
                            "此任务是审批，没有需要重新提交的内容"};
const MessageText kOwnSubmission{"task.own-submission",
                                 "you submitted it, so you may not decide it for {who}",
                                 "您是提交人，不能代 {who} 审批"};
const MessageText kNoRight{"task.no-right",
                           "no role of {who} may approve {entity} such as this one any more",
                           "{who} 的角色已不能审批此{entity}"};
const MessageText kYouDecided{"task.decided", "you have decided already: {what}",
                              "您已处理过：{what}"};
const MessageText kOtherDecided{"task.decided", "{who} has decided already: {what}",
                                "{who} 已处理过：{what}"};
const MessageText kTimeDecided{"task.decided", "it was {what}", "已{what}"};
const MessageText kVoid{"task.void",
                        "nothing is asked here any more: it was decided without {who}, or what it "
                        "was about has changed",
                        "此任务已失效：无需 {who} 即已有结果，或审批的内容已变更"};
const MessageText kNotYet{"task.not-yet", "{who} decides first", "请先等待 {who} 处理"};
const MessageText kHeldFirst{"task.not-yet",
                             "this step waits until enough approvers are named for it",
                             "此步骤需先指定足够的审批人"};
const MessageText kEnded{"approval.ended", "this approval has ended: it was {state}",
                         "此审批已结束：{state}"};
const MessageText kReturned{"approval.returned",
                            "it was returned to {who}, who has to submit it again first",
                            "已退回给 {who}，需先重新提交"};
const MessageText kComment{"task.comment", "say why: to {action} needs a comment",
                           "请填写意见：{action}必须说明理由"};
const MessageText kStepMayNot{"task.not-allowed", "in “{step}” one may not {action}",
                              "“{step}”步骤不允许{action}"};
const MessageText kNobodyNamed{"task.to-missing", "say to whom", "请选择人员"};
const MessageText kNoSuchPerson{"task.to-unknown", "there is no active account {who}",
                                "没有可用的账号 {who}"};
const MessageText kPersonNoRight{"task.to-no-right",
                                 "no role of {who} may approve {entity} such as this one",
                                 "{who} 的角色不能审批此{entity}"};
const MessageText kPersonSubmitted{"task.to-submitter",
                                   "{who} submitted it and may not decide it; choose somebody else",
                                   "{who} 是提交人，不能审批，请选择其他人"};
const MessageText kPersonAsked{"task.to-asked",
                               "{who} is asked in “{step}” already; choose somebody else",
                               "{who} 已在“{step}”中，请选择其他人"};
const MessageText kNoReturn{"task.no-such-return",
                            "it cannot be returned to {step}; it can to {steps}",
                            "不能退回到 {step}；可以退回到{steps}"};
const MessageText kSubmitterLeft{
    "task.submitter-left", "{who}, who submitted it, has left; return it to a step, or reject",
    "提交人 {who} 已离职，请退回到某个步骤或拒绝"};
const MessageText kValuesElsewhere{"task.values",
                                   "fields are changed together with approving, not with this",
                                   "只能在同意时一并修改字段"};
const MessageText kFieldNotOfStep{"field.not-of-step",
                                  "is not for the approvers of this step to change",
                                  "此步骤的审批人不能修改"};
const MessageText kOnlySubmitterWithdraws{"approval.not-the-submitter",
                                          "only {who}, who submitted it, may withdraw it",
                                          "只有提交人 {who} 可以撤回"};
const MessageText kNeverWithdrawn{"approval.no-withdrawal",
                                  "“{chain}” cannot be withdrawn once it is submitted",
                                  "“{chain}”提交后不能撤回"};
const MessageText kDecidedBefore{"approval.withdrawal-too-late",
                                 "{who} has decided already; from then on it cannot be withdrawn",
                                 "{who} 已处理，不能再撤回"};
const MessageText kUrgeWho{"task.urge-who",
                           "{who}, who submitted it, may urge, and whoever may assign {entity}",
                           "只有提交人 {who} 和可以分配{entity}的人能够催办"};
const MessageText kUrgeOwn{"task.urge-own", "this is asked of you: there is nobody to urge",
                           "此任务由您处理，无需催办"};
const MessageText kUrgedNow{"task.urged-lately",
                            "{who} was urged {minutes} minutes ago; once in an hour is enough",
                            "{minutes} 分钟前已催办过 {who}，每小时最多催办一次"};
const MessageText kNothingToUrge{"task.nothing-to-urge",
                                 "nothing waits for {who} here, so there is nothing to urge",
                                 "此处没有等待 {who} 处理的内容，无需催办"};
const MessageText kNothingDecided{"task.nothing-to-take-back",
                                  "here is no decision that could be taken back",
                                  "此处没有可以收回的处理"};
const MessageText kOthersDecision{"task.others-decision",
                                  "only {who}, who decided, may take the decision back",
                                  "只有处理人 {who} 可以收回"};
const MessageText kTooLate{"task.take-back-too-late",
                           "others have acted since, so it cannot be taken back any more",
                           "之后已有其他人处理，不能再收回"};
const MessageText kNobodyFound{
    "approval.nobody", "nobody would be found for “{step}” ({why}), so it cannot be submitted",
    "“{step}”找不到审批人（{why}），不能提交"};
const MessageText kNotHeld{"approval.not-held",
                           "“{step}” does not wait for an approver to be named",
                           "“{step}”没有在等待指定审批人"};
const MessageText kNoStep{"approval.no-step", "“{chain}” has no step {step}",
                          "“{chain}”没有步骤 {step}"};

const MessageText kThisSubmitter{"word.submitter", "the submitter", "提交人"};
const MessageText kNoWhere{"word.nowhere", "nowhere", "（无）"};

namespace {

// By TaskAction.
constexpr MessageText kActions[]{
    {"word.approve", "approve", "同意"},
    {"word.reject", "reject", "拒绝"},
    {"word.return", "return", "退回"},
    {"word.transfer", "transfer", "转交"},
    {"word.add_approver", "add an approver", "加签"},
    {"word.take_back", "take a decision back", "收回"},
    {"word.resubmit", "submit again", "重新提交"},
    {"word.withdraw", "withdraw", "撤回"},
    {"word.urge", "urge", "催办"},
    {"word.read", "read", "阅读"},
};

// By TaskOutcome.
constexpr MessageText kOutcomes[]{
    {"word.none", "undecided", "未处理"},
    {"word.approved", "approved", "同意"},
    {"word.rejected", "rejected", "拒绝"},
    {"word.returned", "returned", "退回"},
    {"word.transferred", "transferred", "转交"},
    {"word.submitted", "submitted again", "重新提交"},
    {"word.was-read", "read", "已阅"},
    {"word.counted_before", "counted, as the step before was approved by the same person",
     "因同一人已同意上一步骤而自动计入"},
    {"word.submitter_skipped", "skipped, as the submitter was asked", "因审批人是提交人而跳过"},
    {"word.approved_by_timeout", "passed by time-out", "超时自动通过"},
    {"word.rejected_by_timeout", "rejected by time-out", "超时自动拒绝"},
    {"word.returned_by_timeout", "returned by time-out", "超时自动退回"},
    {"word.transferred_by_timeout", "transferred by time-out", "超时自动转交"},
    {"word.handed_over", "handed over", "移交他人"},
};

// By ProcessState.
constexpr MessageText kStates[]{
    {"word.running", "running", "审批中"},     {"word.returned", "returned", "已退回"},
    {"word.approved", "approved", "已通过"},   {"word.rejected", "rejected", "已拒绝"},
    {"word.withdrawn", "withdrawn", "已撤回"}, {"word.cancelled", "cancelled", "已取消"},
};

}  // namespace

const MessageText& word(engine::TaskAction action) {
  return kActions[static_cast<std::size_t>(action)];
}

const MessageText& word(engine::TaskOutcome outcome) {
  return kOutcomes[static_cast<std::size_t>(outcome)];
}

const MessageText& word(engine::ProcessState state) {
  return kStates[static_cast<std::size_t>(state)];
}

std::span<const MessageText* const> all() {
  static constexpr std::array kAll{
      &kNotYours,       &kOnlyToRead,
      &kToResubmit,     &kToDecide,
      &kOwnSubmission,  &kNoRight,
      &kYouDecided,     &kOtherDecided,
      &kTimeDecided,    &kVoid,
      &kNotYet,         &kHeldFirst,
      &kEnded,          &kReturned,
      &kComment,        &kStepMayNot,
      &kNobodyNamed,    &kNoSuchPerson,
      &kPersonNoRight,  &kPersonSubmitted,
      &kPersonAsked,    &kNoReturn,
      &kSubmitterLeft,  &kValuesElsewhere,
      &kFieldNotOfStep, &kOnlySubmitterWithdraws,
      &kNeverWithdrawn, &kDecidedBefore,
      &kUrgeWho,        &kUrgeOwn,
      &kUrgedNow,       &kNothingToUrge,
      &kNothingDecided, &kOthersDecision,
      &kTooLate,        &kNobodyFound,
      &kNotHeld,        &kNoStep,
  };
  return kAll;
}

}  // namespace formwork::approvals::texts

#include "engine/pipeline/notification_texts.h"

#include <array>

namespace formwork::engine {
namespace texts {

const MessageText kAsksYou{"told.asks", "{record} waits for your approval: {step}",
                           "{record} 等待您审批：{step}"};
const MessageText kAsksFor{"told.asks-for", "{record} waits for the approval of {who}: {step}",
                           "{record} 等待 {who} 审批，您可代为处理：{step}"};
const MessageText kEscalatedToYou{"told.escalated",
                                  "{record} was escalated to you for approval: {step}",
                                  "{record} 的审批已升级给您：{step}"};
const MessageText kPassedOnToYou{"told.passed-on",
                                 "{record} was passed on to you for approval: {step}",
                                 "{record} 的审批已转给您：{step}"};
const MessageText kRemindsYou{"told.reminds", "{record} still waits for your approval: {step}",
                              "催办：{record} 仍在等待您审批：{step}"};
const MessageText kReturnedToYou{"told.returned", "{record} was returned to you: {chain}",
                                 "{record} 已退回给您：{chain}"};
const MessageText kCopiedToYou{"told.copied", "{record} is for your information: {chain}",
                               "{record} 抄送给您：{chain}"};
const MessageText kWasApproved{"told.approved", "{record} was approved: {chain}",
                               "{record} 审批已通过：{chain}"};
const MessageText kWasRejected{"told.rejected", "{record} was rejected: {chain}",
                               "{record} 审批被驳回：{chain}"};
const MessageText kWasWithdrawn{"told.withdrawn", "{record} was withdrawn from approval: {chain}",
                                "{record} 已撤回审批：{chain}"};
const MessageText kIsYours{"told.assigned", "{record} is yours now", "{record} 已分配给您"};
const MessageText kStaysLong{"told.stays-long", "{record} has been in {stage} for long",
                             "{record} 在“{stage}”停留较久"};
const MessageText kStayedTooLong{"told.stayed-too-long", "{record} was in {stage} for too long",
                                 "{record} 在“{stage}”停留超时"};
const MessageText kAwaitsYourAnswer{"told.awaits-answer", "{record} waits for your first response",
                                    "{record} 等待您首次响应"};
const MessageText kAwaitsAnswerOf{"told.awaits-answer-of",
                                  "{record} still waits for a first response from {who}",
                                  "{record} 仍在等待{who}首次响应"};
const MessageText kWentToAnother{"told.went-to", "{record} went to {who}, since it had no response",
                                 "{record} 因未及时响应已转给{who}"};
const MessageText kWentToPool{"told.went-to-pool", "{record} went back to {pool}",
                              "{record} 已回到“{pool}”"};
const MessageText kToDoGiven{"told.todo", "To do: {what}", "待办：{what}"};
const MessageText kToDoIsDue{"told.todo-due", "Due now: {what}", "待办到期：{what}"};
const MessageText kToDosInherited{"told.todos-inherited",
                                  "You take over what {who} had to do: {count}",
                                  "您接手了 {who} 的 {count} 项待办"};
const MessageText kBy{"told.by", "By {who}", "操作人：{who}"};
const MessageText kByWithComment{"told.by-with-comment", "{who}: {comment}", "{who}：{comment}"};
const MessageText kSubmittedBy{"told.submitted-by", "Submitted by {who}", "提交人：{who}"};
const MessageText kAboutRecord{"told.about", "About {record}", "关于 {record}"};
const MessageText kDigestSubject{"digest.subject", "{app}: {count} notifications",
                                 "{app}：{count} 条通知"};
const MessageText kDigestOneSubject{"digest.subject-one", "{app}: 1 notification",
                                    "{app}：1 条通知"};
const MessageText kNoSuchToDo{"todo.unknown",
                              "there is nothing to do with the number {id}, or it is not open to "
                              "you",
                              "没有编号为 {id} 的待办，或者您无权查看"};
const MessageText kNoSuchNotification{"notification.unknown", "you have no notification {id}",
                                      "您没有编号为 {id} 的通知"};
const MessageText kQuietHours{"preferences.quiet-hours",
                              "quiet hours need a beginning and another time as their end",
                              "免打扰时段须填写不同的开始和结束时间"};

}  // namespace texts

std::span<const MessageText* const> all_notification_texts() {
  static constexpr std::array kAll{
      &texts::kAsksYou,
      &texts::kAsksFor,
      &texts::kEscalatedToYou,
      &texts::kPassedOnToYou,
      &texts::kRemindsYou,
      &texts::kReturnedToYou,
      &texts::kCopiedToYou,
      &texts::kWasApproved,
      &texts::kWasRejected,
      &texts::kWasWithdrawn,
      &texts::kIsYours,
      &texts::kStaysLong,
      &texts::kStayedTooLong,
      &texts::kAwaitsYourAnswer,
      &texts::kAwaitsAnswerOf,
      &texts::kWentToAnother,
      &texts::kWentToPool,
      &texts::kToDoGiven,
      &texts::kToDoIsDue,
      &texts::kToDosInherited,
      &texts::kBy,
      &texts::kByWithComment,
      &texts::kSubmittedBy,
      &texts::kAboutRecord,
      &texts::kDigestSubject,
      &texts::kDigestOneSubject,
      &texts::kNoSuchToDo,
      &texts::kNoSuchNotification,
      &texts::kQuietHours,
  };
  return kAll;
}

}  // namespace formwork::engine

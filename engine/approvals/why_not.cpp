// Who may do what with a task, and in which states of it.
#include <algorithm>

#include "engine/approvals/flow.h"
#include "engine/approvals/refusals.h"
#include "engine/approvals/seats.h"
#include "engine/records/rights.h"

namespace formwork::approvals {

using engine::AccountId;
using engine::Process;
using engine::ProcessState;
using engine::Refusal;
using engine::RefusalKind;
using engine::StepState;
using engine::Task;
using engine::TaskAction;
using engine::TaskKind;
using engine::TaskOutcome;
using engine::TaskState;
using model::TaskRight;

namespace {

constexpr std::int64_t kUrgeEveryMinutes = 60;
constexpr std::int64_t kMicrosPerMinute = 60 * kMicrosPerSecond;

using MayBe = std::optional<Refusal>;

// One question about one task.
class Asked {
 public:
  Asked(TaskAction action, const Process& process, std::size_t task, const Context& context)
      : action_(action),
        process_(process),
        task_(process.tasks[task]),
        index_(task),
        context_(context),
        me_(context.situation.actor.account) {}

  MayBe refuse() const;

 private:
  MayBe refuse_decision() const;
  MayBe refuse_resubmit() const;
  MayBe refuse_take_back() const;
  MayBe refuse_withdraw() const;
  MayBe refuse_urge() const;
  MayBe refuse_read() const;
  MayBe refuse_ended() const;
  MayBe refuse_returned() const;
  MayBe refuse_who() const;
  MayBe refuse_state() const;
  MayBe refuse_closed() const;
  MayBe refuse_right() const;
  std::string who_is_first() const;

  Refusal forbidden(const MessageText& text) const { return say(RefusalKind::Forbidden, text); }

  Refusal conflict(const MessageText& text) const { return say(RefusalKind::Conflict, text); }

  Refusal say(RefusalKind kind, const MessageText& text) const {
    return refusal_of(kind, text,
                      {{"who", name_of(task_.assignee, context_)},
                       {"entity", context_.entity.label},
                       {"action", &texts::word(action_)}});
  }

  TaskAction action_;
  const Process& process_;
  const Task& task_;
  std::size_t index_;
  const Context& context_;
  AccountId me_;
};

MayBe Asked::refuse() const {
  switch (action_) {
    case TaskAction::Approve:
    case TaskAction::Reject:
    case TaskAction::Return:
    case TaskAction::Transfer:
    case TaskAction::AddApprover:
      return refuse_decision();
    case TaskAction::TakeBack:
      return refuse_take_back();
    case TaskAction::Resubmit:
      return refuse_resubmit();
    case TaskAction::Withdraw:
      return refuse_withdraw();
    case TaskAction::Urge:
      return refuse_urge();
    case TaskAction::MarkRead:
      return refuse_read();
  }
  return std::nullopt;
}

MayBe Asked::refuse_ended() const {
  if (process_.is_under_way()) return std::nullopt;
  return refusal_of(RefusalKind::Conflict, texts::kEnded,
                    {{"state", &texts::word(process_.state)}});
}

MayBe Asked::refuse_returned() const {
  if (process_.state != ProcessState::Returned) return std::nullopt;
  return refusal_of(RefusalKind::Conflict, texts::kReturned,
                    {{"who", name_of(process_.submitter, context_)}});
}

// Whose it is comes first: others are told nothing else.
MayBe Asked::refuse_who() const {
  if (!is_own(task_, context_)) return forbidden(texts::kNotYours);
  const bool as_delegate = task_.assignee != me_;
  const bool submitted = me_ == process_.submitter;
  if (as_delegate && submitted && task_.kind == TaskKind::Decide &&
      context_.chain.submitter != model::SubmitterSeat::Allow) {
    return forbidden(texts::kOwnSubmission);
  }
  return std::nullopt;
}

MayBe Asked::refuse_decision() const {
  if (MayBe refusal = refuse_who()) return refusal;
  if (task_.kind == TaskKind::Copy) return conflict(texts::kOnlyToRead);
  if (task_.kind == TaskKind::Resubmit) return conflict(texts::kToResubmit);
  if (MayBe refusal = refuse_ended()) return refusal;
  if (MayBe refusal = refuse_returned()) return refusal;
  if (MayBe refusal = refuse_closed()) return refusal;
  if (MayBe refusal = refuse_state()) return refusal;
  return refuse_right();
}

MayBe Asked::refuse_closed() const {
  if (task_.state == TaskState::Void) return conflict(texts::kVoid);
  if (task_.state != TaskState::Done) return std::nullopt;
  const MessageText& text = task_.decided_by == engine::kSystemAccount ? texts::kTimeDecided
                            : task_.decided_by == me_                  ? texts::kYouDecided
                                                                       : texts::kOtherDecided;
  return refusal_of(
      RefusalKind::Conflict, text,
      {{"who", name_of(task_.decided_by, context_)}, {"what", &texts::word(task_.outcome)}});
}

MayBe Asked::refuse_state() const {
  if (task_.state == TaskState::Open) return std::nullopt;
  if (task_.kind == TaskKind::Decide && process_.steps[task_.step].state == StepState::Held) {
    return conflict(texts::kHeldFirst);
  }
  return refusal_of(RefusalKind::Conflict, texts::kNotYet, {{"who", who_is_first()}});
}

std::string Asked::who_is_first() const {
  std::string names;
  for (const Task& other : process_.tasks) {
    const bool is_first = is_seated(process_, other, task_.step) &&
                          other.state == TaskState::Open && other.seat <= task_.seat;
    if (is_first) names += (names.empty() ? "" : ", ") + name_of(other.assignee, context_);
  }
  return names;
}

// What the step lets its approvers do, and whether the assignee still is one that may.
MayBe Asked::refuse_right() const {
  const model::ApprovalStep& step = context_.chain.steps[task_.step];
  const auto lets = [&](TaskRight right) { return step.may[static_cast<std::size_t>(right)]; };
  const bool is_let = action_ == TaskAction::Return        ? lets(TaskRight::Return)
                      : action_ == TaskAction::Transfer    ? lets(TaskRight::Transfer)
                      : action_ == TaskAction::AddApprover ? lets(TaskRight::AddApprover)
                                                           : true;
  if (!is_let) {
    return refusal_of(RefusalKind::Forbidden, texts::kStepMayNot,
                      {{"step", step.label}, {"action", &texts::word(action_)}});
  }
  // What takes the decision to others remains: else the task could be stuck.
  const bool decides = action_ == TaskAction::Approve || action_ == TaskAction::Reject;
  if (decides && !may_approve(context_, task_.assignee)) return forbidden(texts::kNoRight);
  return std::nullopt;
}

MayBe Asked::refuse_resubmit() const {
  if (MayBe refusal = refuse_who()) return refusal;
  if (task_.kind == TaskKind::Copy) return conflict(texts::kOnlyToRead);
  if (task_.kind == TaskKind::Decide) return conflict(texts::kToDecide);
  if (MayBe refusal = refuse_ended()) return refusal;
  return refuse_closed();
}

MayBe Asked::refuse_take_back() const {
  const bool was_decided =
      task_.kind == TaskKind::Decide &&
      (task_.outcome == TaskOutcome::Approved || task_.outcome == TaskOutcome::Rejected);
  if (!was_decided) {
    if (MayBe refusal = refuse_who()) return refusal;
    if (MayBe refusal = refuse_ended()) return refusal;
    return conflict(texts::kNothingDecided);
  }
  if (task_.decided_by != me_) {
    return refusal_of(RefusalKind::Forbidden, texts::kOthersDecision,
                      {{"who", name_of(task_.decided_by, context_)}});
  }
  if (MayBe refusal = refuse_ended()) return refusal;
  if (process_.last_decision != index_) return conflict(texts::kTooLate);
  return std::nullopt;
}

MayBe Asked::refuse_withdraw() const {
  const engine::Organization& organization = context_.situation.organization;
  const bool is_orphan = !organization.is_active(process_.submitter);
  const bool stands_in = is_orphan && records::may(context_.situation, model::Action::Assign,
                                                   context_.entity, context_.record);
  const bool has_it =
      task_.kind == TaskKind::Resubmit && task_.state == TaskState::Open && task_.assignee == me_;
  if (me_ != process_.submitter && !has_it && !stands_in) {
    return refusal_of(RefusalKind::Forbidden, texts::kOnlySubmitterWithdraws,
                      {{"who", name_of(process_.submitter, context_)}});
  }
  if (MayBe refusal = refuse_ended()) return refusal;
  if (context_.chain.withdraw == model::ApprovalChain::Withdraw::Never) {
    return refusal_of(RefusalKind::Forbidden, texts::kNeverWithdrawn,
                      {{"chain", context_.chain.label}});
  }
  const bool is_early = context_.chain.withdraw == model::ApprovalChain::Withdraw::BeforeDecision &&
                        process_.state == ProcessState::Running;
  if (!is_early) return std::nullopt;
  for (const Task& task : process_.tasks) {
    if (task.state != TaskState::Done || task.decided_by == 0 || !is_vote(task.outcome)) continue;
    return refusal_of(RefusalKind::Conflict, texts::kDecidedBefore,
                      {{"who", name_of(task.decided_by, context_)}});
  }
  return std::nullopt;
}

MayBe Asked::refuse_urge() const {
  const bool may =
      me_ == process_.submitter ||
      records::may(context_.situation, model::Action::Assign, context_.entity, context_.record);
  if (!may) {
    return refusal_of(
        RefusalKind::Forbidden, texts::kUrgeWho,
        {{"who", name_of(process_.submitter, context_)}, {"entity", context_.entity.plural}});
  }
  if (MayBe refusal = refuse_ended()) return refusal;
  if (task_.kind == TaskKind::Copy || task_.state != TaskState::Open) {
    return conflict(texts::kNothingToUrge);
  }
  if (task_.assignee == me_) return conflict(texts::kUrgeOwn);
  if (!task_.urged_at) return std::nullopt;
  const std::int64_t minutes =
      (context_.situation.now.microseconds - task_.urged_at->microseconds) / kMicrosPerMinute;
  if (minutes >= kUrgeEveryMinutes) return std::nullopt;
  return refusal_of(
      RefusalKind::Conflict, texts::kUrgedNow,
      {{"who", name_of(task_.assignee, context_)}, {"minutes", std::to_string(minutes)}});
}

// Whoever acts for somebody reads without telling that the other one has.
MayBe Asked::refuse_read() const {
  if (task_.assignee == me_) return std::nullopt;
  return forbidden(texts::kNotYours);
}

}  // namespace

std::string name_of(AccountId account, const Context& context) {
  return context.situation.showing.people->full_name(account);
}

bool is_own(const Task& task, const Context& context) {
  const records::Situation& s = context.situation;
  return task.assignee == s.actor.account ||
         s.organization.acts_for(s.actor.account, task.assignee, s.now);
}

std::optional<Refusal> refuse_person(std::optional<AccountId> account, const Process& process,
                                     std::size_t step, const Context& context) {
  if (!account) return refusal_of(RefusalKind::Invalid, texts::kNobodyNamed);
  const engine::Organization& organization = context.situation.organization;
  const bool is_known = organization.account(*account) != nullptr;
  const std::string who = is_known ? name_of(*account, context) : std::to_string(*account);
  if (!organization.is_active(*account)) {
    return refusal_of(RefusalKind::Invalid, texts::kNoSuchPerson, {{"who", who}});
  }
  const bool is_barred =
      *account == process.submitter && context.chain.submitter != model::SubmitterSeat::Allow;
  if (is_barred) return refusal_of(RefusalKind::Invalid, texts::kPersonSubmitted, {{"who", who}});
  if (!may_approve(context, *account)) {
    return refusal_of(RefusalKind::Invalid, texts::kPersonNoRight,
                      {{"who", who}, {"entity", context.entity.label}});
  }
  if (is_asked(process, step, *account)) {
    return refusal_of(RefusalKind::Invalid, texts::kPersonAsked,
                      {{"who", who}, {"step", context.chain.steps[step].label}});
  }
  return std::nullopt;
}

std::optional<Refusal> why_not(TaskAction action, const Process& process, std::size_t task,
                               const Context& context) {
  return Asked(action, process, task, context).refuse();
}

std::vector<TaskAction> possible_actions(const Process& process, std::size_t task,
                                         const Context& context) {
  std::vector<TaskAction> possible;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(TaskAction::MarkRead); ++i) {
    const auto action = static_cast<TaskAction>(i);
    if (!why_not(action, process, task, context)) possible.push_back(action);
  }
  return possible;
}

}  // namespace formwork::approvals

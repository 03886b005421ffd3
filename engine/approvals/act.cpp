// What people do with tasks.
#include <algorithm>

#include "engine/approvals/changes.h"
#include "engine/approvals/flow.h"
#include "engine/approvals/refusals.h"
#include "engine/approvals/returning.h"
#include "engine/approvals/seats.h"
#include "engine/records/rights.h"

namespace formwork::approvals {

using engine::AccountId;
using engine::ActOnTask;
using engine::AddedPlace;
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
using model::CommentOn;

namespace {

using MayBe = std::optional<Refusal>;

std::optional<CommentOn> comment_of(TaskAction action) {
  switch (action) {
    case TaskAction::Approve:
      return CommentOn::Approve;
    case TaskAction::Reject:
      return CommentOn::Reject;
    case TaskAction::Return:
      return CommentOn::Return;
    case TaskAction::Transfer:
      return CommentOn::Transfer;
    case TaskAction::AddApprover:
      return CommentOn::AddApprover;
    case TaskAction::Withdraw:
      return CommentOn::Withdraw;
    default:
      return std::nullopt;
  }
}

MayBe refuse_comment(const ActOnTask& action, const Context& context) {
  const std::optional<CommentOn> on = comment_of(action.action);
  const bool is_needed = on && context.chain.needs_comment[static_cast<std::size_t>(*on)];
  const bool is_blank = action.comment.find_first_not_of(" \t\r\n") == std::string::npos;
  if (!is_needed || !is_blank) return std::nullopt;
  return refusal_of(RefusalKind::Invalid, texts::kComment,
                    {{"action", &texts::word(action.action)}});
}

MayBe refuse_values(const ActOnTask& action, const Task& task, const Context& context) {
  if (action.values.empty()) return std::nullopt;
  if (action.action != TaskAction::Approve) {
    return refusal_of(RefusalKind::Invalid, texts::kValuesElsewhere);
  }
  const std::vector<std::size_t>& edits = context.chain.steps[task.step].edits;
  std::vector<engine::FieldProblem> problems;
  for (const auto& [field, value] : action.values) {
    if (std::find(edits.begin(), edits.end(), field) != edits.end()) continue;
    engine::FieldProblem problem{.field = field};
    problem.message.text = &texts::kFieldNotOfStep;
    problems.push_back(std::move(problem));
  }
  if (problems.empty()) return std::nullopt;
  Refusal refusal = refusal_of(RefusalKind::Forbidden, texts::kFieldNotOfStep);
  refusal.fields = std::move(problems);
  return refusal;
}

class Acting {
 public:
  Acting(const ActOnTask& action, Process& process, std::size_t task, const Context& context)
      : action_(action),
        process_(process),
        index_(task),
        context_(context),
        flow_(process, context, effects_),
        me_(context.situation.actor.account) {}

  Expected<Effects, Refusal> act();

 private:
  MayBe refuse() const;
  MayBe refuse_return() const;
  void decide(TaskOutcome outcome);
  void give_back();
  void transfer();
  void add_approver();
  void take_back();
  void resubmit();
  void withdraw();
  void urge();
  void read();
  void say(std::string action, AccountId whom, std::string reason = {});

  Task& task() { return process_.tasks[index_]; }

  const ActOnTask& action_;
  Process& process_;
  std::size_t index_;
  const Context& context_;
  Effects effects_;
  Flow flow_;
  AccountId me_;
};

MayBe Acting::refuse() const {
  if (MayBe refusal = why_not(action_.action, process_, index_, context_)) return refusal;
  if (MayBe refusal = refuse_comment(action_, context_)) return refusal;
  const Task& task = process_.tasks[index_];
  if (MayBe refusal = refuse_values(action_, task, context_)) return refusal;
  switch (action_.action) {
    case TaskAction::Return:
      return refuse_return();
    case TaskAction::Transfer:
    case TaskAction::AddApprover:
      return refuse_person(action_.to, process_, task.step, context_);
    case TaskAction::Resubmit:
      return refuse_submission(process_, context_);
    default:
      return std::nullopt;
  }
}

MayBe Acting::refuse_return() const {
  if (action_.step.empty()) {
    if (returns_to(process_, context_) != 0) return std::nullopt;
    return refusal_of(RefusalKind::Conflict, texts::kSubmitterLeft,
                      {{"who", name_of(process_.submitter, context_)}});
  }
  const std::vector<std::string> possible = return_targets(process_, index_, context_);
  if (std::find(possible.begin(), possible.end(), action_.step) != possible.end()) {
    return std::nullopt;
  }
  std::string names;
  for (const std::string& name : possible) names += (names.empty() ? "" : ", ") + name;
  const Argument steps = names.empty() ? Argument(&texts::kThisSubmitter) : Argument(names);
  return refusal_of(RefusalKind::Invalid, texts::kNoReturn,
                    {{"step", action_.step}, {"steps", steps}});
}

Expected<Effects, Refusal> Acting::act() {
  if (MayBe refusal = refuse()) return Unexpected(std::move(*refusal));
  switch (action_.action) {
    case TaskAction::Approve:
      decide(TaskOutcome::Approved);
      break;
    case TaskAction::Reject:
      decide(TaskOutcome::Rejected);
      break;
    case TaskAction::Return:
      give_back();
      break;
    case TaskAction::Transfer:
      transfer();
      break;
    case TaskAction::AddApprover:
      add_approver();
      break;
    case TaskAction::TakeBack:
      take_back();
      break;
    case TaskAction::Resubmit:
      resubmit();
      break;
    case TaskAction::Withdraw:
      withdraw();
      break;
    case TaskAction::Urge:
      urge();
      break;
    case TaskAction::MarkRead:
      read();
      break;
  }
  return std::move(effects_);
}

void Acting::decide(TaskOutcome outcome) {
  const std::size_t step = task().step;
  flow_.close(index_, outcome, me_);
  task().comment = action_.comment;
  say(outcome == TaskOutcome::Approved ? "approved" : "rejected", task().assignee);
  process_.last_decision = index_;
  if (!action_.values.empty()) {
    const bool others_fell = void_what_changed(process_, context_, flow_, &index_);
    if (others_fell) process_.last_decision.reset();
  }
  process_.steps[step].fingerprint =
      fingerprint(context_.chain.steps[step], context_.record, context_.entity);
  flow_.settle(step);
  flow_.advance();
  if (!process_.is_under_way()) flow_.inform();
}

void Acting::give_back() {
  flow_.close(index_, TaskOutcome::Returned, me_);
  task().comment = action_.comment;
  say("returned", task().assignee, action_.step.empty() ? "submitter" : action_.step);
  const bool resume = action_.resume.value_or(context_.chain.resume_after_return);
  give_back_from(task().step, action_.step, resume, process_, context_, flow_);
}

void Acting::transfer() {
  flow_.close(index_, TaskOutcome::Transferred, me_);
  task().comment = action_.comment;
  say("transferred", *action_.to);
  process_.last_decision.reset();
  const Task given = task();
  const std::string from = context_.situation.showing.people->account_name(given.assignee);
  flow_.add_task(given.step, given.seat, given.place, *action_.to, "transfer: " + from).added_by =
      me_;
  flow_.settle(given.step);
}

void Acting::add_approver() {
  const std::size_t step = task().step;
  const std::size_t seat = task().seat;
  const std::string by = context_.situation.showing.people->account_name(me_);
  process_.last_decision.reset();
  std::string place;
  switch (action_.place) {
    case AddedPlace::Before:
      place = "before";
      insert_place(process_, step, seat, task().place);
      flow_.add_task(step, seat, task().place - 1, *action_.to, "before: " + by).added_by = me_;
      break;
    case AddedPlace::After:
      place = "after";
      insert_place(process_, step, seat, task().place + 1);
      flow_.add_task(step, seat, task().place + 1, *action_.to, "after: " + by).added_by = me_;
      break;
    case AddedPlace::Alongside:
      place = "alongside";
      flow_.add_task(step, next_seat(process_, step), 0, *action_.to, "alongside: " + by).added_by =
          me_;
      break;
  }
  say("approver_added", *action_.to, place);
  flow_.settle(step);
}

// As if it had not been decided: what followed by itself is undone with it, what others decided
// stays.
void Acting::take_back() {
  const std::size_t step = task().step;
  task().state = TaskState::Void;
  const Task decided = task();
  say("taken_back", decided.assignee);
  process_.last_decision.reset();
  flow_.add_task(step, decided.seat, decided.place, decided.assignee, decided.reason).added_by =
      decided.added_by;
  if (process_.steps[step].state != StepState::Open)
    undo_what_followed(step, process_, context_, flow_);
  void_what_changed(process_, context_, flow_);
  flow_.settle(step);
  flow_.advance();
}

void Acting::resubmit() {
  flow_.close(index_, TaskOutcome::Submitted, me_);
  task().comment = action_.comment;
  say("resubmitted", task().assignee);
  process_.state = ProcessState::Running;
  ++process_.round;
  flow_.advance();
  if (!process_.is_under_way()) flow_.inform();
}

void Acting::withdraw() {
  say("withdrawn", process_.submitter);
  end_process(process_, ProcessState::Withdrawn, flow_.now());
  effects_.outcome = Effects::Outcome::Withdrawn;
  flow_.inform();
}

void Acting::urge() {
  task().urged_at = flow_.now();
  ++task().urged;
  say("urged", task().assignee);
}

void Acting::read() {
  if (!task().read_at) task().read_at = flow_.now();
  if (task().kind == TaskKind::Copy && task().state == TaskState::Open) {
    flow_.close(index_, TaskOutcome::Read, me_);
  }
}

void Acting::say(std::string action, AccountId whom, std::string reason) {
  const bool is_of_step = task().kind == TaskKind::Decide && action_.action != TaskAction::Withdraw;
  const bool stands_in = task().assignee != me_ && is_own(task(), context_) &&
                         action_.action != TaskAction::Withdraw &&
                         action_.action != TaskAction::Urge;
  effects_.events.push_back({.action = std::move(action),
                             .step = is_of_step ? process_.steps[task().step].id : "",
                             .whom = whom,
                             .on_behalf = stands_in ? task().assignee : 0,
                             .comment = action_.comment,
                             .reason = std::move(reason)});
}

MayBe refuse_naming(const engine::NameApprover& name, const Process& process, std::size_t step,
                    const Context& context) {
  if (auto refusal = records::refuse(context.situation, model::Action::Assign, context.entity,
                                     context.record)) {
    return refusal;
  }
  if (step == process.steps.size()) {
    return refusal_of(RefusalKind::Invalid, texts::kNoStep,
                      {{"chain", context.chain.label}, {"step", name.step}});
  }
  if (process.steps[step].state != StepState::Held) {
    return refusal_of(RefusalKind::Conflict, texts::kNotHeld,
                      {{"step", context.chain.steps[step].label}});
  }
  return refuse_person(name.to, process, step, context);
}

}  // namespace

Expected<Effects, Refusal> act(const ActOnTask& action, Process& process, std::size_t task,
                               const Context& context) {
  return Acting(action, process, task, context).act();
}

Expected<Effects, Refusal> name_approver(const engine::NameApprover& name, Process& process,
                                         const Context& context) {
  const auto found = std::find_if(process.steps.begin(), process.steps.end(),
                                  [&](const auto& step) { return step.id == name.step; });
  const auto step = static_cast<std::size_t>(found - process.steps.begin());
  if (MayBe refusal = refuse_naming(name, process, step, context)) {
    return Unexpected(std::move(*refusal));
  }
  Effects effects;
  Flow flow(process, context, effects);
  const engine::Actor& actor = context.situation.actor;
  const std::size_t seat = vacant_seat(process, step);
  process.last_decision.reset();
  flow.add_task(step, seat, next_place(process, step, seat), name.to, "named: " + actor.name)
      .added_by = actor.account;
  flow.say("approver_added", step, name.to, "named");
  flow.settle(step);
  flow.advance();
  return effects;
}

}  // namespace formwork::approvals

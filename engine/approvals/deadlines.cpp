// What time does with tasks.
#include "engine/approvals/flow.h"
#include "engine/approvals/returning.h"
#include "engine/approvals/seats.h"

namespace formwork::approvals {

using engine::Process;
using engine::ProcessState;
using engine::Task;
using engine::TaskKind;
using engine::TaskOutcome;
using engine::TaskState;
using model::Deadline;

namespace {

class Timeout {
 public:
  Timeout(const Deadline& deadline, Process& process, std::size_t task, const Context& context)
      : deadline_(deadline),
        process_(process),
        index_(task),
        context_(context),
        flow_(process, context, effects_) {}

  Effects run();

 private:
  void remind();
  void decide(TaskOutcome outcome);
  void ask_others(bool instead);
  void give_back();
  std::vector<Found> others() const;

  Task& task() { return process_.tasks[index_]; }

  const Deadline& deadline_;
  Process& process_;
  std::size_t index_;
  const Context& context_;
  Effects effects_;
  Flow flow_;
};

Effects Timeout::run() {
  const bool is_waiting = process_.state == ProcessState::Running &&
                          task().kind == TaskKind::Decide && task().state == TaskState::Open;
  if (!is_waiting) return {};
  switch (deadline_.action) {
    case Deadline::Action::Remind:
      remind();
      break;
    case Deadline::Action::Escalate:
      ask_others(false);
      break;
    case Deadline::Action::Transfer:
      ask_others(true);
      break;
    case Deadline::Action::Approve:
      decide(TaskOutcome::ApprovedByTimeout);
      break;
    case Deadline::Action::Reject:
      decide(TaskOutcome::RejectedByTimeout);
      break;
    case Deadline::Action::Return:
      give_back();
      break;
  }
  return std::move(effects_);
}

std::string after(const Deadline& deadline) { return calendar::to_string(deadline.after); }

void Timeout::remind() {
  task().urged_at = flow_.now();
  ++task().urged;
  flow_.say("reminded", task().step, task().assignee, after(deadline_));
}

void Timeout::decide(TaskOutcome outcome) {
  const std::size_t step = task().step;
  flow_.close(index_, outcome);
  process_.last_decision.reset();
  const bool passes = outcome == TaskOutcome::ApprovedByTimeout;
  flow_.say(passes ? "passed" : "rejected", step, task().assignee, "time-out: " + after(deadline_));
  flow_.settle(step);
  flow_.advance();
  if (!process_.is_under_way()) flow_.inform();
}

// Who may decide and is not asked yet.
std::vector<Found> Timeout::others() const {
  const Task& task = process_.tasks[index_];
  const Subject subject{.entity = context_.entity,
                        .record = context_.record,
                        .submitter = process_.submitter,
                        .approver = task.assignee};
  std::vector<Found> others;
  for (Found& found : find_people(deadline_.to, subject, context_.situation)) {
    const bool is_free = may_be_seated(context_, process_.submitter, found.account) &&
                         !is_asked(process_, task.step, found.account);
    if (is_free) others.push_back(std::move(found));
  }
  return others;
}

// In the same place of the same seat: one of them decides it.
void Timeout::ask_others(bool instead) {
  const std::vector<Found> found = others();
  const Task late = task();
  const std::string action = instead ? "transferred" : "escalated";
  if (found.empty()) {
    flow_.say(action, late.step, 0, "time-out: " + after(deadline_) + ": 0");
    return;
  }
  process_.last_decision.reset();
  if (instead) flow_.close(index_, TaskOutcome::TransferredByTimeout);
  for (const Found& one : found) {
    flow_.add_task(late.step, late.seat, late.place, one.account, "time-out: " + one.why);
    flow_.say(action, late.step, one.account, "time-out: " + after(deadline_));
  }
  flow_.settle(late.step);
}

void Timeout::give_back() {
  if (returns_to(process_, context_) == 0) {
    flow_.say("returned", task().step, 0, "time-out: " + after(deadline_) + ": 0");
    return;
  }
  flow_.close(index_, TaskOutcome::ReturnedByTimeout);
  flow_.say("returned", task().step, task().assignee, "time-out: " + after(deadline_));
  give_back_from(task().step, "", context_.chain.resume_after_return, process_, context_, flow_);
}

}  // namespace

Effects on_deadline(const Deadline& deadline, Process& process, std::size_t task,
                    const Context& context) {
  return Timeout(deadline, process, task, context).run();
}

std::vector<Due> deadlines_of(const model::ApprovalStep& step, Instant opened,
                              const model::Model& model) {
  std::vector<Due> due;
  for (std::size_t i = 0; i < step.within.size(); ++i) {
    due.push_back({.number = i, .at = model.calendar().add(opened, step.within[i].after)});
  }
  return due;
}

}  // namespace formwork::approvals

#include "engine/approvals/changes.h"

#include <algorithm>

#include "engine/approvals/seats.h"

namespace formwork::approvals {

using engine::AccountId;
using engine::Process;
using engine::ProcessState;
using engine::ProcessStep;
using engine::StepState;
using engine::Task;
using engine::TaskOutcome;
using engine::TaskState;

namespace {

class Changing {
 public:
  Changing(Process& process, const Context& context, Flow& flow, const std::size_t* decision)
      : process_(process), context_(context), flow_(flow), decision_(decision) {}

  bool run();

 private:
  void change(std::size_t step);
  void change_skipped(std::size_t step);
  void change_waiting(std::size_t step);
  void tell(std::size_t step, const std::string& reason);
  void fall(std::size_t step, const std::string& reason);
  bool rests_on_nothing(std::size_t step) const;
  bool asks_the_same(std::size_t step, const Seating& seating) const;

  Process& process_;
  const Context& context_;
  Flow& flow_;
  const std::size_t* decision_;
  bool fell_ = false;
};

bool Changing::run() {
  for (std::size_t i = 0; i < process_.steps.size(); ++i) {
    ProcessStep& step = process_.steps[i];
    if (step.fingerprint.empty() || step.state == StepState::Cancelled) continue;
    if (step.fingerprint !=
        fingerprint(context_.chain.steps[i], context_.record, context_.entity)) {
      change(i);
    } else if (rests_on_nothing(i)) {
      fall(i, "same_person: once");
    }
  }
  return fell_;
}

void Changing::change(std::size_t index) {
  switch (process_.steps[index].state) {
    case StepState::Skipped:
      return change_skipped(index);
    case StepState::Open:
    case StepState::Held:
      return change_waiting(index);
    default:
      return fall(index, process_.steps[index].reason);
  }
}

// Whether it applies is asked again.
void Changing::change_skipped(std::size_t index) {
  ProcessStep& step = process_.steps[index];
  const Seating seating = seating_of(context_.chain.steps[index], context_, process_.submitter);
  step.reason = seating.reason;
  if (seating.applies) return fall(index, seating.reason);
  step.fingerprint = fingerprint(context_.chain.steps[index], context_.record, context_.entity);
}

// Who is asked the same as before keeps the task; who has voted is asked once more. Where somebody
// is missing, perhaps nobody is any more.
void Changing::change_waiting(std::size_t index) {
  ProcessStep& step = process_.steps[index];
  const Seating seating = seating_of(context_.chain.steps[index], context_, process_.submitter);
  const bool is_of_decision = decision_ != nullptr && process_.tasks[*decision_].step == index;
  const bool is_found_now = step.state == StepState::Held && seating.trouble.empty();
  const bool asks_others = !seating.applies || is_found_now || !asks_the_same(index, seating);
  if (!is_of_decision && asks_others) return fall(index, seating.reason);
  if (step.state == StepState::Open) step.reason = seating.reason;
  step.fingerprint = fingerprint(context_.chain.steps[index], context_.record, context_.entity);
  if (!flow_.ask_again(index, is_of_decision ? decision_ : nullptr)) return;
  tell(index, seating.reason);
  flow_.settle(index);
}

void Changing::fall(std::size_t index, const std::string& reason) {
  flow_.reset(index);
  tell(index, reason);
}

void Changing::tell(std::size_t index, const std::string& reason) {
  flow_.say("voided", index, 0, reason);
  fell_ = true;
}

// A decision that was counted falls with the one that it was counted for.
bool Changing::rests_on_nothing(std::size_t index) const {
  const std::vector<std::size_t> before = steps_before(process_, context_.chain, index);
  return std::any_of(process_.tasks.begin(), process_.tasks.end(), [&](const Task& task) {
    const bool is_counted = is_seated(process_, task, index) && task.state == TaskState::Done &&
                            task.outcome == TaskOutcome::CountedBefore;
    if (!is_counted) return false;
    return std::none_of(before.begin(), before.end(), [&](std::size_t step) {
      return approved_in(process_, step, task.assignee);
    });
  });
}

bool Changing::asks_the_same(std::size_t index, const Seating& seating) const {
  std::vector<AccountId> now;
  for (const Seated& seated : seating.people) now.push_back(seated.found.account);
  std::vector<AccountId> then;
  std::size_t next = process_.steps[index].first_seat;
  for (const Task& task : process_.tasks) {
    const bool is_of_chain =
        is_seated(process_, task, index) && task.added_by == 0 && task.seat == next;
    if (!is_of_chain) continue;
    then.push_back(task.assignee);
    ++next;
  }
  return now == then;
}

}  // namespace

bool void_what_changed(Process& process, const Context& context, Flow& flow,
                       const std::size_t* decision) {
  return Changing(process, context, flow, decision).run();
}

Effects on_change(Process& process, const Context& context) {
  Effects effects;
  const bool was_approved = process.state == ProcessState::Approved;
  if (!process.is_under_way() && !was_approved) return effects;
  Flow flow(process, context, effects);
  if (void_what_changed(process, context, flow)) process.last_decision.reset();
  if (!was_approved) {
    flow.advance();
    if (!process.is_under_way()) flow.inform();
    return effects;
  }
  const bool is_asked_again =
      std::any_of(process.steps.begin(), process.steps.end(),
                  [](const ProcessStep& step) { return step.state == StepState::Pending; });
  if (!is_asked_again) return effects;
  const std::optional<Instant> ended_at = std::exchange(process.ended_at, std::nullopt);
  process.state = ProcessState::Running;
  flow.advance();
  if (process.state == ProcessState::Approved) {
    // Nobody has to be asked about the new values: it stays approved.
    process.ended_at = ended_at;
    effects.outcome = Effects::Outcome::None;
  } else {
    effects.events.push_back({.action = "reopened"});
    effects.outcome = Effects::Outcome::Reopened;
  }
  return effects;
}

}  // namespace formwork::approvals

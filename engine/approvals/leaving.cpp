// Records that leave their approval, and people who leave their tasks.
#include "engine/approvals/flow.h"
#include "engine/approvals/seats.h"

namespace formwork::approvals {

using engine::AccountId;
using engine::Process;
using engine::ProcessState;
using engine::Task;
using engine::TaskKind;
using engine::TaskOutcome;
using engine::TaskState;

namespace {

class HandingOver {
 public:
  HandingOver(Process& process, AccountId from, AccountId heir, const Context& context)
      : process_(process),
        from_(from),
        heir_(heir),
        context_(context),
        flow_(process, context, effects_) {}

  Effects run();

 private:
  void hand_over(std::size_t task);
  bool is_fit(const Task& task) const;
  void withdraw();

  Process& process_;
  AccountId from_;
  AccountId heir_;
  const Context& context_;
  Effects effects_;
  Flow flow_;
};

Effects HandingOver::run() {
  const std::size_t count = process_.tasks.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (process_.tasks[i].assignee == from_ && is_live(process_.tasks[i])) hand_over(i);
  }
  if (effects_.events.empty() || !process_.is_under_way()) return std::move(effects_);
  for (std::size_t i = 0; i < process_.steps.size(); ++i) flow_.settle(i);
  flow_.advance();
  if (!process_.is_under_way()) flow_.inform();
  return std::move(effects_);
}

void HandingOver::hand_over(std::size_t index) {
  const Task left = process_.tasks[index];
  const bool decides = left.kind == TaskKind::Decide;
  // Nobody gets two seats in a step by it: the heir's own stands for this one as well.
  const bool is_asked_already = decides && is_asked(process_, left.step, heir_);
  const bool goes_on = is_fit(left) && !is_asked_already;
  flow_.close(index, TaskOutcome::HandedOver);
  if (is_asked_already) process_.tasks[index].state = TaskState::Void;
  effects_.events.push_back({.action = "handed_over",
                             .step = decides ? process_.steps[left.step].id : std::string(),
                             .whom = goes_on ? heir_ : 0,
                             .reason = context_.situation.showing.people->account_name(from_)});
  if (goes_on) {
    Task& next = flow_.add_task(left.step, left.seat, left.place, heir_, left.reason);
    next.kind = left.kind;
    next.added_by = context_.situation.actor.account;
    if (decides) return;
    next.state = TaskState::Open;
    next.opened_at = flow_.now();
  } else if (left.kind == TaskKind::Resubmit) {
    withdraw();
  }
}

// Active, and with a seat one who may decide.
bool HandingOver::is_fit(const Task& task) const {
  if (task.kind == TaskKind::Decide) return may_be_seated(context_, process_.submitter, heir_);
  return context_.situation.organization.is_active(heir_);
}

// Nobody is left who could submit it again.
void HandingOver::withdraw() {
  effects_.events.push_back({.action = "withdrawn", .whom = from_, .reason = "handed_over: 0"});
  end_process(process_, ProcessState::Withdrawn, flow_.now());
  effects_.outcome = Effects::Outcome::Withdrawn;
  flow_.inform();
}

}  // namespace

Effects hand_over(Process& process, AccountId from, AccountId heir, const Context& context) {
  return HandingOver(process, from, heir, context).run();
}

Effects cancel(Process& process, std::string_view reason, Instant now) {
  Effects effects;
  if (!process.is_under_way()) return effects;
  end_process(process, ProcessState::Cancelled, now);
  effects.events.push_back({.action = "cancelled", .reason = std::string(reason)});
  return effects;
}

}  // namespace formwork::approvals

#include "engine/approvals/returning.h"

#include <algorithm>

#include "engine/approvals/seats.h"

namespace formwork::approvals {

using engine::Process;
using engine::ProcessState;
using engine::StepState;
using engine::Task;
using engine::TaskKind;
using engine::TaskOutcome;
using engine::TaskState;

namespace {

// Somebody voted, or time did: not what was counted or skipped by itself.
bool has_votes(const Process& process, std::size_t step) {
  return std::any_of(process.tasks.begin(), process.tasks.end(), [&](const Task& task) {
    return is_seated(process, task, step) && task.state == TaskState::Done &&
           is_vote(task.outcome) && task.outcome != TaskOutcome::CountedBefore;
  });
}

void give_back_to(engine::AccountId submitter, std::size_t from, bool resume, Process& process,
                  Flow& flow) {
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    if (!resume || i == from || process.steps[i].is_waiting()) flow.reset(i);
  }
  process.state = ProcessState::Returned;
  process.tasks.push_back({.process = process.id,
                           .step = from,
                           .kind = TaskKind::Resubmit,
                           .state = TaskState::Open,
                           .assignee = submitter,
                           .reason = "submitter",
                           .opened_at = flow.now()});
}

// Another branch had been enough; now it may not be.
void bring_back_overtaken(std::size_t step, Process& process, const Context& context, Flow& flow) {
  const model::ApprovalGroup& group = context.chain.groups[context.chain.steps[step].group];
  for (const std::vector<std::size_t>& branch : group.branches) {
    for (const std::size_t index : branch) {
      if (process.steps[index].state == StepState::Cancelled) flow.reset(index);
    }
  }
}

}  // namespace

engine::AccountId returns_to(const Process& process, const Context& context) {
  engine::AccountId account = process.submitter;
  for (const Task& task : process.tasks) {
    if (task.outcome == TaskOutcome::Submitted) account = task.assignee;
  }
  return context.situation.organization.is_active(account) ? account : engine::kSystemAccount;
}

std::vector<std::string> return_targets(const Process& process, std::size_t task,
                                        const Context& context) {
  std::vector<std::string> targets;
  const std::size_t from = process.tasks[task].step;
  if (process.tasks[task].kind != TaskKind::Decide) return targets;
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const bool is_possible = process.steps[i].is_through() && is_before(context.chain, i, from);
    if (is_possible) targets.push_back(process.steps[i].id);
  }
  return targets;
}

void give_back_from(std::size_t from, const std::string& to, bool resume, Process& process,
                    const Context& context, Flow& flow) {
  process.last_decision.reset();
  process.resume_at.reset();
  if (resume) process.resume_at = from;
  if (to.empty()) return give_back_to(returns_to(process, context), from, resume, process, flow);
  const auto found = std::find_if(process.steps.begin(), process.steps.end(),
                                  [&](const auto& step) { return step.id == to; });
  const auto target = static_cast<std::size_t>(found - process.steps.begin());
  if (!resume) bring_back_overtaken(target, process, context, flow);
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const bool is_behind = !resume && is_before(context.chain, target, i);
    if (i == target || i == from || is_behind) flow.reset(i);
  }
  flow.advance();
}

void undo_what_followed(std::size_t step, Process& process, const Context& context, Flow& flow) {
  flow.reopen(step);
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const bool is_kept = has_votes(process, i) || process.steps[i].state == StepState::Pending;
    if (is_before(context.chain, step, i) && !is_kept) flow.reset(i);
  }
  const model::ApprovalGroup& group = context.chain.groups[context.chain.steps[step].group];
  if (!group.any_branch) return;
  for (const std::vector<std::size_t>& branch : group.branches) {
    for (const std::size_t index : branch) {
      if (process.steps[index].state != StepState::Cancelled) continue;
      if (!process.steps[index].opened_at) {
        flow.reset(index);
        continue;
      }
      flow.reopen(index);
      flow.settle(index);
    }
  }
}

}  // namespace formwork::approvals

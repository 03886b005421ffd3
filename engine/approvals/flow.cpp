#include "engine/approvals/flow.h"

#include <algorithm>
#include <set>

#include "engine/approvals/seats.h"

namespace formwork::approvals {

using engine::AccountId;
using engine::Process;
using engine::ProcessState;
using engine::ProcessStep;
using engine::StepState;
using engine::Task;
using engine::TaskKind;
using engine::TaskOutcome;
using engine::TaskState;
using model::ApprovalGroup;

namespace {

void make_void(Task& task, Instant now) {
  if (is_live(task)) task.closed_at = now;
  task.state = TaskState::Void;
}

void void_live(Process& process, std::size_t step, Instant now) {
  for (Task& task : process.tasks) {
    if (task.kind == TaskKind::Decide && task.step == step && is_live(task)) make_void(task, now);
  }
}

bool is_counted(const Task& task) {
  return task.state == TaskState::Done &&
         (is_vote(task.outcome) || task.outcome == TaskOutcome::SubmitterSkipped);
}

}  // namespace

void end_process(Process& process, ProcessState state, Instant now) {
  process.state = state;
  process.ended_at = now;
  process.resume_at.reset();
  process.last_decision.reset();
  for (Task& task : process.tasks) {
    if (task.kind != TaskKind::Copy && is_live(task)) make_void(task, now);
  }
  for (ProcessStep& step : process.steps) {
    if (!step.is_waiting() && step.state != StepState::Pending) continue;
    if (step.state != StepState::Pending) step.closed_at = now;
    step.state = StepState::Cancelled;
  }
}

void Flow::advance() {
  if (process_.state != ProcessState::Running) return;
  for (const ApprovalGroup& group : context_.chain.groups) {
    const Way way = walk(group);
    if (way == Way::Waiting) return;
    if (way != Way::Failed) continue;
    end_process(process_, ProcessState::Rejected, now());
    effects_.outcome = Effects::Outcome::Rejected;
    return;
  }
  end_process(process_, ProcessState::Approved, now());
  effects_.outcome = Effects::Outcome::Approved;
}

Flow::Way Flow::walk(const ApprovalGroup& group) {
  std::size_t through = 0;
  std::size_t waiting = 0;
  std::size_t failed = 0;
  for (const std::vector<std::size_t>& branch : group.branches) {
    const Way way = walk(branch);
    through += way == Way::Through ? 1 : 0;
    waiting += way == Way::Waiting ? 1 : 0;
    failed += way == Way::Failed ? 1 : 0;
    if (group.any_branch && through > 0) break;
  }
  if (group.any_branch && through > 0) {
    cancel_rest(group);
    return Way::Through;
  }
  if (failed > 0 && !(group.any_branch && waiting > 0)) return Way::Failed;
  if (waiting > 0) return Way::Waiting;
  return through > 0 ? Way::Through : Way::NotApplicable;
}

Flow::Way Flow::walk(const std::vector<std::size_t>& branch) {
  Way way = Way::NotApplicable;
  for (const std::size_t index : branch) {
    const ProcessStep& step = process_.steps[index];
    if (step.state == StepState::Pending) open(index);
    if (step.state == StepState::Skipped) continue;
    if (step.is_waiting()) return Way::Waiting;
    if (!step.is_through()) return Way::Failed;
    way = Way::Through;
  }
  return way;
}

// One branch was enough.
void Flow::cancel_rest(const ApprovalGroup& group) {
  for (const std::vector<std::size_t>& branch : group.branches) {
    for (const std::size_t index : branch) {
      ProcessStep& step = process_.steps[index];
      if (step.state != StepState::Pending && !step.is_waiting()) continue;
      void_live(process_, index, now());
      if (step.is_waiting()) step.closed_at = now();
      step.state = StepState::Cancelled;
    }
  }
}

void Flow::open(std::size_t index) {
  ProcessStep& step = process_.steps[index];
  const Seating seating = seating_of(context_.chain.steps[index], context_, process_.submitter);
  step.reason = seating.reason;
  step.fingerprint = fingerprint(context_.chain.steps[index], context_.record, context_.entity);
  if (process_.resume_at == index) process_.resume_at.reset();
  if (!seating.applies) {
    step.state = StepState::Skipped;
    step.closed_at = now();
    say("skipped", index, 0, step.reason);
    return;
  }
  step.first_seat = next_seat(process_, index);
  step.opened_at = now();
  step.state = StepState::Open;
  seat(index, seating);
  if (!seating.trouble.empty()) {
    step.state = StepState::Held;
    step.reason += (step.reason.empty() ? "" : "; ") + seating.trouble;
    say("held", index, 0, seating.trouble);
    return;
  }
  count_before(index);
  settle(index);
}

void Flow::seat(std::size_t index, const Seating& seating) {
  std::size_t number = process_.steps[index].first_seat;
  for (const Seated& seated : seating.people) {
    add_task(index, number++, 0, seated.found.account, seated.found.why);
    if (!seated.is_skipped) continue;
    close(process_.tasks.size() - 1, TaskOutcome::SubmitterSkipped);
    say("passed", index, seated.found.account, "submitter: skip");
  }
}

// Who approved directly before need not do so again.
void Flow::count_before(std::size_t index) {
  if (!context_.chain.same_person_once) return;
  const std::vector<std::size_t> before = steps_before(process_, context_.chain, index);
  for (std::size_t i = 0; i < process_.tasks.size(); ++i) {
    const Task& task = process_.tasks[i];
    if (!is_seated(process_, task, index) || !is_live(task)) continue;
    const auto earlier = std::find_if(before.begin(), before.end(), [&](std::size_t step) {
      return approved_in(process_, step, task.assignee);
    });
    if (earlier == before.end()) continue;
    close(i, TaskOutcome::CountedBefore);
    say("passed", index, task.assignee, "same_person: once; " + process_.steps[*earlier].id);
  }
}

void Flow::settle(std::size_t index) {
  ProcessStep& step = process_.steps[index];
  if (!step.is_waiting()) return;
  vacate(index);
  const Tally result = tally(context_.chain.steps[index], process_, index);
  if (result == Tally::Approved) {
    return finish(index, was_passed(index) ? StepState::Passed : StepState::Approved);
  }
  if (result == Tally::Rejected) return finish(index, StepState::Rejected);
  const bool was_held = step.state == StepState::Held;
  step.state = result == Tally::TooFew ? StepState::Held : StepState::Open;
  if (step.state == StepState::Held && !was_held) say("held", index, 0, step.reason);
  arrange(index);
}

// Who left while others came first has nobody to hand over to any more.
void Flow::vacate(std::size_t index) {
  const std::vector<bool> due = due_tasks(context_.chain.steps[index], process_, index);
  for (std::size_t i = 0; i < due.size(); ++i) {
    const Task& task = process_.tasks[i];
    if (!due[i] || task.state == TaskState::Open) continue;
    if (context_.situation.organization.is_active(task.assignee)) continue;
    close(i, TaskOutcome::HandedOver);
    say("handed_over", index, 0, context_.situation.showing.people->account_name(task.assignee));
  }
}

// Opens the tasks whose turn it is. What was opened too early, before somebody was put in front of
// it, waits.
void Flow::arrange(std::size_t index) {
  const model::ApprovalStep& rules = context_.chain.steps[index];
  const std::vector<bool> overtaken = overtaken_tasks(process_, index);
  for (std::size_t i = 0; i < overtaken.size(); ++i) {
    if (overtaken[i]) make_void(process_.tasks[i], now());
  }
  std::vector<bool> due = due_tasks(rules, process_, index);
  if (process_.steps[index].state == StepState::Held) due.assign(due.size(), false);
  for (std::size_t i = 0; i < process_.tasks.size(); ++i) {
    Task& task = process_.tasks[i];
    if (!is_seated(process_, task, index) || !is_live(task)) continue;
    if (due[i] == (task.state == TaskState::Open)) continue;
    task.state = due[i] ? TaskState::Open : TaskState::Waiting;
    task.opened_at.reset();
    task.due_at.reset();
    if (!due[i]) continue;
    task.opened_at = now();
    for (const Due& deadline : deadlines_of(rules, now(), context_.situation.gate.model())) {
      const auto action = rules.within[deadline.number].action;
      if (action == model::Deadline::Action::Remind || task.due_at) continue;
      task.due_at = deadline.at;
    }
  }
}

void Flow::finish(std::size_t index, StepState state) {
  process_.steps[index].state = state;
  process_.steps[index].closed_at = now();
  void_live(process_, index, now());
}

// Whether time decided, or nobody had to. People's approvals alone make a step approved.
bool Flow::was_passed(std::size_t index) const {
  bool by_people = false;
  for (const Task& task : process_.tasks) {
    if (!is_seated(process_, task, index) || task.state != TaskState::Done) continue;
    if (task.outcome == TaskOutcome::ApprovedByTimeout) return true;
    by_people = by_people || task.outcome == TaskOutcome::Approved;
  }
  return !by_people;
}

void Flow::reset(std::size_t index) {
  ProcessStep& step = process_.steps[index];
  for (Task& task : process_.tasks) {
    if (!is_seated(process_, task, index) || (!is_live(task) && !is_counted(task))) continue;
    make_void(task, now());
  }
  step.state = StepState::Pending;
  step.opened_at.reset();
  step.closed_at.reset();
  step.fingerprint.clear();
}

bool Flow::ask_again(std::size_t index, const std::size_t* except) {
  std::vector<std::size_t> votes;
  for (std::size_t i = 0; i < process_.tasks.size(); ++i) {
    const Task& task = process_.tasks[i];
    const bool is_excepted = except != nullptr && *except == i;
    if (is_seated(process_, task, index) && is_counted(task) && is_vote(task.outcome) &&
        !is_excepted) {
      votes.push_back(i);
    }
  }
  for (const std::size_t i : votes) {
    make_void(process_.tasks[i], now());
    const Task voted = process_.tasks[i];
    add_task(index, voted.seat, voted.place, voted.assignee, voted.reason).added_by =
        voted.added_by;
  }
  return !votes.empty();
}

void Flow::reopen(std::size_t index) {
  ProcessStep& step = process_.steps[index];
  step.state = StepState::Open;
  step.closed_at.reset();
  std::set<std::pair<std::size_t, AccountId>> asked;  // of which seat
  std::vector<std::size_t> undecided;
  for (std::size_t i = process_.tasks.size(); i-- > 0;) {
    const Task& task = process_.tasks[i];
    if (!is_seated(process_, task, index)) continue;
    const bool was_undecided = task.state == TaskState::Void && task.outcome == TaskOutcome::None;
    const bool is_first = asked.emplace(task.seat, task.assignee).second;
    if (was_undecided && is_first) undecided.push_back(i);
  }
  std::reverse(undecided.begin(), undecided.end());
  for (const std::size_t i : undecided) {
    const Task task = process_.tasks[i];
    add_task(index, task.seat, task.place, task.assignee, task.reason).added_by = task.added_by;
  }
}

Task& Flow::add_task(std::size_t step, std::size_t seat, std::size_t place, AccountId assignee,
                     std::string reason) {
  process_.tasks.push_back({.process = process_.id,
                            .step = step,
                            .seat = seat,
                            .place = place,
                            .kind = TaskKind::Decide,
                            .state = TaskState::Waiting,
                            .assignee = assignee,
                            .reason = std::move(reason)});
  return process_.tasks.back();
}

void Flow::close(std::size_t index, TaskOutcome outcome, AccountId by) {
  Task& task = process_.tasks[index];
  task.state = TaskState::Done;
  task.outcome = outcome;
  task.decided_by = by;
  task.closed_at = now();
}

void Flow::say(std::string action, std::size_t step, AccountId whom, std::string reason) {
  effects_.events.push_back({.action = std::move(action),
                             .step = process_.steps[step].id,
                             .whom = whom,
                             .on_behalf = 0,
                             .comment = {},
                             .reason = std::move(reason)});
}

void Flow::inform() {
  const Subject subject{
      .entity = context_.entity, .record = context_.record, .submitter = process_.submitter};
  for (const Found& found : find_people(context_.chain.cc, subject, context_.situation)) {
    process_.tasks.push_back({.process = process_.id,
                              .kind = TaskKind::Copy,
                              .state = TaskState::Open,
                              .assignee = found.account,
                              .reason = "cc: " + found.why,
                              .opened_at = now()});
  }
}

std::vector<std::size_t> steps_before(const Process& process, const model::ApprovalChain& chain,
                                      std::size_t index) {
  const model::ApprovalStep& step = chain.steps[index];
  const auto last_of = [&](const std::vector<std::size_t>& branch, std::size_t end) {
    while (end > 0 && process.steps[branch[end - 1]].state == StepState::Skipped) --end;
    const bool is_found = end > 0 && process.steps[branch[end - 1]].is_through();
    return std::vector<std::size_t>(is_found ? 1 : 0, is_found ? branch[end - 1] : 0);
  };
  const std::vector<std::size_t>& own = chain.groups[step.group].branches[step.branch];
  const auto place =
      static_cast<std::size_t>(std::find(own.begin(), own.end(), index) - own.begin());
  std::vector<std::size_t> before = last_of(own, place);
  for (std::size_t group = step.group; before.empty() && group-- > 0;) {
    for (const std::vector<std::size_t>& branch : chain.groups[group].branches) {
      for (const std::size_t last : last_of(branch, branch.size())) before.push_back(last);
    }
  }
  return before;
}

bool is_before(const model::ApprovalChain& chain, std::size_t first, std::size_t second) {
  const model::ApprovalStep& a = chain.steps[first];
  const model::ApprovalStep& b = chain.steps[second];
  if (a.group != b.group) return a.group < b.group;
  if (a.branch != b.branch) return false;
  const std::vector<std::size_t>& branch = chain.groups[a.group].branches[a.branch];
  return std::find(branch.begin(), branch.end(), first) <
         std::find(branch.begin(), branch.end(), second);
}

bool approved_in(const Process& process, std::size_t step, AccountId account) {
  for (auto task = process.tasks.rbegin(); task != process.tasks.rend(); ++task) {
    const bool begins_round =
        task->kind == TaskKind::Resubmit && task->outcome == TaskOutcome::Submitted;
    if (begins_round) return false;
    const bool approved =
        task->outcome == TaskOutcome::Approved || task->outcome == TaskOutcome::CountedBefore;
    if (is_seated(process, *task, step) && task->state == TaskState::Done && approved &&
        task->assignee == account) {
      return true;
    }
  }
  return false;
}

}  // namespace formwork::approvals

// Random chains and random people: what must hold of every process, whatever is done with it.
#include <random>
#include <set>

#include <doctest/doctest.h>

#include "engine/approvals/flow.h"
#include "engine/approvals/seats.h"
#include "tests/engine/approvals/world.h"

namespace formwork::approvals {
namespace {

using engine::ProcessStep;
using namespace testing;  // NOLINT(google-build-using-namespace)

constexpr std::size_t kChains = 120;
constexpr std::size_t kSequences = 20'000;
constexpr std::size_t kMostActions = 40;
constexpr std::size_t kPeople = 8;

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : generator_(seed) {}

  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(generator_() % limit); }

  bool once_in(std::size_t times) { return below(times) == 0; }

  template <class T>
  const T& one_of(const std::vector<T>& all) {
    return all[below(all.size())];
  }

 private:
  std::mt19937_64 generator_;
};

std::string person(std::size_t index) { return "p" + std::to_string(index); }

// Chains of up to five steps, with branches, in all modes and with all settings.
class Chains {
 public:
  explicit Chains(std::uint64_t seed) : dice_(seed) {}

  std::string app() {
    std::string yaml = R"(
app: random
locales: [en]
---
entity: quote
title: title
fields:
  title: { type: text }
  owner: { type: user }
  a: { type: number }
  b: { type: number }
---
role: approver
on:
  quote: { view: true, approve: true }
---
role: sales
on:
  quote: { view: true, create: true, edit: true }
---
role: boss
on:
  quote: { view: true, approve: true, assign: true }
)";
    for (std::size_t i = 0; i < kChains; ++i) yaml += chain(i);
    return yaml;
  }

 private:
  std::string chain(std::size_t index) {
    step_ = 0;
    std::string yaml = "---\napproval: c" + std::to_string(index) + "\nof: quote\ncomment: []\n";
    yaml += "submitter: " + pick({"forbid", "skip", "allow", "manager"}) + "\n";
    yaml += "same_person: " + pick({"once", "each"}) + "\n";
    yaml += "after_return: " + pick({"resume", "again"}) + "\n";
    yaml += "withdraw: " + pick({"always", "before_decision", "never"}) + "\n";
    yaml += "on_empty: " + pick({"hold", "refuse", "{ to: role boss }"}) + "\n";
    if (dice_.once_in(3)) yaml += "cc: role sales\n";
    yaml += "steps:\n";
    for (std::size_t groups = 1 + dice_.below(3); groups > 0; --groups) {
      yaml += dice_.once_in(3) ? parallel() : "  - " + step() + "\n";
    }
    return yaml;
  }

  std::string parallel() {
    std::string yaml = "  - parallel:\n";
    for (std::size_t branches = 2 + dice_.below(2); branches > 0; --branches) {
      yaml += "      - [" + step() + (dice_.once_in(2) ? ", " + step() : "") + "]\n";
    }
    return yaml + "    join: " + pick({"all", "any"}) + "\n";
  }

  std::string step() {
    std::string yaml = "{ id: s" + std::to_string(step_++);
    if (dice_.once_in(3)) yaml += ", when: " + pick({"a > 5", "b > 5", "a > b"});
    yaml += ", approvers: " + approvers();
    yaml += ", mode: " + pick({"any", "all", "in_order", "{ quorum: 2 }", "{ percent: 60 }"});
    yaml += ", may: [return, transfer, add_approver], shows: [" + pick({"a", "b", "title"}) + "]";
    yaml +=
        ", within: { P1D: remind, P2D: escalate to manager of approver, P3D: transfer to role "
        "boss, P4D: approve, P5D: reject, P6D: return }";
    return yaml + " }";
  }

  std::string approvers() {
    if (dice_.once_in(4))
      return pick({"role boss", "manager of owner", "owner", "manager of submitter"});
    std::string yaml = "[";
    const std::size_t count = 1 + dice_.below(4);
    for (std::size_t i = 0; i < count; ++i) {
      yaml += (i == 0 ? "user " : ", user ") + person(dice_.below(kPeople));
    }
    return yaml + "]";
  }

  std::string pick(const std::vector<std::string>& all) { return dice_.one_of(all); }

  Dice dice_;
  std::size_t step_ = 0;
};

bool is_same(const Process& a, const Process& b) {
  return a.state == b.state && a.steps == b.steps && a.tasks == b.tasks && a.round == b.round &&
         a.resume_at == b.resume_at && a.last_decision == b.last_decision &&
         a.ended_at == b.ended_at;
}

// The first rule that is broken; empty: none.
class Rules {
 public:
  explicit Rules(World& world) : world_(world), process_(world.process) {}

  std::string broken() {
    for (std::size_t i = 0; i < process_.steps.size(); ++i) check_step(i);
    for (const Task& task : process_.tasks) check_task(task);
    check_process();
    return broken_;
  }

 private:
  void must(bool holds, const std::string& rule) {
    if (!holds && broken_.empty()) broken_ = rule;
  }

  void check_task(const Task& task) {
    const bool lives = is_live(task);
    must(lives != task.closed_at.has_value(), "a task has a time of closing when it is closed");
    must(task.state != TaskState::Open || task.opened_at, "an open task was opened");
    must(task.state != TaskState::Done || task.outcome != TaskOutcome::None,
         "a task that is done has an outcome");
    must(!lives || task.outcome == TaskOutcome::None, "what waits has no outcome");
    const bool by_submitter = task.kind == TaskKind::Decide && is_vote(task.outcome) &&
                              task.decided_by == process_.submitter &&
                              world_.chain().submitter != model::SubmitterSeat::Allow;
    must(!by_submitter, "submitters decide nothing of their own");
    if (lives && task.kind != TaskKind::Copy) must(process_.is_under_way(), "ended, nothing waits");
  }

  void check_step(std::size_t index) {
    const ProcessStep& step = process_.steps[index];
    const std::string name = step.id + " " + std::string(step_state_name(step.state)) + ": ";
    std::size_t open = 0;
    std::size_t live = 0;
    std::size_t counted = 0;
    std::set<std::pair<std::size_t, AccountId>> voters;
    for (const Task& task : process_.tasks) {
      if (task.kind != TaskKind::Decide || task.step != index) continue;
      open += task.state == TaskState::Open ? 1 : 0;
      live += is_live(task) ? 1 : 0;
      const bool counts = task.state == TaskState::Done && is_seated(process_, task, index);
      counted += counts && (is_vote(task.outcome) || task.outcome == TaskOutcome::SubmitterSkipped)
                     ? 1
                     : 0;
      must(!is_live(task) || is_seated(process_, task, index), name + "only present seats wait");
      if (!counts || !is_vote(task.outcome)) continue;
      must(voters.emplace(task.seat, task.assignee).second, name + "nobody decides a seat twice");
    }
    const bool waits = step.state == StepState::Open || step.state == StepState::Held;
    const bool is_through = step.state == StepState::Approved || step.state == StepState::Passed;
    must(waits || live == 0, name + "a closed step waits for nobody");
    must(step.state != StepState::Open || open > 0, name + "an open step waits for somebody");
    must(step.state != StepState::Held || open == 0, name + "a held step asks nobody");
    must(!is_through || counted > 0, name + "nothing is approved by nobody");
    const bool is_closed =
        is_through || step.state == StepState::Rejected || step.state == StepState::Skipped;
    must(!is_closed || step.closed_at, name + "a closed step has a time of closing");
    check_tally(index, name);
    check_values(index, name);
  }

  void check_tally(std::size_t index, const std::string& name) {
    const StepState state = process_.steps[index].state;
    const Tally result = tally(world_.chain().steps[index], process_, index);
    if (state == StepState::Open) must(result == Tally::Undecided, name + "it is undecided");
    if (state == StepState::Held) must(result == Tally::TooFew, name + "it has too few");
    if (state == StepState::Rejected) must(result == Tally::Rejected, name + "seats reject it");
    if (state == StepState::Approved || state == StepState::Passed) {
      must(result == Tally::Approved, name + "seats approve it");
    }
    if (state != StepState::Open || world_.chain().steps[index].mode != model::Mode::InOrder)
      return;
    std::set<std::size_t> open;
    for (const Task& task : process_.tasks) {
      if (is_seated(process_, task, index) && task.state == TaskState::Open) open.insert(task.seat);
    }
    must(open.size() == 1, name + "in order one seat is asked at a time");
  }

  // Decisions are about the record as it is.
  void check_values(std::size_t index, const std::string& name) {
    const ProcessStep& step = process_.steps[index];
    const bool counts = step.state != StepState::Pending && step.state != StepState::Cancelled &&
                        (process_.is_under_way() || process_.state == ProcessState::Approved);
    if (!counts) return;
    must(step.fingerprint ==
             fingerprint(world_.chain().steps[index], world_.record, world_.entity()),
         name + "its decisions are about the present values");
  }

  void check_process() {
    bool waits = false;
    for (const Task& task : process_.tasks) {
      waits = waits || (task.state == TaskState::Open && task.kind != TaskKind::Copy);
    }
    for (const ProcessStep& step : process_.steps) waits = waits || step.state == StepState::Held;
    must(waits == process_.is_under_way(),
         "what is under way waits for somebody, nothing else does");
    must(process_.is_under_way() != process_.ended_at.has_value(), "ended has a time of ending");
    if (process_.last_decision) {
      const Task& decided = process_.tasks[*process_.last_decision];
      must(decided.state == TaskState::Done && decided.decided_by != 0, "the last decision is one");
    }
    if (process_.state == ProcessState::Approved) check_approved();
  }

  void check_approved() {
    for (const model::ApprovalGroup& group : world_.chain().groups) {
      std::size_t through = 0;
      std::size_t failed = 0;
      for (const auto& branch : group.branches) {
        bool applies = false;
        bool fails = false;
        for (const std::size_t index : branch) {
          const StepState state = process_.steps[index].state;
          applies = applies || state != StepState::Skipped;
          fails = fails || (state != StepState::Skipped && state != StepState::Approved &&
                            state != StepState::Passed);
        }
        through += applies && !fails ? 1 : 0;
        failed += fails ? 1 : 0;
      }
      must(failed == 0 || (group.any_branch && through > 0),
           "approved, every step that applies is through");
    }
  }

  World& world_;
  const Process& process_;
  std::string broken_;
};

class Walk {
 public:
  Walk(const std::shared_ptr<const model::Model>& model, std::uint64_t seed)
      : dice_(seed), world_(model) {
    for (std::size_t i = 0; i < kPeople; ++i) {
      const std::string role = i == 0 ? "boss" : dice_.once_in(6) ? "sales" : "approver";
      world_.add(person(i), {.roles = {role}, .manager = i == 0 ? "" : person(dice_.below(i))});
    }
    world_.set_person("owner", any_name());
    change("a");
    change("b");
    chain_ = "c" + std::to_string(dice_.below(kChains));
  }

  // What is broken, with the way there; empty: nothing.
  std::string run() {
    const std::string submitter = any_name();
    note("begin " + chain_ + " as " + submitter);
    if (!world_.begin(chain_, submitter)) return {};
    if (std::string broken = check(); !broken.empty()) return broken;
    for (std::size_t steps = dice_.below(kMostActions); steps > 0; --steps) {
      world_.now.microseconds +=
          static_cast<std::int64_t>(dice_.below(2)) * 3 * 3600 * kMicrosPerSecond;
      if (std::string broken = step(); !broken.empty()) return broken + way_;
      if (std::string broken = check(); !broken.empty()) return broken;
    }
    return {};
  }

  std::size_t granted() const { return granted_; }

  ProcessState state() const { return world_.process.state; }

 private:
  std::string any_name() { return person(dice_.below(kPeople)); }

  void note(const std::string& what) { way_ += "\n  " + what; }

  std::string check() {
    const std::string broken = Rules(world_).broken();
    if (broken.empty()) return {};
    std::string tasks;
    for (const Task& task : world_.process.tasks) {
      tasks += "\n    " + std::to_string(&task - world_.process.tasks.data()) + " step " +
               std::to_string(task.step) + " seat " + std::to_string(task.seat) + "." +
               std::to_string(task.place) + " " + world_.people.account_name(task.assignee) + " " +
               std::string(task_state_name(task.state)) + " " +
               std::string(task_outcome_name(task.outcome));
    }
    return broken + way_ + "\n  now " + std::string(process_state_name(world_.process.state)) +
           ", " + world_.steps() + tasks;
  }

  void change(const std::string& field) {
    world_.set(field, feel::Value(feel::Number(static_cast<std::int64_t>(dice_.below(10)))));
  }

  std::string step() {
    switch (dice_.below(16)) {
      case 0:
        change(dice_.once_in(2) ? "a" : "b");
        note("change");
        world_.change();
        return {};
      case 1:
        return leave();
      case 2:
        return late();
      case 3:
        world_.people.delegations = {{world_.people.id(any_name()), world_.people.id(any_name())}};
        return {};
      case 4:
        return name();
      case 5:
        if (!dice_.once_in(8)) return {};
        note("cancel");
        world_.cancel("deleted");
        return {};
      default:
        return act();
    }
  }

  std::string leave() {
    if (!dice_.once_in(3)) return {};
    const std::string who = any_name();
    const std::string heir = dice_.once_in(4) ? "" : any_name();
    if (who == heir || who == person(0)) return {};
    note(who + " leaves to " + heir);
    world_.people.at(who).active = false;
    world_.leave(who, heir);
    return {};
  }

  std::string late() {
    if (world_.process.tasks.empty()) return {};
    const std::size_t task = dice_.below(world_.process.tasks.size());
    const auto& deadlines = world_.chain().steps[world_.process.tasks[task].step].within;
    const std::size_t deadline = dice_.below(deadlines.size());
    note("deadline " + std::to_string(deadline) + " of task " + std::to_string(task));
    world_.deadline(deadlines[deadline], task);
    return {};
  }

  std::string name() {
    const std::string step = dice_.one_of(world_.process.steps).id;
    const std::string to = any_name();
    const Process before = world_.process;
    note("name " + to + " for " + step);
    if (world_.name_approver(person(0), step, to)) ++granted_;
    return world_.refusal && !is_same(before, world_.process) ? "a refusal changed something" : "";
  }

  // Mostly what is possible, and now and then anything.
  std::string act() {
    if (world_.process.tasks.empty()) return {};
    std::size_t task = dice_.below(world_.process.tasks.size());
    for (int tries = 0; tries < 4 && world_.process.tasks[task].state != TaskState::Open; ++tries) {
      task = dice_.below(world_.process.tasks.size());
    }
    const std::string who = dice_.once_in(4)
                                ? any_name()
                                : world_.people.account_name(world_.process.tasks[task].assignee);
    const auto action = static_cast<TaskAction>(dice_.once_in(2) ? 0 : dice_.below(10));
    engine::ActOnTask more;
    if (!dice_.once_in(5)) more.to = world_.people.id(any_name());
    more.place = static_cast<engine::AddedPlace>(dice_.below(3));
    if (dice_.once_in(2)) more.step = dice_.one_of(world_.process.steps).id;
    if (dice_.once_in(2)) more.resume = dice_.once_in(2);
    const bool possible = world_.as(who, [&](const Context& context) {
      return !why_not(action, world_.process, task, context);
    });
    const bool edits = action == TaskAction::Approve && dice_.once_in(6);
    const engine::Record record = world_.record;
    if (edits && possible) change("a");
    const Process before = world_.process;
    note(who + " " + std::string(task_action_name(action)) + " task " + std::to_string(task) +
         (more.to ? " to " + world_.people.account_name(*more.to) : "") +
         (more.step.empty() ? "" : " step " + more.step));
    const bool granted = world_.act(who, action, task, more);
    if (edits && possible) world_.change();
    if (granted) ++granted_;
    if (granted && !possible) return "what is not possible is refused";
    if (!granted && !edits && !is_same(before, world_.process))
      return "a refusal changed something";
    return {};
  }

  Dice dice_;
  World world_;
  std::string chain_;
  std::string way_;
  std::size_t granted_ = 0;
};

TEST_CASE("whatever is done with random chains, the rules hold") {
  const auto model = compile_app(Chains(7).app());
  std::map<ProcessState, std::size_t> ends;
  std::size_t granted = 0;
  for (std::uint64_t seed = 1; seed <= kSequences; ++seed) {
    Walk walk(model, seed);
    const std::string broken = walk.run();
    granted += walk.granted();
    ++ends[walk.state()];
    REQUIRE_MESSAGE(broken.empty(), "seed ", seed, ": ", broken);
  }
  // The walks went everywhere.
  CHECK(granted > 3 * kSequences / 2);
  for (const ProcessState state :
       {ProcessState::Running, ProcessState::Returned, ProcessState::Approved,
        ProcessState::Rejected, ProcessState::Withdrawn, ProcessState::Cancelled}) {
    CHECK_MESSAGE(ends[state] > kSequences / 200, process_state_name(state));
  }
}

}  // namespace
}  // namespace formwork::approvals

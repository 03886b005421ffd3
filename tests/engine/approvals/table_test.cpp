// Tests every cell of the tables in docs/reference/approvals.md: brings a process into the state,
// carries out the action, and looks at what came of it. With UPDATE_GOLDEN=1 it writes what came of
// it into the page.
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <doctest/doctest.h>

#include "tests/engine/approvals/world.h"

namespace formwork::approvals {
namespace {

using engine::ProcessStep;
using namespace testing;  // NOLINT(google-build-using-namespace)

constexpr const char* kPage = "docs/reference/approvals.md";

const std::vector<std::string> kModes{"any", "all", "in_order", "quorum", "percent"};

// The chain of the page in each mode, alone and beside another branch.
std::string app() {
  std::string yaml = R"(
app: table
locales: [en]
---
entity: quote
title: title
fields:
  title: { type: text }
  discount: { type: percent }
  amount: { type: money }
  note: { type: text }
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
  const std::map<std::string, std::string> modes{{"any", "any"},
                                                 {"all", "all"},
                                                 {"in_order", "in_order"},
                                                 {"quorum", "{ quorum: 2 }"},
                                                 {"percent", "{ percent: 60 }"}};
  for (const auto& [name, mode] : modes) {
    const std::string vote =
        "{ id: vote, when: discount > 0, approvers: [user ann, user bob, user cat], mode: " + mode +
        ", may: [return, transfer, add_approver], shows: [title], within: { P1D: remind, P2D: "
        "escalate to user eve, P3D: transfer to user eve, P4D: approve, P5D: reject, P6D: return } "
        "}";
    for (const std::string join : {"", "all", "any"}) {
      yaml += "---\napproval: " + name + (join.empty() ? "" : "_join_" + join) +
              "\nof: quote\non_empty: hold\ncomment: []\nsteps:\n"
              "  - { id: before, approvers: user zed, shows: [title] }\n";
      if (join.empty()) {
        yaml += "  - " + vote + "\n";
      } else {
        yaml += "  - parallel:\n      - " + vote +
                "\n      - { id: side, approvers: user pat, shows: [title] }\n    join: " + join +
                "\n";
      }
      yaml += "  - { id: after, approvers: user dan, shows: [amount], may: [transfer] }\n";
    }
  }
  return yaml;
}

std::string sorted_waits(const World& world) {
  std::set<std::string> names;
  for (const Task& task : world.process.tasks) {
    const bool waits = task.state == TaskState::Open && task.kind != TaskKind::Copy;
    if (waits) names.insert(world.people.account_name(task.assignee));
  }
  std::string text;
  for (const std::string& name : names) text += name + " ";
  return text;
}

// A world in some state, and who acts there on which task.
class Scene {
 public:
  Scene(const std::string& state, const std::string& mode);

  World world;
  std::string actor = "ann";
  std::size_t task = 0;
  std::string asked_before;  // whose tasks were open before the actor decided

 private:
  void begin(const std::string& chain);
  void come_to_last(const std::string& mode);

  void approve(const std::string& who) { must(world.act(who, TaskAction::Approve)); }

  void approve_all();
  void reject_all();

  static void must(bool done) {
    if (!done) throw std::logic_error("a state of the page cannot be reached");
  }
};

std::shared_ptr<const model::Model> model() {
  static const auto kModel = compile_app(app());
  return kModel;
}

void Scene::begin(const std::string& chain) {
  for (const char* name : {"ann", "bob", "cat", "dan", "eve", "pat", "zed"}) {
    world.add(name, {.roles = {"approver"}});
  }
  world.add("sam", {.roles = {"sales"}});
  world.add("max", {.roles = {"boss"}});
  world.set_number("discount", "0.25");
  world.set_number("amount", "100");
  must(world.begin(chain, "sam"));
  approve("zed");
}

// One more approval ends the step.
void Scene::come_to_last(const std::string& mode) {
  if (mode == "all") {
    approve("bob");
    approve("cat");
  } else if (mode == "in_order") {
    approve("ann");
    approve("bob");
    actor = "cat";
  } else if (mode != "any") {
    approve("bob");
  }
}

void Scene::approve_all() {
  for (const char* name : {"ann", "bob", "cat", "pat", "dan"}) {
    if (world.has_open(name)) approve(name);
  }
}

void Scene::reject_all() {
  for (const char* name : {"ann", "bob", "cat"}) {
    if (world.has_open(name)) must(world.act(name, TaskAction::Reject));
  }
}

Scene::Scene(const std::string& state, const std::string& mode) : world(model()) {
  const bool is_parallel = state.starts_with("join ");
  begin(is_parallel ? mode + "_join_" + state.substr(5) : mode);
  engine::ActOnTask eve;
  eve.to = world.people.id("eve");
  if (state == "last" || state == "followed" || state == "acted" || is_parallel) come_to_last(mode);
  asked_before = sorted_waits(world);
  if (state == "waiting") {
    must(world.act("ann", TaskAction::AddApprover, eve));
  } else if (state == "decided") {
    eve.place = engine::AddedPlace::After;
    if (mode == "any") must(world.act("ann", TaskAction::AddApprover, eve));
    asked_before = sorted_waits(world);
    approve("ann");
  } else if (state == "followed" || state == "acted") {
    approve(actor);
    if (state == "acted") must(world.act("dan", TaskAction::Transfer, eve));
  } else if (state == "void") {
    world.set_number("discount", "0");
    world.change();
  } else if (state == "held") {
    for (const char* name : {"ann", "bob", "cat"}) world.leave(name, "");
  } else if (state == "returned") {
    must(world.act("ann", TaskAction::Return));
  } else if (state == "approved") {
    approve_all();
  } else if (state == "rejected") {
    reject_all();
  } else if (state == "withdrawn") {
    must(world.act("sam", TaskAction::Withdraw, world.task_of("ann")));
  } else if (state == "cancelled") {
    world.cancel("deleted");
  }
  task = world.task_of(actor, "vote");
}

const std::vector<std::string> kStates{
    "fresh",    "last",     "waiting",  "decided",   "followed",  "acted",    "void",    "held",
    "returned", "approved", "rejected", "withdrawn", "cancelled", "join all", "join any"};

// How the page names what is done, in its order.
struct Action {
  std::string name;
  std::function<void(Scene&)> carry_out;
};

std::function<void(Scene&)> by_actor(TaskAction action, const engine::ActOnTask& more = {}) {
  return [=](Scene& scene) { scene.world.act(scene.actor, action, scene.task, more); };
}

std::function<void(Scene&)> by_sam(TaskAction action) {
  return [=](Scene& scene) {
    std::size_t task = scene.task;
    const bool is_to_resubmit = action == TaskAction::Resubmit && scene.world.has_open("sam");
    if (is_to_resubmit) task = scene.world.task_of("sam");
    scene.task = task;
    scene.world.act("sam", action, task);
  };
}

std::function<void(Scene&)> with_eve(TaskAction action,
                                     engine::AddedPlace place = engine::AddedPlace::Before) {
  return [=](Scene& scene) {
    engine::ActOnTask more;
    more.to = scene.world.people.id("eve");
    more.place = place;
    scene.world.act(scene.actor, action, scene.task, more);
  };
}

std::function<void(Scene&)> by_time(model::Deadline::Action action) {
  return [=](Scene& scene) {
    for (const model::ApprovalStep& step : scene.world.chain().steps) {
      if (step.id != "vote") continue;
      for (const model::Deadline& deadline : step.within) {
        if (deadline.action == action) return scene.world.deadline(deadline, scene.task);
      }
    }
  };
}

std::function<void(Scene&)> by_change(const std::string& field) {
  return [=](Scene& scene) {
    if (field == "discount") scene.world.set_number(field, "0.5");
    if (field == "note") scene.world.set(field, feel::Value("anything"));
    scene.world.change();
  };
}

engine::ActOnTask return_to(const std::string& step, bool resume) {
  engine::ActOnTask more;
  more.step = step;
  more.resume = resume;
  return more;
}

const std::vector<Action>& actions() {
  using engine::AddedPlace;
  using Late = model::Deadline::Action;
  static const std::vector<Action> kActions{
      {"approve", by_actor(TaskAction::Approve)},
      {"reject", by_actor(TaskAction::Reject)},
      {"return, then resume", by_actor(TaskAction::Return, return_to("", true))},
      {"return, then again", by_actor(TaskAction::Return, return_to("", false))},
      {"return to a step, then resume", by_actor(TaskAction::Return, return_to("before", true))},
      {"return to a step, then again", by_actor(TaskAction::Return, return_to("before", false))},
      {"transfer", with_eve(TaskAction::Transfer)},
      {"add_approver before", with_eve(TaskAction::AddApprover, AddedPlace::Before)},
      {"add_approver after", with_eve(TaskAction::AddApprover, AddedPlace::After)},
      {"add_approver alongside", with_eve(TaskAction::AddApprover, AddedPlace::Alongside)},
      {"take_back", by_actor(TaskAction::TakeBack)},
      {"resubmit", by_sam(TaskAction::Resubmit)},
      {"withdraw", by_sam(TaskAction::Withdraw)},
      {"urge", by_sam(TaskAction::Urge)},
      {"read", by_actor(TaskAction::MarkRead)},
      {"deadline: remind", by_time(Late::Remind)},
      {"deadline: escalate", by_time(Late::Escalate)},
      {"deadline: transfer", by_time(Late::Transfer)},
      {"deadline: approve", by_time(Late::Approve)},
      {"deadline: reject", by_time(Late::Reject)},
      {"deadline: return", by_time(Late::Return)},
      {"change of a guarded field", by_change("discount")},
      {"change of another field", by_change("note")},
      {"hand_over", [](Scene& scene) { scene.world.leave(scene.actor, "eve"); }},
      {"name an approver", [](Scene& scene) { scene.world.name_approver("max", "vote", "eve"); }},
      {"cancel", [](Scene& scene) { scene.world.cancel("deleted"); }},
  };
  return kActions;
}

// What came of an action, held against how it was before.
class Observed {
 public:
  Observed(const Scene& scene, const Process& before, std::string waited)
      : scene_(scene),
        world_(scene.world),
        was_(before),
        is_(scene.world.process),
        waited_(std::move(waited)),
        waits_(sorted_waits(scene.world)) {}

  // Every word of the page that is true of it.
  std::vector<std::string> words() const;

 private:
  struct Word {
    const char* word;
    bool (Observed::*holds)() const;
  };

  static const std::vector<Word>& all();

  const ProcessStep& step(std::string_view id) const {
    for (const ProcessStep& step : is_.steps) {
      if (step.id == id) return step;
    }
    throw std::logic_error("no such step");
  }

  bool is(std::string_view id, StepState state) const { return step(id).state == state; }

  bool was(std::string_view id, StepState state) const {
    for (const ProcessStep& step : was_.steps) {
      if (step.id == id) return step.state == state;
    }
    return false;
  }

  bool is_running() const { return is_.state == ProcessState::Running; }

  const Task& task() const { return is_.tasks[scene_.task]; }

  const Task& task_before() const { return was_.tasks[scene_.task]; }

  bool is_new() const { return is_.tasks.size() == was_.tasks.size() + 1; }

  const Task& newest() const { return is_.tasks.back(); }

  // The one that acts is asked no more, and for the others nothing has changed.
  std::string without_actor() const {
    std::string rest = waited_;
    const std::string name = world_.people.account_name(task().assignee) + " ";
    if (const auto at = rest.find(name); at != std::string::npos) rest.erase(at, name.size());
    return rest;
  }

  bool was_decided() const {
    return task_before().state == TaskState::Open && task().state == TaskState::Done &&
           (task().outcome == TaskOutcome::Approved || task().outcome == TaskOutcome::Rejected ||
            task().outcome == TaskOutcome::ApprovedByTimeout ||
            task().outcome == TaskOutcome::RejectedByTimeout);
  }

  bool was_returned() const {
    return task_before().state == TaskState::Open && task().state == TaskState::Done &&
           (task().outcome == TaskOutcome::Returned ||
            task().outcome == TaskOutcome::ReturnedByTimeout);
  }

  // Nothing but these two has changed in a task.
  bool same_but_marks() const {
    Process a = was_;
    const Process& b = is_;
    if (a.tasks.size() != b.tasks.size() || a.state != b.state || a.steps != b.steps) return false;
    for (std::size_t i = 0; i < a.tasks.size(); ++i) {
      a.tasks[i].urged = b.tasks[i].urged;
      a.tasks[i].urged_at = b.tasks[i].urged_at;
      a.tasks[i].read_at = b.tasks[i].read_at;
    }
    return a.tasks == b.tasks && a.last_decision == b.last_decision;
  }

  bool ended(ProcessState state, Effects::Outcome outcome) const {
    return was_.is_under_way() && is_.state == state && world_.effects.outcome == outcome &&
           waits_.empty() && is_.ended_at.has_value();
  }

  bool live_in(std::string_view id) const {
    return std::any_of(is_.tasks.begin(), is_.tasks.end(), [&](const Task& task) {
      const bool lives = task.state == TaskState::Open || task.state == TaskState::Waiting;
      return lives && task.kind == TaskKind::Decide && is_.steps[task.step].id == id;
    });
  }

  bool is_before_void() const {
    return std::all_of(is_.tasks.begin(), is_.tasks.end(), [&](const Task& task) {
      return task.kind != TaskKind::Decide || is_.steps[task.step].id != "before" ||
             task.state == TaskState::Void ||
             (task.state == TaskState::Open && is("before", StepState::Open));
    });
  }

  bool eve_sits_with_task() const {
    return is_new() && world_.people.account_name(newest().assignee) == "eve" &&
           newest().seat == task().seat && newest().step == task().step;
  }

  bool waits() const {
    return is_running() && is("vote", StepState::Open) && was_decided() &&
           is_.tasks.size() == was_.tasks.size() && waits_ == without_actor() && !waits_.empty();
  }

  bool turn() const {
    return is_running() && is("vote", StepState::Open) && was_decided() &&
           is_.tasks.size() == was_.tasks.size() && without_actor().empty() && !waits_.empty();
  }

  bool goes_on(StepState state) const {
    return is_running() && is("vote", state) && was_decided() && !live_in("vote") &&
           is("after", StepState::Open) && waits_ == "dan " && is_new();
  }

  bool through() const { return goes_on(StepState::Approved) && !has_side(); }

  bool passed() const { return goes_on(StepState::Passed) && !has_side(); }

  bool overtakes() const {
    const bool went_on = goes_on(StepState::Approved) || goes_on(StepState::Passed);
    return has_side() && went_on && is("side", StepState::Cancelled) && !live_in("side");
  }

  bool has_side() const { return is_.steps.size() > 3; }

  bool joins() const {
    return has_side() && is_running() && was_decided() &&
           (is("vote", StepState::Approved) || is("vote", StepState::Passed)) &&
           is("side", StepState::Open) && waits_ == "pat " && is("after", StepState::Pending);
  }

  bool fails() const {
    return has_side() && is_running() && was_decided() && is("vote", StepState::Rejected) &&
           waits_ == "pat " && is("side", StepState::Open);
  }

  bool rejected() const {
    return ended(ProcessState::Rejected, Effects::Outcome::Rejected) && was_decided() &&
           is("vote", StepState::Rejected) && is("after", StepState::Cancelled);
  }

  bool to_submitter() const {
    return is_.state == ProcessState::Returned && was_returned() && waits_ == "sam " &&
           is("vote", StepState::Pending) && is("before", StepState::Approved) &&
           is_.resume_at.has_value() && newest().kind == TaskKind::Resubmit;
  }

  bool all_void() const {
    return is_.state == ProcessState::Returned && was_returned() && waits_ == "sam " &&
           is_before_void() && !is_.resume_at &&
           std::all_of(is_.steps.begin(), is_.steps.end(),
                       [](const ProcessStep& step) { return step.state == StepState::Pending; });
  }

  bool back() const {
    return is_running() && was_returned() && is("before", StepState::Open) &&
           is("vote", StepState::Pending) && is_before_void() && !live_in("vote") &&
           is_.resume_at.has_value() && waits_ == (has_side() ? "pat zed " : "zed ");
  }

  bool back_again() const {
    return is_running() && was_returned() && is("before", StepState::Open) &&
           is("vote", StepState::Pending) && !live_in("vote") && is_before_void() &&
           !is_.resume_at && waits_ == "zed " && (!has_side() || is("side", StepState::Pending));
  }

  bool handed() const {
    return is_running() && eve_sits_with_task() && newest().state == TaskState::Open &&
           newest().place == task().place && task().state == TaskState::Done &&
           (task().outcome == TaskOutcome::Transferred ||
            task().outcome == TaskOutcome::TransferredByTimeout);
  }

  bool in_front() const {
    return is_running() && eve_sits_with_task() && newest().state == TaskState::Open &&
           task_before().state == TaskState::Open && task().state == TaskState::Waiting &&
           newest().place < task().place;
  }

  bool behind() const {
    return is_running() && eve_sits_with_task() && newest().state == TaskState::Waiting &&
           task().state == TaskState::Open && newest().place > task().place;
  }

  bool has_own_seat(TaskState state) const {
    return is_running() && is_new() && world_.people.account_name(newest().assignee) == "eve" &&
           newest().seat > task().seat && newest().state == state &&
           task().state == TaskState::Open && is("vote", StepState::Open);
  }

  bool beside() const { return has_own_seat(TaskState::Open); }

  bool beside_last() const { return has_own_seat(TaskState::Waiting); }

  bool undone() const {
    return is_running() && task().state == TaskState::Void &&
           task().outcome == TaskOutcome::Approved && is("vote", StepState::Open) &&
           world_.events() == "taken_back" && is("after", StepState::Pending) &&
           waits_ == scene_.asked_before;
  }

  bool again() const {
    return was_.state == ProcessState::Returned && is_running() && is_.round == was_.round + 1 &&
           is("vote", StepState::Open) && task().outcome == TaskOutcome::Submitted &&
           is("before", StepState::Approved);
  }

  bool withdrawn() const { return ended(ProcessState::Withdrawn, Effects::Outcome::Withdrawn); }

  bool cancelled() const { return ended(ProcessState::Cancelled, Effects::Outcome::None); }

  bool is_marked(const char* event) const {
    return same_but_marks() && world_.events() == event &&
           task().urged == task_before().urged + 1 && task().urged_at == world_.now;
  }

  bool urged() const { return is_marked("urged"); }

  bool reminded() const { return is_marked("reminded"); }

  bool noted() const {
    return same_but_marks() && !task_before().read_at && task().read_at && world_.events().empty();
  }

  bool escalated() const {
    return is_running() && eve_sits_with_task() && task().state == TaskState::Open &&
           newest().state == TaskState::Open && newest().place == task().place;
  }

  bool asks_again() const {
    if (!is_running() || !was("vote", StepState::Open) || !is("vote", StepState::Open))
      return false;
    std::size_t votes = 0;
    for (std::size_t i = 0; i < was_.tasks.size(); ++i) {
      if (was_.tasks[i].state != TaskState::Done || was_.steps[was_.tasks[i].step].id != "vote") {
        continue;
      }
      ++votes;
      if (is_.tasks[i].state != TaskState::Void) return false;
    }
    return votes > 0 && is_.tasks.size() == was_.tasks.size() + votes &&
           world_.events() == "voided";
  }

  bool reopens() const {
    const bool asks = world_.process.is_under_way() && !was("vote", StepState::Open) &&
                      is("vote", StepState::Open) && live_in("vote") &&
                      is_.tasks.size() == was_.tasks.size() + 3;
    const bool is_after_kept = was("after", StepState::Open) ? live_in("after") : !live_in("after");
    return asks && is_after_kept && was_.state == ProcessState::Running;
  }

  bool revives() const {
    return was_.state == ProcessState::Approved && is_running() && is("vote", StepState::Open) &&
           world_.effects.outcome == Effects::Outcome::Reopened && !is_.ended_at &&
           is("after", StepState::Approved);
  }

  bool inherits() const {
    return eve_sits_with_task() && task().outcome == TaskOutcome::HandedOver &&
           newest().place == task().place && newest().state == task_before().state;
  }

  bool merges() const {
    return is_running() && is_.tasks.size() == was_.tasks.size() && waits_ == waited_ &&
           task().state == TaskState::Void && task().outcome == TaskOutcome::HandedOver &&
           is("vote", StepState::Open);
  }

  bool is_named() const {
    return is_running() && was("vote", StepState::Held) && is("vote", StepState::Open) &&
           is_new() && waits_ == "eve ";
  }

  // As before in all that counts, though it knows the new values.
  bool nothing() const {
    return is_.state == was_.state && is_.tasks == was_.tasks && world_.events().empty() &&
           world_.effects.outcome == Effects::Outcome::None && !world_.refusal &&
           std::equal(
               is_.steps.begin(), is_.steps.end(), was_.steps.begin(),
               [](const ProcessStep& a, const ProcessStep& b) { return a.state == b.state; });
  }

  bool still_held() const {
    return is_running() && was("vote", StepState::Held) && is("vote", StepState::Held) &&
           is_new() && newest().state == TaskState::Waiting;
  }

  const Scene& scene_;
  const World& world_;
  const Process& was_;
  const Process& is_;
  std::string waited_;
  std::string waits_;
};

const std::vector<Observed::Word>& Observed::all() {
  static const std::vector<Word> kAll{
      {"waits", &Observed::waits},
      {"next", &Observed::turn},
      {"through", &Observed::through},
      {"passed", &Observed::passed},
      {"joins", &Observed::joins},
      {"overtakes", &Observed::overtakes},
      {"fails", &Observed::fails},
      {"rejected", &Observed::rejected},
      {"to the submitter", &Observed::to_submitter},
      {"all void", &Observed::all_void},
      {"back", &Observed::back},
      {"back, all void", &Observed::back_again},
      {"handed on", &Observed::handed},
      {"in front", &Observed::in_front},
      {"behind", &Observed::behind},
      {"beside", &Observed::beside},
      {"beside, last", &Observed::beside_last},
      {"undone", &Observed::undone},
      {"goes on", &Observed::again},
      {"withdrawn", &Observed::withdrawn},
      {"cancelled", &Observed::cancelled},
      {"urged", &Observed::urged},
      {"reminded", &Observed::reminded},
      {"noted", &Observed::noted},
      {"asked as well", &Observed::escalated},
      {"votes void", &Observed::asks_again},
      {"asked anew", &Observed::reopens},
      {"reopened", &Observed::revives},
      {"inherited", &Observed::inherits},
      {"merged", &Observed::merges},
      {"open", &Observed::is_named},
      {"one named", &Observed::still_held},
      {"nothing", &Observed::nothing},
  };
  return kAll;
}

std::vector<std::string> Observed::words() const {
  if (world_.refusal) return {"no: " + world_.code()};
  std::vector<std::string> words;
  for (const Word& word : all()) {
    if ((this->*word.holds)()) words.emplace_back(word.word);
  }
  return words;
}

std::string observe(const Action& action, const std::string& state, const std::string& mode) {
  Scene scene(state, mode);
  scene.world.now.microseconds += 60'000'000;
  const Process before = scene.world.process;
  const std::string waited = sorted_waits(scene.world);
  action.carry_out(scene);
  const std::vector<std::string> words = Observed(scene, before, waited).words();
  if (words.size() == 1) return words.front();
  std::string several = "?? " + scene.world.steps() + " / " + scene.world.waits_for() + " / ";
  for (const std::string& word : words) several += word + " ";
  return several;
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream text(line.substr(1));
  for (std::string cell; std::getline(text, cell, '|');) {
    const auto begin = cell.find_first_not_of(" `");
    const auto end = cell.find_last_not_of(" `");
    cells.push_back(begin == std::string::npos ? "" : cell.substr(begin, end - begin + 1));
  }
  return cells;
}

// By action, state and mode.
using Cells = std::map<std::string, std::map<std::string, std::map<std::string, std::string>>>;

// A table of the page begins behind a heading with the action's name.
Cells read_page() {
  Cells cells;
  std::ifstream page(kPage);
  std::string action;
  bool is_in_tables = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("## ")) is_in_tables = line == "## The tables";
    if (line.starts_with("### ")) action = line.substr(4);
    if (!is_in_tables) action.clear();
    if (action.empty() || !line.starts_with("|")) continue;
    const std::vector<std::string> row = cells_of(line);
    if (row.front() == "state" || row.front().starts_with("---")) continue;
    for (std::size_t i = 0; i < kModes.size() && i + 1 < row.size(); ++i) {
      cells[action][row.front()][kModes[i]] = row[i + 1];
    }
  }
  return cells;
}

std::string table_of(const Action& action) {
  std::string text =
      "| state | any | all | in_order | quorum | percent |\n| --- | --- | --- | --- | --- | --- "
      "|\n";
  for (const std::string& state : kStates) {
    text += "| " + state;
    for (const std::string& mode : kModes) {
      const std::string word = observe(action, state, mode);
      text += word.starts_with("no: ") ? " | no: `" + word.substr(4) + "`" : " | " + word;
    }
    text += " |\n";
  }
  return text;
}

void write_page() {
  std::ifstream page(kPage);
  std::string written;
  const Action* action = nullptr;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("#")) action = nullptr;
    for (const Action& one : actions()) {
      if (line == "### " + one.name) action = &one;
    }
    const bool is_table = line.starts_with("|");
    if (action != nullptr && is_table) {
      written += table_of(*action);
      action = nullptr;
      while (std::getline(page, line) && line.starts_with("|")) {
      }
    }
    written += line + "\n";
  }
  std::ofstream(kPage) << written;
}

TEST_CASE("every cell of the reference is what the machine does") {
  if (std::getenv("UPDATE_GOLDEN") != nullptr) write_page();
  const Cells cells = read_page();
  std::size_t tested = 0;
  for (const Action& action : actions()) {
    const auto table = cells.find(action.name);
    REQUIRE_MESSAGE(table != cells.end(), "no table of ", action.name);
    CHECK_MESSAGE(table->second.size() == kStates.size(), action.name);
    for (const std::string& state : kStates) {
      for (const std::string& mode : kModes) {
        const auto row = table->second.find(state);
        REQUIRE_MESSAGE(row != table->second.end(), action.name, ": no row ", state);
        const auto cell = row->second.find(mode);
        REQUIRE_MESSAGE(cell != row->second.end(), action.name, ", ", state, ": no cell ", mode);
        std::string said = cell->second;
        if (said.starts_with("no: `")) said = "no: " + said.substr(5);
        CHECK_MESSAGE(observe(action, state, mode) == said, action.name, ", ", state, ", ", mode);
        ++tested;
      }
    }
  }
  CHECK(tested == actions().size() * kStates.size() * kModes.size());
  CHECK_MESSAGE(cells.size() == actions().size(), "the page has a table of nothing");
}

}  // namespace
}  // namespace formwork::approvals

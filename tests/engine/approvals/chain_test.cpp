// Chains at work: who is asked, in combinations that go wrong elsewhere.
#include <doctest/doctest.h>

#include "tests/engine/approvals/world.h"

namespace formwork::approvals {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace)

// An app with one chain of these steps and settings.
std::string app(const std::string& settings) {
  return std::string(R"(
app: sales
locales: [en]
time_zone: Asia/Shanghai
---
entity: quote
title: title
fields:
  title: { type: text }
  owner: { type: user }
  discount: { type: percent }
  amount: { type: money }
  terms: { type: text }
---
role: approver
on:
  quote: { view: true, approve: true }
---
role: small
on:
  quote: { view: true, approve: amount < 1000 }
---
role: finance
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
---
approval: chain
of: quote
)") + (settings.find("comment:") == std::string::npos ? "comment: []\n" : "") +
         settings;
}

struct Sales : World {
  explicit Sales(const std::string& settings) : World(app(settings)) {
    add("max", {.roles = {"boss"}});
    add("han", {.roles = {"approver"}, .manager = "max"});
    add("sam", {.roles = {"sales", "approver"}, .manager = "han"});
    add("ann", {.roles = {"approver"}, .manager = "han"});
    add("bob", {.roles = {"approver"}, .manager = "han"});
    add("cat", {.roles = {"approver"}, .manager = "han"});
    add("dan", {.roles = {"approver"}, .manager = "han"});
    add("eve", {.roles = {"approver"}, .manager = "han"});
    add("guy", {.roles = {"sales"}});
    set_person("owner", "sam");
    set_number("discount", "0.25");
    set_number("amount", "500");
  }

  bool approve(std::string_view who) { return act(who, TaskAction::Approve); }

  bool reject(std::string_view who) { return act(who, TaskAction::Reject); }

  bool give_back(std::string_view who, const std::string& step = "",
                 std::optional<bool> resume = {}) {
    engine::ActOnTask more;
    more.step = step;
    more.resume = resume;
    return act(who, TaskAction::Return, more);
  }

  bool hand(std::string_view who, std::string_view to) {
    engine::ActOnTask more;
    more.to = people.id(to);
    return act(who, TaskAction::Transfer, more);
  }

  bool add_approver(std::string_view who, std::string_view to, engine::AddedPlace place) {
    engine::ActOnTask more;
    more.to = people.id(to);
    more.place = place;
    return act(who, TaskAction::AddApprover, more);
  }

  bool resubmit() { return act("sam", TaskAction::Resubmit); }

  const Task& last_task() const { return process.tasks.back(); }
};

TEST_CASE(
    "steps run in order, and those whose condition does not hold are skipped with the values "
    "seen") {
  Sales w(R"(
steps:
  - { id: manager, approvers: manager of owner }
  - { id: finance, when: discount > 0.3, approvers: user ann }
  - { id: head, when: discount > 0.2, approvers: user max }
)");
  REQUIRE(w.begin("chain", "sam"));
  CHECK(w.waits_for() == "han");
  CHECK(w.process.steps[1].reason == "discount > 0.3: discount = 0.25");
  REQUIRE(w.approve("han"));
  CHECK(w.steps() == "manager: approved, finance: skipped, head: open");
  CHECK(w.events() == "approved, skipped");
  CHECK(w.effects.events[1].reason == "discount > 0.3: discount = 0.25");
  REQUIRE(w.approve("max"));
  CHECK(w.process.state == ProcessState::Approved);
  CHECK(w.effects.outcome == Effects::Outcome::Approved);
}

TEST_CASE("a chain in which no step applies approves at once") {
  Sales w("steps: [{ id: finance, when: discount > 0.3, approvers: user ann }]\n");
  REQUIRE(w.begin("chain", "sam"));
  CHECK(w.process.state == ProcessState::Approved);
  CHECK(w.effects.outcome == Effects::Outcome::Approved);
}

TEST_CASE("submitting is refused where a step would find nobody, also a later one") {
  Sales w(R"(
steps:
  - { id: first, approvers: user ann }
  - { id: second, label: Finance, approvers: role finance }
)");
  CHECK_FALSE(w.begin("chain", "sam"));
  CHECK(w.code() == "approval.nobody");
  CHECK(w.words() ==
        "nobody would be found for “Finance” (role finance: 0), so it cannot be submitted");
}

TEST_CASE("a step that finds nobody later is held until somebody is named") {
  Sales w(R"(
steps:
  - { id: first, approvers: user ann }
  - { id: second, approvers: user bob }
)");
  REQUIRE(w.begin("chain", "sam"));
  w.people.at("bob").active = false;
  REQUIRE(w.approve("ann"));
  CHECK(w.steps() == "first: approved, second: held");
  CHECK(w.process.steps[1].reason == "user bob: 0");
  CHECK_FALSE(w.name_approver("sam", "second", "cat"));
  CHECK(w.code() == "record.forbidden");
  CHECK_FALSE(w.name_approver("max", "second", "guy"));
  CHECK(w.code() == "task.to-no-right");
  CHECK_FALSE(w.name_approver("max", "second", "sam"));
  CHECK(w.code() == "task.to-submitter");
  CHECK_FALSE(w.name_approver("max", "first", "cat"));
  CHECK(w.code() == "approval.not-held");
  CHECK_FALSE(w.name_approver("max", "third", "cat"));
  CHECK(w.code() == "approval.no-step");
  REQUIRE(w.name_approver("max", "second", "cat"));
  CHECK(w.waits_for() == "cat");
  REQUIRE(w.approve("cat"));
  CHECK(w.process.state == ProcessState::Approved);
}

TEST_CASE("held from the start there is still a task by which to withdraw") {
  Sales w("on_empty: hold\nsteps: [{ id: only, approvers: role finance }]\n");
  REQUIRE(w.begin("chain", "sam"));
  CHECK(w.steps() == "only: held");
  REQUIRE(w.process.tasks.size() == 1);
  REQUIRE(w.act("sam", TaskAction::Withdraw, 0));
  CHECK(w.process.state == ProcessState::Withdrawn);
}

TEST_CASE("a fallback is asked where nobody is found, and held if it finds nobody either") {
  Sales w(R"(
on_empty: { to: role boss }
steps:
  - { id: first, approvers: role finance }
)");
  REQUIRE(w.begin("chain", "sam"));
  CHECK(w.waits_for() == "max");
  CHECK(w.last_task().reason == "on_empty: role boss");
  w.people.at("max").active = false;
  REQUIRE(w.begin("chain", "sam"));
  CHECK(w.steps() == "first: held");
}

TEST_CASE("who has no right to approve this record is left out, and the reason says who") {
  Sales w("steps: [{ id: only, approvers: [user guy, user ann] }]\n");
  REQUIRE(w.begin("chain", "sam"));
  CHECK(w.waits_for() == "ann");
  CHECK(w.process.steps[0].reason == "guy: approve: false");
  w.people.at("ann").roles = {"small"};
  CHECK(w.begin("chain", "sam"));
  w.set_number("amount", "5000");
  CHECK_FALSE(w.begin("chain", "sam"));
}

TEST_CASE("who loses the right may no longer approve, but hand the task on") {
  Sales w("steps: [{ id: only, approvers: user ann, may: transfer }]\n");
  REQUIRE(w.begin("chain", "sam"));
  w.people.at("ann").roles = {"sales"};
  CHECK_FALSE(w.approve("ann"));
  CHECK(w.code() == "task.no-right");
  CHECK(w.hand("ann", "bob"));
  CHECK(w.waits_for() == "bob");
}

TEST_CASE("the submitter's seat is left out, skipped, kept or given to the manager") {
  const std::string step = "steps: [{ id: only, approvers: [user sam, user ann], mode: all }]\n";
  Sales forbid("submitter: forbid\n" + step);
  REQUIRE(forbid.begin("chain", "sam"));
  CHECK(forbid.waits_for() == "ann");
  CHECK(forbid.process.steps[0].reason == "sam: submitter: forbid");
  Sales allow("submitter: allow\n" + step);
  REQUIRE(allow.begin("chain", "sam"));
  CHECK(allow.waits_for() == "sam, ann");
  Sales skip("submitter: skip\n" + step);
  REQUIRE(skip.begin("chain", "sam"));
  CHECK(skip.waits_for() == "ann");
  CHECK(skip.process.tasks[0].outcome == TaskOutcome::SubmitterSkipped);
  Sales manager("submitter: manager\n" + step);
  REQUIRE(manager.begin("chain", "sam"));
  CHECK(manager.waits_for() == "han, ann");
  CHECK(manager.process.tasks[0].reason == "manager of submitter");
}

TEST_CASE("a submitter who is skipped casts no vote for the others, and passes a step alone") {
  Sales any("submitter: skip\nsteps: [{ id: only, approvers: [user sam, user ann] }]\n");
  REQUIRE(any.begin("chain", "sam"));
  CHECK(any.waits_for() == "ann");
  Sales alone("submitter: skip\nsteps: [{ id: only, approvers: user sam }]\n");
  REQUIRE(alone.begin("chain", "sam"));
  CHECK(alone.steps() == "only: passed");
  CHECK(alone.process.state == ProcessState::Approved);
  Sales quorum(
      "submitter: skip\nsteps: [{ id: only, approvers: [user sam, user ann], mode: { quorum: 2 } "
      "}]\n");
  CHECK_FALSE(quorum.begin("chain", "sam"));
  CHECK(quorum.code() == "approval.nobody");
}

TEST_CASE("any: the first decision decides, and the others' tasks are void") {
  Sales w("steps: [{ id: only, approvers: [user ann, user bob] }]\n");
  REQUIRE(w.begin("chain", "sam"));
  REQUIRE(w.reject("bob"));
  CHECK(w.process.state == ProcessState::Rejected);
  CHECK(w.process.tasks[0].state == TaskState::Void);
  CHECK_FALSE(w.approve("ann"));
  CHECK(w.code() == "approval.ended");
  CHECK(w.words() == "this approval has ended: it was rejected");
}

TEST_CASE(
    "quorum: reached while others are open their tasks are void, out of reach it is rejected") {
  const std::string step =
      "steps: [{ id: only, approvers: [user ann, user bob, user cat], mode: { quorum: 2 } }]\n";
  Sales reached(step);
  REQUIRE(reached.begin("chain", "sam"));
  REQUIRE(reached.approve("ann"));
  CHECK(reached.process.state == ProcessState::Running);
  REQUIRE(reached.approve("cat"));
  CHECK(reached.process.state == ProcessState::Approved);
  CHECK(reached.process.tasks[1].state == TaskState::Void);
  CHECK(reached.process.tasks[1].closed_at);
  Sales out(step);
  REQUIRE(out.begin("chain", "sam"));
  REQUIRE(out.reject("ann"));
  CHECK(out.process.state == ProcessState::Running);
  REQUIRE(out.reject("bob"));
  CHECK(out.process.state == ProcessState::Rejected);
}

TEST_CASE("percent: added approvers raise the number that is needed") {
  Sales w(R"(
steps:
  - { id: only, approvers: [user ann, user bob, user cat], mode: { percent: 60 }, may: add_approver }
)");
  REQUIRE(w.begin("chain", "sam"));
  REQUIRE(w.approve("ann"));
  REQUIRE(w.add_approver("bob", "dan", engine::AddedPlace::Alongside));
  REQUIRE(w.approve("bob"));
  CHECK(w.process.state == ProcessState::Running);
  REQUIRE(w.approve("dan"));
  CHECK(w.process.state == ProcessState::Approved);
}

TEST_CASE("an approver added before decides first, may hand on, and the other one follows") {
  Sales w("steps: [{ id: only, approvers: user ann, may: [transfer, add_approver] }]\n");
  REQUIRE(w.begin("chain", "sam"));
  REQUIRE(w.add_approver("ann", "bob", engine::AddedPlace::Before));
  CHECK(w.waits_for() == "bob");
  CHECK_FALSE(w.hand("ann", "cat"));
  CHECK(w.words() == "bob decides first");
  CHECK_FALSE(w.hand("bob", "ann"));
  CHECK(w.code() == "task.to-asked");
  REQUIRE(w.hand("bob", "cat"));
  CHECK(w.waits_for() == "cat");
  REQUIRE(w.approve("cat"));
  CHECK(w.waits_for() == "ann");
  REQUIRE(w.approve("ann"));
  CHECK(w.process.state == ProcessState::Approved);
}

TEST_CASE(
    "an approver added afterwards is asked when the one before has approved, and may reject") {
  Sales w("steps: [{ id: only, approvers: [user ann, user bob], may: add_approver }]\n");
  REQUIRE(w.begin("chain", "sam"));
  REQUIRE(w.add_approver("ann", "cat", engine::AddedPlace::After));
  REQUIRE(w.approve("ann"));
  CHECK(w.waits_for() == "bob, cat");
  REQUIRE(w.reject("cat"));
  CHECK(w.process.state == ProcessState::Rejected);
}

TEST_CASE(
    "in order: the next one is asked when the one before has approved, and taking back makes it "
    "wait") {
  Sales w("steps: [{ id: only, approvers: [user ann, user bob], mode: in_order }]\n");
  REQUIRE(w.begin("chain", "sam"));
  CHECK(w.waits_for() == "ann");
  CHECK_FALSE(w.approve("bob"));
  CHECK(w.code() == "task.not-yet");
  REQUIRE(w.approve("ann"));
  CHECK(w.waits_for() == "bob");
  REQUIRE(w.act("ann", TaskAction::TakeBack));
  CHECK(w.waits_for() == "ann");
  REQUIRE(w.approve("ann"));
  REQUIRE(w.approve("bob"));
  CHECK(w.process.state == ProcessState::Approved);
  CHECK_FALSE(w.act("bob", TaskAction::TakeBack));
  CHECK(w.code() == "approval.ended");
}

TEST_CASE("a decision may be taken back by whoever made it until others act") {
  Sales w(R"(
steps:
  - { id: first, approvers: [user ann, user bob], mode: all }
  - { id: second, approvers: user cat }
)");
  REQUIRE(w.begin("chain", "sam"));
  REQUIRE(w.approve("ann"));
  const std::size_t of_ann = w.task_of("ann");
  CHECK_FALSE(w.act("bob", TaskAction::TakeBack, of_ann));
  CHECK(w.words() == "only ann, who decided, may take the decision back");
  REQUIRE(w.approve("bob"));
  CHECK_FALSE(w.act("ann", TaskAction::TakeBack));
  CHECK(w.code() == "task.take-back-too-late");
  REQUIRE(w.act("bob", TaskAction::TakeBack));
  CHECK(w.steps() == "first: open, second: pending");
  CHECK(w.waits_for() == "bob");
  REQUIRE(w.approve("bob"));
  CHECK(w.waits_for() == "cat");
}

TEST_CASE("taking back what ended a step asks again whose tasks had become void") {
  Sales w(R"(
steps:
  - { id: first, approvers: [user ann, user bob, user cat] }
  - { id: second, approvers: user dan }
)");
  REQUIRE(w.begin("chain", "sam"));
  for (int i = 0; i < 3; ++i) {
    REQUIRE(w.approve("bob"));
    REQUIRE(w.waits_for() == "dan");
    REQUIRE(w.act("bob", TaskAction::TakeBack));
    CHECK(w.steps() == "first: open, second: pending");
  }
  CHECK(w.has_open("ann"));
  CHECK(w.has_open("bob"));
  CHECK(w.has_open("cat"));
  CHECK(std::count_if(w.process.tasks.begin(), w.process.tasks.end(),
                      [](const Task& task) { return task.state == TaskState::Open; }) == 3);
}

TEST_CASE("the same person in consecutive steps is asked once, also with a skipped step between") {
  Sales w(R"(
steps:
  - { id: first, approvers: user ann }
  - { id: between, when: discount > 0.9, approvers: user bob }
  - { id: second, approvers: user ann }
  - { id: third, approvers: [user ann, user bob], mode: all }
)");
  REQUIRE(w.begin("chain", "sam"));
  REQUIRE(w.approve("ann"));
  CHECK(w.steps() == "first: approved, between: skipped, second: passed, third: open");
  CHECK(w.waits_for() == "bob");
  Sales each(R"(
same_person: each
steps: [{ id: first, approvers: user ann }, { id: second, approvers: user ann }]
)");
  REQUIRE(each.begin("chain", "sam"));
  REQUIRE(each.approve("ann"));
  CHECK(each.waits_for() == "ann");
}

TEST_CASE("a counted approval falls with the one that it was counted for") {
  Sales w(R"(
steps:
  - { id: first, approvers: user ann, shows: [discount] }
  - { id: second, approvers: user ann, shows: [terms] }
  - { id: third, approvers: user bob, shows: [terms] }
)");
  REQUIRE(w.begin("chain", "sam"));
  REQUIRE(w.approve("ann"));
  CHECK(w.steps() == "first: approved, second: passed, third: open");
  w.set_number("discount", "0.1");
  w.change();
  CHECK(w.steps() == "first: open, second: pending, third: open");
  REQUIRE(w.approve("ann"));
  CHECK(w.steps() == "first: approved, second: passed, third: open");
  REQUIRE(w.approve("bob"));
  CHECK(w.process.state == ProcessState::Approved);
}

TEST_CASE("a change voids exactly the steps that read or show the field") {
  Sales w(R"(
steps:
  - { id: first, approvers: user ann, shows: [discount] }
  - { id: second, approvers: user bob, shows: [terms] }
  - { id: third, approvers: user cat, shows: [amount] }
)");
  REQUIRE(w.begin("chain", "sam"));
  REQUIRE(w.approve("ann"));
  REQUIRE(w.approve("bob"));
  w.set("title", feel::Value("New"));
  w.change();
  CHECK(w.effects.events.empty());
  w.set("terms", feel::Value("30 days"));
  w.change();
  CHECK(w.steps() == "first: approved, second: open, third: open");
  CHECK(w.events() == "voided");
  CHECK(w.effects.events[0].step == "second");
  REQUIRE(w.approve("bob"));
  REQUIRE(w.approve("cat"));
  CHECK(w.process.state == ProcessState::Approved);
}

TEST_CASE("the same number written in another way is no change") {
  Sales w("steps: [{ id: only, approvers: [user ann, user bob], mode: all, shows: [discount] }]\n");
  REQUIRE(w.begin("chain", "sam"));
  REQUIRE(w.approve("ann"));
  w.set_number("discount", "0.250");
  w.change();
  CHECK(w.effects.events.empty());
}

TEST_CASE("a change asks again whether steps apply, those that were skipped as well") {
  Sales w(R"(
steps:
  - { id: small, when: discount <= 0.3, approvers: user ann }
  - { id: big, when: discount > 0.3, approvers: user bob }
  - { id: last, approvers: user cat }
)");
  REQUIRE(w.begin("chain", "sam"));
  REQUIRE(w.approve("ann"));
  CHECK(w.steps() == "small: approved, big: skipped, last: open");
  w.set_number("discount", "0.5");
  w.change();
  CHECK(w.steps() == "small: skipped, big: open, last: open");
  CHECK(w.waits_for() == "cat, bob");
}

TEST_CASE("a change after approval runs the process again, unless nobody has to be asked") {
  Sales w("steps: [{ id: only, when: discount > 0.2, approvers: user ann }]\n");
  REQUIRE(w.begin("chain", "sam"));
  REQUIRE(w.approve("ann"));
  w.set_number("discount", "0.3");
  w.change();
  CHECK(w.effects.outcome == Effects::Outcome::Reopened);
  CHECK(w.events() == "voided, reopened");
  CHECK(w.waits_for() == "ann");
  REQUIRE(w.approve("ann"));
  w.set_number("discount", "0.1");
  w.change();
  CHECK(w.process.state == ProcessState::Approved);
  CHECK(w.effects.outcome == Effects::Outcome::None);
  CHECK(w.steps() == "only: skipped");
}

TEST_CASE("when other people are to be asked now, the tasks of the former are void") {
  Sales w("steps: [{ id: only, approvers: manager of owner }]\n");
  REQUIRE(w.begin("chain", "sam"));
  CHECK(w.waits_for() == "han");
  w.set_person("owner", "han");
  w.change();
  CHECK(w.waits_for() == "max");
  CHECK_FALSE(w.approve("han"));
  CHECK(w.code() == "task.void");
}

TEST_CASE(
    "who edits a field with the decision decides on the new value, and others are asked again") {
  Sales w(R"(
steps:
  - id: only
    approvers: [user ann, user bob, user cat]
    mode: all
    shows: [discount]
    edit: [discount]
)");
  REQUIRE(w.begin("chain", "sam"));
  REQUIRE(w.approve("ann"));
  engine::ActOnTask more;
  more.values = {{3, feel::Value(feel::Number(1))}};
  CHECK_FALSE(w.act("bob", TaskAction::Approve, more));
  CHECK(w.code() == "field.not-of-step");
  REQUIRE(w.refusal->fields.size() == 1);
  CHECK(w.refusal->fields[0].field == 3);
  more.values = {{2, feel::Value(feel::Number::parse("0.2").value())}};
  CHECK_FALSE(w.act("bob", TaskAction::Reject, more));
  CHECK(w.code() == "task.values");
  w.set_number("discount", "0.2");
  REQUIRE(w.act("bob", TaskAction::Approve, more));
  CHECK(w.events() == "approved, voided");
  CHECK(w.waits_for() == "cat, ann");
  w.change();
  CHECK(w.effects.events.empty());
  REQUIRE(w.approve("ann"));
  REQUIRE(w.approve("cat"));
  CHECK(w.process.state == ProcessState::Approved);
}

TEST_CASE("a return to the submitter resumes at the step that returned it, or runs all again") {
  const std::string steps = R"(
steps:
  - { id: first, approvers: user ann, shows: [title] }
  - { id: second, approvers: [user bob, user cat], mode: all, may: return, shows: [title] }
)";
  Sales resume(steps);
  REQUIRE(resume.begin("chain", "sam"));
  REQUIRE(resume.approve("ann"));
  REQUIRE(resume.approve("bob"));
  REQUIRE(resume.give_back("cat"));
  CHECK(resume.process.state == ProcessState::Returned);
  CHECK(resume.waits_for() == "sam");
  CHECK_FALSE(resume.approve("bob"));
  CHECK(resume.code() == "approval.returned");
  CHECK_FALSE(resume.act("ann", TaskAction::Resubmit, resume.task_of("sam")));
  CHECK(resume.code() == "task.not-yours");
  REQUIRE(resume.resubmit());
  CHECK(resume.process.round == 2);
  CHECK(resume.steps() == "first: approved, second: open");
  CHECK(resume.waits_for() == "bob, cat");
  Sales again("after_return: again\n" + steps);
  REQUIRE(again.begin("chain", "sam"));
  REQUIRE(again.approve("ann"));
  REQUIRE(again.give_back("cat"));
  REQUIRE(again.resubmit());
  CHECK(again.steps() == "first: open, second: pending");
}

TEST_CASE("decisions of an earlier round do not count for the next step") {
  Sales w(R"(
steps:
  - { id: first, approvers: user ann }
  - { id: second, approvers: [user ann, user bob], mode: all, may: return }
)");
  REQUIRE(w.begin("chain", "sam"));
  REQUIRE(w.approve("ann"));
  CHECK(w.waits_for() == "bob");
  REQUIRE(w.give_back("bob"));
  REQUIRE(w.resubmit());
  CHECK(w.waits_for() == "ann, bob");
}

TEST_CASE("a return to a step asks it and then the returning one, or everything behind it") {
  const std::string steps = R"(
steps:
  - { id: first, approvers: user ann }
  - { id: second, approvers: user bob }
  - { id: third, approvers: user cat, may: return }
  - { id: fourth, approvers: user dan, may: return }
)";
  Sales w(steps);
  REQUIRE(w.begin("chain", "sam"));
  for (const char* who : {"ann", "bob", "cat"}) REQUIRE(w.approve(who));
  CHECK_FALSE(w.give_back("dan", "fifth"));
  CHECK(w.words() == "it cannot be returned to fifth; it can to first, second, third");
  REQUIRE(w.give_back("dan", "second"));
  CHECK(w.steps() == "first: approved, second: open, third: approved, fourth: pending");
  REQUIRE(w.approve("bob"));
  CHECK(w.waits_for() == "dan");
  REQUIRE(w.give_back("dan", "second", false));
  CHECK(w.steps() == "first: approved, second: open, third: pending, fourth: pending");
  REQUIRE(w.approve("bob"));
  CHECK(w.waits_for() == "cat");
}

constexpr std::string_view kBranches = R"(
steps:
  - { id: first, approvers: user ann }
  - parallel:
      - [{ id: a1, approvers: user bob, may: return }, { id: a2, approvers: user dan }]
      - { id: b, approvers: user cat, may: return }
    join: JOIN
  - { id: last, approvers: user eve, may: return }
)";

std::string branches(std::string_view join) {
  std::string text(kBranches);
  return text.replace(text.find("JOIN"), 4, join);
}

TEST_CASE("branches run side by side, and one rejection is enough where all have to agree") {
  Sales w(branches("all"));
  REQUIRE(w.begin("chain", "sam"));
  REQUIRE(w.approve("ann"));
  CHECK(w.waits_for() == "bob, cat");
  REQUIRE(w.approve("bob"));
  CHECK(w.waits_for() == "cat, dan");
  REQUIRE(w.approve("cat"));
  REQUIRE(w.approve("dan"));
  CHECK(w.waits_for() == "eve");
  Sales rejected(branches("all"));
  REQUIRE(rejected.begin("chain", "sam"));
  REQUIRE(rejected.approve("ann"));
  REQUIRE(rejected.reject("cat"));
  CHECK(rejected.steps() ==
        "first: approved, a1: cancelled, a2: cancelled, b: rejected, last: cancelled");
}

TEST_CASE("one branch is enough where any may agree, and the process ends when none can") {
  Sales w(branches("any"));
  REQUIRE(w.begin("chain", "sam"));
  REQUIRE(w.approve("ann"));
  REQUIRE(w.approve("bob"));
  REQUIRE(w.approve("cat"));
  CHECK(w.steps() == "first: approved, a1: approved, a2: cancelled, b: approved, last: open");
  REQUIRE(w.act("cat", TaskAction::TakeBack));
  CHECK(w.steps() == "first: approved, a1: approved, a2: open, b: open, last: pending");
  CHECK(w.has_open("dan"));
  CHECK(w.has_open("cat"));
  REQUIRE(w.reject("cat"));
  CHECK(w.process.state == ProcessState::Running);
  REQUIRE(w.reject("dan"));
  CHECK(w.process.state == ProcessState::Rejected);
}

TEST_CASE("a branch in which no step applies is not enough") {
  Sales w(R"(
steps:
  - parallel:
      - { id: a, when: discount > 0.9, approvers: user ann }
      - { id: b, approvers: user bob }
    join: any
)");
  REQUIRE(w.begin("chain", "sam"));
  CHECK(w.steps() == "a: skipped, b: open");
}

TEST_CASE("a return from one of two branches lets the other one be asked again as a whole") {
  Sales w(branches("all"));
  REQUIRE(w.begin("chain", "sam"));
  REQUIRE(w.approve("ann"));
  REQUIRE(w.approve("bob"));
  REQUIRE(w.give_back("cat"));
  CHECK(w.steps() == "first: approved, a1: approved, a2: pending, b: pending, last: pending");
  REQUIRE(w.resubmit());
  CHECK(w.waits_for() == "dan, cat");
}

TEST_CASE("a return from a branch to a step before it leaves the other branch going") {
  Sales w(branches("all"));
  REQUIRE(w.begin("chain", "sam"));
  REQUIRE(w.approve("ann"));
  REQUIRE(w.give_back("cat", "first"));
  CHECK(w.waits_for() == "bob, ann");
  REQUIRE(w.approve("bob"));
  REQUIRE(w.approve("ann"));
  CHECK(w.waits_for() == "dan, cat");
  Sales again(branches("all"));
  REQUIRE(again.begin("chain", "sam"));
  REQUIRE(again.approve("ann"));
  REQUIRE(again.approve("bob"));
  REQUIRE(again.give_back("cat", "first", false));
  CHECK(again.steps() == "first: open, a1: pending, a2: pending, b: pending, last: pending");
}

TEST_CASE("a return with again brings back branches that had been overtaken") {
  Sales w(branches("any"));
  REQUIRE(w.begin("chain", "sam"));
  REQUIRE(w.approve("ann"));
  REQUIRE(w.approve("cat"));
  CHECK(w.steps() == "first: approved, a1: cancelled, a2: cancelled, b: approved, last: open");
  REQUIRE(w.give_back("eve", "b", false));
  CHECK(w.waits_for() == "bob, cat");
}

TEST_CASE("who acts for an approver decides on behalf, but never what they submitted") {
  const std::string step = "steps: [{ id: only, approvers: user ann }]\n";
  Sales w(step);
  REQUIRE(w.begin("chain", "sam"));
  CHECK_FALSE(w.act("bob", TaskAction::Approve, w.task_of("ann")));
  CHECK(w.words() == "this is asked of ann, not of you");
  w.people.delegations = {{w.people.id("bob"), w.people.id("ann")},
                          {w.people.id("sam"), w.people.id("ann")}};
  CHECK_FALSE(w.act("sam", TaskAction::Approve, w.task_of("ann")));
  CHECK(w.words() == "you submitted it, so you may not decide it for ann");
  REQUIRE(w.act("bob", TaskAction::Approve, w.task_of("ann")));
  CHECK(w.effects.events[0].on_behalf == w.people.id("ann"));
  CHECK(w.process.tasks[0].decided_by == w.people.id("bob"));
  Sales allow("submitter: allow\n" + step);
  REQUIRE(allow.begin("chain", "sam"));
  allow.people.delegations = {{allow.people.id("sam"), allow.people.id("ann")}};
  CHECK(allow.act("sam", TaskAction::Approve, allow.task_of("ann")));
}

TEST_CASE("only the submitter withdraws, and as the chain allows") {
  const std::string steps = R"(
steps:
  - { id: first, approvers: user ann, may: return }
  - { id: second, approvers: user bob, may: return }
)";
  Sales always(steps);
  REQUIRE(always.begin("chain", "sam"));
  CHECK_FALSE(always.act("ann", TaskAction::Withdraw));
  CHECK(always.words() == "only sam, who submitted it, may withdraw it");
  REQUIRE(always.act("sam", TaskAction::Withdraw, 0));
  CHECK(always.effects.outcome == Effects::Outcome::Withdrawn);
  Sales early("withdraw: before_decision\n" + steps);
  REQUIRE(early.begin("chain", "sam"));
  REQUIRE(early.approve("ann"));
  CHECK_FALSE(early.act("sam", TaskAction::Withdraw, 0));
  CHECK(early.words() == "ann has decided already; from then on it cannot be withdrawn");
  REQUIRE(early.give_back("bob"));
  CHECK(early.act("sam", TaskAction::Withdraw, 0));
  Sales never("withdraw: never\n" + steps);
  REQUIRE(never.begin("chain", "sam"));
  CHECK_FALSE(never.act("sam", TaskAction::Withdraw, 0));
  CHECK(never.code() == "approval.no-withdrawal");
}

TEST_CASE("whoever may assign withdraws for a submitter who has left") {
  Sales w("steps: [{ id: only, approvers: user ann, may: return }]\n");
  REQUIRE(w.begin("chain", "sam"));
  CHECK_FALSE(w.act("max", TaskAction::Withdraw, 0));
  w.people.at("sam").active = false;
  CHECK_FALSE(w.give_back("ann"));
  CHECK(w.code() == "task.submitter-left");
  CHECK(w.act("max", TaskAction::Withdraw, 0));
}

TEST_CASE("who inherits a returned record submits it again, and is whom it is returned to") {
  Sales w("steps: [{ id: only, approvers: user ann, may: return }]\n");
  REQUIRE(w.begin("chain", "sam"));
  REQUIRE(w.give_back("ann"));
  w.people.at("sam").active = false;
  w.leave("sam", "guy");
  CHECK(w.waits_for() == "guy");
  REQUIRE(w.act("guy", TaskAction::Resubmit));
  REQUIRE(w.give_back("ann"));
  CHECK(w.waits_for() == "guy");
  CHECK(w.act("guy", TaskAction::Withdraw));
  CHECK(w.process.state == ProcessState::Withdrawn);
}

TEST_CASE("urging is for the submitter and those who may assign, once in an hour") {
  Sales w("steps: [{ id: only, approvers: user ann }]\n");
  REQUIRE(w.begin("chain", "sam"));
  CHECK_FALSE(w.act("bob", TaskAction::Urge, 0));
  CHECK(w.code() == "task.urge-who");
  REQUIRE(w.act("sam", TaskAction::Urge, 0));
  w.now.microseconds += 59 * 60 * kMicrosPerSecond;
  CHECK_FALSE(w.act("max", TaskAction::Urge, 0));
  CHECK(w.words() == "ann was urged 59 minutes ago; once in an hour is enough");
  w.now.microseconds += 60 * kMicrosPerSecond;
  REQUIRE(w.act("max", TaskAction::Urge, 0));
  CHECK(w.process.tasks[0].urged == 2);
}

TEST_CASE("copies go out when it begins and when it ends, and stay until they are read") {
  Sales w("cc: user eve\nsteps: [{ id: only, approvers: user ann }]\n");
  REQUIRE(w.begin("chain", "sam"));
  CHECK_FALSE(w.act("eve", TaskAction::Approve));
  CHECK(w.code() == "task.only-to-read");
  REQUIRE(w.act("eve", TaskAction::MarkRead));
  CHECK(w.process.tasks[0].outcome == TaskOutcome::Read);
  CHECK(w.process.tasks[0].read_at == w.now);
  REQUIRE(w.approve("ann"));
  CHECK(w.last_task().kind == TaskKind::Copy);
  CHECK(w.last_task().state == TaskState::Open);
  CHECK(w.last_task().reason == "cc: user eve");
  REQUIRE(w.act("eve", TaskAction::MarkRead));
}

TEST_CASE("actions that need a comment are refused without one") {
  Sales w(
      "steps: [{ id: only, approvers: user ann, may: [return, transfer] }]\ncomment: [approve, "
      "return]\n");
  REQUIRE(w.begin("chain", "sam"));
  CHECK_FALSE(w.approve("ann"));
  CHECK(w.words() == "say why: to approve needs a comment");
  CHECK_FALSE(w.give_back("ann"));
  engine::ActOnTask more;
  more.comment = "fine";
  CHECK(w.act("ann", TaskAction::Approve, more));
  CHECK(w.process.tasks[0].comment == "fine");
  CHECK(w.effects.events[0].comment == "fine");
}

TEST_CASE("what the step does not let its approvers do is refused") {
  Sales w("steps: [{ id: only, label: Legal, approvers: user ann }]\n");
  REQUIRE(w.begin("chain", "sam"));
  CHECK_FALSE(w.hand("ann", "bob"));
  CHECK(w.words() == "in “Legal” one may not transfer");
  CHECK_FALSE(w.give_back("ann"));
  CHECK_FALSE(w.add_approver("ann", "bob", engine::AddedPlace::After));
  CHECK(w.code() == "task.not-allowed");
  const auto possible =
      w.as("ann", [&](const Context& context) { return possible_actions(w.process, 0, context); });
  CHECK(possible == std::vector{TaskAction::Approve, TaskAction::Reject, TaskAction::MarkRead});
}

TEST_CASE("a task goes to somebody active with the right who is not asked already") {
  Sales w("steps: [{ id: only, approvers: [user ann, user bob], mode: all, may: transfer }]\n");
  REQUIRE(w.begin("chain", "sam"));
  CHECK_FALSE(w.hand("ann", "guy"));
  CHECK(w.code() == "task.to-no-right");
  CHECK_FALSE(w.hand("ann", "sam"));
  CHECK(w.code() == "task.to-submitter");
  CHECK_FALSE(w.hand("ann", "bob"));
  CHECK(w.code() == "task.to-asked");
  w.people.at("cat").active = false;
  CHECK_FALSE(w.hand("ann", "cat"));
  CHECK(w.code() == "task.to-unknown");
  CHECK_FALSE(w.act("ann", TaskAction::Transfer));
  CHECK(w.code() == "task.to-missing");
  REQUIRE(w.hand("ann", "dan"));
  CHECK_FALSE(w.act("ann", TaskAction::Approve));
  CHECK(w.words() == "you have decided already: transferred");
}

TEST_CASE("a leaver's tasks go to the heir, or leave the seat empty") {
  const std::string step =
      "steps: [{ id: only, approvers: [user ann, user bob, user cat], mode: { quorum: 2 } }]\n";
  Sales w(step);
  REQUIRE(w.begin("chain", "sam"));
  w.leave("ann", "dan");
  CHECK(w.waits_for() == "bob, cat, dan");
  w.leave("dan", "bob");
  CHECK(w.waits_for() == "bob, cat");
  CHECK(w.steps() == "only: open");
  w.leave("cat", "");
  CHECK(w.steps() == "only: held");
  CHECK(w.waits_for().empty());
  REQUIRE(w.name_approver("max", "only", "eve"));
  CHECK(w.waits_for() == "bob, eve");
  REQUIRE(w.approve("bob"));
  REQUIRE(w.approve("eve"));
  CHECK(w.process.state == ProcessState::Approved);
}

TEST_CASE("a step is not approved because somebody left it") {
  Sales w("steps: [{ id: only, approvers: [user ann, user bob], mode: all }]\n");
  REQUIRE(w.begin("chain", "sam"));
  REQUIRE(w.approve("bob"));
  w.leave("ann", "guy");
  CHECK(w.steps() == "only: held");
  CHECK(w.events() == "handed_over, held");
  REQUIRE(w.name_approver("max", "only", "eve"));
  REQUIRE(w.approve("eve"));
  CHECK(w.process.state == ProcessState::Approved);
  Sales heir("steps: [{ id: only, approvers: [user ann, user bob], mode: all }]\n");
  REQUIRE(heir.begin("chain", "sam"));
  REQUIRE(heir.approve("bob"));
  heir.leave("ann", "bob");
  CHECK(heir.process.state == ProcessState::Approved);
}

TEST_CASE("who left before it was their turn leaves a held step, not one that waits for ever") {
  Sales w("steps: [{ id: only, approvers: [user ann, user bob], mode: in_order }]\n");
  REQUIRE(w.begin("chain", "sam"));
  w.people.at("bob").active = false;
  REQUIRE(w.approve("ann"));
  CHECK(w.steps() == "only: held");
  CHECK(w.events() == "approved, handed_over, held");
  REQUIRE(w.name_approver("max", "only", "eve"));
  REQUIRE(w.approve("eve"));
  CHECK(w.process.state == ProcessState::Approved);
}

TEST_CASE("a change asks who was named for a held step once more, and finds who came since") {
  Sales w(R"(
on_empty: hold
steps:
  - { id: only, approvers: role finance, mode: { quorum: 2 }, shows: [discount] }
)");
  w.add("fay", {.roles = {"finance"}});
  REQUIRE(w.begin("chain", "sam"));
  CHECK(w.steps() == "only: held");
  REQUIRE(w.name_approver("max", "only", "eve"));
  CHECK(w.waits_for() == "fay, eve");
  REQUIRE(w.approve("eve"));
  w.set_number("discount", "0.5");
  w.change();
  CHECK(w.waits_for() == "fay, eve");
  w.leave("fay", "");
  CHECK(w.steps() == "only: held");
  w.add("gil", {.roles = {"finance"}});
  w.set_number("discount", "0.6");
  w.change();
  CHECK(w.waits_for() == "fay, gil");
}

TEST_CASE(
    "time reminds, escalates, hands on, passes, rejects and returns, each called what it was") {
  Sales w(R"(
steps:
  - id: only
    approvers: user ann
    within: { PT8H: remind, PT16H: escalate to manager of approver, P2D: transfer to user bob, P3D: approve, P4D: reject, P5D: return }
    business: true
)");
  REQUIRE(w.begin("chain", "sam"));
  const auto& deadlines = w.chain().steps[0].within;
  const std::vector<Due> due = deadlines_of(w.chain().steps[0], w.now, w.model());
  REQUIRE(due.size() == deadlines.size());
  CHECK(to_rfc3339(due[0].at) == "2026-03-02T09:00:00Z");
  CHECK(w.process.tasks[0].due_at == due[1].at);
  w.deadline(deadlines[0], 0);
  CHECK(w.events() == "reminded");
  w.deadline(deadlines[1], 0);
  CHECK(w.waits_for() == "ann, han");
  CHECK(w.last_task().reason == "time-out: manager of approver");
  w.deadline(deadlines[2], 0);
  CHECK(w.waits_for() == "han, bob");
  CHECK(w.process.tasks[0].outcome == TaskOutcome::TransferredByTimeout);
  w.deadline(deadlines[3], 1);
  CHECK(w.events() == "passed");
  CHECK(w.effects.events[0].reason == "time-out: P3D");
  CHECK(w.steps() == "only: passed");
  CHECK(w.process.tasks[2].state == TaskState::Void);
  w.deadline(deadlines[4], 1);
  CHECK(w.effects.events.empty());
}

TEST_CASE("an escalation that finds nobody new leaves the task") {
  Sales w(R"(
steps:
  - { id: only, approvers: [user ann, user han], within: { P1D: escalate to manager of approver } }
)");
  REQUIRE(w.begin("chain", "sam"));
  w.deadline(w.chain().steps[0].within[0], 0);
  CHECK(w.waits_for() == "ann, han");
  CHECK(w.effects.events[0].reason == "time-out: P1D: 0");
}

TEST_CASE("the plan tells for each step whether it applies, whom it asks, and what is missing") {
  Sales w(R"(
steps:
  - { id: manager, approvers: manager of owner }
  - { id: finance, when: discount > 0.2, approvers: role finance }
  - { id: legal, when: terms != null, approvers: user ann }
)");
  w.use("chain");
  const auto planned =
      w.as("sam", [&](const Context& context) { return plan(context, w.people.id("sam")); });
  REQUIRE(planned.size() == 3);
  REQUIRE(planned[0].people.size() == 1);
  CHECK(planned[0].people[0].account == w.people.id("han"));
  CHECK(planned[0].people[0].why == "manager of owner");
  CHECK(planned[1].applies);
  CHECK(planned[1].reason == "discount > 0.2: discount = 0.25");
  CHECK(planned[1].trouble == "role finance: 0");
  CHECK_FALSE(planned[2].applies);
  CHECK(planned[2].reason == "terms != null: terms = null");
}

TEST_CASE("every refusal is said in both languages") {
  Sales w("steps: [{ id: only, approvers: user ann }]\n");
  REQUIRE(w.begin("chain", "sam"));
  w.act("sam", TaskAction::Approve, 0);
  CHECK(render(w.refusal->message, Language::Chinese, 0) == "此任务由 ann 处理，不由您处理");
}

}  // namespace
}  // namespace formwork::approvals

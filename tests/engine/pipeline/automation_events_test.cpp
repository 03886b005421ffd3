// Each trigger and action that leans on another part of the engine, by way of documents: pools and
// the response clock, approvals, what people have to do, what is late.
#include <doctest/doctest.h>

#include "engine/audit/chain.h"
#include "engine/pipeline/forecast.h"
#include "tests/engine/store/sqlite_fixture.h"
#include "tests/support/crm_app.h"

namespace formwork::engine {
namespace {

using formwork::testing::code_of;
using formwork::testing::compile_app;
using formwork::testing::Crm;
using formwork::testing::forced;
using formwork::testing::kDay;
using formwork::testing::kHour;

constexpr std::string_view kFlow = R"(
app: flow
time_zone: Asia/Shanghai
currency: CNY
calendar: office
---
calendar: office
days: MON-FRI
hours: ["09:00-18:00"]
---
entity: lead
title: company
fields:
  company: { type: text, required: true }
  region: { type: text }
  answered_at: { type: date_time }
  on_hold: { type: boolean }
  note: { type: text }
  count: { type: number, scale: 0 }
  due_on: { type: date }
  call_at: { type: date_time }
  owner: { type: user }
lifecycle:
  stages:
    fresh: { to: [working, check, lost], dwell: { warn: P2D, limit: P5D } }
    working: { to: [check, fresh, lost], dwell: { warn: P1D } }
    check: { approval: entry_check, approved: won, rejected: working, withdrawn: fresh }
    won: { final: won }
    lost: { final: lost, to: [fresh] }
---
approval: entry_check
of: lead
steps:
  - id: boss
    approvers: role boss
    within: { PT4H: remind, PT8H: escalate to role judge, P1D: transfer to role judge, P20D: approve }
    may: [return]
---
assignment: territory
of: lead
pools:
  public: { label: Public }
  key: { label: Key }
rules:
  - { id: east, when: region = "east", to: { role: sales, pick: round_robin, else: public } }
  - { id: judges, when: region = "court", to: { people: role judge, max_open: 1 } }
  - { id: pool, when: region = "west", to: { pool: key } }
response:
  done: answered_at != null
  pause: on_hold
  within: PT1H
  steps: { PT30M: remind, PT1H: reassign, PT3H: release to public }
---
role: sales
on: { lead: { view: true, create: true, edit: true, delete: true, assign: true, claim: true } }
---
role: boss
admin: true
on: { lead: { view: true, create: true, edit: true, delete: true, assign: true, approve: true } }
---
role: judge
on: { lead: { view: true, approve: true, edit: true } }
---
)";

class Flow : public Crm {
 public:
  explicit Flow(std::string_view automations, const std::string& path = ":memory:")
      : Flow(compile_app(std::string(kFlow) + std::string(automations)), path) {}

  explicit Flow(std::shared_ptr<const model::Model> model, const std::string& path = ":memory:")
      : Crm(std::move(model), path) {
    boss();
    actor("jo", {"judge"});
    li();
    actor("ma", {"sales"});
  }

  testing::Outcome act(const Actor& who, TaskAction action) {
    const auto tasks = engine.store().read()->tasks({.assignees = {who.account}, .limit = 1});
    return run({.actor = who,
                .intent = ActOnTask{.task = tasks.at(0).id, .action = action, .comment = "c"},
                .once = {}});
  }

  std::string pool(RecordId id) { return value(id, "pool"); }
};

TEST_CASE("an assignment's rules find the owner for an automation, and the next one in turn") {
  Flow app(R"(
automation: give
on: created
of: lead
do: { assign: { by: territory } }
---
automation: greet
on: assigned
of: lead
do: { notify: { to: owner, title: "{company} is yours" } }
)");
  const RecordId first = app.lead(R"({"region":"east"})");
  const RecordId second = app.lead(R"({"region":"east"})");
  CHECK(app.value(first, "owner") == "li");
  CHECK(app.value(second, "owner") == "ma");
  CHECK(app.runs("greet") == "done done");
  // History says by which rule, in the automation's name.
  const auto entries = app.engine.store().read()->history("lead", second, 0, 1);
  CHECK(entries.front().action == "assigned");
  CHECK(entries.front().cause == "automation");
  CHECK(entries.front().detail.starts_with(R"({"rule":"give",)"));
  CHECK(entries.front().detail.find("\"east\"") != std::string::npos);
  // By a rule to a pool, and by none at all.
  const RecordId west = app.lead(R"({"region":"west"})");
  CHECK(app.value(west, "owner") == "null");
  CHECK(app.pool(west) == "\"key\"");
  const RecordId nowhere = app.lead(R"({"region":"north"})");
  CHECK(app.runs("give") == "done done done failed");
  CHECK(app.last_run("give").reason.starts_with("assign: "));
  CHECK(app.history(nowhere) == "created");
  CHECK_FALSE(audit::verify(*app.engine.store().read()).broken_at);
}

TEST_CASE("who is excepted or full is passed over, and then nobody is found") {
  Flow app(R"(
automation: give
on: created
of: lead
do: { assign: { by: territory, except: user li } }
)");
  CHECK(app.value(app.lead(R"({"region":"east"})"), "owner") == "ma");
  CHECK(app.value(app.lead(R"({"region":"east"})"), "owner") == "ma");
  CHECK(app.value(app.lead(R"({"region":"court"})"), "owner") == "jo");
  CHECK(app.value(app.lead(R"({"region":"court"})"), "owner") == "null");
  CHECK(app.runs("give") == "done done done failed");
}

TEST_CASE("an automation puts a record into a pool, which is heard, and not twice") {
  Flow app(R"(
automation: let_go
on: { updated: note }
of: lead
do: { assign: { pool: public } }
---
automation: in_pool
on: released
of: lead
do: { set: { count: 'if count = null then 1 else count + 1' } }
)");
  const RecordId id = app.lead(R"({"owner":"li"})");
  CHECK(app.timers(id, Timer::Kind::Response) == 3);
  REQUIRE(app.set(id, R"({"note":"too far"})"));
  CHECK(app.value(id, "owner") == "null");
  CHECK(app.pool(id) == "\"public\"");
  CHECK(app.timers(id, Timer::Kind::Response) == 0);
  CHECK(app.history(id) == "created updated released updated");
  REQUIRE(app.set(id, R"({"note":"still too far"})"));
  CHECK(app.runs("let_go") == "done done");
  CHECK(app.last_run("let_go").actions.find("nothing: pool = public already") != std::string::npos);
  CHECK(app.value(id, "count") == "1");
  // Whoever claims it takes it out of the pool again.
  REQUIRE(app.run({.actor = app.li(),
                   .intent = AssignRecord{.entity = &app.entity("lead"), .id = id},
                   .once = {}}));
  CHECK(app.pool(id) == "null");
  CHECK(app.runs("in_pool") == "done");
}

TEST_CASE("an automation starts an approval, and each way in which it ends is heard") {
  Flow app(R"(
automation: submit
on: { updated: note }
of: lead
when: note = "ready"
do: { start_approval: entry_check }
---
automation: a_submitted
on: { approval: submitted, chain: entry_check }
of: lead
do: { comment: "submitted" }
---
automation: b_approved
on: { approval: approved, chain: entry_check }
of: lead
do: { set: { region: 'stage' } }
---
automation: c_rejected
on: { approval: rejected }
of: lead
do: { set: { region: 'stage' } }
---
automation: d_returned
on: { approval: returned }
of: lead
do: { comment: "returned" }
---
automation: e_withdrawn
on: { approval: withdrawn }
of: lead
do: { set: { region: 'stage' } }
)");
  const Actor boss = app.boss();
  const RecordId id = app.lead(R"({"owner":"li"})");
  const auto submit = [&] {
    if (app.value(id, "note") == "\"ready\"") {
      REQUIRE(app.set(id, R"({"note":null})"));
    }
    REQUIRE(app.set(id, R"({"note":"ready"})"));
    CHECK(app.value(id, "stage") == "\"check\"");
  };
  submit();
  CHECK(app.runs("a_submitted") == "done");
  const auto process = store::latest_process(*app.engine.store().read(), "lead", id);
  REQUIRE(process);
  CHECK(process->submitter == app.li().account);
  CHECK(process->origin == "fresh");
  SUBCASE("approved") {
    REQUIRE(app.act(boss, TaskAction::Approve));
    CHECK(app.value(id, "stage") == "\"won\"");
    CHECK(app.value(id, "region") == "\"won\"");
    CHECK(app.runs("b_approved") == "done");
  }
  SUBCASE("rejected") {
    REQUIRE(app.act(boss, TaskAction::Reject));
    CHECK(app.value(id, "stage") == "\"working\"");
    CHECK(app.value(id, "region") == "\"working\"");
    submit();
    CHECK(app.runs("a_submitted") == "done done");
  }
  SUBCASE("returned, and submitted again") {
    REQUIRE(app.act(boss, TaskAction::Return));
    CHECK(app.value(id, "stage") == "\"check\"");
    CHECK(app.runs("d_returned") == "done");
    REQUIRE(app.act(app.li(), TaskAction::Resubmit));
    CHECK(app.runs("a_submitted") == "done done");
  }
  SUBCASE("withdrawn") {
    const TaskId task =
        app.engine.store().read()->tasks({.assignees = {boss.account}, .limit = 1}).at(0).id;
    REQUIRE(app.run({.actor = app.li(),
                     .intent = ActOnTask{.task = task, .action = TaskAction::Withdraw},
                     .once = {}}));
    CHECK(app.value(id, "stage") == "\"fresh\"");
    CHECK(app.value(id, "region") == "\"fresh\"");
  }
  SUBCASE("approved by time") {
    app.pass(21 * kDay);
    CHECK(app.runs("b_approved") == "done");
  }
  for (const Run& run : app.all_runs()) CHECK(run.outcome != RunOutcome::Failed);
  std::size_t ended = 0;
  for (const Run& run : app.all_runs()) {
    ended += run.automation != "submit" && run.automation != "a_submitted" ? 1 : 0;
  }
  CHECK(ended == 1);
  CHECK_FALSE(audit::verify(*app.engine.store().read()).broken_at);
}

TEST_CASE("an approval that cannot begin fails the run, and the record stays where it is") {
  Flow app(R"(
automation: submit
on: { updated: note }
of: lead
do:
  - set: { region: '"before"' }
  - start_approval: entry_check
)");
  const RecordId id = app.lead();
  REQUIRE(app.engine.change_account("boss", {.roles = std::vector<std::string>{"sales"}}));
  REQUIRE(app.set(id, R"({"note":"x"})"));
  CHECK(app.runs("submit") == "failed");
  CHECK(app.last_run("submit").reason.find("role boss: 0") != std::string::npos);
  CHECK(app.value(id, "stage") == "\"fresh\"");
  CHECK(app.value(id, "region") == "null");
  CHECK(app.value(id, "note") == "\"x\"");
}

TEST_CASE("an approval task is late once, at its first deadline that does more than remind") {
  Flow app(R"(
automation: late
on: { overdue: task }
of: lead
do: { set: { count: 'if count = null then 1 else count + 1' } }
)");
  const RecordId id = app.lead();
  REQUIRE(app.move(id, "check"));
  app.pass(7 * kHour);
  CHECK(app.runs("late") == "");
  app.pass(kHour);
  CHECK(app.runs("late") == "done");
  CHECK(app.last_run("late").trigger == "overdue: task");
  CHECK(app.last_run("late").actor == kSystemAccount);
  // What it was escalated to is a task of its own, with a time of its own; the first is late once.
  app.pass(7 * kHour);
  CHECK(app.runs("late") == "done");
  app.pass(10 * kHour);
  CHECK(app.runs("late") == "done done");
}

TEST_CASE("a task that only reminds is late by its first reminder") {
  std::string yaml(kFlow);
  const std::string deadlines =
      "PT4H: remind, PT8H: escalate to role judge, P1D: transfer to role judge, P20D: approve";
  yaml.replace(yaml.find(deadlines), deadlines.size(), "PT4H: remind, PT8H: remind");
  yaml += R"(
automation: late
on: { overdue: task }
of: lead
do: { comment: late }
)";
  Crm app(compile_app(yaml));
  app.boss();
  const RecordId id = app.lead();
  REQUIRE(app.move(id, "check"));
  app.pass(3 * kHour);
  CHECK(app.runs("late") == "");
  app.pass(kDay);
  CHECK(app.runs("late") == "done");
}

TEST_CASE("a stage is overdue at its limit, and at its warning where there is no limit") {
  Flow app(R"(
automation: late
on: { overdue: stage }
of: lead
do: { comment: "{stage}" }
)");
  const RecordId id = app.lead();
  app.pass(5 * kDay - 1);
  CHECK(app.runs("late") == "");
  app.pass(1);
  CHECK(app.runs("late") == "done");
  CHECK(app.history(id) == "created dwell_warned dwell_expired commented");
  REQUIRE(app.move(id, "working"));
  app.pass(kDay);
  CHECK(app.runs("late") == "done done");
  // Who leaves in time hears nothing.
  REQUIRE(app.move(id, "fresh"));
  app.pass(kDay);
  REQUIRE(app.move(id, "lost"));
  app.pass(30 * kDay);
  CHECK(app.runs("late") == "done done");
}

TEST_CASE("something to do is overdue when it is not done in time, and not when it is") {
  Flow app(R"(
automation: ask
on: created
of: lead
do: { task: { to: user li, title: "Call {company}", within: P1D } }
---
automation: late
on: { overdue: todo }
of: lead
do: { set: { note: '"not called"' } }
)");
  const RecordId id = app.lead();
  const RecordId other = app.lead();
  const auto todos = app.engine.store().read()->todos({.assignee = app.li().account});
  REQUIRE(todos.size() == 2);
  const ToDo& done = todos[0].record == other ? todos[0] : todos[1];
  REQUIRE(app.run({.actor = app.li(), .intent = FinishToDo{done.id}, .once = {}}));
  app.pass(2 * kDay);
  CHECK(app.runs("late") == "done");
  CHECK(app.value(id, "note") == "\"not called\"");
  CHECK(app.value(other, "note") == "null");
}

TEST_CASE("an owner is overdue when the time to answer is over, once, and the next one anew") {
  Flow app(R"(
automation: late
on: { overdue: response }
of: lead
do: { comment: "{owner} is late" }
)");
  const auto said = [&](RecordId id) {
    std::string text;
    for (const HistoryEntry& entry : app.engine.store().read()->history("lead", id, 0, 100)) {
      if (entry.action == "commented") text.insert(0, entry.detail);
    }
    return text;
  };
  const RecordId id = app.lead(R"({"owner":"li","region":"east"})");
  SUBCASE("the forecast tells of it beside the steps") {
    std::string text;
    const auto lines =
        forecast(app.engine, {.until = {app.clock.now().microseconds + kMicrosPerDay}}).lines;
    for (const Coming& coming : lines) {
      text += render(coming.what, Language::English) + " (" + place_of(coming.rule) + ")\n";
    }
    CHECK(text ==
          "reminds li of the first response (app.yaml:52)\n"
          "sets off Late (app.yaml:66)\n"
          "takes it from li for somebody else (app.yaml:52)\n"
          "takes it from li for Public (app.yaml:52)\n");
  }
  SUBCASE("a reminder before that is no reason, and the step of that moment comes behind it") {
    app.pass(59);
    CHECK(app.history(id) == "created reminded");
    app.pass(1);
    CHECK(app.history(id) == "created reminded commented reassigned");
    CHECK(said(id).find("li is late") != std::string::npos);
    CHECK(app.value(id, "owner") == "ma");
    app.pass(kHour);
    CHECK(said(id).find("ma is late") != std::string::npos);
    app.pass(kDay);
    CHECK(app.runs("late") == "done done");
    CHECK(app.history(id) == "created reminded commented reassigned commented released");
    CHECK(app.timers(id, Timer::Kind::Response) == 0);
  }
  SUBCASE("who answers in time is not") {
    app.pass(50);
    REQUIRE(app.set(id, R"({"answered_at":"2026-03-02T09:50:00+08:00"})"));
    app.pass(kDay);
    CHECK(app.runs("late") == "");
  }
  SUBCASE("time in which it waits for somebody else does not count") {
    app.pass(50);
    REQUIRE(app.set(id, R"({"on_hold":true})"));
    app.pass(kDay);
    REQUIRE(app.set(id, R"({"on_hold":false})"));
    app.pass(9);
    CHECK(app.runs("late") == "");
    app.pass(1);
    CHECK(app.runs("late") == "done");
    REQUIRE(app.set(id, R"({"on_hold":true})"));
    REQUIRE(app.set(id, R"({"on_hold":false})"));
    app.pass(30);
    CHECK(said(id).find("li is late") == said(id).rfind("li is late"));
  }
  SUBCASE("whoever gets it by hand has all of the time") {
    app.pass(50);
    REQUIRE(app.set(id, R"({"owner":"ma"})"));
    app.pass(59);
    CHECK(app.runs("late") == "");
    app.pass(1);
    CHECK(said(id).find("ma is late") != std::string::npos);
  }
  SUBCASE("what is deleted is nobody's, and restored it goes on") {
    app.pass(50);
    REQUIRE(app.remove(app.li(), "lead", id, app.record(id).version));
    app.pass(kDay);
    CHECK(app.runs("late") == "");
    REQUIRE(app.restore(app.li(), "lead", id, app.record(id).version));
    app.pass(10);
    CHECK(app.runs("late") == "done");
  }
  SUBCASE("after downtime it is told once, before the steps of that time") {
    app.sleep(3 * kDay);
    while (app.engine.fire_timers() > 0) {
    }
    CHECK(app.runs("late") == "done");
    CHECK(said(id).find("li is late") != std::string::npos);
    CHECK(app.history(id) == "created reminded commented reassigned released dwell_warned");
  }
}

TEST_CASE(
    "a time whose automations go on without end is undone, logged and over, and others come") {
  Flow app(forced(*compile_app(std::string(kFlow) + R"(
automation: loop
on: [{ updated: count }, assigned, released, { overdue: stage }, { overdue: task }, { overdue: todo }]
of: lead
enabled: false
when: note = "loop"
do: { set: { count: 'if count = null then 1 else count + 1' } }
---
automation: ask
on: { stage: working }
of: lead
enabled: false
do: { task: { to: user li, title: "Call {company}", within: P1D } }
)")));
  const auto stopped = [&] {
    std::size_t count = 0;
    for (const Run& run : app.all_runs("loop")) count += run.outcome == RunOutcome::Stopped;
    return count;
  };
  const RecordId id = app.lead(R"({"owner":"li","region":"east"})");
  const RecordId other = app.lead(R"({"owner":"li","region":"east"})");
  REQUIRE(app.set(id, R"({"note":"loop"})"));
  app.pass(kHour);
  CHECK(stopped() == 1);
  CHECK(app.value(id, "owner") == "li");
  CHECK(app.value(other, "owner") == "ma");
  app.pass(2 * kHour);
  CHECK(stopped() == 2);
  CHECK(app.value(id, "owner") == "li");
  CHECK(app.value(other, "owner") == "null");
  CHECK(app.timers(id, Timer::Kind::Response) == 0);
  app.pass(5 * kDay);
  CHECK(stopped() == 3);
  CHECK(app.history(id) == "created updated reminded dwell_warned");
  CHECK(app.history(other).ends_with("dwell_expired"));
  REQUIRE(app.move(id, "working"));
  app.pass(2 * kDay);
  CHECK(stopped() == 5);  // what is to do, and the stage
  REQUIRE(app.move(id, "check"));
  app.pass(8 * kHour);
  CHECK(stopped() == 6);
  CHECK(app.history(id).ends_with("moved submitted reminded"));
  CHECK_FALSE(app.engine.next_timer());
  CHECK(app.value(id, "count") == "null");
  CHECK_FALSE(audit::verify(*app.engine.store().read()).broken_at);
}

TEST_CASE("a stage is left by every way out of it, and by no other") {
  Flow app(R"(
automation: left
on: { left: fresh }
of: lead
do: { comment: "from {old.stage} to {stage}" }
)");
  const RecordId id = app.lead();
  CHECK(app.runs("left") == "");
  REQUIRE(app.move(id, "working"));
  CHECK(app.runs("left") == "done");
  REQUIRE(app.move(id, "check"));
  CHECK(app.runs("left") == "done");
  REQUIRE(app.act(app.boss(), TaskAction::Reject));
  CHECK(app.runs("left") == "done");
  REQUIRE(app.move(id, "fresh"));
  REQUIRE(app.move(id, "check"));
  CHECK(app.runs("left") == "done done");
  REQUIRE(app.remove(app.li(), "lead", app.lead(), 1));
  CHECK(app.runs("left") == "done done");
}

TEST_CASE(
    "what is deleted is told of with its last values, at once or later, and changes nothing") {
  Flow app(R"(
webhook: erp
send: { url: "https://erp.example.com/hook", secret: erp }
---
automation: a_tell
on: deleted
of: lead
when: region = "east"
do:
  - webhook: { to: erp, event: lead.deleted, data: { company: company, was: old.region } }
  - create: lead
    with: { company: '"after " + company' }
---
automation: b_later
on: deleted
of: lead
after: PT1H
do: { webhook: { to: erp, event: lead.gone, data: { company: company } } }
)");
  const RecordId id = app.lead(R"({"region":"east"})");
  REQUIRE(app.remove(app.li(), "lead", id, app.record(id).version));
  CHECK(app.runs() == "a_tell done, b_later waiting");
  CHECK(app.value(id + 1, "company") == "\"after Acme\"");
  app.pass(kHour);
  CHECK(app.runs("b_later") == "waiting done");
  const auto messages = app.engine.store().read()->messages({});
  REQUIRE(messages.size() == 2);
  CHECK(messages[1].body.find(R"("was":"east")") != std::string::npos);
  // What is restored before then is not gone.
  const RecordId other = app.lead();
  REQUIRE(app.remove(app.li(), "lead", other, app.record(other).version));
  REQUIRE(app.restore(app.li(), "lead", other, app.record(other).version));
  app.pass(2 * kHour);
  CHECK(app.runs("b_later") == "waiting done waiting skipped");
  CHECK(app.last_run("b_later").reason == "the record was restored");
  CHECK(app.engine.store().read()->messages({}).size() == 2);
}

TEST_CASE("once for a record holds over a restart, and so does what waits") {
  const store::ScratchFolder folder;
  const std::string path = folder.file("flow");
  constexpr std::string_view kOnce = R"(
automation: welcome
on: [created, updated]
of: lead
once: true
do: { set: { count: 'if count = null then 1 else count + 1' } }
---
automation: sync
on: { updated: note }
of: lead
debounce: PT10M
do: { comment: "synced {note}" }
---
automation: later
on: created
of: lead
once: true
after: PT30M
do: { comment: "later" }
)";
  {
    Flow app(kOnce, path);
    app.lead();
    CHECK(app.value(1, "count") == "1");
    app.pass(5);
    REQUIRE(app.set(1, R"({"note":"a"})"));
  }
  {
    Flow app(kOnce, path);
    app.sleep(12);
    REQUIRE(app.set(1, R"({"note":"b"})"));
    CHECK(app.timers(1, Timer::Kind::Delayed) == 2);
    app.pass(9);
    CHECK(app.runs("sync") == "waiting waiting");
    app.pass(1);
    CHECK(app.runs("sync") == "waiting waiting done");
    CHECK(app.last_run("sync").actions.find("synced b") != std::string::npos);
    CHECK(app.value(1, "count") == "1");
    CHECK(app.all_runs("welcome").back().outcome == RunOutcome::Skipped);
    app.pass(kHour);
    CHECK(app.runs("later") == "waiting done");
  }
  {
    Flow app(kOnce, path);
    REQUIRE(app.set(1, R"({"note":"c"})"));
    CHECK(app.value(1, "count") == "1");
  }
}

TEST_CASE("the hours of a window hold for what a time or a wait sets off as well") {
  Flow app(R"(
automation: due
on: { date: due_on, before: P1D }
of: lead
window: business
do: { set: { note: '"due"' } }
---
automation: sync
on: { updated: region }
of: lead
debounce: PT30M
window: { days: MON-FRI, hours: "09:00-18:00", outside: skip }
do: { set: { count: '1' } }
---
automation: over_night
on: { updated: company }
of: lead
after: PT10H
window: business
do: { set: { region: '"called"' } }
)");
  // Thursday 00:00 is a day before; it opens at nine.
  const RecordId id = app.lead(R"({"due_on":"2026-03-06"})");
  app.pass(3 * kDay + 23 * kHour + 59);  // Friday, 08:59
  CHECK(app.runs("due") == "waiting done");
  CHECK(app.last_run("due").at == Instant{testing::kMonday.microseconds + 3 * kMicrosPerDay});
  app.pass(8 * kHour + 31);  // Friday, 17:30
  REQUIRE(app.set(id, R"({"region":"east"})"));
  app.pass(29);
  CHECK(app.runs("sync") == "waiting");
  app.pass(1);  // at six it is closed
  CHECK(app.runs("sync") == "waiting skipped");
  CHECK(app.value(id, "count") == "null");
  REQUIRE(app.set(id, R"({"company":"Ajax"})"));
  app.pass(10 * kHour);  // Saturday, 04:00
  CHECK(app.runs("over_night") == "waiting waiting");
  app.pass(2 * kDay + 5 * kHour - 1);
  CHECK(app.value(id, "region") == "\"east\"");
  app.pass(1);  // Monday, 09:00
  CHECK(app.value(id, "region") == "\"called\"");
}

TEST_CASE("dates before and behind follow every change, by whomever, while others stay") {
  Flow app(R"(
automation: before
on: { date: call_at, before: PT2H }
of: lead
do: { comment: "before" }
---
automation: behind
on: { date: call_at, after: P1D }
of: lead
do: { comment: "behind" }
---
automation: defer
on: { updated: note }
of: lead
do: { set: { call_at: 'call_at + duration("P2D")' } }
)");
  const RecordId id = app.lead(R"({"call_at":"2026-03-03T12:00:00+08:00"})");
  const RecordId other = app.lead(R"({"call_at":"2026-03-03T12:00:00+08:00"})");
  CHECK(app.timers(id, Timer::Kind::Date) == 2);
  // "before behind": how often each was for that record.
  const auto told = [&](RecordId of) {
    std::size_t before = 0;
    std::size_t behind = 0;
    for (const Run& run : app.all_runs()) {
      if (run.record != of || run.outcome != RunOutcome::Done) continue;
      before += run.automation == "before" ? 1 : 0;
      behind += run.automation == "behind" ? 1 : 0;
    }
    return std::to_string(before) + " " + std::to_string(behind);
  };
  // An automation defers the call: no reminder of the old time.
  REQUIRE(app.set(id, R"({"note":"on Thursday"})"));
  app.pass(2 * kDay);  // Wednesday, 09:00
  CHECK(told(id) == "0 0");
  CHECK(told(other) == "1 0");
  app.pass(kDay + kHour - 1);
  CHECK(told(id) == "0 0");
  CHECK(told(other) == "1 1");
  app.pass(1);  // Thursday, 10:00
  CHECK(told(id) == "1 0");
  // Another time in between: what was to come for the old one does not, and the new one is told of.
  REQUIRE(app.set(id, R"({"call_at":"2026-03-09T12:00:00+08:00"})"));
  app.pass(3 * kDay);
  CHECK(told(id) == "1 0");
  app.pass(3 * kDay);
  CHECK(told(id) == "2 1");
  CHECK(told(other) == "1 1");
  CHECK(app.timers(id, Timer::Kind::Date) == 0);
}

}  // namespace
}  // namespace formwork::engine

// Automations through the whole engine: what sets them off, what they do, what remains of it.
#include <doctest/doctest.h>

#include "engine/audit/chain.h"
#include "tests/support/crm_app.h"

namespace formwork::engine {
namespace {

using formwork::testing::code_of;
using formwork::testing::Crm;

TEST_CASE("a new record sets off those who listen, who see it as it is and leave their traces") {
  Crm app(R"(
automation: mark
on: created
of: lead
when: budget >= 1000
do: { set: { tier: '"hot"', owner: user } }
)");
  const auto made = app.create(app.li(), "lead", R"({"company":"Acme","budget":"5000"})");
  REQUIRE(made);
  // The answer has the record as it is afterwards.
  const std::size_t tier = model::field_index(app.entity("lead"), "tier").value();
  CHECK(made->record.values[tier].string() == "hot");
  CHECK(made->record.version == 2);
  CHECK(app.value(1, "owner") == "li");
  CHECK(app.history(1) == "created updated");
  const auto entries = app.engine.reader(app.boss()).history(app.entity("lead"), 1, 0, 10);
  CHECK(entries->front().cause == "automation");
  CHECK(entries->front().actor == kSystemAccount);
  CHECK(entries->front().detail == R"({"rule":"mark"})");
  CHECK(entries->front().caused_by == entries->back().sequence);
  const Run run = app.last_run("mark");
  CHECK(run.outcome == RunOutcome::Done);
  CHECK(run.trigger == "created");
  CHECK(run.actor == app.li().account);
  CHECK(run.cause == entries->back().sequence);
  CHECK(run.actions == R"([{"action":"set","did":"tier = \"hot\", owner = li"}])");
  CHECK_FALSE(audit::verify(*app.engine.store().read()).broken_at);
}

TEST_CASE("a condition that does not hold is explained in the log, and nothing else happens") {
  Crm app(R"(
automation: mark
on: created
of: lead
when: budget >= 1000 and region = "east"
do: { set: { tier: '"hot"' } }
)");
  app.lead(R"({"budget":"10"})");
  CHECK(app.history(1) == "created");
  const Run run = app.last_run("mark");
  CHECK(run.outcome == RunOutcome::Declined);
  CHECK(run.reason.find("budget = 10") != std::string::npos);
}

TEST_CASE("changes of named fields alone count, and the old values are at hand") {
  Crm app(R"(
automation: grown
on: { updated: [budget, region] }
of: lead
when: budget > old.budget
do: { set: { note: '"from " + string(old.budget)' } }
)");
  app.lead(R"({"budget":"10"})");
  CHECK(app.runs("grown") == "");
  REQUIRE(app.set(1, R"({"note":"x"})"));
  CHECK(app.runs("grown") == "");
  REQUIRE(app.set(1, R"({"budget":"30"})"));
  CHECK(app.value(1, "note") == "\"from 10.00\"");
  CHECK(app.last_run("grown").trigger == "updated: budget");
  REQUIRE(app.set(1, R"({"budget":"20"})"));
  CHECK(app.runs("grown") == "done declined");
}

TEST_CASE("each kind of event sets off exactly those who wait for it") {
  Crm app(R"(
automation: a_deleted
on: deleted
of: lead
do: { comment: gone }
---
automation: b_restored
on: restored
of: lead
do: { comment: back }
---
automation: c_moved
on: moved
of: lead
do: { comment: "moved" }
---
automation: d_entered
on: { stage: fresh }
of: lead
do: { comment: "fresh" }
---
automation: e_left
on: { left: fresh }
of: lead
do: { comment: "left" }
---
automation: f_assigned
on: assigned
of: lead
do: { comment: "assigned" }
---
automation: g_any
on: [created, updated]
of: lead
do: { comment: "any" }
)");
  const RecordId id = app.lead();
  CHECK(app.runs() == "d_entered done, g_any done");
  REQUIRE(app.set(id, R"({"owner":"li"})"));
  CHECK(app.runs() == "d_entered done, g_any done, f_assigned done, g_any done");
  REQUIRE(app.set(id, R"({"owner":null})"));
  REQUIRE(app.move(id, "working"));
  CHECK(app.runs("c_moved") == "done");
  CHECK(app.runs("e_left") == "done");
  REQUIRE(app.move(id, "fresh"));
  CHECK(app.runs("d_entered") == "done done");
  CHECK(app.runs("f_assigned") == "done");
  REQUIRE(app.remove(app.li(), "lead", id, app.record(id).version));
  // What is deleted takes no comment: the run fails, the deletion stands.
  CHECK(app.runs("a_deleted") == "failed");
  REQUIRE(app.record(id).deleted_at);
  REQUIRE(app.restore(app.li(), "lead", id, app.record(id).version));
  CHECK(app.runs("b_restored") == "done");
}

TEST_CASE("several on one event run by order and name, each sees what those before have done") {
  Crm app(R"(
automation: zulu
on: created
of: lead
order: 1
do: { set: { note: '"z"' } }
---
automation: bravo
on: created
of: lead
do: { set: { note: 'note + "b"' } }
---
automation: alfa
on: created
of: lead
do: { set: { note: 'note + "a"' } }
)");
  app.lead();
  CHECK(app.runs() == "zulu done, alfa done, bravo done");
  CHECK(app.value(1, "note") == "\"zab\"");
}

TEST_CASE("stop leaves out what is behind it, in its own actions and on the event") {
  Crm app(R"(
automation: first
on: created
of: lead
do:
  - set: { note: '"1"' }
  - stop: true
    when: region = "east"
  - set: { note: '"2"' }
---
automation: second
on: created
of: lead
do: { set: { tier: '"hot"' } }
)");
  app.lead(R"({"region":"east"})");
  CHECK(app.value(1, "note") == "\"1\"");
  CHECK(app.runs() == "first done, second skipped");
  app.lead(R"({"region":"west"})");
  CHECK(app.value(2, "note") == "\"2\"");
  CHECK(app.value(2, "tier") == "\"hot\"");
}

TEST_CASE("what one does sets off others, nearer ones first") {
  Crm app(R"(
automation: one
on: created
of: lead
do: { set: { tier: '"hot"' } }
---
automation: two
on: { updated: tier }
of: lead
do: { set: { region: '"east"' } }
---
automation: three
on: { updated: region }
of: lead
do: { set: { note: '"end"' } }
---
automation: uncle
on: created
of: lead
order: 200
do: { set: { count: '1' } }
)");
  app.lead();
  CHECK(app.runs() == "one done, uncle done, two done, three done");
  CHECK(app.last_run("three").depth == 2);
  CHECK(app.last_run("three").actor == app.li().account);
  CHECK(app.record(1).version == 5);
}

TEST_CASE("a refused action undoes the whole run, and what it was about stands") {
  Crm app(R"(
automation: bad
on: created
of: lead
do:
  - set: { note: '"half done"' }
  - create: account
    with: { name: company }
  - set: { budget: 'budget - 100' }
---
automation: good
on: created
of: lead
order: 200
do: { set: { region: '"east"' } }
---
automation: never
on: { updated: note }
of: lead
do: { set: { tier: '"hot"' } }
)");
  app.lead(R"({"budget":"5"})");
  CHECK(app.value(1, "note") == "null");
  CHECK(app.value(1, "region") == "\"east\"");
  CHECK(app.runs() == "bad failed, good done");
  CHECK(app.last_run("bad").reason.starts_with("set: "));
  CHECK(app.last_run("bad").reason.find("Budget") != std::string::npos);
  CHECK_FALSE(app.engine.store().read()->find_record(app.entity("account"), 1));
  CHECK(app.history(1) == "created updated");
  CHECK_FALSE(audit::verify(*app.engine.store().read()).broken_at);
}

TEST_CASE("what changes nothing writes nothing and sets nothing off") {
  Crm app(R"(
automation: same
on: [created, updated]
of: lead
do: { set: { note: '"x"' } }
)");
  app.lead(R"({"note":"x"})");
  CHECK(app.runs("same") == "done");
  CHECK(app.history(1) == "created");
  CHECK(app.last_run("same").actions.find("already") != std::string::npos);
}

TEST_CASE("once for each record means once, also when it could run again") {
  Crm app(R"(
automation: welcome
on: [created, updated]
of: lead
once: true
when: region = "east"
do: { set: { count: 'if count = null then 1 else count + 1' } }
)");
  app.lead();
  CHECK(app.runs("welcome") == "declined");
  REQUIRE(app.set(1, R"({"region":"east"})"));
  REQUIRE(app.set(1, R"({"note":"more"})"));
  CHECK(app.value(1, "count") == "1");
  CHECK(app.runs("welcome").starts_with("declined done skipped"));
  app.lead(R"({"region":"east"})");
  CHECK(app.value(2, "count") == "1");
}

TEST_CASE("related records are changed one by one, and no more of them than the limit") {
  Crm app(R"(
automation: mark_all
on: { updated: leads }
of: account
do:
  - update: lead
    where: account = record and tier = null
    set: { tier: '"cold"', note: 'record.name + "/" + company' }
    limit: 3
)");
  const RecordId account = app.create(app.li(), "account", R"({"name":"Big"})")->record.id;
  for (int i = 0; i < 3; ++i) app.lead(R"({"account":1})");
  app.lead();
  REQUIRE(app.update(app.li(), "account", account, 1, R"({"leads":3})"));
  CHECK(app.value(1, "tier") == "\"cold\"");
  CHECK(app.value(3, "note") == "\"Big/Acme\"");
  CHECK(app.value(4, "tier") == "null");
  for (int i = 0; i < 4; ++i) app.lead(R"({"account":1})");
  REQUIRE(app.update(app.li(), "account", account, 2, R"({"leads":7})"));
  CHECK(app.runs("mark_all") == "done failed");
  CHECK(app.value(5, "tier") == "null");
  CHECK(app.last_run("mark_all").reason.find("limit of 3") != std::string::npos);
}

TEST_CASE("a record is made or found, and named for what comes behind") {
  Crm app(R"(
automation: convert
on: { stage: won }
of: lead
do:
  - create: account
    with: { name: company, owner: owner }
    match: [name]
    call_it: made
  - set: { account: made, note: '"at " + made.name' }
)");
  app.lead(R"({"budget":"5","owner":"li"})");
  REQUIRE(app.move(1, "working"));
  REQUIRE(app.move(1, "won"));
  CHECK(app.value(1, "note") == "\"at Acme\"");
  CHECK(app.value(1, "owner", "account") == "li");
  app.lead(R"({"budget":"5"})");
  REQUIRE(app.move(2, "working"));
  REQUIRE(app.move(2, "won"));
  CHECK(app.record(2).values[2] == app.record(1).values[2]);
  CHECK(app.last_run("convert").actions.find("found account 1") != std::string::npos);
}

TEST_CASE("moves need no transition, but entry criteria hold") {
  Crm app(R"(
automation: win
on: { updated: budget }
of: lead
do: { move: won, comment: "worth {budget}" }
)");
  app.lead(R"({"budget":"5"})");
  REQUIRE(app.set(1, R"({"budget":"7"})"));
  CHECK(app.value(1, "stage") == "\"won\"");
  app.lead(R"({"budget":"5"})");
  REQUIRE(app.set(2, R"({"budget":"0"})"));
  CHECK(app.value(2, "stage") == "\"fresh\"");
  CHECK(app.runs("win") == "done failed");
  CHECK(app.last_run("win").reason.find("Say what it is worth") != std::string::npos);
  const auto entries = app.engine.reader(app.boss()).history(app.entity("lead"), 1, 0, 1);
  CHECK(entries->front().detail == R"({"rule":"win","comment":"worth ¥7.00"})");
}

TEST_CASE("owners are found by terms, tags come and go, comments are kept") {
  Crm app(R"(
automation: give
on: created
of: lead
do:
  - assign: { to: [user nobody, role boss] }
  - tag: { add: [new, big], remove: [old] }
  - comment: "{company} is {tier}, for {owner}"
)");
  app.boss();
  app.lead(R"({"tags":["old"],"tier":"hot"})");
  CHECK(app.value(1, "owner") == "boss");
  CHECK(app.value(1, "tags") == R"(["big", "new"])");
  CHECK(app.history(1) == "created assigned updated commented");
  const auto entries = app.engine.reader(app.boss()).history(app.entity("lead"), 1, 0, 1);
  CHECK(entries->front().detail == R"({"rule":"give","comment":"Acme is Hot, for boss"})");
}

TEST_CASE("somebody who may see a record may say something about it") {
  Crm app("");
  const RecordId id = app.lead();
  const auto said = app.run(
      {.actor = app.boss(), .intent = CommentRecord{&app.entity("lead"), id, "hello"}, .once = {}});
  REQUIRE(said);
  CHECK(said->record.version == 1);
  CHECK(app.history(id) == "created commented");
  CHECK(code_of(app.run({.actor = app.boss(),
                         .intent = CommentRecord{&app.entity("lead"), id, " \n"},
                         .once = {}})) == "comment.empty");
  CHECK(code_of(app.run({.actor = app.actor("nobody", {}),
                         .intent = CommentRecord{&app.entity("lead"), id, "me too"},
                         .once = {}})) == "record.forbidden");
}

TEST_CASE("people are told in their language, and get things to do") {
  Crm app(R"(
automation: tell
on: created
of: lead
do:
  - notify: { to: role boss, title: { en: "{company} is {tier}", zh-CN: "{company}是{tier}" }, text: "{budget}" }
  - task: { to: role boss, title: "Call {company}", within: P1D }
)");
  const Actor boss = app.boss();
  app.lead(R"({"tier":"hot","budget":"12"})");
  const auto view = app.engine.store().read();
  const auto told = view->notifications({.account = boss.account, .limit = 10});
  REQUIRE(told.size() == 2);
  CHECK(told.back().title == "Acme is Hot");
  CHECK(told.back().text == "¥12.00");
  CHECK(told.back().rule == "automation tell");
  const auto todos = view->todos({.assignee = boss.account});
  REQUIRE(todos.size() == 1);
  CHECK(todos.front().title == "Call Acme");
  CHECK(todos.front().due_at == Instant{app.clock.now().microseconds + kMicrosPerDay});
  CHECK(app.timers(1, Timer::Kind::ToDo) == 1);
}

TEST_CASE("what leaves the system waits in the outbox, written with the change or not at all") {
  Crm app(R"(
webhook: erp
send: { url: "https://erp.example.com/hook", secret: erp }
---
automation: send
on: created
of: lead
do:
  - webhook: { to: erp, event: lead.created, data: { company: company, owner: owner, budget: budget } }
  - mail: { to: email, subject: "Hello {company}", text: "Welcome" }
---
automation: broken
on: created
of: lead
do:
  - mail: { to: email, subject: "no", text: "no" }
  - set: { budget: 'budget - 100' }
)");
  app.lead(R"({"email":"a@example.com","owner":"li","budget":"3"})");
  const auto messages = app.engine.store().read()->messages({.limit = 10});
  REQUIRE(messages.size() == 2);
  CHECK(messages[1].destination == "erp");
  CHECK(messages[1].key.starts_with("msg_"));
  CHECK(messages[1].body ==
        R"({"type":"lead.created","timestamp":"2026-03-02T01:00:00Z","data":{"company":"Acme",)"
        R"("owner":"li","budget":"3.00","id":1,"entity":"lead"}})");
  CHECK(messages[0].to == "a@example.com");
  CHECK(messages[0].subject == "Hello Acme");
  CHECK(app.runs("broken") == "failed");
}

TEST_CASE("an approval tells those who wait for what comes of it") {
  Crm app(R"(
entity: quote
title: name
fields: { name: { type: text }, note: { type: text } }
lifecycle:
  stages:
    draft: { to: [review] }
    review: { approval: check, approved: ready, rejected: draft, withdrawn: draft }
    ready: { final: won }
---
approval: check
of: quote
steps: [{ id: one, approvers: role boss }]
---
role: writer
on: { quote: { view: true, create: true, edit: true, approve: true } }
---
role: judge
on: { quote: { view: true, approve: true } }
---
automation: asked
on: { approval: submitted, chain: check }
of: quote
do: { comment: asked }
---
automation: passed
on: { approval: approved }
of: quote
do: { set: { note: '"by " + user.name' } }
---
automation: denied
on: { approval: rejected }
of: quote
do: { comment: denied }
)");
  const Actor writer = app.actor("writer");
  const Actor ann = app.actor("ann", {"boss", "judge"});
  const auto act = [&](TaskAction action) {
    const auto tasks = app.engine.store().read()->tasks({.assignees = {ann.account}, .limit = 1});
    return app.run({.actor = ann,
                    .intent = ActOnTask{.task = tasks.at(0).id, .action = action, .comment = "c"},
                    .once = {}});
  };
  const auto submit = [&] {
    return app.run({.actor = writer,
                    .intent = MoveRecord{&app.entity("quote"), 1, std::nullopt, "review", {}},
                    .once = {}});
  };
  REQUIRE(app.create(writer, "quote", R"({"name":"Q"})"));
  REQUIRE(submit());
  CHECK(app.runs() == "asked done");
  REQUIRE(act(TaskAction::Reject));
  CHECK(app.runs("denied") == "done");
  REQUIRE(submit());
  REQUIRE(act(TaskAction::Approve));
  CHECK(app.runs("passed") == "done");
  CHECK(app.value(1, "note", "quote") == "\"by ann\"");
}

}  // namespace
}  // namespace formwork::engine

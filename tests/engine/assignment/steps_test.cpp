// What happens when the owner does not answer, and when nobody cares for a record.
#include <doctest/doctest.h>

#include "engine/pipeline/forecast.h"
#include "tests/engine/assignment/leads_app.h"

namespace formwork::engine {
namespace {

using formwork::testing::code_of;
using formwork::testing::kMonday;
using formwork::testing::Leads;
using formwork::testing::Words;

TEST_CASE(
    "reminded, reassigned, escalated, released: each once, and the next owner has time again") {
  Leads app;
  const RecordId id = app.make("east");
  REQUIRE(app.dispatch(id));
  app.pass(14);
  CHECK(app.history(id) == "created assigned");
  app.pass(1);
  CHECK(app.history(id) == "created assigned reminded");
  CHECK(app.inbox("ann").back() == "n waits for your first response");
  app.pass(15);
  CHECK(app.history(id) == "created assigned reminded reassigned");
  CHECK(app.owner(id) == "bob");
  CHECK(app.value(id, "assigned_at") == "30");
  CHECK(app.value(id, "respond_by") == "60");
  CHECK(app.last_explanation(id).step == "PT30M");
  CHECK(app.last_explanation(id).rule == "east");
  CHECK(app.inbox("ann").back() == "n went to bob, since it had no response");
  app.pass(30);
  CHECK(app.history(id) == "created assigned reminded reassigned escalated");
  CHECK(app.inbox("meg") == Words{"n still waits for a first response from bob"});
  CHECK(app.inbox("bob").back() == "n waits for your first response");
  app.pass(24 * 60);
  CHECK(app.history(id) == "created assigned reminded reassigned escalated released");
  CHECK(app.owner(id) == "");
  CHECK(app.value(id, "pool") == "public");
  CHECK(app.last_explanation(id).step == "PT4H");
  CHECK_FALSE(app.engine.next_timer());
}

TEST_CASE("an answer of the second owner ends it all") {
  Leads app;
  const RecordId id = app.make("east");
  REQUIRE(app.dispatch(id));
  app.pass(40);
  REQUIRE(app.owner(id) == "bob");
  REQUIRE(app.set(id, R"({"touched_at":"2026-03-02T09:40:00+08:00"})"));
  app.pass(24 * 60);
  CHECK(app.history(id) == "created assigned reminded reassigned updated");
  CHECK(app.value(id, "responded_at") == "40");
}

TEST_CASE("a person who gives it to somebody starts the steps anew") {
  Leads app;
  const RecordId id = app.make("east");
  REQUIRE(app.dispatch(id));
  app.pass(20);
  REQUIRE(app.give(id, "cid"));
  app.pass(14);
  CHECK(app.history(id) == "created assigned reminded assigned");
  app.pass(1);
  CHECK(app.history(id) == "created assigned reminded assigned reminded");
}

TEST_CASE("three days of downtime are caught up with: every step once, in order") {
  Leads app;
  const RecordId id = app.make("east");
  REQUIRE(app.dispatch(id));
  app.stand_still(3 * 24 * 60);
  app.fire();
  CHECK(app.history(id) == "created assigned reminded reassigned escalated released");
  app.fire();
  app.stand_still(3 * 24 * 60);
  app.fire();
  CHECK(app.history(id) == "created assigned reminded reassigned escalated released");
}

TEST_CASE("where nobody else is free the record stays, which is noted with who was passed over") {
  Leads app;
  const RecordId id = app.make("east");
  REQUIRE(app.dispatch(id));
  REQUIRE(app.be_away("bob", 24));
  REQUIRE(app.be_away("cid", 24));
  app.pass(30);
  CHECK(app.owner(id) == "ann");
  CHECK(app.history(id) == "created assigned reminded reassign_refused");
  const assignment::Explanation told = app.last_explanation(id);
  CHECK(told.candidates.size() == 3);
  CHECK(told.candidates[0].passed_over == "present");
  app.pass(30);
  CHECK(app.history(id) == "created assigned reminded reassign_refused escalated");
}

TEST_CASE("a step that names who gets it says of them why nobody does") {
  const std::string to = "    PT30M: reassign to user bob\n";
  std::string text(formwork::testing::kLeads);
  text.replace(text.find("    PT30M: reassign\n"), std::string("    PT30M: reassign\n").size(), to);
  Leads app(formwork::testing::compile_app(text));
  const RecordId id = app.make("east");
  REQUIRE(app.dispatch(id));
  app.pass(30);
  CHECK(app.owner(id) == "bob");
  CHECK(app.last_explanation(id).candidates.front().why == "user bob");
  const RecordId other = app.make("east");
  REQUIRE(app.give(other, "bob"));
  app.pass(30);
  CHECK(app.owner(other) == "bob");
  CHECK(app.history(other) == "created assigned reminded reassign_refused");
  const auto entries = app.engine.store().read()->history("lead", other, 0, 1);
  CHECK(entries.front().detail.find("finds nobody who is free") != std::string::npos);
}

TEST_CASE("nobody is reminded while the clock pauses, and of what was reached not again") {
  Leads app;
  const RecordId id = app.make("east");
  REQUIRE(app.dispatch(id));
  app.pass(20);
  REQUIRE(app.set(id, R"({"waiting":true})"));
  app.pass(100);
  CHECK(app.history(id) == "created assigned reminded updated");
  REQUIRE(app.set(id, R"({"waiting":false})"));
  app.pass(9);
  CHECK(app.history(id) == "created assigned reminded updated updated");
  app.pass(1);
  CHECK(app.owner(id) == "bob");
}

TEST_CASE("what lies idle goes back to its pool, asked again every day") {
  Leads app;
  const RecordId id = app.make("east", R"(,"score":1,"touched_at":"2026-03-02T09:00:00+08:00")");
  REQUIRE(app.give(id, "ann"));
  app.pass(7 * 24 * 60);
  CHECK(app.owner(id) == "ann");
  REQUIRE(app.set(id, R"({"score":null})"));
  app.pass(24 * 60 - 1);
  CHECK(app.owner(id) == "ann");
  app.pass(1);
  CHECK(app.owner(id) == "");
  CHECK(app.value(id, "pool") == "key");
  const assignment::Explanation told = app.last_explanation(id);
  CHECK(told.recycle == "idle");
  CHECK(told.condition == "score = null: score = null");
  CHECK_FALSE(app.engine.next_timer());
}

TEST_CASE("recycling is asked once after downtime, and not of what is closed") {
  Leads app;
  const RecordId id = app.make("east", R"(,"score":1,"touched_at":"2026-03-02T09:00:00+08:00")");
  REQUIRE(app.give(id, "ann"));
  app.stand_still(20 * 24 * 60);
  CHECK(app.engine.fire_timers() == 1);
  CHECK(app.engine.next_timer() == app.later(24 * 60));
  REQUIRE(app.move(id, "won"));
  CHECK_FALSE(app.engine.next_timer());
}

TEST_CASE(
    "the forecast tells what the clock and recycling will do, to whom, and where it is written") {
  Leads app;
  const RecordId id = app.make("east");
  REQUIRE(app.dispatch(id));
  std::string text;
  for (const Coming& coming :
       forecast(app.engine, {.until = {kMonday.microseconds + 30 * 24 * 3600 * kMicrosPerSecond}})
           .lines) {
    CHECK(coming.assignee == app.who("ann").account);
    CHECK(coming.assignment->name == "territory");
    text += render(coming.what, Language::English) + " (" + place_of(coming.rule) + ")\n";
  }
  CHECK(text ==
        "reminds ann of the first response (app.yaml:58)\n"
        "takes it from ann for somebody else (app.yaml:59)\n"
        "escalates that ann has not responded (app.yaml:60)\n"
        "takes it from ann for Public (app.yaml:61)\n"
        "may take it from ann for Key accounts: idle (app.yaml:63)\n");
}

TEST_CASE("a timer of a step that is gone, or of a record that is, does nothing") {
  Leads app;
  const RecordId id = app.make("east");
  REQUIRE(app.dispatch(id));
  app.engine.store().submit_and_wait([&](store::Transaction& transaction) {
    transaction.insert_timer({.due_at = app.clock.now(),
                              .kind = Timer::Kind::Response,
                              .entity = "lead",
                              .record = id,
                              .number = 17,
                              .rule = "territory"});
    transaction.insert_timer({.due_at = app.clock.now(),
                              .kind = Timer::Kind::Recycle,
                              .entity = "lead",
                              .record = 4711,
                              .rule = "territory"});
    return true;
  });
  app.fire();
  CHECK(app.history(id) == "created assigned");
}

}  // namespace
}  // namespace formwork::engine

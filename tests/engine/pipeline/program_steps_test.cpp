// What the program wants to do by itself and cannot, and what breaks while it tries: neither undoes
// what led to it, and neither keeps others waiting.
#include <doctest/doctest.h>

#include "engine/audit/chain.h"
#include "engine/pipeline/timekeeper.h"
#include "tests/engine/store/sqlite_fixture.h"
#include "tests/support/crm_app.h"

namespace formwork::engine {
namespace {

using formwork::testing::code_of;
using formwork::testing::compile_app;
using formwork::testing::Crm;
using formwork::testing::crm_model;
using formwork::testing::kDay;
using formwork::testing::kHour;

// A deal whose `twin` is itself asks nobody while it is open, and somebody who is not there once it
// is under review: whether the approval may begin is known only when the deal has come there.
constexpr std::string_view kTwins = R"(
app: twins
time_zone: Asia/Shanghai
---
entity: deal
title: name
fields:
  name: { type: text, required: true }
  twin: { type: reference, to: deal }
  hot: { type: boolean, default: true }
  owner: { type: user }
  answered_at: { type: date_time }
lifecycle:
  stages:
    open: { to: [asked, review] }
    asked: { approval: quick, approved: review, rejected: open }
    review: { approval: check, approved: done, rejected: open }
    done: { final: won }
---
approval: quick
of: deal
steps: [{ id: one, when: hot and owner != null, approvers: role judge, within: { P2D: approve } }]
---
approval: check
of: deal
on_empty: refuse
steps: [{ id: two, when: twin.stage = "review", approvers: role nobody }]
---
assignment: desk
of: deal
why: Somebody has it
pools: { public: { label: Public } }
rules: [{ otherwise: { pool: public } }]
response:
  done: answered_at != null
  within: PT1H
  steps: { PT1H: release to public }
recycle: [{ id: idle, after: P1D, to: public }]
---
automation: cool_down
of: deal
why: What is answered is in good hands
on: { updated: answered_at }
do: { set: { hot: "false" } }
---
automation: hear
of: deal
why: Somebody wants to know
on: moved
do: { comment: "moved to {stage}" }
---
role: seller
on: { deal: { view: true, create: true, edit: true, assign: true } }
---
role: judge
on: { deal: { view: true, approve: true } }
---
role: nobody
on: { deal: { view: true, approve: true } }
)";

class Twins : public Crm {
 public:
  Twins() : Crm(compile_app(kTwins)) {
    actor("ann", {"seller"});
    actor("jim", {"judge"});
  }

  Actor ann() { return actor("ann", {}); }

  RecordId deal(const std::string& more = "") {
    const auto made = create(ann(), "deal", R"({"name":"d")" + more + "}");
    const RecordId id = made.value().record.id;
    const auto turned = change(id, R"({"twin":)" + std::to_string(id) + "}");
    if (!turned) throw std::invalid_argument(code_of(turned));
    return id;
  }

  testing::Outcome change(RecordId id, std::string_view json) {
    return update(ann(), "deal", id, record(id, "deal").version, json);
  }

  testing::Outcome go(RecordId id, const std::string& to) {
    return run({.actor = ann(),
                .intent = MoveRecord{&entity("deal"), id, std::nullopt, to, {}},
                .once = {}});
  }

  std::string stage(RecordId id) { return value(id, "stage", "deal"); }

  // Without what was there before, oldest first.
  std::string history_since(RecordId id, std::size_t before) {
    auto entries = engine.store().read()->history("deal", id, 0, 1000);
    entries.resize(entries.size() - before);
    std::string text;
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
      text += (text.empty() ? "" : " ") + entry->action;
    }
    return text;
  }

  std::size_t length(RecordId id) {
    return engine.store().read()->history("deal", id, 0, 1000).size();
  }

  // Nothing is left of the move: no process, no stay, no run of who listens for moves beyond those
  // of before.
  void check_nothing_of_review(RecordId id, std::size_t moves_before) {
    const auto view = engine.store().read();
    for (const Process& process : view->processes({.entity = "deal", .record = id})) {
      CHECK(process.chain == "quick");
    }
    for (const Stay& stay : view->stays("deal", id)) CHECK(stay.stage != "review");
    const auto runs = all_runs("hear");
    const auto heard =
        std::count_if(runs.begin(), runs.end(), [&](const Run& run) { return run.record == id; });
    CHECK(heard == static_cast<std::ptrdiff_t>(moves_before));
    const auto newest = view->history("deal", id, 0, 1);
    CHECK(newest.front().detail.find("role nobody: 0") != std::string::npos);
    CHECK_FALSE(audit::verify(*view).broken_at);
  }
};

TEST_CASE("a person is told why the same move is refused, as ever") {
  Twins app;
  const RecordId id = app.deal();
  CHECK(code_of(app.go(id, "review")) == "approval.nobody");
  CHECK(app.stage(id) == "\"open\"");
}

TEST_CASE("an approval by deadline stands when the stage behind it refuses") {
  Twins app;
  const RecordId id = app.deal(R"(,"owner":"ann","answered_at":"2026-03-02T09:00:00+08:00")");
  const RecordId other =
      app.create(app.ann(), "deal", R"({"name":"free","owner":"ann"})")->record.id;
  REQUIRE(app.go(id, "asked"));
  const std::size_t before = app.length(id);
  SUBCASE("by a deadline of its task") {
    app.engine.store().submit_and_wait([&](store::Transaction& transaction) {
      // Nothing but the deadline is to come.
      transaction.delete_timers_of_record("deal", id, Timer::Kind::Recycle, "desk");
      return true;
    });
    app.pass(2 * kDay);
    CHECK(app.history_since(id, before) == "passed move_refused");
  }
  SUBCASE("by recycling, which leaves nobody to ask") {
    app.pass(kDay);
    CHECK(app.history_since(id, before) == "released voided skipped move_refused");
    CHECK(app.value(id, "owner", "deal") == "null");
  }
  CHECK(app.stage(id) == "\"asked\"");
  CHECK(app.value(other, "owner", "deal") == "null");
  app.check_nothing_of_review(id, 1);
}

TEST_CASE("a step of the response clock stands when what it leads to is refused") {
  Twins app;
  const RecordId id = app.deal(R"(,"owner":"ann")");
  const RecordId other =
      app.create(app.ann(), "deal", R"({"name":"free","owner":"ann"})")->record.id;
  REQUIRE(app.go(id, "asked"));
  const std::size_t before = app.length(id);
  app.pass(kHour);
  CHECK(app.history_since(id, before) == "released voided skipped move_refused");
  CHECK(app.value(id, "owner", "deal") == "null");
  CHECK(app.value(other, "owner", "deal") == "null");
  CHECK(app.stage(id) == "\"asked\"");
  app.check_nothing_of_review(id, 1);
}

TEST_CASE("a decision, and what an automation does, stand when the stage behind them refuses") {
  Twins app;
  const RecordId id = app.deal(R"(,"owner":"ann")");
  REQUIRE(app.go(id, "asked"));
  const std::size_t before = app.length(id);
  SUBCASE("a decision") {
    const Actor jim = app.actor("jim", {});
    const auto tasks = app.engine.store().read()->tasks({.assignees = {jim.account}, .limit = 1});
    REQUIRE(app.run({.actor = jim,
                     .intent = ActOnTask{.task = tasks.at(0).id, .action = TaskAction::Approve},
                     .once = {}}));
    CHECK(app.history_since(id, before) == "approved move_refused");
  }
  SUBCASE("an automation") {
    REQUIRE(app.change(id, R"({"answered_at":"2026-03-02T09:00:00+08:00"})"));
    CHECK(app.history_since(id, before) == "updated updated voided skipped move_refused");
    CHECK(app.runs("cool_down") == "done");
    CHECK(app.value(id, "hot", "deal") == "false");
  }
  CHECK(app.stage(id) == "\"asked\"");
  app.check_nothing_of_review(id, 1);
}

TEST_CASE("timers whose work breaks come again in an hour, the log says so, and others go on") {
  const store::ScratchFolder folder;
  const std::string path = folder.file("broken");
  Crm app(crm_model(R"(
webhook: erp
send: { url: "https://erp.example.com/hook", secret: erp }
---
automation: call
on: created
of: lead
after: PT10M
do: { webhook: { to: erp, event: lead.late, data: { company: company } } }
---
automation: mark
on: created
of: lead
after: PT10M
order: 200
do: { set: { note: '"late"' } }
)"),
          path);
  app.lead();
  app.lead();
  app.sleep(10);
  store::look_up(path,
                 "CREATE TRIGGER broken BEFORE INSERT ON fw_message "
                 "BEGIN SELECT RAISE(ABORT, 'the outbox is broken'); END");
  const std::stop_token never;
  CHECK(catch_up(app.engine, never) == kLongestWait);
  CHECK(app.value(1, "note") == "\"late\"");
  CHECK(app.value(2, "note") == "\"late\"");
  CHECK(app.runs("call") == "waiting waiting failed failed");
  const Run run = app.last_run("call");
  CHECK(run.record == 2);
  CHECK(run.trigger == "created");
  CHECK(run.reason == "it broke; it is tried again 2026-03-02T02:10:00Z");
  // Not before.
  CHECK(app.engine.fire_timers() == 0);
  CHECK(app.engine.next_timer() == Instant{app.clock.now().microseconds + 3600 * kMicrosPerSecond});
  store::look_up(path, "DROP TRIGGER broken");
  app.pass(kHour);
  CHECK(app.runs("call") == "waiting waiting failed failed done done");
  CHECK(app.engine.store().read()->messages({}).size() == 2);
  CHECK_FALSE(audit::verify(*app.engine.store().read()).broken_at);
}

}  // namespace
}  // namespace formwork::engine

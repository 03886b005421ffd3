// Automations that set each other off without end, and what is tried out without doing it.
#include <doctest/doctest.h>

#include "engine/audit/chain.h"
#include "tests/engine/store/sqlite_fixture.h"
#include "tests/support/crm_app.h"

namespace formwork::engine {
namespace {

using formwork::testing::code_of;
using formwork::testing::Crm;
using formwork::testing::crm_model;
using formwork::testing::forced;

constexpr std::string_view kLoop = R"(
automation: ping
on: { updated: count }
of: lead
enabled: false
do: { set: { budget: count + 1 } }
---
automation: pong
on: { updated: budget }
of: lead
enabled: false
do: { set: { count: budget + 1 } }
)";

TEST_CASE("a circle ends at the budget: nothing of it remains, and the log shows the way") {
  Crm app(forced(*crm_model(kLoop)));
  const RecordId id = app.lead();
  const auto refused = app.set(id, R"({"count":1})");
  CHECK(code_of(refused) == "automation.runaway");
  CHECK(render(refused.error().message, Language::English).find("ping → pong → ping") !=
        std::string::npos);
  CHECK(app.record(id).version == 1);
  CHECK(app.history(id) == "created");
  const auto runs = app.all_runs();
  REQUIRE(runs.size() == 1);
  CHECK(runs.front().outcome == RunOutcome::Stopped);
  CHECK(runs.front().depth == 16);
  CHECK(runs.front().reason.find("→") != std::string::npos);
  // Others go on.
  CHECK(app.set(id, R"({"note":"fine"})"));
  CHECK_FALSE(audit::verify(*app.engine.store().read()).broken_at);
}

TEST_CASE("a circle by way of waiting ends as well, and its timer does not come back") {
  std::string yaml(kLoop);
  const std::string from = "enabled: false";
  yaml.replace(yaml.find(from), from.size(), "enabled: false\nafter: PT1M");
  Crm app(forced(*crm_model(yaml)));
  const RecordId id = app.lead();
  REQUIRE(app.set(id, R"({"count":1})"));
  app.pass(60);
  CHECK(app.timers(id, Timer::Kind::Delayed) == 0);
  const auto runs = app.all_runs();
  CHECK(std::count_if(runs.begin(), runs.end(),
                      [](const Run& run) { return run.outcome == RunOutcome::Stopped; }) == 1);
  CHECK(app.value(id, "count") != "1");
}

TEST_CASE("more runs than the budget has are refused, however flat they are") {
  Crm app(forced(*crm_model(R"(
automation: spread
on: { updated: leads }
of: account
enabled: false
do:
  - update: lead
    where: account = record
    set: { count: 'if count = null then 1 else count + 1' }
    limit: 2000
---
automation: each
on: { updated: count }
of: lead
enabled: false
do: { set: { note: '"x"' } }
)")));
  REQUIRE(app.create(app.li(), "account", R"({"name":"Big"})"));
  for (int i = 0; i < 1'001; ++i) app.lead(R"({"account":1})");
  CHECK(code_of(app.update(app.li(), "account", 1, 1, R"({"leads":1})")) == "automation.runaway");
  CHECK(app.value(1, "count") == "null");
  CHECK(app.last_run("each").outcome == RunOutcome::Stopped);
}

TEST_CASE("more changes of records than the budget has are refused, whichever runs make them") {
  std::string yaml = "automation: wide\non: { updated: leads }\nof: account\ndo:\n";
  for (int i = 0; i < 101; ++i) {
    yaml += "  - { update: lead, where: account = record, set: { count: '" + std::to_string(i) +
            "' } }\n";
  }
  Crm app(yaml);
  REQUIRE(app.create(app.li(), "account", R"({"name":"Big"})"));
  for (int i = 0; i < 100; ++i) app.lead(R"({"account":1})");
  const auto refused = app.update(app.li(), "account", 1, 1, R"({"leads":1})");
  CHECK(code_of(refused) == "automation.runaway");
  CHECK(render(refused.error().message, Language::English).find("10000 records") !=
        std::string::npos);
  CHECK(app.value(1, "leads", "account") == "null");
  CHECK(app.value(1, "count") == "null");
  CHECK(app.runs("wide") == "stopped");
}

TEST_CASE("a dry run says what would happen, with all that follows, and leaves no trace") {
  const store::ScratchFolder folder;
  Crm app(crm_model(R"(
webhook: erp
send: { url: "https://erp.example.com/hook", secret: erp }
---
automation: start
on: created
of: lead
once: true
after: PT10M
do:
  - set: { tier: '"hot"' }
  - notify: { to: role boss, title: "hot" }
  - task: { to: role boss, title: "call", within: P1D }
  - webhook: { to: erp, event: lead.hot, data: { company: company } }
  - create: account
    with: { name: company }
---
automation: next
on: { updated: tier }
of: lead
when: budget > 10
do: { set: { note: '"next"' } }
)"),
          folder.file("crm"));
  const Actor boss = app.boss();
  app.lead(R"({"budget":"5"})");
  const std::vector<std::string> before = store::dump(folder.file("crm"));
  const model::Automation* start = app.engine.model().find_automation("start");
  const auto runs =
      app.engine.dry_run(boss, {.entity = &app.entity("lead"), .record = 1, .automation = start});
  REQUIRE(runs);
  REQUIRE(runs->size() == 2);
  CHECK(runs->front().outcome == RunOutcome::Done);
  CHECK(runs->front().actions.find(R"("did":"tier = \"hot\"")") != std::string::npos);
  CHECK(runs->back().automation == "next");
  CHECK(runs->back().outcome == RunOutcome::Declined);
  const auto all =
      app.engine.dry_run(boss, {.entity = &app.entity("lead"), .record = 1, .trigger = "created"});
  REQUIRE(all);
  CHECK(all->front().automation == "start");
  CHECK((store::dump(folder.file("crm")) == before));
  CHECK(before.size() > 10);
  CHECK_FALSE(app.engine.dry_run(
      app.li(), {.entity = &app.entity("lead"), .record = 1, .automation = start}));
  CHECK_FALSE(app.engine.dry_run(
      boss, {.entity = &app.entity("lead"), .record = 1, .trigger = "nonsense"}));
}

}  // namespace
}  // namespace formwork::engine

// Changes of many records: each is a command of its own, with the rights of that moment.
#include "engine/pipeline/bulk.h"

#include <doctest/doctest.h>

#include "tests/support/app.h"
#include "tests/support/bulk.h"
#include "tests/support/desk_app.h"

namespace formwork::engine {
namespace {

using formwork::testing::App;
using formwork::testing::ended;
using formwork::testing::HeldWriter;
using formwork::testing::kDesk;
using formwork::testing::wait_until;

struct Desk {
  explicit Desk(int tickets) {
    for (int i = 0; i < tickets; ++i) add(i % 10 == 0 ? "south" : "north");
  }

  App app{kDesk};
  Actor boss = app.actor("boss");
  const model::Entity& ticket = app.entity("ticket");
  BulkJobs jobs{app.engine};

  void add(const std::string& region) {
    REQUIRE(app.create(boss, "ticket", R"({"subject":"a","region":")" + region + "\"}"));
  }

  BulkChange change(const Actor& actor, const std::string& filter, std::string_view set) const {
    auto scope =
        std::make_shared<const permissions::VisibleScope>(app.engine.gate(), actor, ticket);
    auto compiled = permissions::compile_filter(filter, scope, actor, ticket);
    if (!compiled.filter) throw std::invalid_argument(filter);
    return {.actor = actor,
            .entity = &ticket,
            .filter = filter,
            .compiled = compiled.filter,
            .values = app.read("ticket", set).changes};
  }

  BulkProgress start(const Actor& actor, const std::string& filter, std::string_view set) {
    auto job = jobs.start(change(actor, filter, set));
    REQUIRE(job);
    return *job;
  }

  BulkProgress run(const Actor& actor, const std::string& filter, std::string_view set) {
    return ended(jobs, start(actor, filter, set));
  }

  feel::Value value(RecordId id, std::string_view field) {
    const auto record = app.engine.reader(boss).record(ticket, id);
    return record->values[*model::field_index(ticket, field)];
  }

  std::int64_t version(RecordId id) { return app.engine.reader(boss).record(ticket, id)->version; }
};

TEST_CASE("every record that the filter finds is changed by a command of its own, and no other") {
  Desk desk(250);
  const BulkProgress job = desk.run(desk.boss, "region = \"north\"", R"({"urgent":true})");
  CHECK(job.state == BulkState::Done);
  CHECK(job.total == 225);
  CHECK(job.changed == 225);
  CHECK(job.unchanged == 0);
  CHECK(job.refused == 0);
  CHECK(job.problems.empty());
  CHECK(job.ended_at);
  for (RecordId id = 1; id <= 250; ++id) {
    const bool is_north = (id - 1) % 10 != 0;
    CHECK(desk.value(id, "urgent") == feel::Value(is_north));
    CHECK(desk.version(id) == (is_north ? 2 : 1));
  }
  const auto history = desk.app.engine.reader(desk.boss).history(desk.ticket, 2, 0, 9);
  CHECK(history->front().actor == desk.boss.account);
  CHECK(history->front().cause == "api");

  const BulkProgress again = desk.run(desk.boss, "true", R"({"urgent":true})");
  CHECK(again.changed == 25);
  CHECK(again.unchanged == 225);
  CHECK(desk.run(desk.boss, "amount > 5", R"({"urgent":true})").total == 0);
}

TEST_CASE("a record that is refused stops nobody, and the first hundred are told why") {
  Desk desk(200);
  const BulkProgress job = desk.run(desk.boss, "true", R"({"code":"same"})");
  CHECK(job.state == BulkState::Done);
  CHECK(job.changed == 2);  // one of each region
  CHECK(job.refused == 198);
  REQUIRE(job.problems.size() == BulkJobs::kMostProblems);
  CHECK(job.problems[0].record == 3);
  CHECK(job.problems[0].refusal.kind == RefusalKind::Invalid);
  CHECK(job.problems[0].refusal.fields.size() >= 1);
  CHECK_FALSE(job.failure);
}

TEST_CASE("the rights are those of the moment and not those with which a job began") {
  Desk desk(30);
  const Actor clerk = desk.app.actor("clerk");
  const auto change = desk.change(clerk, "region = \"north\"", R"({"urgent":true})");
  const auto set_roles = [&](std::vector<std::string> roles) {
    REQUIRE(desk.app.engine.change_account("clerk", {.roles = std::move(roles)}));
  };
  set_roles({"guest"});
  const BulkProgress seen = ended(desk.jobs, *desk.jobs.start(change));
  CHECK(seen.state == BulkState::Done);
  CHECK(seen.changed == 0);
  CHECK(seen.refused == 27);
  CHECK(seen.problems[0].refusal.kind == RefusalKind::Forbidden);
  set_roles({"nobody"});
  const BulkProgress unseen = ended(desk.jobs, *desk.jobs.start(change));
  CHECK(unseen.state == BulkState::Failed);
  CHECK(unseen.failure->kind == RefusalKind::Forbidden);
  REQUIRE(desk.app.engine.close_account("clerk", ""));
  const BulkProgress closed = ended(desk.jobs, *desk.jobs.start(change));
  CHECK(closed.state == BulkState::Failed);
  CHECK(closed.failure->kind == RefusalKind::Conflict);
  CHECK(desk.version(2) == 1);
}

TEST_CASE("an account has one job under way, and the program eight") {
  Desk desk(5);
  std::vector<Actor> actors;
  for (std::size_t i = 0; i <= BulkJobs::kMostRunning; ++i) {
    actors.push_back(desk.app.actor("boss" + std::to_string(i), {"boss"}));
  }
  std::vector<BulkProgress> running;
  {
    const HeldWriter held(desk.app.engine.store());
    for (std::size_t i = 0; i < BulkJobs::kMostRunning; ++i) {
      running.push_back(desk.start(actors[i], "true", R"({"urgent":true})"));
    }
    const auto second = desk.jobs.start(desk.change(actors[0], "true", R"({"urgent":true})"));
    REQUIRE_FALSE(second);
    CHECK(second.error().kind == RefusalKind::Throttled);
    CHECK(second.error().retry_after_seconds > 0);
    const auto ninth = desk.jobs.start(desk.change(actors.back(), "true", R"({"urgent":true})"));
    REQUIRE_FALSE(ninth);
    CHECK(ninth.error().kind == RefusalKind::Busy);
    CHECK_FALSE(desk.jobs.find(running[0].id, actors[1].account));
    CHECK_FALSE(desk.jobs.cancel(running[0].id, actors[1].account));
  }
  std::size_t changed = 0;
  for (const BulkProgress& job : running) {
    const BulkProgress done = ended(desk.jobs, job);
    CHECK(done.state == BulkState::Done);
    CHECK(done.changed + done.unchanged == 5);
    changed += done.changed;
  }
  CHECK(changed == 5);
  CHECK(desk.run(actors[0], "true", R"({"urgent":false})").changed == 5);
}

TEST_CASE("a job that is cancelled ends behind its batch, and what it has changed stays") {
  Desk desk(500);
  BulkProgress job;
  {
    const HeldWriter held(desk.app.engine.store());
    job = desk.start(desk.boss, "true", R"({"urgent":true})");
    wait_until([&] { return desk.jobs.find(job.id, job.account)->state == BulkState::Running; });
    CHECK(desk.jobs.cancel(job.id, job.account));
  }
  job = ended(desk.jobs, job);
  CHECK(job.state == BulkState::Cancelled);
  CHECK(job.total == 500);
  CHECK(job.changed <= BulkJobs::kBatch);
  CHECK(desk.version(500) == 1);
  CHECK(desk.jobs.cancel(job.id, job.account));
  CHECK(desk.jobs.find(job.id, job.account)->state == BulkState::Cancelled);
  CHECK_FALSE(desk.jobs.cancel("none", job.account));
}

TEST_CASE("a record that others have changed meanwhile is asked again whether the filter holds") {
  Desk desk(20);
  const auto update = [&](RecordId id, std::string_view set) {
    desk.app.engine.execute(
        {.actor = desk.boss,
         .intent = UpdateRecord{&desk.ticket, id, 1, desk.app.read("ticket", set).changes},
         .once = {}},
        [](Expected<Outcome, Refusal> outcome) { CHECK(outcome); });
  };
  BulkProgress job;
  {
    const HeldWriter held(desk.app.engine.store());
    update(2, R"({"region":"south"})");
    update(3, R"({"amount":"5"})");
    job = desk.start(desk.boss, "region = \"north\"", R"({"urgent":true})");
    wait_until([&] { return desk.jobs.find(job.id, job.account)->state == BulkState::Running; });
  }
  job = ended(desk.jobs, job);
  CHECK(job.total == 18);
  CHECK(job.changed == 17);
  CHECK(job.unchanged == 1);
  CHECK(job.refused == 0);
  CHECK(desk.value(2, "urgent") == feel::Value(false));
  CHECK(desk.value(3, "urgent") == feel::Value(true));
  CHECK(desk.version(3) == 3);
}

TEST_CASE("commands of others go between the batches") {
  Desk desk(3'000);
  REQUIRE(desk.app.create(desk.boss, "memo", R"({"text":"a"})"));
  const BulkProgress job = desk.start(desk.boss, "true", R"({"urgent":true})");
  wait_until([&] { return desk.jobs.find(job.id, job.account)->changed > 0; });
  REQUIRE(desk.app.update(desk.boss, "memo", 1, 1, R"({"text":"b"})"));
  CHECK(ended(desk.jobs, job).changed == 3'000);
  auto view = desk.app.engine.store().read();
  CHECK(view->history("memo", 1, 0, 1)[0].sequence < view->last_history()->sequence);
}

TEST_CASE("a job waits where the store has no room for a whole batch") {
  App app(kDesk);
  store::SqliteOptions options;
  options.path = ":memory:";
  options.queue = 7;
  auto store = store::open_sqlite(formwork::testing::compile_app(kDesk), options);
  REQUIRE(store);
  Engine engine({.model = formwork::testing::compile_app(kDesk),
                 .store = std::move(*store),
                 .clock = &app.clock,
                 .random = &app.random});
  const auto account = engine.add_account(
      {.name = "boss", .full_name = {}, .password = {}, .roles = {"boss"}, .locale = "en"});
  REQUIRE(account);
  const Actor boss = *engine.actor(account->id, Cause::Api);
  const model::Entity& memo = *engine.model().find_entity("memo");
  for (int i = 0; i < 150; ++i) {
    REQUIRE(engine.execute_and_wait(
        {.actor = boss, .intent = CreateRecord{&memo, {{0, feel::Value("a")}}}, .once = {}}));
  }
  auto scope = std::make_shared<const permissions::VisibleScope>(engine.gate(), boss, memo);
  BulkJobs jobs(engine);
  const auto job =
      jobs.start({.actor = boss,
                  .entity = &memo,
                  .filter = "true",
                  .compiled = permissions::compile_filter("true", scope, boss, memo).filter,
                  .values = {{0, feel::Value("b")}}});
  REQUIRE(job);
  const BulkProgress done = ended(jobs, *job);
  CHECK(done.changed == 150);
  CHECK(done.refused == 0);
}

TEST_CASE("jobs that are under way end with those who run them") {
  Desk desk(2'000);
  {
    BulkJobs jobs(desk.app.engine);
    REQUIRE(jobs.start(desk.change(desk.boss, "true", R"({"urgent":true})")));
  }
  CHECK(desk.version(2'000) == 1);
}

}  // namespace
}  // namespace formwork::engine

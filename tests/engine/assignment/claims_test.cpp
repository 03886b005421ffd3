// Taking records from pools and letting them go.
#include <atomic>
#include <thread>

#include <doctest/doctest.h>

#include "engine/assignment/texts.h"
#include "engine/audit/chain.h"
#include "tests/engine/assignment/leads_app.h"
#include "tests/support/rounds.h"

namespace formwork::engine {
namespace {

using formwork::testing::code_of;
using formwork::testing::Leads;
using formwork::testing::rounds;

RecordId in_pool(Leads& app, const std::string& pool) {
  const RecordId id = app.make("somewhere");
  REQUIRE(app.release("meg", id, pool));
  return id;
}

TEST_CASE("who claims owns it, the pool forgets it, and the clock runs") {
  Leads app;
  const RecordId id = in_pool(app, "public");
  REQUIRE(app.claim("ann", id));
  CHECK(app.owner(id) == "ann");
  CHECK(app.value(id, "pool") == "");
  CHECK(app.value(id, "respond_by") == "30");
  const auto late = app.claim("bob", id);
  CHECK(code_of(late) == "assign.claimed");
  CHECK(render(late.error().message, Language::Chinese) == "此Lead已由ann负责");
}

TEST_CASE("a pool gives somebody so many a day, by the app's calendar day") {
  Leads app;
  for (int i = 0; i < 3; ++i) REQUIRE(app.claim("ann", in_pool(app, "public")));
  const RecordId fourth = in_pool(app, "public");
  CHECK(code_of(app.claim("ann", fourth)) == "assign.quota");
  CHECK(app.owner(fourth) == "");
  CHECK(app.claim("bob", fourth));
  CHECK(app.claim("ann", in_pool(app, "key")));
  app.stand_still(14 * 60 + 59);
  CHECK(code_of(app.claim("ann", in_pool(app, "public"))) == "assign.quota");
  app.stand_still(1);
  CHECK(app.claim("ann", in_pool(app, "public")));
}

TEST_CASE("a claim that is refused counts for nothing") {
  Leads app;
  const RecordId taken = in_pool(app, "public");
  REQUIRE(app.claim("bob", taken));
  for (int i = 0; i < 5; ++i) CHECK_FALSE(app.claim("ann", taken));
  for (int i = 0; i < 3; ++i) CHECK(app.claim("ann", in_pool(app, "public")));
}

TEST_CASE("who owns enough open records claims none from a pool that says so") {
  Leads app;
  for (int i = 0; i < 5; ++i) REQUIRE(app.give(app.make("east"), "ann"));
  const auto refused = app.claim("ann", in_pool(app, "public"));
  CHECK(code_of(refused) == "assign.full");
  CHECK(render(refused.error().message, Language::English) ==
        "you own 5 open Lead already; finish or release some before you claim from Public");
  CHECK(app.claim("ann", in_pool(app, "key")));
}

TEST_CASE("the owner lets go of a record, whoever may assign it does as well, and nobody else") {
  Leads app;
  const RecordId id = app.make("east");
  REQUIRE(app.give(id, "ann"));
  CHECK(code_of(app.release("bob", id, "public")) == "record.forbidden");
  CHECK(code_of(app.release("ann", id, "publik")) == "release.no-such-pool");
  REQUIRE(app.release("ann", id, "public"));
  CHECK(app.owner(id) == "");
  CHECK(app.value(id, "pool") == "public");
  CHECK(app.value(id, "assigned_at") == "");
  CHECK(code_of(app.release("meg", id, "public")) == "release.in-pool");
  CHECK(app.release("meg", id, "key"));
  CHECK(app.value(id, "pool") == "key");
}

TEST_CASE("dispatch needs the right to assign") {
  Leads app;
  const RecordId id = app.make("east");
  AssignRecord assign{.entity = &app.lead(), .id = id};
  assign.by = &app.territory();
  CHECK_FALSE(app.run({.actor = app.who("ann"), .intent = assign, .once = {}}));
  Actor rule;
  rule.cause = Cause::Automation;
  CHECK(app.run({.actor = rule, .intent = assign, .once = {}}));
  CHECK(app.owner(id) == "ann");
}

TEST_CASE("the kept fields take no input") {
  Leads app;
  const auto read = app.read("lead", R"({"name":"n","pool":"public","respond_by":null})");
  CHECK(read.problems.size() == 2);
}

TEST_CASE("thirty-two claim one lead at once, round after round: exactly one gets it") {
  constexpr int kThreads = 32;
  Leads app;
  std::vector<Actor> people;
  for (int i = 0; i < kThreads; ++i) {
    const std::string name = "p" + std::to_string(i);
    app.hire(name, "sales", "meg", {});
    people.push_back(app.who(name));
  }
  int wrong = 0;
  for (int round = 0; round < rounds(200, 2000); ++round) {
    const RecordId id = in_pool(app, "key");
    std::atomic<int> granted = 0;
    std::atomic<int> refused = 0;
    std::atomic<bool> go = false;
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&, i] {
        while (!go) std::this_thread::yield();
        const auto claimed = app.run({.actor = people[static_cast<std::size_t>(i)],
                                      .intent = AssignRecord{.entity = &app.lead(), .id = id},
                                      .once = {}});
        granted += claimed ? 1 : 0;
        refused += code_of(claimed) == "assign.claimed" ? 1 : 0;
      });
    }
    go = true;
    for (std::thread& thread : threads) thread.join();
    if (granted != 1 || refused != kThreads - 1) ++wrong;
    if (app.history(id) != "created released claimed") ++wrong;
  }
  CHECK(wrong == 0);
  CHECK_FALSE(audit::verify(*app.engine.store().read()).broken_at);
}

TEST_CASE("every sentence of a refusal is there in both languages") {
  for (const MessageText* text : assignment::all_texts()) {
    CAPTURE(text->code);
    CHECK_FALSE(text->english.empty());
    CHECK_FALSE(text->chinese.empty());
  }
}

}  // namespace
}  // namespace formwork::engine

// Records on their way through stages: what lets them in and out, what is kept of it, what time
// does.
#include <doctest/doctest.h>

#include "engine/audit/chain.h"
#include "tests/support/office_app.h"

namespace formwork::engine {
namespace {

using formwork::testing::code_of;
using formwork::testing::Office;
using formwork::testing::Words;
using formwork::testing::words_of;

TEST_CASE("a new record begins in the first stage and its time there is kept") {
  Office app;
  const RecordId id = app.quote();
  CHECK(app.stage(id) == "draft");
  const auto stays = app.engine.store().read()->stays("quote", id);
  REQUIRE(stays.size() == 1);
  CHECK(stays[0].stage == "draft");
  CHECK(stays[0].entered_at == app.clock.now());
  CHECK_FALSE(stays[0].left_at);
}

TEST_CASE("a refused move names every unmet criterion with the values it saw (2.13, 2.14)") {
  Office app;
  const auto made = app.create(app.who("lin"), "quote", R"({"name":"q","amount":"0"})");
  REQUIRE(made);
  const auto moved = app.move("lin", made->record.id, "review");
  CHECK(code_of(moved) == "move.unmet");
  CHECK(words_of(moved, app.entity("quote")) ==
        Words{"/amount Amount: Say what it costs", " tick “Spelling checked” in the checklist"});
  CHECK(moved.error().fields[0].saw == "amount = 0.00");
  CHECK(app.stage(made->record.id) == "draft");
}

TEST_CASE("what is required from a stage on is asked by the move into it (7.04)") {
  Office app;
  const auto made = app.create(app.who("lin"), "quote", R"({"name":"q"})");
  REQUIRE(made);
  const auto moved = app.move("lin", made->record.id, "review");
  CHECK(words_of(moved, app.entity("quote")) == Words{"/amount Amount: Say what it costs",
                                                      " tick “Spelling checked” in the checklist",
                                                      "/amount Amount: fill in Amount"});
}

TEST_CASE("giving up asks no exit criteria, but a comment where the stage wants one") {
  Office app;
  const auto made = app.create(app.who("lin"), "quote", R"({"name":"q"})");
  CHECK(code_of(app.move("lin", made->record.id, "dropped")) == "move.comment");
  CHECK(app.move("lin", made->record.id, "dropped", "they chose another"));
  const Record record = app.record(made->record.id);
  const model::StageFields& kept = *app.entity("quote").stage_fields;
  CHECK(record.values[kept.final].string() == "lost");
  CHECK(record.values[kept.closed_at].instant() == app.clock.now());
}

TEST_CASE(
    "a move that no stage offers, or whose role one lacks, says what is possible and who could") {
  Office app;
  const RecordId id = app.quote();
  const auto skipped = app.move("lin", id, "ready");
  CHECK(code_of(skipped) == "move.not-offered");
  CHECK(render(skipped.error().message, Language::English) ==
        "Draft does not lead to Ready; from here it can go to Review, Dropped");
  CHECK(code_of(app.move("lin", id, "redy")) == "move.no-such-stage");
  REQUIRE(app.move("lin", id, "dropped", "no"));
  const auto back = app.move("lin", id, "draft");
  CHECK(code_of(back) == "move.role");
  CHECK(render(back.error().message, Language::English) ==
        "your roles do not move records to Draft; Boss may");
  CHECK(app.move("gu", id, "draft"));
}

TEST_CASE("checklist items are ticked and unticked, and history says so (2.50)") {
  Office app;
  const RecordId id = app.quote();
  const auto tick = [&](const std::string& item, bool done) {
    return app.run({.actor = app.who("lin"),
                    .intent = CheckItem{&app.entity("quote"), id, item, done},
                    .once = {}});
  };
  CHECK(tick("printed", true)->changed);
  CHECK_FALSE(tick("printed", true)->changed);
  CHECK(tick("printed", false)->changed);
  CHECK(code_of(tick("printet", true)) == "checklist.unknown");
  CHECK(app.history(id) == "created checked checked checked");
}

TEST_CASE("dwelling for too long is noted, then moves the record, each once and in order (2.57)") {
  Office app;
  const RecordId id = app.quote();
  app.pass(2 * 24);
  CHECK(app.history(id) == "created checked dwell_warned");
  app.pass(3 * 24);
  CHECK(app.stage(id) == "dropped");
  CHECK(app.history(id) == "created checked dwell_warned dwell_expired moved");
  app.pass(30 * 24);
  CHECK(app.history(id) == "created checked dwell_warned dwell_expired moved");
  CHECK_FALSE(app.engine.next_timer());
  CHECK_FALSE(audit::verify(*app.engine.store().read()).broken_at);
}

TEST_CASE("leaving a stage or being deleted stops its clocks, being restored starts them anew") {
  Office app;
  const RecordId id = app.quote();
  REQUIRE(app.engine.next_timer());
  const Record record = app.record(id);
  REQUIRE(app.remove(app.who("zhou"), "quote", id, record.version));
  CHECK_FALSE(app.engine.next_timer());
  app.pass(24);
  REQUIRE(app.restore(app.who("zhou"), "quote", id, record.version + 1));
  CHECK(app.engine.next_timer() == Instant{app.clock.now().microseconds + 2 * kMicrosPerDay});
  REQUIRE(app.move("lin", id, "dropped", "no"));
  CHECK_FALSE(app.engine.next_timer());
}

TEST_CASE("three days of downtime with ten thousand due timers: each fires once, in order") {
  Office app;
  constexpr int kRecords = 5'000;
  std::vector<RecordId> ids;
  for (int i = 0; i < kRecords; ++i) {
    ids.push_back(app.create(app.who("lin"), "quote", R"({"name":"q"})")->record.id);
    app.clock.advance(DaysDuration{.seconds = 1});
  }
  app.clock.advance(DaysDuration{.seconds = 8 * kSecondsPerDay});
  std::size_t fired = 0;
  while (const std::size_t some = app.engine.fire_timers()) fired += some;
  CHECK(fired == 2 * kRecords);
  CHECK_FALSE(app.engine.next_timer());
  std::int64_t last = 0;
  std::size_t warned = 0;
  std::size_t expired = 0;
  app.engine.store().read()->walk_history([&](const HistoryEntry& entry) {
    if (entry.action == "dwell_warned") {
      CHECK(entry.record > last);
      last = entry.record;
      ++warned;
    }
    if (entry.action == "dwell_expired") ++expired;
    return true;
  });
  CHECK(warned == kRecords);
  CHECK(expired == kRecords);
  for (const RecordId id : ids) REQUIRE(app.stage(id) == "dropped");
}

}  // namespace
}  // namespace formwork::engine

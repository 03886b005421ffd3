// Several at once with one approval: there is one outcome, and whoever came too late is told so.
#include <atomic>
#include <functional>
#include <thread>

#include <doctest/doctest.h>

#include "engine/audit/chain.h"
#include "tests/support/office_app.h"
#include "tests/support/rounds.h"

namespace formwork::engine {
namespace {

using formwork::testing::code_of;
using formwork::testing::Office;

// Both begin as nearly together as threads can.
void at_once(const std::function<void()>& one, const std::function<void()>& other) {
  std::atomic<int> ready = 0;
  const auto run = [&](const std::function<void()>& work) {
    ++ready;
    while (ready < 2) {
    }
    work();
  };
  std::thread thread([&] { run(other); });
  run(one);
  thread.join();
}

TEST_CASE("two last approvers at once: one decides, the other is told that it is decided") {
  Office app;
  const Actor sun = app.who("sun");
  const Actor zhou = app.who("zhou");
  const int kRounds = formwork::testing::rounds(150, 10'000);
  for (int round = 0; round < kRounds; ++round) {
    const RecordId id = app.quote();
    REQUIRE(app.move("lin", id, "review"));
    const TaskId task = app.task("zhou", id);
    formwork::testing::Outcome first{Unexpected(Refusal{})};
    formwork::testing::Outcome second{Unexpected(Refusal{})};
    const auto approve = [&](formwork::testing::Outcome& outcome) {
      outcome = app.engine.execute_and_wait(
          {.actor = zhou,
           .intent = ActOnTask{.task = task, .action = TaskAction::Approve},
           .once = {}});
    };
    at_once([&] { approve(first); }, [&] { approve(second); });
    REQUIRE(first.has_value() != second.has_value());
    REQUIRE(app.stage(id) == "ready");
    REQUIRE(app.history(id) == "created checked moved submitted approved skipped skipped moved");
  }
  CHECK_FALSE(audit::verify(*app.engine.store().read()).broken_at);
}

TEST_CASE("an edit against a decision: what was decided is what was seen") {
  Office app;
  const Actor lin = app.who("lin");
  const Actor zhou = app.who("zhou");
  const model::Entity& quote = app.entity("quote");
  const std::size_t discount = model::field_index(quote, "discount").value();
  const int kRounds = formwork::testing::rounds(150, 10'000);
  for (int round = 0; round < kRounds; ++round) {
    const RecordId id = app.quote();
    REQUIRE(app.move("lin", id, "review"));
    const TaskId task = app.task("zhou", id);
    const std::int64_t seen = app.record(id).version;
    bool edited = false;
    std::string decided;
    at_once(
        [&] {
          edited =
              app.engine
                  .execute_and_wait(
                      {.actor = lin,
                       .intent =
                           UpdateRecord{&quote,
                                        id,
                                        seen,
                                        {{discount, feel::Value(*feel::Number::parse("0.09"))}}},
                       .once = {}})
                  .has_value();
        },
        [&] {
          const auto outcome = app.engine.execute_and_wait(
              {.actor = zhou,
               .intent =
                   ActOnTask{.task = task, .action = TaskAction::Approve, .expected_version = seen},
               .once = {}});
          decided = outcome ? "yes" : code_of(outcome);
        });
    // Whichever came first, the other met a record that it had not seen.
    REQUIRE(edited != (decided == "yes"));
    if (edited) REQUIRE(decided == "record.stale");
    REQUIRE(app.stage(id) == (edited ? "review" : "ready"));
  }
}

TEST_CASE("two moves at once: the record goes one way") {
  Office app;
  const Actor lin = app.who("lin");
  const model::Entity& quote = app.entity("quote");
  const int kRounds = formwork::testing::rounds(150, 10'000);
  for (int round = 0; round < kRounds; ++round) {
    const RecordId id = app.quote();
    const std::int64_t seen = app.record(id).version;
    bool submitted = false;
    bool dropped = false;
    const auto move = [&](bool& done, const std::string& to) {
      done = app.engine
                 .execute_and_wait(
                     {.actor = lin, .intent = MoveRecord{&quote, id, seen, to, "why"}, .once = {}})
                 .has_value();
    };
    at_once([&] { move(submitted, "review"); }, [&] { move(dropped, "dropped"); });
    REQUIRE(submitted != dropped);
    REQUIRE(app.stage(id) == (submitted ? "review" : "dropped"));
  }
}

}  // namespace
}  // namespace formwork::engine

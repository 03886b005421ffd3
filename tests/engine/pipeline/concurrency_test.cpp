// Many at once: no update is lost, no unique value is taken twice, no version is given twice.
#include <atomic>
#include <set>
#include <thread>

#include <doctest/doctest.h>

#include "engine/audit/chain.h"
#include "tests/support/app.h"
#include "tests/support/desk_app.h"

namespace formwork::engine {
namespace {

using formwork::testing::App;
using formwork::testing::code_of;
using formwork::testing::kDesk;

constexpr int kThreads = 32;

template <class Work>
void in_threads(Work work) {
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) threads.emplace_back(work, i);
  for (std::thread& thread : threads) thread.join();
}

TEST_CASE("thirty-two threads add to one record, each version comes once and nothing is lost") {
  constexpr int kEach = 5;
  App app(kDesk);
  const Actor boss = app.actor("boss");
  REQUIRE(app.create(boss, "ticket", R"({"subject":"a","amount":"0"})"));
  const model::Entity& entity = app.entity("ticket");
  const std::size_t amount = model::field_index(entity, "amount").value();
  std::atomic<int> stale = 0;
  std::atomic<int> other = 0;
  in_threads([&](int) {
    for (int done = 0; done < kEach;) {
      const auto seen = app.engine.reader(boss).record(entity, 1);
      const feel::Number next =
          feel::add(seen->values[amount].number(), feel::Number(std::int64_t{1})).value();
      const auto saved =
          app.run({.actor = boss,
                   .intent = UpdateRecord{&entity, 1, seen->version, {{amount, feel::Value(next)}}},
                   .once = {}});
      done += saved ? 1 : 0;
      if (!saved) (saved.error().kind == RefusalKind::Stale ? stale : other) += 1;
    }
  });
  CHECK(other == 0);
  const auto record = app.engine.reader(boss).record(entity, 1);
  CHECK(record->version == kThreads * kEach + 1);
  CHECK(record->values[amount] == feel::Value(feel::Number(std::int64_t{kThreads * kEach})));
  std::multiset<std::int64_t> versions;
  const auto entries = app.engine.reader(boss).history(entity, 1, 0, 1000);
  for (const HistoryEntry& entry : *entries) versions.insert(entry.version);
  CHECK(versions.size() == kThreads * kEach + 1);
  CHECK(std::set<std::int64_t>(versions.begin(), versions.end()).size() == versions.size());
  CHECK_FALSE(audit::verify(*app.engine.store().read()).broken_at);
  MESSAGE("stale tries: ", stale.load());
}

TEST_CASE("of thirty-two that want one unique value, one gets it and the others are told") {
  App app(kDesk);
  const Actor boss = app.actor("boss");
  std::atomic<int> granted = 0;
  std::atomic<int> refused = 0;
  in_threads([&](int) {
    const auto made = app.create(boss, "customer", R"({"name":"Acme"})");
    granted += made ? 1 : 0;
    refused += code_of(made) == "record.invalid" ? 1 : 0;
  });
  CHECK(granted == 1);
  CHECK(refused == kThreads - 1);
}

TEST_CASE("of thirty-two equal requests under one key, one creates and all get its answer") {
  App app(kDesk);
  const Actor boss = app.actor("boss");
  std::atomic<int> alike = 0;
  std::atomic<int> repeated = 0;
  in_threads([&](int) {
    const auto made = app.run(
        {.actor = boss,
         .intent =
             CreateRecord{&app.entity("ticket"), app.read("ticket", R"({"subject":"a"})").changes},
         .once = Once{.key = "k", .request_hash = "h", .answer = [](const Outcome& outcome) {
                        return std::to_string(outcome.record.id);
                      }}});
    alike += made && made->answer == "1" ? 1 : 0;
    repeated += made && made->repeated ? 1 : 0;
  });
  CHECK(alike == kThreads);
  CHECK(repeated == kThreads - 1);
}

TEST_CASE("numbers of records that come at once have no gaps and no doubles") {
  App app(kDesk);
  const Actor boss = app.actor("boss");
  in_threads([&](int) { static_cast<void>(app.create(boss, "ticket", R"({"subject":"a"})")); });
  std::set<std::string> numbers;
  for (int id = 1; id <= kThreads; ++id) {
    const auto record = app.engine.reader(boss).record(app.entity("ticket"), id);
    REQUIRE(record);
    numbers.insert(record->values[0].string());
  }
  CHECK(numbers.size() == kThreads);
  CHECK(*numbers.begin() == "T-2026-0001");
  CHECK(*numbers.rbegin() == "T-2026-0032");
}

}  // namespace
}  // namespace formwork::engine

// kill -9 and full disks, seen from the engine: what was acknowledged is there, whole and once.
#include <map>
#include <random>
#include <thread>

#include <doctest/doctest.h>
#include <unistd.h>

#include "engine/audit/chain.h"
#include "tests/engine/store/sqlite_fixture.h"
#include "tests/support/app.h"
#include "tests/support/desk_app.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/killed.h"

namespace formwork::engine {
namespace {

using formwork::testing::App;
using formwork::testing::code_of;
using formwork::testing::FileSizeLimit;
using formwork::testing::kDesk;
using store::ScratchFolder;

constexpr int kRounds = 20;
constexpr std::int64_t kRoundSize = 1'000'000;  // subjects that one round may use

// Creates tickets with an item each from several threads, and tells the subject of each that was
// acknowledged, until killed.
[[noreturn]] void create_until_killed(const std::shared_ptr<const model::Model>& model,
                                      const std::string& path, int pipe, std::int64_t first) {
  App app(model, path);
  const Actor boss = app.actor("boss");
  std::atomic<std::int64_t> next = first;
  const auto keep_creating = [&] {
    while (true) {
      const std::int64_t number = next++;
      const auto made =
          app.create(boss, "ticket",
                     R"({"subject":")" + std::to_string(number) + R"(","items":[{"what":"ink"}]})");
      // One write of eight bytes to a pipe is never torn.
      if (!made || ::write(pipe, &number, sizeof number) != sizeof number) ::_exit(3);
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) threads.emplace_back(keep_creating);
  for (std::thread& thread : threads) thread.join();
  ::_exit(4);
}

// Every ticket with its item and its entry in history, subject by subject.
std::map<std::string, int> count_subjects(App& app) {
  std::map<std::string, int> subjects;
  const model::Entity& ticket = app.entity("ticket");
  const std::size_t subject = model::field_index(ticket, "subject").value();
  const std::size_t items = model::field_index(ticket, "items").value();
  permissions::Reader reader = app.engine.reader(app.actor("boss"));
  for (RecordId id = 1;; ++id) {
    const auto record = reader.record(ticket, id);
    if (!record) return subjects;
    subjects[record->values[subject].string()] += 1;
    REQUIRE(record->values[items].list().size() == 1);
    REQUIRE(reader.history(ticket, id, 0, 9)->size() == 1);
  }
}

TEST_CASE("every acknowledged record is there once with its history, after twenty kills") {
  const ScratchFolder folder;
  const std::string path = folder.file("a.db");
  const auto model = formwork::testing::compile_app(kDesk);
  std::mt19937 random(7);
  std::vector<std::int64_t> acknowledged;
  for (int round = 0; round < kRounds; ++round) {
    CAPTURE(round);
    const auto after = static_cast<unsigned>(30'000 + random() % 120'000);
    const std::vector<std::int64_t> numbers = formwork::testing::numbers_until_killed(
        after, [&](int pipe) { create_until_killed(model, path, pipe, round * kRoundSize + 1); });
    acknowledged.insert(acknowledged.end(), numbers.begin(), numbers.end());

    App app(model, path);
    const std::map<std::string, int> present = count_subjects(app);
    int missing = 0;
    int repeated = 0;
    for (const std::int64_t number : acknowledged) {
      missing += present.count(std::to_string(number)) == 0 ? 1 : 0;
    }
    for (const auto& [subject, count] : present) repeated += count != 1 ? 1 : 0;
    CHECK(missing == 0);
    CHECK(repeated == 0);
    CHECK_FALSE(audit::verify(*app.engine.store().read()).broken_at);
  }
  MESSAGE("acknowledged: ", acknowledged.size());
  CHECK(acknowledged.size() > kRounds);
}

TEST_CASE("a full disk refuses writes in words, reads go on, and writes return with the room") {
  const ScratchFolder folder;
  App app(kDesk, folder.file("a.db"));
  const Actor boss = app.actor("boss");
  REQUIRE(app.create(boss, "ticket", R"({"subject":"before"})"));
  const std::string large = R"({"subject":"a","code":")" + std::string(190, 'x') + "\"}";
  int created = 0;
  std::string refused;
  {
    const FileSizeLimit limit(700'000);
    while (refused.empty() && created < 10'000) {
      refused = code_of(app.create(boss, "ticket", large));
      created += refused.empty() ? 1 : 0;
    }
    CHECK(refused == "server.full");
    CHECK(created > 5);
    CHECK(code_of(app.create(boss, "ticket", large)) == "server.full");
    CHECK(app.json_of(boss, "ticket", 1).find("before") != std::string::npos);
  }
  const auto after = app.create(boss, "ticket", R"({"subject":"after"})");
  REQUIRE(after);
  CHECK(after->record.id == created + 2);
  CHECK_FALSE(audit::verify(*app.engine.store().read()).broken_at);
}

}  // namespace
}  // namespace formwork::engine

// What was acknowledged survives a process that is killed at any moment.
#include <map>
#include <random>

#include <doctest/doctest.h>
#include <unistd.h>

#include "tests/engine/store/sqlite_fixture.h"
#include "tests/support/killed.h"

namespace formwork::store {
namespace {

constexpr int kRounds = 20;
constexpr std::int64_t kRoundSize = 1'000'000;  // numbers that one round may use

std::string company_of(std::int64_t number) { return "company " + std::to_string(number); }

// A message for the lead in a part that is kept, and another in one that is undone.
void write_parts(Transaction& transaction, RecordId lead) {
  {
    const Part undone(transaction);
    transaction.insert_message({.destination = "undone", .record = lead});
    Part inner(transaction);
    transaction.insert_run({.automation = "undone"});
    inner.keep();
  }
  Part kept(transaction);
  transaction.insert_message({.destination = "erp", .record = lead});
  kept.keep();
}

// Writes numbered leads from several threads and tells each acknowledged number through the pipe,
// until killed.
[[noreturn]] void write_until_killed(const std::shared_ptr<const model::Model>& model,
                                     const std::string& path, int pipe, std::int64_t first) {
  const auto store = open_store(model, path);
  const model::Entity& entity = model->entities[0];
  std::atomic<std::int64_t> next = first;
  const auto keep_writing = [&] {
    while (true) {
      const std::int64_t number = next++;
      const Commit commit = store->submit_and_wait([&](Transaction& transaction) {
        Record lead = blank(entity);
        set(entity, lead, "company", text(company_of(number)));
        const RecordId id = transaction.insert_record(entity, lead);
        transaction.append_history(entry_of(entity, id));
        write_parts(transaction, id);
        return number % 7 != 0;
      });
      if (commit != Commit::Committed) continue;
      // One write of eight bytes to a pipe is never torn.
      if (::write(pipe, &number, sizeof number) != sizeof number) ::_exit(3);
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) threads.emplace_back(keep_writing);
  for (std::thread& thread : threads) thread.join();
  ::_exit(4);
}

TEST_CASE("every acknowledged record is there exactly once after kill -9, twenty times over") {
  const ScratchFolder folder;
  const std::string path = folder.file("crm.db");
  const auto model = testing::shared(lead_model());
  std::mt19937 random(42);
  std::vector<std::int64_t> acknowledged;

  for (int round = 0; round < kRounds; ++round) {
    CAPTURE(round);
    const auto after = static_cast<unsigned>(20'000 + random() % 120'000);
    const std::vector<std::int64_t> numbers = formwork::testing::numbers_until_killed(
        after, [&](int pipe) { write_until_killed(model, path, pipe, round * kRoundSize + 1); });
    acknowledged.insert(acknowledged.end(), numbers.begin(), numbers.end());

    const auto store = open_store(model, path);
    CHECK(look_up(path, "PRAGMA integrity_check") == std::vector<std::string>{"ok"});
    std::map<std::string, int> present;
    for (const std::string& company : look_up(path, "SELECT company FROM r_lead"))
      ++present[company];
    int missing = 0;
    int repeated = 0;
    for (const std::int64_t number : acknowledged)
      missing += present.count(company_of(number)) == 0;
    for (const auto& [company, count] : present) repeated += count != 1;
    CHECK(missing == 0);
    CHECK(repeated == 0);
    // Each record came with its entry, and no entry without its record.
    CHECK(look_up(path, "SELECT count(*) FROM r_lead") ==
          look_up(path, "SELECT count(*) FROM fw_history"));
    CHECK(look_up(path, "SELECT id FROM r_lead ORDER BY id") ==
          look_up(path, "SELECT record FROM fw_message WHERE destination = 'erp' ORDER BY record"));
    CHECK(look_up(path, "SELECT count(*) FROM fw_message WHERE destination = 'undone'") ==
          std::vector<std::string>{"0"});
    CHECK(look_up(path, "SELECT count(*) FROM fw_run") == std::vector<std::string>{"0"});
    CHECK(look_up(path, "SELECT count(*) FROM fw_history") ==
          look_up(path, "SELECT coalesce(max(sequence), 0) FROM fw_history"));
  }
  MESSAGE("acknowledged: ", acknowledged.size());
  CHECK(acknowledged.size() > kRounds);
}

}  // namespace
}  // namespace formwork::store

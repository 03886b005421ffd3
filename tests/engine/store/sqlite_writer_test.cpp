// The writer's queue, its checkpoints and its end.
#include <doctest/doctest.h>

#include "tests/engine/store/sqlite_fixture.h"

namespace formwork::store {
namespace {

TEST_CASE("a full queue refuses at once and calls nothing") {
  const ScratchFolder folder;
  const auto model = testing::shared(lead_model());
  SqliteOptions options = options_for(folder.file("crm.db"));
  options.queue = 3;
  const auto store = open_store(model, options);
  std::atomic<int> called = 0;
  std::atomic<int> answered = 0;
  {
    Hold hold(*store);
    int accepted = 0;
    for (int i = 0; i < 10; ++i) {
      accepted +=
          store->submit([&](Transaction&) { return ++called > 0; }, [&](Commit) { ++answered; });
    }
    CHECK(accepted == 3);
  }
  CHECK(store->submit_and_wait([](Transaction&) { return true; }) == Commit::Committed);
  CHECK(called == 3);
  CHECK(answered == 3);
}

TEST_CASE("closing finishes what is queued") {
  const ScratchFolder folder;
  const std::string path = folder.file("crm.db");
  const auto model = testing::shared(lead_model());
  const model::Entity& entity = model->entities[0];
  int committed = 0;
  {
    const auto store = open_store(model, path);
    Hold hold(*store);
    for (int i = 0; i < 100; ++i) {
      REQUIRE(store->submit(
          [&](Transaction& transaction) {
            transaction.insert_record(entity, blank(entity));
            return true;
          },
          [&](Commit commit) { committed += commit == Commit::Committed; }));
    }
  }
  CHECK(committed == 100);
  CHECK(open_store(model, path)->read()->count(all_of(entity), 1'000) == 100);
}

TEST_CASE("a writer that has nothing to do moves its log into the file") {
  const ScratchFolder folder;
  const std::string path = folder.file("crm.db");
  const auto model = testing::shared(lead_model());
  const model::Entity& entity = model->entities[0];
  const auto store = open_store(model, path);
  const std::uintmax_t before = std::filesystem::file_size(path);
  Record lead = blank(entity);
  set(entity, lead, "company", text(std::string(500'000, 'x')));
  insert(*store, entity, lead);
  std::uintmax_t after = before;
  for (int i = 0; i < 500 && after <= before + 500'000; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    after = std::filesystem::file_size(path);
  }
  CHECK(after > before + 500'000);
}

TEST_CASE("the log starts again at its beginning instead of growing without end") {
  const ScratchFolder folder;
  const std::string path = folder.file("crm.db");
  const auto model = testing::shared(lead_model());
  const model::Entity& entity = model->entities[0];
  const auto store = open_store(model, path);
  Record lead = blank(entity);
  set(entity, lead, "company", text(std::string(1'000'000, 'x')));
  for (int i = 0; i < 200; ++i) insert(*store, entity, lead);
  CHECK(std::filesystem::file_size(path + "-wal") < 100'000'000);
}

TEST_CASE("readers that came and went do not keep the log from starting again") {
  const ScratchFolder folder;
  const std::string path = folder.file("crm.db");
  const auto model = testing::shared(lead_model());
  const model::Entity& entity = model->entities[0];
  const auto store = open_store(model, path);
  Record lead = blank(entity);
  set(entity, lead, "company", text(std::string(1'000'000, 'x')));
  for (int i = 0; i < 200; ++i) {
    insert(*store, entity, lead);
    // The view sees the commit before it, and its connection keeps a snapshot when it goes.
    REQUIRE(store->read()->count(all_of(entity), 1'000) == i + 1);
  }
  CHECK(std::filesystem::file_size(path + "-wal") < 100'000'000);
}

TEST_CASE("what throws in a piece or its acknowledgement is reported and stops nothing") {
  const ScratchFolder folder;
  const auto model = testing::shared(lead_model());
  std::vector<std::string> reports;
  SqliteOptions options = options_for(folder.file("crm.db"));
  options.report = [&](const std::string& report) { reports.push_back(report); };
  const auto store = open_store(model, options);
  CHECK(store->submit_and_wait([](Transaction&) -> bool { throw std::runtime_error("piece"); }) ==
        Commit::Failed);
  CHECK(store->submit_and_wait([](Transaction&) -> bool { throw 5; }) == Commit::Failed);
  REQUIRE(store->submit([](Transaction&) { return true; },
                        [](Commit) { throw std::runtime_error("acknowledgement"); }));
  CHECK(store->submit_and_wait([](Transaction&) { return true; }) == Commit::Committed);
  REQUIRE(reports.size() == 3);
  CHECK(reports[0] == "piece");
  CHECK(reports[2] == "acknowledgement");
}

}  // namespace
}  // namespace formwork::store

// Disks that are full: writes are refused clearly, reads go on, and writing recovers without a
// restart.
#include <fstream>

#include <doctest/doctest.h>
#include <sys/mount.h>

#include "tests/engine/store/sqlite_fixture.h"
#include "tests/support/file_size_limit.h"

namespace formwork::store {
namespace {

using formwork::testing::FileSizeLimit;

// A disk of its own of that size; needs the right to mount.
class SmallDisk {
 public:
  explicit SmallDisk(const std::string& path) : path_(path) {
    std::filesystem::create_directories(path);
    mounted_ = ::mount("none", path.c_str(), "tmpfs", 0, "size=2m") == 0;
  }

  ~SmallDisk() {
    if (mounted_) ::umount(path_.c_str());
  }

  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool is_mounted() const { return mounted_; }

 private:
  std::string path_;
  bool mounted_ = false;
};

Commit insert_large(Store& store, const model::Entity& entity, std::size_t bytes) {
  Record lead = blank(entity);
  set(entity, lead, "company", text(std::string(bytes, 'x')));
  return store.submit_and_wait([&](Transaction& transaction) {
    transaction.append_history(entry_of(entity, transaction.insert_record(entity, lead)));
    return true;
  });
}

// Until the store says something else than Committed; the number of records that it took.
struct Filled {
  int committed = 0;
  Commit last = Commit::Committed;
};

Filled fill(Store& store, const model::Entity& entity) {
  Filled filled;
  while (filled.committed < 10'000) {
    filled.last = insert_large(store, entity, 20'000);
    if (filled.last != Commit::Committed) break;
    ++filled.committed;
  }
  return filled;
}

void check_consistent(Store& store, const model::Entity& entity, int committed) {
  const auto view = store.read();
  CHECK(view->count(all_of(entity), 100'000) == committed);
  std::int64_t entries = 0;
  view->walk_history([&](const HistoryEntry& entry) { return entry.sequence == ++entries; });
  CHECK(entries == committed);
}

TEST_CASE("a full disk refuses writes, serves reads and recovers when there is room") {
  const ScratchFolder folder;
  const SmallDisk disk(folder.file("disk"));
  if (!disk.is_mounted()) {
    MESSAGE(
        "SKIPPED: mounting a small disk is not permitted here; the quota test below still runs");
    return;
  }
  const std::string path = folder.file("disk/crm.db");
  const std::string ballast = folder.file("disk/ballast");
  const auto model = testing::shared(lead_model());
  const model::Entity& entity = model->entities[0];
  std::vector<std::string> reports;
  SqliteOptions options = options_for(path);
  options.report = [&](const std::string& report) { reports.push_back(report); };
  auto store = open_store(model, options);
  std::ofstream(ballast) << std::string(1'000'000, 'b');

  const Filled filled = fill(*store, entity);
  CHECK(filled.last == Commit::Full);
  CHECK(filled.committed > 5);
  check_consistent(*store, entity, filled.committed);
  CHECK(insert_large(*store, entity, 20'000) == Commit::Full);
  check_consistent(*store, entity, filled.committed);

  std::filesystem::remove(ballast);
  CHECK(insert_large(*store, entity, 20'000) == Commit::Committed);
  check_consistent(*store, entity, filled.committed + 1);
  store.reset();
  CHECK_FALSE(reports.empty());
  store = open_store(model, options);
  check_consistent(*store, entity, filled.committed + 1);
  store.reset();
  CHECK(look_up(path, "PRAGMA integrity_check") == std::vector<std::string>{"ok"});
}

TEST_CASE("a quota that is used up is a full disk, and the connection is opened anew after it") {
  const ScratchFolder folder;
  const std::string path = folder.file("crm.db");
  const auto model = testing::shared(lead_model());
  const model::Entity& entity = model->entities[0];
  auto store = open_store(model, path);
  Filled filled;
  {
    const FileSizeLimit limit(900'000);
    filled = fill(*store, entity);
    CHECK(filled.last == Commit::Full);
    CHECK(filled.committed > 5);
    check_consistent(*store, entity, filled.committed);
    CHECK(insert_large(*store, entity, 200'000) == Commit::Full);
    check_consistent(*store, entity, filled.committed);
  }
  CHECK(insert_large(*store, entity, 200'000) == Commit::Committed);
  check_consistent(*store, entity, filled.committed + 1);
  store.reset();
  CHECK(look_up(path, "PRAGMA integrity_check") == std::vector<std::string>{"ok"});
}

TEST_CASE("all pieces of a group are lost with its commit, and each is told so") {
  const ScratchFolder folder;
  const std::string path = folder.file("crm.db");
  const auto model = testing::shared(lead_model());
  const model::Entity& entity = model->entities[0];
  const auto store = open_store(model, path);
  CHECK(insert_large(*store, entity, 10) == Commit::Committed);
  std::vector<Commit> outcomes;
  {
    const FileSizeLimit limit(900'000);
    Hold hold(*store);
    std::vector<std::future<Commit>> pieces;
    for (int i = 0; i < 10; ++i) {
      pieces.push_back(submit(*store, [&, i](Transaction& transaction) {
        Record lead = blank(entity);
        set(entity, lead, "company", text(std::string(100'000, 'x')));
        transaction.append_history(entry_of(entity, transaction.insert_record(entity, lead)));
        return i != 4;
      }));
    }
    hold.release();
    for (std::future<Commit>& piece : pieces) outcomes.push_back(piece.get());
  }
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    CAPTURE(i);
    CHECK(outcomes[i] == (i == 4 ? Commit::RolledBack : Commit::Full));
  }
  check_consistent(*store, entity, 1);
  CHECK(insert_large(*store, entity, 10) == Commit::Committed);
  check_consistent(*store, entity, 2);
}

}  // namespace
}  // namespace formwork::store

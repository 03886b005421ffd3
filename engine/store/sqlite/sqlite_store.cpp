#include "engine/store/sqlite/sqlite_store.h"

#include <utility>

#include "engine/store/sqlite/file_guard.h"
#include "engine/store/sqlite/migrate.h"
#include "engine/store/sqlite/plans.h"
#include "engine/store/sqlite/readers.h"
#include "engine/store/sqlite/writer.h"

namespace formwork::store {
namespace {

constexpr std::string_view kScratch = ":memory:";
constexpr std::size_t kReaderShare = 8;  // of the writer's cache

class SqliteStore final : public Store {
 public:
  SqliteStore(std::shared_ptr<const model::Model> model, const SqliteOptions& options,
              std::unique_ptr<FileGuard> file, std::unique_ptr<Database> database)
      : model_(std::move(model)),
        file_(std::move(file)),
        plans_(*model_),
        readers_(options.readers, commits_,
                 [this, options] { return open(Access::Read, options); }),
        writer_(std::make_unique<Session>(plans_, std::move(database)),
                {.queue = options.queue,
                 .group = options.group,
                 .open = [this, options] { return open(Access::Write, options); },
                 .report = options.report,
                 .commits = &commits_,
                 .let_go = [this] { readers_.let_go(); }}) {}

  // Readers close before the writer's last checkpoint, which needs the file for itself.
  ~SqliteStore() override {
    writer_.stop();
    readers_.close();
  }

  SqliteStore(const SqliteStore&) = delete;
  SqliteStore& operator=(const SqliteStore&) = delete;

  std::unique_ptr<View> read() override { return readers_.view(); }

  bool submit(Work work, Done done) override {
    return writer_.submit(std::move(work), std::move(done));
  }

  std::uint64_t access_version() const override { return writer_.access_version(); }

  void on_messages(std::function<void()> call) override { writer_.on_messages(std::move(call)); }

  static Database::Options database_options(Access access, const SqliteOptions& options) {
    const bool reads = access == Access::Read;
    return {.access = access,
            .cache_kib = reads ? options.cache_kib / kReaderShare : options.cache_kib,
            .durable = options.durable && options.path != kScratch,
            .query_limit = reads ? options.query_limit : std::chrono::milliseconds(0)};
  }

 private:
  std::unique_ptr<Session> open(Access access, const SqliteOptions& options) const {
    return std::make_unique<Session>(
        plans_, std::make_unique<Database>(file_->path(), database_options(access, options)));
  }

  std::shared_ptr<const model::Model> model_;
  std::unique_ptr<FileGuard> file_;
  Plans plans_;
  std::atomic<std::uint64_t> commits_{1};  // a connection that read nothing yet counts none
  Readers readers_;
  Writer writer_;
};

Unexpected<OpenProblem> explain(const SqliteError& error, const std::string& path) {
  if (error.is_not_a_database()) {
    return Unexpected(OpenProblem{path + " is no SQLite file",
                                  "name another file; a new one is made when none is there"});
  }
  if (error.is_full()) {
    return Unexpected(OpenProblem{"there is no room on the disk of " + path, "make room"});
  }
  return Unexpected(
      OpenProblem{path + " cannot be opened: " + error.what(),
                  "check the file, its folder and its disk; restore a backup if it is damaged"});
}

Expected<std::unique_ptr<FileGuard>, OpenProblem> guard(const std::string& path) {
  if (path == kScratch) return make_scratch_file();
  return lock_file(path);
}

}  // namespace

Expected<std::unique_ptr<Store>, OpenProblem> open_sqlite(std::shared_ptr<const model::Model> model,
                                                          const SqliteOptions& options) {
  FW_TRY(std::unique_ptr<FileGuard> file, guard(options.path));
  try {
    auto database = std::make_unique<Database>(
        file->path(), SqliteStore::database_options(Access::Write, options));
    if (auto fitted = migrate(*database, *model, options.path); !fitted) {
      return Unexpected(std::move(fitted.error()));
    }
    return std::unique_ptr<Store>(std::make_unique<SqliteStore>(
        std::move(model), options, std::move(file), std::move(database)));
  } catch (const SqliteError& error) {
    return explain(error, options.path);
  }
}

}  // namespace formwork::store

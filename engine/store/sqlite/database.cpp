#include "engine/store/sqlite/database.h"

#include <string_view>

#include <fmt/format.h>
#include <sqlite3.h>

namespace formwork::store {
namespace {

// Limits of what one statement or value may be (threat model, rule 11).
constexpr int kMaxValueBytes = 256 * 1024 * 1024;  // a row with an uploaded file in it
constexpr int kMaxSqlBytes = 1024 * 1024;          // an insert into an entity of 2,000 fields
constexpr int kMaxExpressionDepth = 200;           // a list with as many conditions
constexpr int kMaxTriggerDepth = 4;
constexpr int kBusyTimeoutMs = 5'000;
constexpr std::int64_t kLogFileBytes = 64 * 1024 * 1024;  // to which the log is cut after it grew

// How many steps of SQLite's machine pass between two looks at the clock: some ten microseconds.
constexpr int kStepsPerLook = 4'000;

// Counting its allocations costs SQLite a global lock that all connections share. It takes effect
// if nothing in this process has used SQLite before, and does no harm otherwise.
void forgo_memory_statistics() {
  static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(once);
}

// A list of what is allowed rather than of what is not, so that a later SQLite brings nothing in.
int authorize(void* access, int action, const char* /*first*/, const char* second,
              const char* /*database*/, const char* /*trigger*/) {
  const bool writes = *static_cast<const Access*>(access) == Access::Write;
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
    case SQLITE_RECURSIVE:
      return SQLITE_OK;
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
      return writes ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_FUNCTION:
      return second != nullptr && std::string_view(second) == "load_extension" ? SQLITE_DENY
                                                                               : SQLITE_OK;
    default:
      return SQLITE_DENY;
  }
}

void set_limits(sqlite3* connection) {
  sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, kMaxValueBytes);
  sqlite3_limit(connection, SQLITE_LIMIT_SQL_LENGTH, kMaxSqlBytes);
  sqlite3_limit(connection, SQLITE_LIMIT_EXPR_DEPTH, kMaxExpressionDepth);
  sqlite3_limit(connection, SQLITE_LIMIT_TRIGGER_DEPTH, kMaxTriggerDepth);
  sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit(connection, SQLITE_LIMIT_WORKER_THREADS, 0);
}

void set_flags(sqlite3* connection) {
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
  // Two connections that checkpoint at once can corrupt the file before SQLite 3.51.3, so none does
  // at close; the writer's last checkpoint is asked for by name.
  sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

}  // namespace

void Database::Close::operator()(sqlite3* connection) const noexcept {
  sqlite3_close_v2(connection);
}

Database::Database(const std::string& path, const Options& options)
    : watch_(std::make_unique<Watch>()) {
  forgo_memory_statistics();
  watch_->access = options.access;
  watch_->query_limit = options.query_limit;
  // A reader's connection must be able to write, too: it shares the log's index in memory.
  const int mode = options.access == Access::Write ? SQLITE_OPEN_CREATE : 0;
  sqlite3* connection = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &connection,
                                   SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | mode, nullptr);
  connection_.reset(connection);
  if (code != SQLITE_OK) throw SqliteError(connection, code, "opening " + path);
  configure(options);
}

Database::~Database() = default;

void Database::configure(const Options& options) {
  sqlite3* connection = handle();
  sqlite3_busy_timeout(connection, kBusyTimeoutMs);
  set_flags(connection);
  set_limits(connection);
  run(options.durable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF");
  run(
      fmt::format("PRAGMA wal_autocheckpoint=0; PRAGMA secure_delete=OFF; PRAGMA temp_store=MEMORY;"
                  "PRAGMA recursive_triggers=ON; PRAGMA journal_size_limit={};"
                  "PRAGMA cache_size=-{}",
                  kLogFileBytes, options.cache_kib));
  if (options.access == Access::Read) run("PRAGMA query_only=ON");

  sqlite3_wal_hook(
      connection,
      [](void* watch, sqlite3*, const char*, int pages) {
        static_cast<Watch*>(watch)->log_pages = pages;
        return SQLITE_OK;
      },
      watch_.get());
  if (options.query_limit.count() == 0) return;
  start_timing();
  sqlite3_progress_handler(
      connection, kStepsPerLook,
      [](void* watch) {
        return std::chrono::steady_clock::now() > static_cast<const Watch*>(watch)->deadline ? 1
                                                                                             : 0;
      },
      watch_.get());
}

// json_each() declares its columns when it is first used, as if it made a table: that is done
// before.
void Database::seal() {
  number("SELECT count(*) FROM json_each('[]')");
  sqlite3_set_authorizer(handle(), authorize, &watch_->access);
}

void Database::start_timing() {
  watch_->deadline = std::chrono::steady_clock::now() + watch_->query_limit;
}

void Database::run(const std::string& sql) {
  const int code = sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw SqliteError(handle(), code, sql);
}

std::int64_t Database::number(std::string_view sql) {
  Statement statement(handle(), sql);
  return statement.step() ? statement.number(0) : 0;
}

std::int64_t Database::last_row_id() const { return sqlite3_last_insert_rowid(handle()); }

int Database::changed_rows() const { return sqlite3_changes(handle()); }

bool Database::is_idle() const { return sqlite3_get_autocommit(handle()) != 0; }

std::int64_t Database::checkpoint(Checkpoint how) {
  int mode = SQLITE_CHECKPOINT_PASSIVE;
  if (how == Checkpoint::Restart) mode = SQLITE_CHECKPOINT_RESTART;
  if (how == Checkpoint::Last) {
    mode = SQLITE_CHECKPOINT_TRUNCATE;
    sqlite3_db_config(handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
  }
  int in_log = 0;
  int copied = 0;
  const int code = sqlite3_wal_checkpoint_v2(handle(), nullptr, mode, &in_log, &copied);
  if (code != SQLITE_OK && code != SQLITE_BUSY) throw SqliteError(handle(), code, "checkpoint");
  return copied;
}

}  // namespace formwork::store

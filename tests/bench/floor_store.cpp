#include "tests/bench/floor_store.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <random>
#include <stdexcept>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "tests/bench/sqlite.h"

namespace formwork::bench {
namespace {

constexpr std::size_t kGroupLimit = 256;

constexpr const char* kSchema = R"sql(
  CREATE TABLE IF NOT EXISTS lead (
    id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, created_at INTEGER NOT NULL,
    stage TEXT NOT NULL, company TEXT, contact TEXT, title TEXT, email TEXT UNIQUE, mobile TEXT,
    source TEXT, industry TEXT, region TEXT, city TEXT, address TEXT, website TEXT,
    budget INTEGER, employees INTEGER, expected_close TEXT, newsletter INTEGER, description TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS lead_source ON lead (source, created_at);
  CREATE INDEX IF NOT EXISTS lead_mobile ON lead (mobile);
  CREATE INDEX IF NOT EXISTS lead_company ON lead (company);
  CREATE TABLE IF NOT EXISTS history (
    seq INTEGER PRIMARY KEY, entity TEXT NOT NULL, record TEXT NOT NULL, at INTEGER NOT NULL,
    actor TEXT NOT NULL, action TEXT NOT NULL, changes TEXT NOT NULL, hash BLOB NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS history_record ON history (record);
)sql";

constexpr std::string_view kColumnList =
    "id, version, created_at, stage, company, contact, title, email, mobile, source, industry, "
    "region, city, address, website, budget, employees, expected_close, newsletter, description";
constexpr int kFirstValue = 4;

std::int64_t now_us() {
  using std::chrono::microseconds;
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<microseconds>(since).count();
}

void bind_value(Statement& statement, int parameter, const FloorValue& value, Cell cell) {
  if (!value.present) return statement.bind_null(parameter);
  if (cell == Cell::Text) return statement.bind(parameter, std::string_view(value.text));
  statement.bind(parameter, value.number);
}

FloorLead load_lead(Statement& row) {
  FloorLead lead;
  lead.id = row.text(0);
  lead.created_at_us = row.number(2);
  for (std::size_t i = 0; i < kFloorColumns.size(); ++i) {
    const int column = kFirstValue + static_cast<int>(i);
    FloorValue& value = lead.values[i];
    value.present = !row.is_null(column);
    if (kFloorColumns[i].cell == Cell::Text) {
      value.text = row.text(column);
    } else {
      value.number = row.number(column);
    }
  }
  return lead;
}

}  // namespace

class FloorStore::Writer {
 public:
  explicit Writer(FloorStoreOptions options)
      : options_(std::move(options)), connection_(options_.file.string()) {
    connection_.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=OFF;");
    connection_.run("PRAGMA cache_size=-32000;");
    connection_.run(fmt::format("PRAGMA wal_autocheckpoint={};", options_.checkpoint_pages));
    connection_.run(kSchema);
    insert_lead_.emplace(connection_, fmt::format("INSERT INTO lead ({}) VALUES "
                                                  "(?,1,?,'new',?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                                                  kColumnList));
    insert_history_.emplace(connection_,
                            "INSERT INTO history (entity, record, at, actor, action, changes, hash)"
                            " VALUES ('lead',?,?,'bench','create',?,?)");
    thread_ = std::thread([this] { write_groups(); });
  }

  ~Writer() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    work_.notify_one();
    thread_.join();
  }

  bool submit(Submit& submit) {
    {
      const std::lock_guard lock(mutex_);
      if (waiting_.size() >= options_.queue_limit) return false;
      submit.lead.id = fmt::format("{:016x}{:016x}", random_(), random_());
      submit.lead.created_at_us = now_us();
      waiting_.push_back(std::move(submit));
    }
    work_.notify_one();
    return true;
  }

 private:
  void write_groups() {
    while (true) {
      std::vector<Submit> group = take_group();
      if (group.empty()) return;
      write(group);
      // One hop to the connections for the whole group, not one per submit.
      options_.run_answers([group = std::move(group)]() mutable {
        for (Submit& submit : group) submit.answer(submit, submit.stored);
      });
    }
  }

  // Whatever waits, up to the limit; empty when the store closes.
  std::vector<Submit> take_group() {
    std::unique_lock lock(mutex_);
    work_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (waiting_.size() <= kGroupLimit) return std::exchange(waiting_, {});
    const auto end = waiting_.begin() + kGroupLimit;
    std::vector<Submit> group(std::move_iterator(waiting_.begin()), std::move_iterator(end));
    waiting_.erase(waiting_.begin(), end);
    return group;
  }

  void write(std::vector<Submit>& group) {
    connection_.run("BEGIN IMMEDIATE");
    for (Submit& submit : group) submit.stored = insert(submit);
    try {
      connection_.run("COMMIT");
    } catch (const std::runtime_error&) {
      connection_.run("ROLLBACK");
      for (Submit& submit : group) submit.stored = Stored::Failed;
    }
  }

  // A refused lead leaves nothing behind, so no savepoint is needed: its audit row is not tried.
  Stored insert(const Submit& submit) {
    const FloorLead& lead = submit.lead;
    insert_lead_->bind(1, std::string_view(lead.id));
    insert_lead_->bind(2, lead.created_at_us);
    for (std::size_t i = 0; i < kFloorColumns.size(); ++i) {
      bind_value(*insert_lead_, static_cast<int>(i) + 3, lead.values[i], kFloorColumns[i].cell);
    }
    const int inserted = insert_lead_->step();
    insert_lead_->reset();
    if (inserted == SQLITE_CONSTRAINT) return Stored::Duplicate;
    if (inserted != SQLITE_DONE) return Stored::Failed;
    insert_history_->bind(1, std::string_view(lead.id));
    insert_history_->bind(2, lead.created_at_us);
    insert_history_->bind(3, std::string_view(submit.changes));
    insert_history_->bind_blob(4, std::string_view(lead.id).substr(0, 32));
    const int audited = insert_history_->step();
    insert_history_->reset();
    return audited == SQLITE_DONE ? Stored::Yes : Stored::Failed;
  }

  FloorStoreOptions options_;
  Connection connection_;
  std::optional<Statement> insert_lead_;
  std::optional<Statement> insert_history_;
  std::mutex mutex_;
  std::condition_variable work_;
  std::vector<Submit> waiting_;
  std::mt19937_64 random_{std::random_device{}()};
  bool stopping_ = false;
  std::thread thread_;
};

class FloorStore::Reader {
 public:
  explicit Reader(const std::string& file) : connection_(file) {
    // Only the writer may checkpoint: SQLite 3.40 can corrupt a WAL when two connections do.
    connection_.run("PRAGMA wal_autocheckpoint=0; PRAGMA query_only=ON; PRAGMA cache_size=-32000;");
    by_id_.emplace(connection_, fmt::format("SELECT {} FROM lead WHERE id = ?", kColumnList));
    by_source_.emplace(connection_, fmt::format("SELECT {} FROM lead WHERE source = ?"
                                                " ORDER BY created_at DESC LIMIT ?",
                                                kColumnList));
  }

  std::optional<FloorLead> find(std::string_view id) {
    std::optional<FloorLead> found;
    by_id_->bind(1, id);
    if (by_id_->step() == SQLITE_ROW) found = load_lead(*by_id_);
    by_id_->reset();
    return found;
  }

  std::vector<FloorLead> page(std::string_view source, int limit) {
    std::vector<FloorLead> leads;
    by_source_->bind(1, source);
    by_source_->bind(2, limit);
    while (by_source_->step() == SQLITE_ROW) leads.push_back(load_lead(*by_source_));
    by_source_->reset();
    return leads;
  }

 private:
  Connection connection_;
  std::optional<Statement> by_id_;
  std::optional<Statement> by_source_;
};

FloorStore::FloorStore(FloorStoreOptions options) {
  const std::string file = options.file.string();
  writer_ = std::make_unique<Writer>(std::move(options));
  reader_ = std::make_unique<Reader>(file);
}

// The reader closes first, so that the last one to close, which checkpoints, is the writer.
FloorStore::~FloorStore() {
  reader_.reset();
  writer_.reset();
}

bool FloorStore::submit(Submit& submit) { return writer_->submit(submit); }

std::optional<FloorLead> FloorStore::find(std::string_view id) { return reader_->find(id); }

std::vector<FloorLead> FloorStore::page(std::string_view source, int limit) {
  return reader_->page(source, limit);
}

}  // namespace formwork::bench

// SQLite behind two classes that close themselves, and one exception. Nothing here knows our
// tables.
//
// A connection and its statements belong to one thread at a time (they are opened without a mutex).
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace formwork::store {

// What SQLite refused. The text is for the log only: it holds SQL.
class SqliteError : public std::runtime_error {
 public:
  SqliteError(sqlite3* connection, int code, std::string_view doing);

  int code() const { return code_; }  // the primary result code

  // The disk, or the quota, or the file's permitted size is used up.
  bool is_full() const;
  // A UNIQUE index, a foreign key or a CHECK said no.
  bool is_constraint() const;
  // What was read is no SQLite file.
  bool is_not_a_database() const;
  // The time of `query_limit` was over.
  bool is_interrupt() const;
  // The connection cannot be trusted any more: it is to be opened anew.
  bool breaks_connection() const;

 private:
  SqliteError(sqlite3* connection, int code, std::string_view doing, int system_errno);

  int code_;
  int system_errno_;  // as it was right after the call that failed
};

class Statement {
 public:
  Statement(sqlite3* connection, std::string_view sql);

  // Parameters count from 1. Texts and bytes are not copied: they must live until reset().
  void bind(int parameter, std::int64_t value);
  void bind(int parameter, std::string_view text);
  void bind_blob(int parameter, std::string_view bytes);
  void bind_copy(int parameter, std::string_view text);
  void bind_blob_copy(int parameter, std::string_view bytes);
  void bind_null(int parameter);

  // True: there is a row to read. False: the statement has ended.
  bool step();
  void reset() noexcept;

  // Columns count from 0. Texts and blobs live until the next step() or reset().
  bool is_null(int column) const;
  std::int64_t number(int column) const;
  std::string_view text(int column) const;
  std::string_view blob(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };

  void check(int code) const;

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

// A statement while it is in use: reset when this goes, so that it holds no snapshot and can be
// used again.
class Running {
 public:
  explicit Running(Statement& statement) : statement_(&statement) {}

  ~Running() { statement_->reset(); }

  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  Statement* operator->() const { return statement_; }

  Statement& operator*() const { return *statement_; }

 private:
  Statement* statement_;
};

// Who uses a connection: only the writer may write, and only it may checkpoint.
enum class Access : unsigned char { Write, Read };

class Database {
 public:
  struct Options {
    Access access = Access::Write;
    std::size_t cache_kib = 0;
    bool durable = true;  // false: nothing is flushed, for files that need not outlive the program
    std::chrono::milliseconds query_limit{0};  // of one statement; 0: none
  };

  // Opens and sets up; the file is made when the access is Write. Throws SqliteError.
  Database(const std::string& path, const Options& options);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  sqlite3* handle() const { return connection_.get(); }

  // Runs statements that give no rows.
  void run(const std::string& sql);
  // The first column of the first row; 0 when there is none.
  std::int64_t number(std::string_view sql);

  // Commits go to a write-ahead log from here on, also for those who open the file later.
  void use_log() { run("PRAGMA journal_mode=WAL"); }

  // From here on no schema changes, no PRAGMA, no ATTACH, no extension: neither by us nor by any
  // text that would find its way into a statement.
  void seal();

  // The time of `query_limit` starts again.
  void start_timing();

  std::int64_t last_row_id() const;
  int changed_rows() const;
  // No transaction is open: a failing statement can end it behind our back.
  bool is_idle() const;

  // Pages that commits left in the write-ahead log since it last began anew.
  std::int64_t log_pages() const { return watch_->log_pages; }

  // Passive goes as far as readers permit; Restart waits for them, so that the log begins anew;
  // Last also lets the log's files go when the connection closes, which must then be the only one.
  enum class Checkpoint : unsigned char { Passive, Restart, Last };

  // Copies the log into the file. Returns how many of log_pages() are copied.
  // copied.
  std::int64_t checkpoint(Checkpoint how);

 private:
  // At a fixed address, because SQLite's callbacks keep it.
  struct Watch {
    std::chrono::steady_clock::time_point deadline{};
    std::chrono::milliseconds query_limit{0};
    std::int64_t log_pages = 0;
    Access access = Access::Write;
  };

  struct Close {
    void operator()(sqlite3* connection) const noexcept;
  };

  void configure(const Options& options);

  std::unique_ptr<Watch> watch_;
  std::unique_ptr<sqlite3, Close> connection_;
};

}  // namespace formwork::store

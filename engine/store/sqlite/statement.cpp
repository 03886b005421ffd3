#include <cerrno>

#include <fmt/format.h>
#include <sqlite3.h>

#include "engine/store/sqlite/database.h"

namespace formwork::store {
namespace {

std::string describe(sqlite3* connection, int code, std::string_view doing) {
  const char* message = connection == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(connection);
  const int extended = connection == nullptr ? code : sqlite3_extended_errcode(connection);
  return fmt::format("{} ({}): {}", message, extended, doing);
}

constexpr int kPrimaryCode = 0xff;

}  // namespace

// sqlite3_system_errno() stays silent about commits that fail, so errno is taken before anything
// else is called.
SqliteError::SqliteError(sqlite3* connection, int code, std::string_view doing)
    : SqliteError(connection, code, doing, errno) {}

SqliteError::SqliteError(sqlite3* connection, int code, std::string_view doing, int system_errno)
    : std::runtime_error(describe(connection, code, doing)),
      code_(code & kPrimaryCode),
      system_errno_(system_errno) {}

// SQLite says FULL for a full disk only; a quota and the limit on a file's size reach it as I/O
// errors.
bool SqliteError::is_full() const {
  if (code_ == SQLITE_FULL) return true;
  return code_ == SQLITE_IOERR &&
         (system_errno_ == ENOSPC || system_errno_ == EDQUOT || system_errno_ == EFBIG);
}

bool SqliteError::is_constraint() const { return code_ == SQLITE_CONSTRAINT; }

bool SqliteError::is_not_a_database() const { return code_ == SQLITE_NOTADB; }

bool SqliteError::is_interrupt() const { return code_ == SQLITE_INTERRUPT; }

bool SqliteError::breaks_connection() const {
  return code_ == SQLITE_IOERR || code_ == SQLITE_CORRUPT || code_ == SQLITE_NOTADB ||
         code_ == SQLITE_CANTOPEN || code_ == SQLITE_NOMEM;
}

Statement::Statement(sqlite3* connection, std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(connection, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  statement_.reset(statement);
  if (code != SQLITE_OK) throw SqliteError(connection, code, sql);
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const noexcept {
  sqlite3_finalize(statement);
}

void Statement::check(int code) const {
  if (code == SQLITE_OK) return;
  throw SqliteError(sqlite3_db_handle(statement_.get()), code, sqlite3_sql(statement_.get()));
}

void Statement::bind(int parameter, std::int64_t value) {
  check(sqlite3_bind_int64(statement_.get(), parameter, value));
}

// An empty view may have no address, which SQLite would take for null.
void Statement::bind(int parameter, std::string_view text) {
  check(sqlite3_bind_text64(statement_.get(), parameter, text.empty() ? "" : text.data(),
                            text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Statement::bind_blob(int parameter, std::string_view bytes) {
  check(sqlite3_bind_blob64(statement_.get(), parameter, bytes.empty() ? "" : bytes.data(),
                            bytes.size(), SQLITE_STATIC));
}

void Statement::bind_copy(int parameter, std::string_view text) {
  // NOLINTNEXTLINE(performance-no-int-to-ptr): how SQLite spells "copy it"
  check(sqlite3_bind_text64(statement_.get(), parameter, text.empty() ? "" : text.data(),
                            text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind_blob_copy(int parameter, std::string_view bytes) {
  // NOLINTNEXTLINE(performance-no-int-to-ptr): as above
  check(sqlite3_bind_blob64(statement_.get(), parameter, bytes.empty() ? "" : bytes.data(),
                            bytes.size(), SQLITE_TRANSIENT));
}

void Statement::bind_null(int parameter) { check(sqlite3_bind_null(statement_.get(), parameter)); }

bool Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) check(code);
  return false;
}

// The code that reset() gives back is that of the step before, which was thrown already.
void Statement::reset() noexcept { sqlite3_reset(statement_.get()); }

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::number(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string_view Statement::text(int column) const {
  const auto* bytes = sqlite3_column_text(statement_.get(), column);
  if (bytes == nullptr) return {};
  return {reinterpret_cast<const char*>(bytes),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::string_view Statement::blob(int column) const {
  const void* bytes = sqlite3_column_blob(statement_.get(), column);
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(bytes),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

}  // namespace formwork::store

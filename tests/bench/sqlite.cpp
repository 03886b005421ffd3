#include "tests/bench/sqlite.h"

#include <stdexcept>

#include <sqlite3.h>

namespace formwork::bench {

Connection::Connection(const std::string& file) {
  constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  if (sqlite3_open_v2(file.c_str(), &handle_, kFlags, nullptr) != SQLITE_OK) {
    throw std::runtime_error(file + ": " + sqlite3_errmsg(handle_));
  }
}

Connection::~Connection() { sqlite3_close(handle_); }

void Connection::run(const std::string& sql) {
  if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    throw std::runtime_error(sql + ": " + sqlite3_errmsg(handle_));
  }
}

Statement::Statement(Connection& connection, std::string_view sql) {
  const int size = static_cast<int>(sql.size());
  if (sqlite3_prepare_v3(connection.get(), sql.data(), size, SQLITE_PREPARE_PERSISTENT, &handle_,
                         nullptr) != SQLITE_OK) {
    throw std::runtime_error(std::string(sql) + ": " + sqlite3_errmsg(connection.get()));
  }
}

Statement::~Statement() { sqlite3_finalize(handle_); }

void Statement::bind(int parameter, std::string_view text) {
  sqlite3_bind_text(handle_, parameter, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}

void Statement::bind(int parameter, std::int64_t number) {
  sqlite3_bind_int64(handle_, parameter, number);
}

void Statement::bind_null(int parameter) { sqlite3_bind_null(handle_, parameter); }

void Statement::bind_blob(int parameter, std::string_view bytes) {
  sqlite3_bind_blob(handle_, parameter, bytes.data(), static_cast<int>(bytes.size()),
                    SQLITE_STATIC);
}

int Statement::step() { return sqlite3_step(handle_); }

void Statement::reset() { sqlite3_reset(handle_); }

std::string_view Statement::text(int column) {
  const auto* const bytes = sqlite3_column_text(handle_, column);
  if (bytes == nullptr) return {};
  return {reinterpret_cast<const char*>(bytes),
          static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

std::int64_t Statement::number(int column) { return sqlite3_column_int64(handle_, column); }

bool Statement::is_null(int column) { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }

}  // namespace formwork::bench

// A connection and a statement that close themselves; enough for the benches, nothing more.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace formwork::bench {

class Connection {
 public:
  // All of these throw std::runtime_error with SQLite's message.
  explicit Connection(const std::string& file);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void run(const std::string& sql);

  sqlite3* get() { return handle_; }

 private:
  sqlite3* handle_ = nullptr;
};

class Statement {
 public:
  Statement(Connection& connection, std::string_view sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  // Parameters count from 1. Text is not copied: it must live until reset().
  void bind(int parameter, std::string_view text);
  void bind(int parameter, std::int64_t number);
  void bind_null(int parameter);
  void bind_blob(int parameter, std::string_view bytes);

  // SQLite's result code: a row, done, or what went wrong.
  int step();
  void reset();

  // Columns count from 0.
  std::string_view text(int column);
  std::int64_t number(int column);
  bool is_null(int column);

 private:
  sqlite3_stmt* handle_ = nullptr;
};

}  // namespace formwork::bench

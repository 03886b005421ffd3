// The store in one SQLite file: real, typed tables made from the model.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dsl/base/expected.h"
#include "engine/store/store.h"

namespace formwork::store {

struct SqliteOptions {
  // ":memory:" for tests: a file of this process alone that is never flushed and is gone at the
  // end.
  std::string path;
  // False: nothing is flushed before it is acknowledged, for a file that can be made anew at any
  // time.
  bool durable = true;
  std::size_t readers = 4;
  std::size_t queue = 1024;        // pieces of work waiting for the writer; more are refused
  std::size_t group = 256;         // pieces in one commit at the most
  std::size_t cache_kib = 30'720;  // page cache of the writer; each reader has an eighth of it
  std::chrono::milliseconds query_limit{5'000};  // a reader's call that takes longer throws
  // What broke, for the log, with SQL in it; called on the writer's thread. May be empty.
  std::function<void(const std::string&)> report;
};

// Why a file cannot be opened, in words for the one who started the program: "crm.db was made for
// another app".
struct OpenProblem {
  std::string message;
  std::string remedy;
  bool in_use = false;  // by another process, most likely the server
};

// Opens or makes the file, and makes its tables fit the model: new entities, fields and indexes are
// added. What would lose data (a field that is gone or has another column) is refused with a list.
//
// One process uses a file at a time, guarded by `<path>.lock`. A small command (`user add`, `audit
// verify`) that comes while the server runs gets the problem "crm.db is in use by process 4711".
//
// Every View must be given back before the store goes: its destructor waits for them.
Expected<std::unique_ptr<Store>, OpenProblem> open_sqlite(std::shared_ptr<const model::Model> model,
                                                          const SqliteOptions& options);

// The app's documents as the file's last server ran them, without taking the file: for small
// commands that come with nothing but the file's name. Nothing when there is no such file, or no
// app in it.
std::optional<std::string> peek_setting(const std::string& path, std::string_view name);

}  // namespace formwork::store

// Files and looks into them, for the tests of the SQLite store alone.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "engine/store/sqlite/database.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "tests/engine/store/store_fixture.h"

namespace formwork::store {

class ScratchFolder {
 public:
  ScratchFolder() : path_((std::filesystem::temp_directory_path() / "store-XXXXXX").string()) {
    if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no scratch folder");
  }

  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline SqliteOptions options_for(std::string path) {
  SqliteOptions options;
  options.path = std::move(path);
  return options;
}

inline std::unique_ptr<Store> open_store(std::shared_ptr<const model::Model> model,
                                         const SqliteOptions& options) {
  auto store = open_sqlite(std::move(model), options);
  if (!store) throw std::runtime_error(store.error().message + ": " + store.error().remedy);
  return std::move(store.value());
}

inline std::unique_ptr<Store> open_store(std::shared_ptr<const model::Model> model,
                                         const std::string& path) {
  return open_store(std::move(model), options_for(path));
}

// What is wrong with the file, in one text; empty when it opens.
inline std::string problem_of(std::shared_ptr<const model::Model> model, const std::string& path) {
  const auto store = open_sqlite(std::move(model), options_for(path));
  return store ? std::string() : store.error().message;
}

inline std::vector<std::string> column(Database& database, const std::string& sql) {
  std::vector<std::string> values;
  Statement statement(database.handle(), sql);
  while (statement.step()) values.emplace_back(statement.text(0));
  return values;
}

inline std::vector<std::string> look_up(const std::string& path, const std::string& sql) {
  Database database(path, {.access = Access::Write, .cache_kib = 1'000});
  return column(database, sql);
}

// Every row of every table, readable when two dumps differ.
inline std::vector<std::string> dump(const std::string& path) {
  Database database(path, {.access = Access::Write, .cache_kib = 1'000});
  std::vector<std::string> lines;
  for (const std::string& table :
       column(database, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")) {
    std::string row = "'" + table + "'";
    for (const std::string& name :
         column(database, "SELECT name FROM pragma_table_info('" + table + "')")) {
      row += " || ' ' || quote(\"" + (name == "quote\"d" ? "quote\"\"d" : name) + "\")";
    }
    const std::vector<std::string> rows =
        column(database, "SELECT " + row + " FROM \"" + table + "\" ORDER BY 1");
    lines.insert(lines.end(), rows.begin(), rows.end());
  }
  return lines;
}

}  // namespace formwork::store

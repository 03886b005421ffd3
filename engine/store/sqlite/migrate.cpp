#include "engine/store/sqlite/migrate.h"

#include <array>
#include <charconv>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "engine/store/sqlite/schema.h"
#include "engine/store/sqlite/sql_text.h"
#include "schemas/system.sql.h"
#include "schemas/system_2.sql.h"
#include "schemas/system_3.sql.h"

namespace formwork::store {
namespace {

using Problem = Unexpected<OpenProblem>;

// What makes each version of the store out of the one before. A step that was released is not
// edited.
constexpr std::array kSystemSteps{kSystemSchema, kSystemSchema2, kSystemSchema3};
constexpr std::int64_t kStoreVersion = kSystemSteps.size();
constexpr std::int64_t kApplicationId = 0x464D574B;  // "FMWK" in the file's header

Problem problem(std::string message, std::string remedy) {
  return Problem(OpenProblem{std::move(message), std::move(remedy)});
}

std::string setting(Database& database, std::string_view name) {
  Statement statement(database.handle(), "SELECT value FROM fw_setting WHERE name = ?");
  statement.bind(1, name);
  return statement.step() ? std::string(statement.text(0)) : std::string();
}

void put_setting(Database& database, std::string_view name, std::string_view value) {
  Statement statement(database.handle(),
                      "INSERT INTO fw_setting (name, value) VALUES (?,?)"
                      " ON CONFLICT (name) DO UPDATE SET value = excluded.value");
  statement.bind(1, name);
  statement.bind(2, value);
  statement.step();
}

// 0 when there are no tables yet.
std::int64_t store_version(Database& database) {
  const std::string version = setting(database, "store.version");
  std::int64_t number = 0;
  std::from_chars(version.data(), version.data() + version.size(), number);
  return number;
}

void make_system_tables(Database& database, std::int64_t version) {
  if (version == kStoreVersion) return;
  for (auto step = static_cast<std::size_t>(version); step < kSystemSteps.size(); ++step) {
    database.run(std::string(kSystemSteps[step]));
  }
  put_setting(database, "store.version", std::to_string(kStoreVersion));
}

bool is_empty(Database& database) {
  return database.number("SELECT count(*) FROM sqlite_schema") == 0;
}

// What is in the file must be ours, of this app and not newer than this program.
Expected<void, OpenProblem> identify(Database& database, const model::Model& model,
                                     const std::string& file) {
  if (is_empty(database)) return {};
  if (database.number("PRAGMA application_id") != kApplicationId) {
    return problem(file + " is an SQLite file, but not one of Formwork",
                   "name another file; a new one is made when none is there");
  }
  const std::int64_t version = store_version(database);
  if (version > kStoreVersion) {
    return problem(fmt::format("{} was made by a newer Formwork (store version {}, known up to {})",
                               file, version, kStoreVersion),
                   "use that version or a later one");
  }
  const std::string app = setting(database, "store.app");
  // A file that began with accounts alone belongs to the first app that is served from it.
  if (!app.empty() && app != model.app.name) {
    return problem(
        fmt::format("{} was made for another app: `{}`, not `{}`", file, app, model.app.name),
        "name the file of this app, or another one to begin anew");
  }
  return {};
}

// Name of a table → name of a column → its kind. Tables without columns of their own have an entry,
// too.
using Catalogue = std::map<std::string, std::map<std::string, std::string>, std::less<>>;

Catalogue load_catalogue(Database& database) {
  Catalogue catalogue;
  Statement tables(
      database.handle(),
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, 2) = 'r_'");
  while (tables.step()) catalogue[std::string(tables.text(0))];
  Statement columns(database.handle(), "SELECT table_name, column_name, kind FROM fw_column");
  while (columns.step()) {
    catalogue[std::string(columns.text(0))][std::string(columns.text(1))] = columns.text(2);
  }
  return catalogue;
}

void remember_columns(Database& database, const TableShape& table) {
  Statement forget(database.handle(), "DELETE FROM fw_column WHERE table_name = ?");
  forget.bind(1, table.name);
  forget.step();
  Statement remember(database.handle(),
                     "INSERT INTO fw_column (table_name, column_name, kind) VALUES (?,?,?)");
  for (const ColumnShape& column : table.columns) {
    remember.bind(1, table.name);
    remember.bind(2, column.name);
    remember.bind(3, column.kind);
    remember.step();
    remember.reset();
  }
}

// One run of comparing a file with what the model asks for.
class Migration {
 public:
  Migration(Database& database, const Schema& schema) : database_(database), schema_(schema) {
    for (const TableShape& table : schema.tables) wanted_.emplace(table.name, &table);
  }

  // Tables that hold nothing lose nothing: they are dropped here and made anew below.
  std::vector<std::string> find_losses() {
    std::vector<std::string> losses;
    for (const auto& [name, columns] : load_catalogue(database_)) {
      const std::vector<std::string> gone = losses_of(name, columns);
      if (gone.empty() && wanted_.count(name) != 0) {
        kept_.emplace(name, columns);
      } else if (database_.number("SELECT EXISTS (SELECT 1 FROM " + quoted(name) + ")") == 0) {
        dropped_.push_back(name);
      } else {
        losses.insert(losses.end(), gone.begin(), gone.end());
      }
    }
    return losses;
  }

  void apply_tables() {
    // Line items come after their record's table by name and refer to it, so they go first.
    for (auto name = dropped_.rbegin(); name != dropped_.rend(); ++name) {
      database_.run("DROP TABLE " + quoted(*name));
      Statement forget(database_.handle(), "DELETE FROM fw_column WHERE table_name = ?");
      forget.bind(1, std::string_view(*name));
      forget.step();
    }
    for (const TableShape& table : schema_.tables) apply(table);
  }

  Expected<void, OpenProblem> apply_indexes(const std::string& file) {
    std::map<std::string, std::string> present = load_indexes();
    std::vector<const IndexShape*> missing;
    for (const IndexShape& index : schema_.indexes) {
      const auto found = present.find(index.name);
      const bool is_same = found != present.end() && found->second == index.sql;
      if (is_same) present.erase(found);
      if (!is_same) missing.push_back(&index);
    }
    for (const auto& [name, sql] : present) database_.run("DROP INDEX " + quoted(name));
    for (const IndexShape* index : missing) {
      try {
        database_.run(index->sql);
      } catch (const SqliteError& error) {
        if (!error.is_constraint()) throw;
        return problem(
            fmt::format("{} holds records that share the {}, which the model calls unique", file,
                        index->label),
            "change or delete all but one of them before that rule is added");
      }
    }
    return {};
  }

 private:
  std::vector<std::string> losses_of(const std::string& table,
                                     const std::map<std::string, std::string>& columns) const {
    const auto found = wanted_.find(table);
    if (found == wanted_.end()) return {fmt::format("{} is gone", table.substr(2))};
    std::vector<std::string> losses;
    for (const auto& [name, kind] : columns) {
      const std::string* now = nullptr;
      for (const ColumnShape& column : found->second->columns) {
        if (column.name == name) now = &column.kind;
      }
      const std::string& label = found->second->label;
      if (now == nullptr) losses.push_back(fmt::format("`{}` of {} is gone", name, label));
      if (now != nullptr && *now != kind) {
        losses.push_back(fmt::format("`{}` of {} was {} and is now {}", name, label, kind, *now));
      }
    }
    return losses;
  }

  void apply(const TableShape& table) {
    const auto present = kept_.find(table.name);
    if (present == kept_.end()) {
      database_.run(table.create_sql());
    } else if (present->second.size() == table.columns.size()) {
      return;
    } else {
      for (const ColumnShape& column : table.columns) {
        if (present->second.count(column.name) != 0) continue;
        database_.run("ALTER TABLE " + quoted(table.name) + " ADD COLUMN " + column.declaration);
      }
    }
    remember_columns(database_, table);
  }

  // Those that SQLite makes for UNIQUE and PRIMARY KEY have no text and are none of ours.
  std::map<std::string, std::string> load_indexes() {
    std::map<std::string, std::string> indexes;
    Statement statement(database_.handle(),
                        "SELECT name, sql FROM sqlite_schema WHERE type = 'index'"
                        " AND substr(tbl_name, 1, 2) = 'r_' AND sql IS NOT NULL");
    while (statement.step()) indexes.emplace(statement.text(0), statement.text(1));
    return indexes;
  }

  Database& database_;
  const Schema& schema_;
  std::map<std::string, const TableShape*> wanted_;
  std::map<std::string, std::map<std::string, std::string>> kept_;
  std::vector<std::string> dropped_;
};

Problem refuse_losses(const std::string& file, const std::vector<std::string>& losses) {
  std::string message = file + " holds values that this model has no place for:";
  for (const std::string& loss : losses) message += "\n  " + loss;
  return problem(std::move(message),
                 "keep the old field beside a new one of another name, or name another file");
}

Expected<void, OpenProblem> fit(Database& database, const model::Model& model,
                                const std::string& file) {
  if (is_empty(database)) {
    database.run(fmt::format("PRAGMA application_id = {}", kApplicationId));
    make_system_tables(database, 0);
    put_setting(database, "store.app", model.app.name);
  } else {
    make_system_tables(database, store_version(database));
  }
  const Schema schema = schema_of(model);
  Migration migration(database, schema);
  const std::vector<std::string> losses = migration.find_losses();
  if (!losses.empty()) return refuse_losses(file, losses);
  migration.apply_tables();
  if (auto indexed = migration.apply_indexes(file); !indexed) return indexed;
  if (setting(database, "store.model") != model.fingerprint) {
    put_setting(database, "store.model", model.fingerprint);
    put_setting(database, "store.app", model.app.name);
  }
  return {};
}

}  // namespace

Expected<void, OpenProblem> migrate(Database& database, const model::Model& model,
                                    const std::string& file) {
  const std::vector<std::string> clashes = name_clashes(model);
  if (!clashes.empty()) {
    std::string message = "the store cannot tell these names from others:";
    for (const std::string& clash : clashes) message += "\n  " + clash;
    return problem(std::move(message),
                   "give them names that differ in more than upper and lower case");
  }
  // First, because switching the log on already changes a file, which might be somebody else's.
  if (auto ours = identify(database, model, file); !ours) return ours;
  database.use_log();
  database.run("BEGIN IMMEDIATE");
  try {
    Expected<void, OpenProblem> fitted = fit(database, model, file);
    database.run(fitted ? "COMMIT" : "ROLLBACK");
    return fitted;
  } catch (...) {
    if (!database.is_idle()) database.run("ROLLBACK");
    throw;
  }
}

}  // namespace formwork::store

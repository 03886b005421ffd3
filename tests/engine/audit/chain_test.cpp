// The chain of history: whatever is changed behind our back is found at the first wrong entry.
#include "engine/audit/chain.h"

#include <doctest/doctest.h>

#include "tests/engine/store/sqlite_fixture.h"
#include "tests/support/app.h"
#include "tests/support/desk_app.h"

namespace formwork::audit {
namespace {

using store::ScratchFolder;
using testing::App;

// Six entries: an account, then five changes of two records.
void make_history(const std::string& path) {
  App app(testing::kDesk, path);
  const auto boss = app.actor("boss");
  REQUIRE(app.create(boss, "ticket", R"({"subject":"报价"})"));
  REQUIRE(app.create(boss, "ticket", R"({"subject":"b"})"));
  app.clock.advance({.seconds = 1});
  REQUIRE(app.update(boss, "ticket", 1, 1, R"({"subject":"c"})"));
  REQUIRE(app.remove(boss, "ticket", 2, 1));
  REQUIRE(app.restore(boss, "ticket", 2, 2));
}

constexpr std::int64_t kEntries = 6;

Verdict verdict_of(const std::string& path) {
  static const auto model = testing::compile_app(testing::kDesk);
  const auto opened = testing::open_store(model, path);
  const auto view = opened->read();
  return verify(*view);
}

// A connection that knows nothing of our rules.
class Intruder {
 public:
  explicit Intruder(const std::string& path)
      : database_(path, {.access = store::Access::Write, .cache_kib = 1'000}) {
    database_.run("DROP TRIGGER fw_history_no_update; DROP TRIGGER fw_history_no_delete;");
  }

  ~Intruder() {
    database_.run(
        "CREATE TRIGGER fw_history_no_update BEFORE UPDATE ON fw_history"
        " BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;"
        "CREATE TRIGGER fw_history_no_delete BEFORE DELETE ON fw_history"
        " BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;");
  }

  Intruder(const Intruder&) = delete;
  Intruder& operator=(const Intruder&) = delete;

  void run(const std::string& sql) { database_.run(sql); }

  store::Database& database() { return database_; }

 private:
  store::Database database_;
};

TEST_CASE("a chain that nobody touched is whole") {
  const ScratchFolder folder;
  make_history(folder.file("a.db"));
  const Verdict verdict = verdict_of(folder.file("a.db"));
  CHECK(verdict.entries == kEntries);
  CHECK_FALSE(verdict.broken_at);
  CHECK(verdict.problem.empty());
  CHECK(verdict.head.size() == 64);
}

TEST_CASE("an empty chain is whole and has the head of none") {
  const ScratchFolder folder;
  { const App app(testing::kDesk, folder.file("a.db")); }
  const Verdict verdict = verdict_of(folder.file("a.db"));
  CHECK(verdict.entries == 0);
  CHECK_FALSE(verdict.broken_at);
  CHECK(verdict.head == std::string(64, '0'));
}

TEST_CASE("history refuses to be changed, deleted or replaced through SQL") {
  const ScratchFolder folder;
  make_history(folder.file("a.db"));
  store::Database raw(folder.file("a.db"), {.access = store::Access::Write, .cache_kib = 1'000});
  for (const char* sql :
       {"UPDATE fw_history SET changes = '{}'", "DELETE FROM fw_history WHERE sequence = 2",
        "REPLACE INTO fw_history SELECT * FROM fw_history WHERE sequence = 3"}) {
    CAPTURE(sql);
    CHECK_THROWS_AS(raw.run(sql), store::SqliteError);
  }
}

TEST_CASE("a changed byte of any column is found at its entry") {
  const ScratchFolder folder;
  const std::string path = folder.file("a.db");
  make_history(path);

  struct Column {
    std::string name;
    std::string changed;  // the SQL of another value
  };

  const std::vector<Column> columns{
      {"at", "at + 1"},
      {"actor", "actor + 1"},
      {"actor_name", "actor_name || ' '"},
      {"entity", "upper(entity)"},
      {"record", "record + 1"},
      {"version", "version + 1"},
      {"action", "action || 'x'"},
      {"cause", "'page'"},
      {"model", "substr(model, 2) || '0'"},
      {"changes", "replace(changes, '{', '[')"},
      {"previous_hash", "zeroblob(31) || x'01'"},
      {"hash", "zeroblob(32)"},
  };
  for (const Column& column : columns) {
    for (std::int64_t entry = 1; entry <= kEntries; ++entry) {
      CAPTURE(column.name);
      CAPTURE(entry);
      const std::string at = " WHERE sequence = " + std::to_string(entry);
      {
        Intruder intruder(path);
        intruder.run("CREATE TABLE kept AS SELECT * FROM fw_history" + at);
        intruder.run(
            "UPDATE fw_history SET " + column.name + " = CAST(" + column.changed +
            (column.name.ends_with("hash")
                 ? " AS BLOB)"
                 : " AS " + std::string(column.name == "at" || column.name == "actor" ||
                                                column.name == "record" || column.name == "version"
                                            ? "INTEGER)"
                                            : "TEXT)")) +
            at);
      }
      const Verdict verdict = verdict_of(path);
      CHECK(verdict.broken_at == entry);
      CHECK(verdict.entries == entry - 1);
      CHECK_FALSE(verdict.problem.empty());
      Intruder intruder(path);
      intruder.run("UPDATE fw_history SET " + column.name + " = (SELECT " + column.name +
                   " FROM kept)" + at + "; DROP TABLE kept");
    }
  }
  CHECK_FALSE(verdict_of(path).broken_at);
}

TEST_CASE("any single flipped byte of the texts is found") {
  const ScratchFolder folder;
  const std::string path = folder.file("a.db");
  make_history(path);
  int flips = 0;
  for (const std::string name : {"actor_name", "changes", "model", "hash", "previous_hash"}) {
    std::int64_t bytes = 0;
    {
      Intruder intruder(path);
      bytes = intruder.database().number("SELECT length(CAST(" + name +
                                         " AS BLOB)) FROM fw_history WHERE sequence = 3");
    }
    for (std::int64_t at = 1; at <= bytes; at += 3) {
      CAPTURE(name);
      CAPTURE(at);
      // Digits and letters turn into others, so that texts stay texts.
      const std::string kind = name.ends_with("hash") ? "BLOB" : "TEXT";
      const std::string byte = "substr(CAST(" + name + " AS BLOB), " + std::to_string(at) + ", 1)";
      const std::string flipped = "CASE WHEN " + byte + " = x'61' THEN x'62' ELSE x'61' END";
      const std::string before =
          "substr(CAST(" + name + " AS BLOB), 1, " + std::to_string(at - 1) + ")";
      const std::string after =
          "substr(CAST(" + name + " AS BLOB), " + std::to_string(at + 1) + ")";
      {
        Intruder intruder(path);
        intruder.run("CREATE TABLE kept AS SELECT * FROM fw_history WHERE sequence = 3");
        intruder.run("UPDATE fw_history SET " + name + " = CAST(" + before + " || " + flipped +
                     " || " + after + " AS " + kind + ") WHERE sequence = 3");
      }
      CHECK(verdict_of(path).broken_at == 3);
      ++flips;
      Intruder intruder(path);
      intruder.run("UPDATE fw_history SET " + name + " = (SELECT " + name +
                   " FROM kept) WHERE sequence = 3; DROP TABLE kept");
    }
  }
  CHECK(flips > 40);
}

TEST_CASE("a removed, an inserted and a swapped entry break the chain where they stand") {
  struct Row {
    const char* sql;
    std::int64_t broken_at;
  };

  for (const Row& row : {
           Row{"DELETE FROM fw_history WHERE sequence = 3", 4},
           Row{"DELETE FROM fw_history WHERE sequence = 1", 2},
           Row{"INSERT INTO fw_history SELECT 7, at, actor, actor_name, entity, record, version,"
               " action, cause, model, changes, previous_hash, hash, detail, caused_by FROM "
               "fw_history"
               " WHERE sequence = 6",
               7},
           Row{"UPDATE fw_history SET sequence = -sequence WHERE sequence IN (3, 4);"
               "UPDATE fw_history SET sequence = 7 + sequence WHERE sequence < 0",
               3},
       }) {
    CAPTURE(row.sql);
    const ScratchFolder folder;
    make_history(folder.file("a.db"));
    { Intruder(folder.file("a.db")).run(row.sql); }
    CHECK(verdict_of(folder.file("a.db")).broken_at == row.broken_at);
  }
}

TEST_CASE("a cut tail leaves a whole chain with another head") {
  const ScratchFolder folder;
  const std::string path = folder.file("a.db");
  make_history(path);
  const Verdict before = verdict_of(path);
  { Intruder(path).run("DELETE FROM fw_history WHERE sequence > 4"); }
  const Verdict after = verdict_of(path);
  CHECK_FALSE(after.broken_at);
  CHECK(after.entries == 4);
  CHECK(after.head != before.head);
}

TEST_CASE("an entry's parts cannot trade places without its hash noticing") {
  engine::HistoryEntry entry;
  entry.entity = "ab";
  entry.action = "c";
  engine::HistoryEntry other = entry;
  other.entity = "a";
  other.action = "bc";
  CHECK(hash_of(entry) != hash_of(other));
  CHECK(hash_of(entry).size() == 32);
}

}  // namespace
}  // namespace formwork::audit

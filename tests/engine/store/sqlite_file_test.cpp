// Which files open, what opening changes in them, and what the connections refuse.
#include <fstream>

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/store/sqlite/file_guard.h"
#include "engine/store/sqlite/plans.h"
#include "engine/store/sqlite/session.h"
#include "schemas/system.sql.h"
#include "schemas/system_2.sql.h"
#include "tests/engine/store/sqlite_fixture.h"

namespace formwork::store {
namespace {

model::Model small_model(std::vector<fields::Field> fields) {
  return testing::model_of("crm", {testing::entity_of("lead", std::move(fields))});
}

std::vector<std::string> index_names(const std::string& path) {
  return look_up(path,
                 "SELECT name FROM sqlite_schema WHERE type = 'index'"
                 " AND name LIKE 'r\\_%' ESCAPE '\\' ORDER BY name");
}

TEST_CASE("what was written is there after closing and opening again") {
  const ScratchFolder folder;
  const std::string path = folder.file("crm.db");
  const auto model = testing::shared(lead_model());
  const model::Entity& entity = model->entities[0];
  RecordId id = 0;
  {
    const auto store = open_store(model, path);
    id = insert(*store, entity, blank(entity));
    CHECK(store->submit_and_wait([&](Transaction& transaction) {
      transaction.append_history(entry_of(entity, id));
      transaction.next_number("lead", "2026");
      return true;
    }) == Commit::Committed);
  }
  CHECK_FALSE(std::filesystem::exists(path + "-wal"));
  const std::vector<std::string> before = dump(path);
  const auto store = open_store(model, path);
  CHECK(store->read()->find_record(entity, id));
  CHECK(store->submit_and_wait([&](Transaction& transaction) {
    CHECK(transaction.last_history()->sequence == 1);
    CHECK(transaction.next_number("lead", "2026") == 2);
    return false;
  }) == Commit::RolledBack);
  CHECK(dump(path) == before);
}

TEST_CASE("a piece that is refused leaves the file as it was, to the row") {
  const ScratchFolder folder;
  const std::string path = folder.file("crm.db");
  const auto model = testing::shared(everything_model());
  const model::Entity& entity = model->entities[0];
  const auto store = open_store(model, path);
  add_people(*store);
  Record record = blank(entity);
  record.values = everything_values(0)[1];
  record.id = insert(*store, entity, record);
  const std::vector<std::string> before = dump(path);
  CHECK(store->submit_and_wait([&](Transaction& transaction) {
    transaction.insert_record(entity, record);
    Record other = record;
    other.values = everything_values(record.id)[2];
    CHECK(transaction.update_record(entity, other, record.version));
    transaction.append_history(entry_of(entity, record.id));
    transaction.next_number("order", "");
    transaction.insert_file({}, "content");
    transaction.remember(1, "key", {"hash", "answer", Instant{1}});
    transaction.insert_run({.automation = "remind", .entity = "order", .record = record.id});
    transaction.note_run_once("remind", "order", record.id);
    transaction.insert_attempt({.message = transaction.insert_message({.destination = "erp"})});
    transaction.set_destination("erp", true, "HTTP 410");
    transaction.insert_notification({.account = 1});
    transaction.insert_todo({.assignee = 1});
    transaction.put_preferences(1, {});
    transaction.put_secret({.name = "erp", .current = "x"});
    transaction.insert_absence({.account = 1});
    transaction.put_response_clock("order", record.id, {});
    transaction.put_share("territory", "east", 1, 2);
    return false;
  }) == Commit::RolledBack);
  CHECK(dump(path) == before);
}

TEST_CASE("new entities, fields and indexes are added to a file, and gone indexes are dropped") {
  const ScratchFolder folder;
  const std::string path = folder.file("crm.db");
  using namespace testing;
  RecordId id = 0;
  {
    model::Model first = small_model({field_of("text", "company"), field_of("date", "closes")});
    first.entities[0].list.sort.column = column_of(first.entities[0], "closes");
    const auto model = shared(first);
    const auto store = open_store(model, path);
    Record lead = blank(model->entities[0]);
    set(model->entities[0], lead, "company", text("Acme"));
    id = insert(*store, model->entities[0], lead);
  }
  CHECK(index_names(path) == std::vector<std::string>{"r_lead:closes", "r_lead:deleted"});

  const auto wider = [] {
    model::Model second = small_model({reference_field("account", 1), field_of("boolean", "vip"),
                                       field_of("date", "closes"), field_of("text", "company"),
                                       table_field("calls", {field_of("date", "on")})});
    second.entities.push_back(entity_of("account", {field_of("text", "name")}));
    second.entities[1].index = 1;
    second.entities[0].list.sort.column = column_of(second.entities[0], "company");
    add_unique(second.entities[0], {"company"});
    return shared(second);
  }();
  const model::Entity& entity = wider->entities[0];
  {
    const auto store = open_store(wider, path);
    std::optional<Record> lead = store->read()->find_record(entity, id);
    REQUIRE(lead);
    CHECK(value_of(entity, *lead, "company") == text("Acme"));
    CHECK(value_of(entity, *lead, "vip").is_null());
    CHECK(value_of(entity, *lead, "calls").is_null());
    set(entity, *lead, "vip", feel::Value(true));
    set(entity, *lead, "calls",
        feel::Value(feel::List{feel::Value(feel::List{feel::Value(Date{2026, 1, 1})})}));
    CHECK(store->submit_and_wait([&](Transaction& transaction) {
      return transaction.update_record(entity, *lead, 1);
    }) == Commit::Committed);
    CHECK(store->read()->find_record(entity, id)->values == lead->values);
  }
  CHECK(index_names(path) == std::vector<std::string>{"r_account:deleted", "r_lead!:company",
                                                      "r_lead:account+company", "r_lead:company",
                                                      "r_lead:deleted"});
  const std::vector<std::string> settled = dump(path);
  open_store(wider, path).reset();
  CHECK(dump(path) == settled);
}

TEST_CASE("a model that would lose values is refused with a list, and the file stays as it was") {
  const ScratchFolder folder;
  const std::string path = folder.file("crm.db");
  using namespace testing;
  const auto model = shared(model_of(
      "crm", {entity_of("lead", {field_of("text", "company"), scaled_field("money", "budget", 2),
                                 table_field("calls", {field_of("date", "on")}),
                                 reference_field("next", 0)}),
              entity_of("account", {field_of("text", "name")}),
              entity_of("contact", {field_of("text", "name")})}));
  {
    const auto store = open_store(model, path);
    insert(*store, model->entities[0], blank(model->entities[0]));
    insert(*store, model->entities[1], blank(model->entities[1]));
  }
  const std::vector<std::string> before = dump(path);
  const auto other = shared(model_of(
      "crm", {entity_of("lead", {field_of("date", "company"), scaled_field("money", "budget", 4),
                                 field_of("text", "calls"), reference_field("next", 1)}),
              entity_of("company", {field_of("text", "name")})}));
  const std::string problem = problem_of(other, path);
  CHECK(problem.find("`company` of lead was text and is now days") != std::string::npos);
  CHECK(problem.find("`budget` of lead was scaled:2 and is now scaled:4") != std::string::npos);
  CHECK(problem.find("`calls` of lead was rows and is now text") != std::string::npos);
  CHECK(problem.find("`next` of lead was record:lead and is now record:company") !=
        std::string::npos);
  CHECK(problem.find("account is gone") != std::string::npos);
  CHECK(problem.find("contact") == std::string::npos);  // it holds nothing
  CHECK(dump(path) == before);
  CHECK(problem_of(model, path).empty());
}

TEST_CASE("tables that hold nothing are made anew when the model has changed") {
  const ScratchFolder folder;
  const std::string path = folder.file("crm.db");
  using namespace testing;
  open_store(
      shared(model_of(
          "crm", {entity_of("lead", {table_field("calls", {field_of("date", "on")}),
                                     reference_field("account", 1)}),
                  entity_of("account", {field_of("text", "name"), reference_field("lead", 0)})})),
      path)
      .reset();
  const auto changed = shared(small_model({field_of("date", "calls")}));
  const auto store = open_store(changed, path);
  Record lead = blank(changed->entities[0]);
  lead.values[0] = feel::Value(Date{2026, 5, 4});
  CHECK(insert(*store, changed->entities[0], lead) == 1);
  CHECK(look_up(path,
                "SELECT name FROM sqlite_schema WHERE name LIKE 'r\\_%' ESCAPE '\\'"
                " AND type = 'table'") == std::vector<std::string>{"r_lead"});
}

TEST_CASE("a new unique rule that the records break is refused") {
  const ScratchFolder folder;
  const std::string path = folder.file("crm.db");
  model::Model model = small_model({testing::field_of("text", "company")});
  {
    const auto plain = testing::shared(model);
    const auto store = open_store(plain, path);
    Record lead = blank(plain->entities[0]);
    lead.values[0] = text("Acme");
    insert(*store, plain->entities[0], lead);
    insert(*store, plain->entities[0], lead);
  }
  testing::add_unique(model.entities[0], {"company"});
  CHECK(problem_of(testing::shared(model), path).find("share the company of lead") !=
        std::string::npos);
}

TEST_CASE("files of another app, a newer version or another program are refused") {
  const ScratchFolder folder;
  const std::string path = folder.file("crm.db");
  const auto model = testing::shared(small_model({testing::field_of("text", "company")}));
  open_store(model, path).reset();

  model::Model other = *model;
  other.app.name = "erp";
  CHECK(problem_of(testing::shared(other), path).find("made for another app: `crm`, not `erp`") !=
        std::string::npos);
  {
    Database database(path, {.access = Access::Write, .cache_kib = 1'000});
    database.run("UPDATE fw_setting SET value = '4' WHERE name = 'store.version'");
  }
  CHECK(problem_of(model, path).find("newer Formwork (store version 4, known up to 3)") !=
        std::string::npos);

  const std::string foreign = folder.file("foreign.db");
  {
    Database database(foreign, {.access = Access::Write, .cache_kib = 1'000});
    database.run("CREATE TABLE t (x)");
  }
  const std::uintmax_t size = std::filesystem::file_size(foreign);
  CHECK(problem_of(model, foreign).find("not one of Formwork") != std::string::npos);
  CHECK(std::filesystem::file_size(foreign) == size);
  CHECK(look_up(foreign, "PRAGMA journal_mode") == std::vector<std::string>{"delete"});

  const std::string text_file = folder.file("text.db");
  std::ofstream(text_file) << std::string(5'000, 'x');
  CHECK(problem_of(model, text_file).find("is no SQLite file") != std::string::npos);
  CHECK(problem_of(model, folder.file("no/such/crm.db")).find("cannot be opened") !=
        std::string::npos);
}

// A file as the first released store made it, with an account and a history of one entry.
void make_first_version(const std::string& path) {
  Database database(path, {.access = Access::Write, .cache_kib = 1'000});
  database.run("PRAGMA application_id = 1179473739");
  database.run(std::string(kSystemSchema));
  database.run("INSERT INTO fw_setting VALUES ('store.version', '1'), ('store.app', 'crm')");
  database.run("INSERT INTO fw_account VALUES (1, 'li.lei', '李雷', '', ',sales,', '', 1)");
  database.run(
      "INSERT INTO fw_history VALUES (1, 5, 1, '李雷', 'lead', 1, 1, 'created', 'api', 'm',"
      " '{}', zeroblob(32), x'00')");
}

TEST_CASE("a file of the first version is brought up to date, and keeps what it holds") {
  const ScratchFolder folder;
  const std::string path = folder.file("crm.db");
  make_first_version(path);
  const auto model = testing::shared(small_model({testing::field_of("text", "company")}));
  {
    const auto store = open_store(model, path);
    const std::optional<Account> account = store->read()->find_account("li.lei");
    REQUIRE(account);
    CHECK(account->roles == std::vector<std::string>{"sales"});
    CHECK(account->manager == 0);
    CHECK(account->teams.empty());
    CHECK(account->heads.empty());
    CHECK(account->email.empty());
    const std::optional<HistoryEntry> entry = store->read()->last_history();
    REQUIRE(entry);
    CHECK(entry->changes == "{}");
    CHECK(entry->detail.empty());
    CHECK(entry->caused_by == 0);
    CHECK(store->submit_and_wait([](Transaction& transaction) {
      transaction.begin_stay("lead", 1, {.stage = "new", .entered_at = Instant{1}});
      return transaction.insert_timer({.entity = "lead", .record = 1}) == 1;
    }) == Commit::Committed);
  }
  CHECK(look_up(path, "SELECT value FROM fw_setting WHERE name = 'store.version'") ==
        std::vector<std::string>{"3"});
  const std::vector<std::string> settled = dump(path);
  open_store(model, path).reset();
  CHECK(dump(path) == settled);
}

// The same as the store before automations left it, with a timer and a delegation.
void make_second_version(const std::string& path) {
  make_first_version(path);
  Database database(path, {.access = Access::Write, .cache_kib = 1'000});
  database.run(std::string(kSystemSchema2));
  database.run("UPDATE fw_setting SET value = '2' WHERE name = 'store.version'");
  database.run("INSERT INTO fw_timer VALUES (7, 50, 1, 'lead', 1, 0, 0)");
  database.run("INSERT INTO fw_delegation VALUES (1, 1, 1, 0, 9, 1, NULL)");
}

TEST_CASE("a file of the second version keeps its timers and people, and takes what is new") {
  const ScratchFolder folder;
  const std::string path = folder.file("crm.db");
  make_second_version(path);
  const auto model = testing::shared(small_model({testing::field_of("text", "company")}));
  {
    const auto store = open_store(model, path);
    const std::vector<Timer> timers = store->read()->timers_of("lead", 1);
    REQUIRE(timers.size() == 1);
    CHECK(timers[0].kind == Timer::Kind::DwellLimit);
    CHECK(timers[0].rule.empty());
    CHECK(timers[0].payload.empty());
    CHECK(store->read()->find_account("li.lei")->email.empty());
    CHECK(store->read()->delegations().size() == 1);
    CHECK(store->read()->absences().empty());
    CHECK(store->submit_and_wait([](Transaction& transaction) {
      CHECK(transaction.insert_timer({.entity = "lead", .rule = "remind", .payload = "{}"}) == 8);
      transaction.insert_absence({.account = 1, .ends_at = Instant{9}});
      transaction.insert_run({.automation = "remind"});
      return transaction.insert_message({.destination = "erp"}) == 1;
    }) == Commit::Committed);
  }
  const std::vector<std::string> settled = dump(path);
  open_store(model, path).reset();
  CHECK(dump(path) == settled);
}

TEST_CASE("files that were brought up to date have the tables of one that was made now") {
  const ScratchFolder folder;
  make_first_version(folder.file("first.db"));
  make_second_version(folder.file("second.db"));
  const auto model = testing::shared(small_model({testing::field_of("text", "company")}));
  const std::string schema = "SELECT type || name || ifnull(sql, '') FROM sqlite_schema ORDER BY 1";
  const auto schema_of_file = [&](const std::string& name) {
    open_store(model, folder.file(name)).reset();
    return look_up(folder.file(name), schema);
  };
  const std::vector<std::string> now = schema_of_file("new.db");
  CHECK(schema_of_file("first.db") == now);
  CHECK(schema_of_file("second.db") == now);
}

TEST_CASE("names that SQLite cannot tell apart are refused") {
  const ScratchFolder folder;
  using testing::field_of;
  const auto clash = [&](std::vector<fields::Field> fields) {
    return problem_of(testing::shared(small_model(std::move(fields))), folder.file("crm.db"));
  };
  CHECK(clash({field_of("text", "Name"), field_of("text", "name")}).find("`name` of lead") !=
        std::string::npos);
  CHECK(clash({field_of("text", "deleted_at")}).find("`deleted_at` of lead") != std::string::npos);
  CHECK(clash({field_of("text", "Version")}).find("`Version` of lead") != std::string::npos);
}

TEST_CASE("one process uses a file at a time, and the next one is told which") {
  const ScratchFolder folder;
  const std::string path = folder.file("crm.db");
  const auto model = testing::shared(small_model({testing::field_of("text", "company")}));
  auto store = open_store(model, path);
  const std::string used = "in use by process " + std::to_string(::getpid());
  CHECK(problem_of(model, path).find(used) != std::string::npos);
  store.reset();
  CHECK(problem_of(model, path).empty());

  struct stat status {};

  REQUIRE(::stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & 0077U) == 0);
}

TEST_CASE("a scratch store leaves no file behind") {
  std::string path;
  {
    const auto file = make_scratch_file();
    path = file->path();
    Database database(path, {.access = Access::Write, .cache_kib = 1'000});
    CHECK(std::filesystem::exists(path));
  }
  CHECK_FALSE(std::filesystem::exists(std::filesystem::path(path).parent_path()));
}

TEST_CASE("history cannot be changed, removed or replaced, not even by hand") {
  const ScratchFolder folder;
  const std::string path = folder.file("crm.db");
  const auto model = testing::shared(lead_model());
  {
    const auto store = open_store(model, path);
    CHECK(store->submit_and_wait([&](Transaction& transaction) {
      transaction.append_history(entry_of(model->entities[0], 1));
      transaction.append_history(entry_of(model->entities[0], 2));
      return true;
    }) == Commit::Committed);
  }
  const std::vector<std::string> before = dump(path);
  Database database(path, {.access = Access::Write, .cache_kib = 1'000});
  for (const std::string sql :
       {"UPDATE fw_history SET changes = '' WHERE sequence = 1", "DELETE FROM fw_history",
        "DELETE FROM fw_history WHERE sequence = 2",
        "REPLACE INTO fw_history SELECT 1, at, actor, actor_name, entity, record, version, action,"
        " cause, model, 'forged', previous_hash, hash, '', 0 FROM fw_history WHERE sequence = 2"}) {
    CAPTURE(sql);
    CHECK_THROWS_WITH_AS(database.run(sql), doctest::Contains("history is append-only"),
                         SqliteError);
  }
  CHECK(dump(path) == before);
}

TEST_CASE("a sealed connection reads and writes rows and nothing else") {
  const ScratchFolder folder;
  const std::string path = folder.file("crm.db");
  const auto model = testing::shared(lead_model());
  open_store(model, path).reset();
  const Plans plans(*model);
  const auto session = [&](Access access) {
    return Session(plans, std::make_unique<Database>(
                              path, Database::Options{.access = access, .cache_kib = 1'000}));
  };
  const std::vector<std::string> never{
      "ATTACH ':memory:' AS other",
      "PRAGMA synchronous=OFF",
      "PRAGMA query_only=OFF",
      "SELECT load_extension('x')",
      "CREATE TABLE t (x)",
      "DROP TABLE r_lead",
      "DROP TRIGGER fw_history_no_update",
      "ALTER TABLE r_lead ADD COLUMN x",
      "CREATE TRIGGER t AFTER INSERT ON r_lead BEGIN SELECT 1; END",
      "SELECT \"no such column\"",
      "VACUUM"};
  const std::string insert = "INSERT INTO fw_setting VALUES ('a', 'b')";
  Session writer = session(Access::Write);
  Session reader = session(Access::Read);
  for (const std::string& sql : never) {
    CAPTURE(sql);
    CHECK_THROWS_AS(writer.database().run(sql), SqliteError);
    CHECK_THROWS_AS(reader.database().run(sql), SqliteError);
  }
  writer.database().run(insert);
  CHECK_THROWS_AS(reader.database().run(insert), SqliteError);
  CHECK(writer.database().number("SELECT count(*) FROM fw_setting") == 4);
  CHECK(reader.database().number("SELECT count(*) FROM fw_setting") == 4);
}

}  // namespace
}  // namespace formwork::store

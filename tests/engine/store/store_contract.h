// What every store must do, whatever it is made of. A store's own test names a Backend with
//
//   static std::unique_ptr<store::Store> open(std::shared_ptr<const model::Model> model);
//
// and says FW_STORE_CONTRACT(Backend).
#pragma once

#include <algorithm>
#include <atomic>
#include <future>
#include <limits>
#include <random>
#include <stdexcept>
#include <thread>

#include <doctest/doctest.h>

#include "engine/store/store.h"
#include "tests/engine/store/store_fixture.h"

namespace formwork::store {

TEST_CASE_TEMPLATE_DEFINE("every kind of value comes back as it was written", Backend,
                          contract_values) {
  const auto model = testing::shared(everything_model());
  const auto store = Backend::open(model);
  const model::Entity& entity = model->entities[0];
  add_people(*store);
  const RecordId target = insert(*store, entity, blank(entity));

  for (const std::vector<feel::Value>& values : everything_values(target)) {
    Record record = blank(entity);
    record.values = values;
    record.deleted_at = Instant{std::numeric_limits<std::int64_t>::min()};
    const RecordId id = insert(*store, entity, record);
    const std::optional<Record> found = store->read()->find_record(entity, id);
    REQUIRE(found);
    CHECK(found->id == id);
    CHECK(found->version == record.version);
    CHECK(found->created_at == record.created_at);
    CHECK(found->created_by == record.created_by);
    CHECK(found->updated_at == record.updated_at);
    CHECK(found->updated_by == record.updated_by);
    CHECK(found->deleted_at == record.deleted_at);
    REQUIRE(found->values.size() == values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      CAPTURE(entity.fields[i].name);
      CHECK(found->values[i] == values[i]);
    }
  }
  CHECK_FALSE(store->read()->find_record(entity, 4711));
}

TEST_CASE_TEMPLATE_DEFINE(
    "an update replaces all values and line items, of the expected version only", Backend,
    contract_update) {
  const auto model = testing::shared(everything_model());
  const auto store = Backend::open(model);
  const model::Entity& entity = model->entities[0];
  add_people(*store);
  Record record = blank(entity);
  record.values = everything_values(0)[1];
  record.id = insert(*store, entity, record);

  for (const std::vector<feel::Value>& values : everything_values(record.id)) {
    record.values = values;
    record.updated_at.microseconds += 5;
    record.deleted_at = record.updated_at;
    const std::int64_t expected = record.version++;
    CHECK(store->submit_and_wait([&](Transaction& transaction) {
      return transaction.update_record(entity, record, expected);
    }) == Commit::Committed);
    const std::optional<Record> found = store->read()->find_record(entity, record.id);
    REQUIRE(found);
    CHECK(found->version == record.version);
    CHECK(found->updated_at == record.updated_at);
    CHECK(found->deleted_at == record.deleted_at);
    CHECK(found->values == record.values);
  }

  Record stale = record;
  stale.values = blank(entity).values;
  CHECK(store->submit_and_wait([&](Transaction& transaction) {
    CHECK_FALSE(transaction.update_record(entity, stale, record.version - 1));
    return true;
  }) == Commit::Committed);
  CHECK(store->read()->find_record(entity, record.id)->values == record.values);
}

TEST_CASE_TEMPLATE_DEFINE(
    "pages follow each other in order, whatever the sort, ties and empty fields", Backend,
    contract_paging) {
  const auto model = testing::shared(lead_model());
  const auto store = Backend::open(model);
  const model::Entity& entity = model->entities[0];
  std::mt19937 random(7);
  std::vector<Record> all = insert_random_leads(*store, entity, 137, random);

  for (const std::string_view column :
       {"id", "created_at", "version", "company", "stage", "budget", "closes", "vip"}) {
    for (const bool descending : {false, true}) {
      for (const std::string_view stage : {"", "new", "won", "none of them"}) {
        CAPTURE(column);
        CAPTURE(descending);
        CAPTURE(stage);
        Query query{.entity = &entity,
                    .where = {},
                    .sort = {testing::column_of(entity, column), descending},
                    .limit = 10,
                    .after = {},
                    .deleted = false};
        std::vector<Record> expected;
        for (const Record& record : all) {
          const bool has_stage = stage.empty() || value_of(entity, record, "stage") == text(stage);
          if (!record.deleted_at && has_stage) expected.push_back(record);
        }
        if (!stage.empty()) query.where = {where(entity, "stage", Comparison::Equal, text(stage))};
        sort_as_pages(expected, entity, column, descending);
        CHECK(ids(walk_pages(*store, query, column)) == ids(expected));
        CHECK(store->read()->count(query, 1'000) == static_cast<std::int64_t>(expected.size()));
        CHECK(store->read()->count(query, 3) == std::min<std::int64_t>(3, std::ssize(expected)));
      }
    }
  }
}

TEST_CASE_TEMPLATE_DEFINE("conditions compare as FEEL does", Backend, contract_conditions) {
  const auto model = testing::shared(lead_model());
  const auto store = Backend::open(model);
  const model::Entity& entity = model->entities[0];
  const auto add = [&](const feel::Value& budget, const feel::Value& tags) {
    Record lead = blank(entity);
    set(entity, lead, "budget", budget);
    set(entity, lead, "tags", tags);
    return insert(*store, entity, lead);
  };
  const RecordId cheap = add(number("10.00"), codes({"a", "ab"}));
  const RecordId middle = add(number("10.01"), codes({}));
  const RecordId dear = add(number("-99999999999999.99"), codes({"b"}));
  const RecordId empty = add({}, {});

  struct Row {
    std::string_view column;
    Comparison comparison;
    feel::Value value;
    std::vector<RecordId> expected;
  };

  using C = Comparison;
  const std::vector<Row> rows{
      {"budget", C::Equal, number("10"), {cheap}},
      {"budget", C::Equal, number("10.005"), {}},
      {"budget", C::Equal, {}, {empty}},
      {"budget", C::NotEqual, {}, {cheap, middle, dear}},
      {"budget", C::NotEqual, number("10.000"), {middle, dear, empty}},
      {"budget", C::NotEqual, number("10.005"), {cheap, middle, dear, empty}},
      {"budget", C::Less, number("10.005"), {cheap, dear}},
      {"budget", C::AtMost, number("10.005"), {cheap, dear}},
      {"budget", C::Greater, number("10.005"), {middle}},
      {"budget", C::AtLeast, number("10.005"), {middle}},
      {"budget", C::Less, number("10.01"), {cheap, dear}},
      {"budget", C::AtMost, number("10.01"), {cheap, middle, dear}},
      {"budget", C::Greater, number("10"), {middle}},
      {"budget", C::AtLeast, number("10"), {cheap, middle}},
      {"budget", C::AtMost, number("1E+40"), {cheap, middle, dear}},
      {"budget", C::Less, number("1E+40"), {cheap, middle, dear}},
      {"budget", C::Greater, number("1E+40"), {}},
      {"budget", C::AtLeast, number("-1E+40"), {cheap, middle, dear}},
      {"budget", C::AtMost, number("-1E+40"), {}},
      {"budget", C::Less, {}, {}},
      {"budget", C::AtLeast, {}, {}},
      {"tags", C::Contains, text("a"), {cheap}},
      {"tags", C::Contains, text("ab"), {cheap}},
      {"tags", C::Contains, text("b"), {dear}},
      {"tags", C::Contains, text("a,ab"), {}},
      {"tags", C::Contains, text(""), {}},
      {"tags", C::Contains, {}, {}},
      {"tags", C::Equal, codes({}), {middle}},
      {"tags", C::Equal, {}, {empty}},
      {"id", C::Greater, number("1.5"), {middle, dear, empty}},
      {"created_at", C::Less, feel::Value(Instant{0}), {}},
      {"created_by", C::Equal, feel::Value(feel::RecordRef{0}), {cheap, middle, dear, empty}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.column);
    CAPTURE(static_cast<int>(row.comparison));
    CAPTURE(&row - rows.data());
    Query query{.entity = &entity,
                .where = {where(entity, row.column, row.comparison, row.value)},
                .sort = {model::ColumnRef::of(model::SystemColumn::Id), false},
                .limit = 50,
                .after = {},
                .deleted = false};
    CHECK(ids(store->read()->list(query)) == row.expected);
    CHECK(store->read()->count(query, 50) == std::ssize(row.expected));
  }
}

TEST_CASE_TEMPLATE_DEFINE(
    "deleted records are found by id and in the list of the deleted ones alone", Backend,
    contract_deleted) {
  const auto model = testing::shared(lead_model());
  const auto store = Backend::open(model);
  const model::Entity& entity = model->entities[0];
  const RecordId kept = insert(*store, entity, blank(entity));
  Record gone = blank(entity);
  gone.deleted_at = Instant{5};
  const RecordId deleted = insert(*store, entity, gone);

  Query query{.entity = &entity,
              .where = {},
              .sort = {testing::column_of(entity, "company"), true},
              .limit = 50,
              .after = {},
              .deleted = false};
  CHECK(ids(store->read()->list(query)) == std::vector{kept});
  query.deleted = true;
  CHECK(ids(store->read()->list(query)) == std::vector{deleted});
  CHECK(store->read()->find_record(entity, deleted)->deleted_at == Instant{5});
}

TEST_CASE_TEMPLATE_DEFINE("a unique set holds among the records that are not deleted", Backend,
                          contract_unique) {
  const auto model = testing::shared(lead_model());
  const auto store = Backend::open(model);
  const model::Entity& entity = model->entities[0];
  const model::Unique& unique = entity.uniques[0];  // company, stage
  const auto make = [&](std::string_view company, const feel::Value& stage) {
    Record lead = blank(entity);
    set(entity, lead, "company", text(company));
    set(entity, lead, "stage", stage);
    return lead;
  };
  const auto try_insert = [&](const Record& record) {
    return store->submit_and_wait([&](Transaction& transaction) {
      transaction.insert_record(entity, record);
      return true;
    });
  };
  Record first = make("Acme", text("new"));
  first.id = insert(*store, entity, first);

  const std::vector<feel::Value> same{text("Acme"), text("new")};
  CHECK(store->read()->find_duplicate(entity, unique, same, 0) == first.id);
  CHECK_FALSE(store->read()->find_duplicate(entity, unique, same, first.id));
  const std::vector<feel::Value> other_case{text("ACME"), text("new")};
  CHECK_FALSE(store->read()->find_duplicate(entity, unique, other_case, 0));
  const std::vector<feel::Value> with_null{text("Acme"), feel::Value()};
  CHECK_FALSE(store->read()->find_duplicate(entity, unique, with_null, 0));

  CHECK(try_insert(first) == Commit::Failed);
  CHECK(try_insert(make("Acme", text("won"))) == Commit::Committed);
  CHECK(try_insert(make("Acme", {})) == Commit::Committed);
  CHECK(try_insert(make("Acme", {})) == Commit::Committed);

  first.deleted_at = Instant{9};
  CHECK(store->submit_and_wait([&](Transaction& transaction) {
    return transaction.update_record(entity, first, first.version);
  }) == Commit::Committed);
  CHECK_FALSE(store->read()->find_duplicate(entity, unique, same, 0));
  CHECK(try_insert(make("Acme", text("new"))) == Commit::Committed);
}

TEST_CASE_TEMPLATE_DEFINE("a piece that says no or throws leaves nothing, and its neighbours stay",
                          Backend, contract_rollback) {
  const auto model = testing::shared(lead_model());
  const auto store = Backend::open(model);
  const model::Entity& entity = model->entities[0];
  Hold hold(*store);  // so that all of these share one commit

  const auto everything = [&](Transaction& transaction, std::string_view word) {
    Record lead = blank(entity);
    set(entity, lead, "company", text(word));
    transaction.insert_record(entity, lead);
    HistoryEntry entry = entry_of(entity, 1);
    entry.changes = word;
    entry.previous_hash =
        transaction.last_history() ? transaction.last_history()->hash : std::string(32, '\0');
    entry.hash = std::string(32, word[0]);
    transaction.append_history(entry);
    transaction.put_setting("note", word);
    return transaction.next_number("lead", "2026");
  };
  std::vector<std::int64_t> numbers;
  std::vector<std::future<Commit>> outcomes;
  outcomes.push_back(submit(*store, [&](Transaction& transaction) {
    numbers.push_back(everything(transaction, "kept"));
    return true;
  }));
  outcomes.push_back(submit(*store, [&](Transaction& transaction) {
    numbers.push_back(everything(transaction, "refused"));
    numbers.push_back(everything(transaction, "refused again"));
    CHECK(transaction.last_history()->sequence == 3);
    return false;
  }));
  outcomes.push_back(submit(*store, [&](Transaction& transaction) -> bool {
    everything(transaction, "thrown");
    throw std::runtime_error("no");
  }));
  outcomes.push_back(submit(*store, [&](Transaction& transaction) {
    CHECK(transaction.last_history()->changes == "kept");
    numbers.push_back(everything(transaction, "last"));
    return true;
  }));
  hold.release();

  CHECK(outcomes[0].get() == Commit::Committed);
  CHECK(outcomes[1].get() == Commit::RolledBack);
  CHECK(outcomes[2].get() == Commit::Failed);
  CHECK(outcomes[3].get() == Commit::Committed);
  CHECK(numbers == std::vector<std::int64_t>{1, 2, 3, 2});

  const auto view = store->read();
  CHECK(view->find_setting("note") == "last");
  std::vector<std::string> words;
  std::string hash(32, '\0');
  std::int64_t sequence = 0;
  view->walk_history([&](const HistoryEntry& entry) {
    CHECK(entry.sequence == ++sequence);
    CHECK(entry.previous_hash == hash);
    hash = entry.hash;
    words.push_back(entry.changes);
    return true;
  });
  CHECK(words == std::vector<std::string>{"kept", "last"});
  Query query = all_of(entity);
  std::vector<std::string> companies;
  for (const Record& lead : view->list(query)) {
    companies.push_back(value_of(entity, lead, "company").string());
  }
  CHECK(companies == words);
}

TEST_CASE_TEMPLATE_DEFINE("work that swallows a failed write is not kept", Backend,
                          contract_swallowed) {
  const auto model = testing::shared(lead_model());
  const auto store = Backend::open(model);
  const model::Entity& entity = model->entities[0];
  Record lead = blank(entity);
  set(entity, lead, "company", text("Acme"));
  set(entity, lead, "stage", text("new"));
  CHECK(store->submit_and_wait([&](Transaction& transaction) {
    transaction.insert_record(entity, lead);
    CHECK_THROWS(transaction.insert_record(entity, lead));
    return true;
  }) == Commit::Failed);
  CHECK(store->read()->count(all_of(entity), 10) == 0);
}

TEST_CASE_TEMPLATE_DEFINE("a view sees one state of the store, from its first read on", Backend,
                          contract_snapshot) {
  const auto model = testing::shared(lead_model());
  const auto store = Backend::open(model);
  const model::Entity& entity = model->entities[0];
  insert(*store, entity, blank(entity));
  const auto view = store->read();
  CHECK(view->count(all_of(entity), 10) == 1);
  insert(*store, entity, blank(entity));
  CHECK(view->count(all_of(entity), 10) == 1);
  CHECK(store->read()->count(all_of(entity), 10) == 2);
}

TEST_CASE_TEMPLATE_DEFINE("an acknowledgement comes after the commit, in the order of submission",
                          Backend, contract_acknowledge) {
  const auto model = testing::shared(lead_model());
  const auto store = Backend::open(model);
  const model::Entity& entity = model->entities[0];
  Hold hold(*store);
  std::vector<int> order;
  std::promise<void> last;
  for (int i = 0; i < 20; ++i) {
    const auto id = std::make_shared<RecordId>(0);
    const auto done = [&, i, id](Commit commit) {
      CHECK(commit == Commit::Committed);
      CHECK(store->read()->find_record(entity, *id));
      order.push_back(i);
      if (i == 19) last.set_value();
    };
    REQUIRE(store->submit(
        [&, id](Transaction& transaction) {
          *id = transaction.insert_record(entity, blank(entity));
          return true;
        },
        done));
  }
  hold.release();
  last.get_future().wait();
  CHECK(std::is_sorted(order.begin(), order.end()));
  CHECK(order.size() == 20);
}

TEST_CASE_TEMPLATE_DEFINE("accounts, credentials, files, answers and settings come back", Backend,
                          contract_system) {
  const auto model = testing::shared(lead_model());
  const auto store = Backend::open(model);
  Account account{.id = 0,
                  .name = "li.lei",
                  .full_name = "李雷",
                  .password = "$argon2id$",
                  .roles = {"sales", "manager"},
                  .locale = "zh-CN",
                  .active = true};
  const Credential session{.hash = std::string("\0\1\2", 3) + std::string(29, 's'),
                           .kind = Credential::Kind::Session,
                           .account = 1,
                           .created_at = Instant{1},
                           .expires_at = Instant{100},
                           .label = ""};
  Credential token = session;
  token.hash = std::string(32, 't');
  token.kind = Credential::Kind::Token;
  token.expires_at = Instant{500};
  token.label = "nightly export";
  const File upload{.id = 0,
                    .name = "合同.pdf",
                    .media_type = "application/pdf",
                    .size_bytes = 4,
                    .sha256 = std::string(32, '\xff'),
                    .created_by = 1,
                    .created_at = Instant{50},
                    .entity = {},
                    .record = 0};
  const std::string content("a\0b\xff", 4);
  std::int64_t shown = 0;
  std::int64_t orphan = 0;
  CHECK(store->submit_and_wait([&](Transaction& transaction) {
    account.id = transaction.insert_account(account);
    transaction.insert_account({.id = 0,
                                .name = "han.mei",
                                .full_name = "Han Mei",
                                .password = {},
                                .roles = {},
                                .locale = {},
                                .active = false});
    transaction.insert_credential(session);
    transaction.insert_credential(token);
    shown = transaction.insert_file(upload, content);
    orphan = transaction.insert_file(upload, "");
    transaction.attach_file(shown, "lead", 12);
    transaction.remember(1, "key", {"hash", "an\0swer", Instant{60}});
    transaction.remember(1, "key", {"hash2", "answer2", Instant{70}});
    transaction.put_setting("note", "one");
    transaction.put_setting("note", "two");
    return true;
  }) == Commit::Committed);

  const auto view = store->read();
  const std::optional<Account> found = view->find_account("li.lei");
  REQUIRE(found);
  CHECK(found->id == account.id);
  CHECK(found->full_name == "李雷");
  CHECK(found->password == "$argon2id$");
  CHECK(found->roles == account.roles);
  CHECK(found->locale == "zh-CN");
  CHECK(found->active);
  CHECK(view->find_account(account.id)->name == "li.lei");
  CHECK_FALSE(view->find_account("LI.LEI"));
  const std::vector<Account> accounts = view->accounts();
  REQUIRE(accounts.size() == 2);
  CHECK(accounts[0].name == "han.mei");
  CHECK(accounts[0].roles.empty());
  CHECK_FALSE(accounts[0].active);
  CHECK(accounts[1].password.empty());

  const std::optional<Credential> credential = view->find_credential(token.hash);
  REQUIRE(credential);
  CHECK(credential->kind == Credential::Kind::Token);
  CHECK(credential->expires_at == Instant{500});
  CHECK(credential->label == "nightly export");
  CHECK(view->find_credential(session.hash)->hash == session.hash);
  CHECK_FALSE(view->find_credential(std::string(32, 'x')));

  const std::optional<File> file = view->find_file(shown);
  REQUIRE(file);
  CHECK(file->name == "合同.pdf");
  CHECK(file->sha256 == upload.sha256);
  CHECK(file->entity == "lead");
  CHECK(file->record == 12);
  CHECK(view->find_file(orphan)->entity.empty());
  CHECK(view->file_content(shown) == content);
  CHECK(view->file_content(orphan) == "");
  CHECK_FALSE(view->file_content(99));

  CHECK(view->find_remembered(1, "key")->answer == "answer2");
  CHECK(view->find_remembered(1, "key")->request_hash == "hash2");
  CHECK_FALSE(view->find_remembered(2, "key"));
  CHECK(view->find_setting("note") == "two");
  CHECK_FALSE(view->find_setting("no note"));

  account.active = false;
  account.roles = {"sales"};
  CHECK(store->submit_and_wait([&](Transaction& transaction) {
    transaction.update_account(account);
    transaction.delete_expired(Instant{100});
    return true;
  }) == Commit::Committed);
  CHECK_FALSE(store->read()->find_account("li.lei")->active);
  CHECK(store->read()->find_account("li.lei")->roles == std::vector<std::string>{"sales"});
  CHECK_FALSE(store->read()->find_credential(session.hash));
  CHECK(store->read()->find_credential(token.hash));
  CHECK(store->read()->find_file(orphan));
  CHECK(store->submit_and_wait([&](Transaction& transaction) {
    transaction.delete_credential(token.hash);
    transaction.delete_credentials_of(account.id);
    transaction.delete_expired(Instant{2 * kMicrosPerDay});
    return true;
  }) == Commit::Committed);
  CHECK_FALSE(store->read()->find_credential(token.hash));
  CHECK_FALSE(store->read()->find_file(orphan));
  CHECK(store->read()->find_file(shown));
  CHECK_FALSE(store->read()->find_remembered(1, "key"));
}

TEST_CASE_TEMPLATE_DEFINE("the history of a record is read newest first and by portions", Backend,
                          contract_history) {
  const auto model = testing::shared(lead_model());
  const auto store = Backend::open(model);
  const model::Entity& entity = model->entities[0];
  CHECK_FALSE(store->read()->last_history());
  CHECK(store->submit_and_wait([&](Transaction& transaction) {
    for (int i = 0; i < 1'203; ++i) transaction.append_history(entry_of(entity, i % 3 + 1));
    return true;
  }) == Commit::Committed);

  const auto view = store->read();
  std::int64_t before = 0;
  std::int64_t count = 0;
  while (true) {
    const std::vector<HistoryEntry> portion = view->history(entity.name, 2, before, 100);
    if (portion.empty()) break;
    for (const HistoryEntry& entry : portion) {
      CHECK(entry.record == 2);
      CHECK((before == 0 || entry.sequence < before));
      before = entry.sequence;
      ++count;
    }
  }
  CHECK(count == 401);
  CHECK(view->last_history()->sequence == 1'203);
  CHECK(view->last_history()->actor_name == "李雷");
  std::int64_t visited = 0;
  view->walk_history([&](const HistoryEntry& entry) { return entry.sequence == ++visited; });
  CHECK(visited == 1'203);
  visited = 0;
  view->walk_history([&](const HistoryEntry&) { return ++visited < 7; });
  CHECK(visited == 7);
}

TEST_CASE_TEMPLATE_DEFINE("many threads write and read at once without losing anything", Backend,
                          contract_threads) {
  const auto model = testing::shared(lead_model());
  const auto store = Backend::open(model);
  const model::Entity& entity = model->entities[0];
  constexpr int kThreads = 4;
  constexpr int kEach = 150;
  std::atomic<int> committed = 0;
  std::atomic<bool> stop = false;
  std::vector<std::thread> threads;
  for (int reader = 0; reader < 2; ++reader) {
    threads.emplace_back([&] {
      std::int64_t seen = 0;
      while (!stop) {
        const auto view = store->read();
        const std::int64_t now = view->count(all_of(entity), 10'000);
        CHECK(now >= seen);
        CHECK(static_cast<std::int64_t>(view->list(all_of(entity)).size()) ==
              std::min<std::int64_t>(now, 50));
        seen = now;
      }
    });
  }
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kThreads; ++writer) {
    writers.emplace_back([&] {
      for (int i = 0; i < kEach; ++i) {
        const Commit commit = store->submit_and_wait([&](Transaction& transaction) {
          transaction.insert_record(entity, blank(entity));
          transaction.append_history(entry_of(entity, 1));
          return true;
        });
        if (commit == Commit::Committed) ++committed;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  stop = true;
  for (std::thread& reader : threads) reader.join();
  CHECK(committed == kThreads * kEach);
  CHECK(store->read()->count(all_of(entity), 10'000) == kThreads * kEach);
  CHECK(store->read()->last_history()->sequence == kThreads * kEach);
}

#define FW_STORE_CONTRACT(Backend)                          \
  TEST_CASE_TEMPLATE_INVOKE(contract_values, Backend);      \
  TEST_CASE_TEMPLATE_INVOKE(contract_update, Backend);      \
  TEST_CASE_TEMPLATE_INVOKE(contract_paging, Backend);      \
  TEST_CASE_TEMPLATE_INVOKE(contract_conditions, Backend);  \
  TEST_CASE_TEMPLATE_INVOKE(contract_deleted, Backend);     \
  TEST_CASE_TEMPLATE_INVOKE(contract_unique, Backend);      \
  TEST_CASE_TEMPLATE_INVOKE(contract_rollback, Backend);    \
  TEST_CASE_TEMPLATE_INVOKE(contract_swallowed, Backend);   \
  TEST_CASE_TEMPLATE_INVOKE(contract_snapshot, Backend);    \
  TEST_CASE_TEMPLATE_INVOKE(contract_acknowledge, Backend); \
  TEST_CASE_TEMPLATE_INVOKE(contract_system, Backend);      \
  TEST_CASE_TEMPLATE_INVOKE(contract_history, Backend);     \
  TEST_CASE_TEMPLATE_INVOKE(contract_threads, Backend)

}  // namespace formwork::store

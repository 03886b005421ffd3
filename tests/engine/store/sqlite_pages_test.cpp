// How SQLite walks to a page: growth from ten thousand records to a million is decided here.
#include <doctest/doctest.h>

#include "engine/store/sqlite/list_query.h"
#include "tests/engine/store/sqlite_fixture.h"

namespace formwork::store {
namespace {

std::string plan_of(Session& session, const std::string& sql) {
  std::string plan;
  Statement statement(session.database().handle(), "EXPLAIN QUERY PLAN " + sql);
  while (statement.step()) plan.append(statement.text(3)).append("\n");
  return plan;
}

// All statements that a query can need: from its start, and behind a position with and without a
// value.
std::vector<std::string> statements_of(Session& session, Query query) {
  const std::vector<Term> terms = terms_of(*query.entity, query.where);
  std::vector<std::string> statements;
  for (const std::optional<Position>& after :
       {std::optional<Position>(), std::optional(Position{text("x"), 5}),
        std::optional(Position{{}, 5})}) {
    query.after = after;
    for (const PartOfPage& part : parts_of(query)) {
      statements.push_back(page_sql({.entity = *query.entity,
                                     .terms = terms,
                                     .sort = query.sort,
                                     .part = part,
                                     .deleted = false},
                                    session.plans().of(*query.entity)));
    }
  }
  return statements;
}

struct Opened {
  ScratchFolder folder;
  std::shared_ptr<const model::Model> model = testing::shared(lead_model());
  std::unique_ptr<Store> store = open_store(model, folder.file("crm.db"));
  Plans plans{*model};
  Session session{plans, std::make_unique<Database>(folder.file("crm.db"),
                                                    Database::Options{.access = Access::Read})};
};

// As dsl/feel/sql writes them; tests/dsl/feel/sql_test.cpp holds it to these texts.
TEST_CASE("conditions in FEEL are looked up in the indexes of the declared list") {
  Opened opened;
  const model::Entity& entity = opened.model->entities[0];
  for (const std::string sql : {R"("stage" IS ?)", R"(("stage" IS ?) AND ("budget" > ?))",
                                R"(("stage" IS NOT NULL) AND ("stage" IN (?, ?)))"}) {
    CAPTURE(sql);
    const FilterSql filter{.sql = sql, .values = {}};
    const std::vector<Term> terms;
    const PageQuery page{.entity = entity,
                         .terms = terms,
                         .sort = {testing::column_of(entity, "budget"), true},
                         .part = {Part::WithValue, nullptr},
                         .deleted = false,
                         .filter = &filter};
    const std::string plan =
        plan_of(opened.session, page_sql(page, opened.session.plans().of(entity)));
    CHECK(plan.find("USING INDEX r_lead:stage+budget (stage=?") != std::string::npos);
  }
}

TEST_CASE("a page of the declared list is read from an index in order, without sorting") {
  Opened opened;
  const model::Entity& entity = opened.model->entities[0];

  struct Row {
    std::string_view filter;
    feel::Value value;
    std::string index;
  };

  const std::vector<Row> rows{
      {"", {}, "r_lead:budget"},
      {"stage", text("new"), "r_lead:stage+budget"},
      {"stage", {}, "r_lead:stage+budget"},
      {"vip", feel::Value(true), "r_lead:vip+budget"},
      {"created_by", feel::Value(feel::RecordRef{1}), "r_lead:created_by+budget"},
      {"parent_lead", feel::Value(feel::RecordRef{1}), "r_lead:parent_lead+budget"}};
  for (const Row& row : rows) {
    for (const bool descending : {false, true}) {
      Query query = all_of(entity);
      query.sort = {testing::column_of(entity, "budget"), descending};
      if (!row.filter.empty()) {
        query.where = {where(entity, row.filter, Comparison::Equal, row.value)};
      }
      for (const std::string& sql : statements_of(opened.session, query)) {
        const std::string plan = plan_of(opened.session, sql);
        CAPTURE(sql);
        CAPTURE(plan);
        CHECK(plan.find("TEMP B-TREE") == std::string::npos);
        CHECK(plan.find("INDEX " + row.index + " ") != std::string::npos);
        // The place behind a position is sought, not counted to.
        const bool is_behind = sql.find("AND id ") != std::string::npos;
        const std::string sought = descending ? "rowid<?)" : "rowid>?)";
        CHECK((plan.find(sought) != std::string::npos) == is_behind);
      }
    }
  }
}

TEST_CASE("duplicates are looked up in the unique index") {
  Opened opened;
  const model::Entity& entity = opened.model->entities[0];
  const std::vector<Term> terms =
      terms_of(entity, std::vector{where(entity, "company", Comparison::Equal, text("a")),
                                   where(entity, "stage", Comparison::Equal, text("b"))});
  CHECK(plan_of(opened.session,
                "SELECT id FROM \"r_lead\" WHERE deleted_at IS NULL AND \"company\" = ? AND"
                " \"stage\" = ? AND id <> ? LIMIT 1")
            .find("INDEX r_lead!:company+stage (company=? AND stage=?)") != std::string::npos);
}

TEST_CASE("a read that takes longer than the limit is stopped, and the next one works") {
  const ScratchFolder folder;
  const auto model = testing::shared(lead_model());
  const model::Entity& entity = model->entities[0];
  SqliteOptions options = options_for(folder.file("crm.db"));
  options.query_limit = std::chrono::milliseconds(1);
  options.readers = 1;
  const auto store = open_store(model, options);
  CHECK(store->submit_and_wait([&](Transaction& transaction) {
    for (int i = 0; i < 60'000; ++i) transaction.insert_record(entity, blank(entity));
    return true;
  }) == Commit::Committed);
  Query unindexed = all_of(entity);
  unindexed.where = {where(entity, "tags", Comparison::Contains, text("a"))};
  {
    const auto view = store->read();
    CHECK_THROWS_WITH_AS(view->count(unindexed, 1'000'000), doctest::Contains("interrupted"),
                         SqliteError);
    CHECK(view->find_record(entity, 1));
  }
  CHECK(store->read()->find_record(entity, 60'000));
}

}  // namespace
}  // namespace formwork::store

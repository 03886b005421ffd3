// How SQLite walks to a page: growth from ten thousand records to a million is decided here.
#include <doctest/doctest.h>

#include "dsl/model/scope.h"
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
                         .part = {PagePart::WithValue, nullptr},
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

// Leads with an owner, of whom the only role may see what the rule says; the list is sorted by
// budget.
model::Model ruled_model(const std::string& rule) {
  model::Model model = lead_model();
  model::Entity& lead = model.entities[0];
  lead.fields.push_back(testing::field_of("user", "owner"));
  lead.fields.push_back(testing::field_of("user", "deputy"));
  lead.fields.push_back(testing::field_of("text", "region"));
  lead.list.filters = {testing::column_of(lead, "stage")};
  const auto scopes = std::make_shared<model::Scopes>(model);
  model::Grant grant;
  grant.allowed[static_cast<std::size_t>(model::Action::View)] = true;
  grant.rules[static_cast<std::size_t>(model::Action::View)] =
      feel::compile_expression(rule, scopes->of(lead)).expression.value();
  model.scopes = scopes;
  model.roles.push_back({.name = "sales", .grants = {grant}});
  return model;
}

// Has the people 11, 12, … below.
class Leader final : public feel::Records {
 public:
  explicit Leader(std::int64_t below) {
    for (std::int64_t i = 1; i <= below; ++i) below_.emplace_back(feel::RecordRef{10 + i});
  }

  feel::Value member(feel::RecordRef, const feel::RecordType& type,
                     std::size_t member) const override {
    if (type.members[member].name == "teams") return codes({"east", "west"});
    if (type.members[member].name == "name") return text("li.lei");
    return feel::Value(below_);
  }

 private:
  feel::List below_;
};

struct Ruled {
  explicit Ruled(const std::string& rule, std::int64_t below = 20)
      : model(testing::shared(ruled_model(rule))), leader(below) {}

  ScratchFolder folder;
  std::shared_ptr<const model::Model> model;
  Leader leader;
  std::unique_ptr<Store> store = open_store(model, folder.file("crm.db"));
  Plans plans{*model};
  Session session{plans, std::make_unique<Database>(folder.file("crm.db"),
                                                    Database::Options{.access = Access::Read})};
  std::vector<FilterSlot> slots = rule_slots(*model->scopes, model->entities[0]);

  const model::Entity& entity() const { return model->entities[0]; }

  Query query() const {
    Query query = all_of(entity());
    query.sort = entity().list.sort;
    query.any_of.push_back({.expression = model->roles[0].grants[0].rule(model::Action::View),
                            .scope = &model->scopes->of(entity()),
                            .slots = slots,
                            .user = feel::Value(feel::RecordRef{1}),
                            .environment = {.records = &leader}});
    return query;
  }

  // Of each statement that a page needs.
  std::vector<std::string> plans_of(Query query) {
    const FilterSql filter = filter_sql(query);
    const std::vector<Term> terms = terms_of(entity(), query.where);
    const Way way = way_to(session, query, filter);
    std::vector<std::string> found;
    for (const std::optional<Position>& after :
         {std::optional<Position>(), std::optional(Position{number("1"), 5})}) {
      query.after = after;
      for (const PartOfPage& part : parts_of(query)) {
        found.push_back(plan_of(session, page_sql({.entity = entity(),
                                                   .terms = terms,
                                                   .sort = query.sort,
                                                   .part = part,
                                                   .deleted = false,
                                                   .filter = &filter,
                                                   .way = &way},
                                                  session.plans().of(entity()))));
      }
    }
    return found;
  }

  void add(int count, std::int64_t owner) {
    REQUIRE(store->submit_and_wait([&](Transaction& transaction) {
      for (std::int64_t i = transaction.accounts().empty() ? 0 : 40; i < 40; ++i) {
        transaction.insert_account({.name = std::to_string(i)});
      }
      Record lead = blank(entity());
      set(entity(), lead, "owner", feel::Value(feel::RecordRef{owner}));
      for (int i = 0; i < count; ++i) {
        set(entity(), lead, "budget", feel::Value(feel::Number(i % 100)));
        set(entity(), lead, "stage", i % 3 == 0 ? text("new") : feel::Value());
        transaction.insert_record(entity(), lead);
      }
      return true;
    }) == Commit::Committed);
  }
};

TEST_CASE("what a record rule leaves is found in indexes on the columns that it compares") {
  struct Row {
    std::string rule;
    std::vector<std::string> indexes;
  };

  for (const Row& row : {
           Row{"owner = user", {"r_lead:owner+budget"}},
           Row{"created_by = user", {"r_lead:created_by+budget"}},
           Row{"owner in user.subordinates", {"r_lead:owner+budget"}},
           Row{"owner = user or owner in user.subordinates", {"r_lead:owner+budget"}},
           Row{"owner = user or owner = null", {"r_lead:owner+budget"}},
           Row{"region in (user.teams)", {"r_lead:region+budget"}},
           Row{"owner = user or deputy = user", {"r_lead:owner+budget", "r_lead:deputy+budget"}},
           Row{R"(user.name = "x" or owner = user and vip)", {"r_lead:owner+budget"}},
       }) {
    Ruled ruled(row.rule);
    for (const std::string& plan : ruled.plans_of(ruled.query())) {
      CAPTURE(row.rule);
      CAPTURE(plan);
      for (const std::string& index : row.indexes) {
        CHECK(plan.find("INDEX " + index + " (") != std::string::npos);
      }
      CHECK(plan.find("SCAN r_lead") == std::string::npos);
      CHECK(plan.find("SCAN r\n") == std::string::npos);
    }
  }
}

TEST_CASE("one's own records are read from the index in order, without sorting") {
  Ruled ruled("owner = user");
  const std::vector<std::string> plans = ruled.plans_of(ruled.query());
  for (const std::string& plan : plans) {
    CAPTURE(plan);
    CHECK(plan.find("TEMP B-TREE") == std::string::npos);
    CHECK(plan.find("SEARCH r_lead USING INDEX r_lead:owner+budget (owner=?") == 0);
  }
}

TEST_CASE("who may see many records finds a page of them in the order of the list") {
  Ruled ruled("owner in user.subordinates");
  const model::Entity& entity = ruled.entity();
  Query query = ruled.query();
  Query filtered = query;
  filtered.where = {where(entity, "stage", Comparison::Equal, text("new"))};
  const auto way = [&](const Query& asked) {
    return way_to(ruled.session, asked, filter_sql(asked));
  };
  ruled.add(4'990, 12);
  ruled.add(200, 2);
  CHECK_FALSE(way(query).ranges.empty());
  CHECK_FALSE(way(filtered).ranges.empty());
  const std::vector<RecordId> before = ids(ruled.store->read()->list(query));
  ruled.add(1'010, 30);
  CHECK(way(query).ranges.empty());
  CHECK(way(query).in_order);
  CHECK(way(filtered).ranges.empty());
  for (const std::string& plan : ruled.plans_of(query)) {
    CAPTURE(plan);
    CHECK(plan.find("SEARCH r_lead USING INDEX r_lead:budget (budget") == 0);
    CHECK(plan.find("FOR ORDER BY") == std::string::npos);
  }
  for (const std::string& plan : ruled.plans_of(filtered)) {
    CAPTURE(plan);
    CHECK(plan.find("SEARCH r_lead USING INDEX r_lead:stage+budget (stage=?") == 0);
  }
  // Both ways are the same list.
  CHECK(ruled.store->read()->count(query, 100'000) == 6'000);
  CHECK(ruled.store->read()->count(filtered, 100'000) == 2'001);
  std::vector<RecordId> walked = ids(walk_pages(*ruled.store, query, "budget"));
  CHECK(walked.size() == 6'000);
  std::erase_if(walked, [](RecordId id) { return id > 5'190; });
  CHECK(std::equal(before.begin(), before.end(), walked.begin()));

  query.deleted = true;
  CHECK(way(query).ranges.empty());
  CHECK_FALSE(way(query).in_order);
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

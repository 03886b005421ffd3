// What commands make of records: required, defaults, unique sets, references, versions.
#include <doctest/doctest.h>

#include "tests/support/app.h"
#include "tests/support/desk_app.h"

namespace formwork::records {
namespace {

using testing::App;
using testing::code_of;
using testing::Words;
using testing::words_of;

TEST_CASE("a new record gets its defaults where nothing was sent, and null stays null") {
  App app(testing::kDesk);
  const auto boss = app.actor("boss");
  REQUIRE(app.create(boss, "ticket", R"({"subject":"a"})"));
  REQUIRE(app.create(boss, "ticket", R"({"subject":"b","hours":null,"urgent":true})"));
  const auto json = [&](engine::RecordId id) { return app.json_of(boss, "ticket", id); };
  CHECK(json(1).find(R"("hours":"8")") != std::string::npos);
  CHECK(json(1).find(R"("urgent":false)") != std::string::npos);
  CHECK(json(2).find(R"("hours":null)") != std::string::npos);
  CHECK(json(2).find(R"("urgent":true)") != std::string::npos);
}

TEST_CASE("system columns say who and when, and serial numbers count up") {
  App app(testing::kDesk);
  REQUIRE(app.create(app.actor("clerk"), "ticket", R"({"subject":"a"})"));
  app.clock.advance({.seconds = 60});
  const auto changed = app.update(app.actor("boss"), "ticket", 1, 1, R"({"subject":"b"})");
  REQUIRE(changed);
  CHECK(changed->changed);
  CHECK(app.json_of(app.actor("boss"), "ticket", 1)
            .starts_with(R"({"id":1,"version":2,"created_at":"2026-03-02T01:00:00Z",)"
                         R"("created_by":"clerk","updated_at":"2026-03-02T01:01:00Z",)"
                         R"("updated_by":"boss","number":"T-2026-0001","subject":"b")"));
}

TEST_CASE("required fields must have a value, in rows as well") {
  App app(testing::kDesk);
  const auto boss = app.actor("boss");
  const auto missing = app.create(boss, "ticket", R"({"items":[{"qty":2},{"what":"ink"}]})");
  CHECK(code_of(missing) == "record.invalid");
  CHECK(
      words_of(missing, app.entity("ticket")) ==
      Words{"/subject Subject: enter a value", "/items/0/what Items, line 1, What: enter a value"});
  REQUIRE(app.create(boss, "ticket", R"({"subject":"a"})"));
  CHECK(words_of(app.update(boss, "ticket", 1, 1, R"({"subject":null})"), app.entity("ticket")) ==
        Words{"/subject Subject: enter a value"});
}

TEST_CASE("a required yes-or-no field must be yes") {
  App app(testing::kDesk);
  const auto clerk = app.actor("clerk");
  for (const char* body :
       {R"({"name":"a"})", R"({"name":"a","agreed":null})", R"({"name":"a","agreed":false})"}) {
    CAPTURE(body);
    CHECK(words_of(app.create(clerk, "signup", body), app.entity("signup")) ==
          Words{"/agreed Agreed: tick this box to continue"});
  }
  CHECK(app.create(clerk, "signup", R"({"name":"a","agreed":true})"));
}

TEST_CASE("a unique value is refused while another record has it, and its owner is named") {
  App app(testing::kDesk);
  const auto boss = app.actor("boss");
  REQUIRE(app.create(boss, "customer", R"({"name":"Acme"})"));
  const auto again = app.create(boss, "customer", R"({"name":"Acme"})");
  CHECK(words_of(again, app.entity("customer")) ==
        Words{"/name Name: is already in use by Acme; open that one or enter another"});
  REQUIRE(app.create(boss, "customer", R"({"name":"Best"})"));
  CHECK_FALSE(app.update(boss, "customer", 2, 1, R"({"name":"Acme"})"));
  CHECK(app.update(boss, "customer", 1, 1, R"({"name":"Acme","city":"Wuxi"})"));
}

TEST_CASE("who may not see records is not told which one has the value") {
  App app(testing::kDesk);
  REQUIRE(
      app.create(app.actor("boss"), "ticket", R"({"subject":"hush","region":"north","code":"7"})"));
  const auto again =
      app.create(app.actor("sender"), "ticket", R"({"subject":"b","region":"north","code":"7"})");
  CHECK(words_of(again, app.entity("ticket")) ==
        Words{"/code Code: is already in use; enter another one"});
}

TEST_CASE("a set of unique fields holds together, and null is equal to nothing") {
  App app(testing::kDesk);
  const auto boss = app.actor("boss");
  const auto create = [&](const std::string& values) {
    return app.create(boss, "ticket", R"({"subject":"a")" + values + "}").has_value();
  };
  CHECK(create(R"(,"region":"north","code":"7")"));
  CHECK(create(R"(,"region":"south","code":"7")"));
  CHECK(create(R"(,"region":"north")"));
  CHECK(create(R"(,"region":"north")"));
  CHECK(create(R"(,"code":"7")"));
  CHECK(create(R"(,"code":"7")"));
  CHECK_FALSE(create(R"(,"region":"north","code":"7")"));
}

TEST_CASE("deleting frees a unique value, and restoring asks for it again") {
  App app(testing::kDesk);
  const auto boss = app.actor("boss");
  REQUIRE(app.create(boss, "customer", R"({"name":"Acme"})"));
  REQUIRE(app.remove(boss, "customer", 1, 1));
  REQUIRE(app.create(boss, "customer", R"({"name":"Acme","city":"new"})"));
  const auto back = app.restore(boss, "customer", 1, 2);
  CHECK(code_of(back) == "record.invalid");
  CHECK(words_of(back, app.entity("customer")) ==
        Words{"/name Name: is already in use by Acme; open that one or enter another"});
  REQUIRE(app.update(boss, "customer", 2, 1, R"({"name":"Acme 2"})"));
  CHECK(app.restore(boss, "customer", 1, 2));
}

TEST_CASE("a reference leads to a record that exists, is not deleted and may be seen") {
  App app(testing::kDesk);
  const auto boss = app.actor("boss");
  const auto clerk = app.actor("clerk");
  REQUIRE(app.create(boss, "customer", R"({"name":"there"})"));
  REQUIRE(app.create(boss, "customer", R"({"name":"gone"})"));
  REQUIRE(app.remove(boss, "customer", 2, 1));
  REQUIRE(app.create(boss, "memo", R"({"text":"hush"})"));

  struct Row {
    std::string_view values;
    Words problems;
  };

  for (const Row& row : {
           Row{R"("customer":1)", {}},
           Row{R"("customer":2)", {"/customer Customer: there is no Customer 2 to point to"}},
           Row{R"("customer":3)", {"/customer Customer: there is no Customer 3 to point to"}},
           Row{R"("memo":1)", {"/memo Memo: there is no Memo 1 to point to"}},
           Row{R"("memo":2)", {"/memo Memo: there is no Memo 2 to point to"}},
           Row{R"("items":[{"what":"a","customer":1},{"what":"b","customer":9}])",
               {"/items/1/customer Items, line 2, Customer: there is no Customer 9 to point to"}},
       }) {
    CAPTURE(row.values);
    const auto made =
        app.create(clerk, "ticket", R"({"subject":"a",)" + std::string(row.values) + "}");
    CHECK(words_of(made, app.entity("ticket")) == row.problems);
  }
  CHECK(app.create(boss, "ticket", R"({"subject":"a","memo":1})"));
}

TEST_CASE("a target that was deleted since does not keep the rest from being edited") {
  App app(testing::kDesk);
  const auto boss = app.actor("boss");
  REQUIRE(app.create(boss, "customer", R"({"name":"Acme"})"));
  REQUIRE(app.create(boss, "ticket",
                     R"({"subject":"a","customer":1,"items":[{"what":"ink","customer":1}]})"));
  REQUIRE(app.remove(boss, "customer", 1, 1));
  CHECK(app.update(boss, "ticket", 1, 1, R"({"subject":"b"})"));
  CHECK(app.update(boss, "ticket", 1, 2,
                   R"({"items":[{"what":"pen"},{"what":"ink","qty":5,"customer":1}]})"));
  CHECK_FALSE(app.update(boss, "ticket", 1, 3, R"({"items":[{"what":"pen","customer":2}]})"));
}

TEST_CASE("a change needs the version that its sender has seen") {
  App app(testing::kDesk);
  const auto boss = app.actor("boss");
  REQUIRE(app.create(app.actor("clerk"), "ticket", R"({"subject":"a"})"));
  REQUIRE(app.update(app.actor("clerk"), "ticket", 1, 1, R"({"subject":"b"})"));
  for (const std::int64_t version : {-1, 0, 1, 3}) {
    CAPTURE(version);
    for (const testing::Outcome& late :
         {app.update(boss, "ticket", 1, version, R"({"subject":"c"})"),
          app.remove(boss, "ticket", 1, version), app.restore(boss, "ticket", 1, version)}) {
      CHECK(code_of(late) == "record.stale");
      CHECK(late.error().current_version == 2);
    }
  }
  const auto late = app.update(boss, "ticket", 1, 1, R"({"subject":"c"})");
  CHECK(render(late.error().message, Language::English) ==
        "this Ticket was saved by clerk first, 2026-03-02 09:00; look at the present values and "
        "save again");
}

TEST_CASE("saving what is there already writes nothing") {
  App app(testing::kDesk);
  const auto boss = app.actor("boss");
  REQUIRE(app.create(boss, "ticket", R"({"subject":"a","amount":"1.50","items":[{"what":"x"}]})"));
  const auto same = app.update(boss, "ticket", 1, 1,
                               R"({"subject":"a","amount":"1.5","items":[{"what":"x","qty":1}]})");
  REQUIRE(same);
  CHECK_FALSE(same->changed);
  CHECK(same->record.version == 1);
  CHECK(app.engine.reader(boss).history(app.entity("ticket"), 1, 0, 10)->size() == 1);
}

TEST_CASE("a deleted record is restored, never edited, and never deleted twice") {
  App app(testing::kDesk);
  const auto boss = app.actor("boss");
  REQUIRE(app.create(boss, "ticket", R"({"subject":"a"})"));
  CHECK(code_of(app.restore(boss, "ticket", 1, 1)) == "record.not-deleted");
  REQUIRE(app.remove(boss, "ticket", 1, 1));
  CHECK(code_of(app.remove(boss, "ticket", 1, 2)) == "record.deleted");
  CHECK(code_of(app.update(boss, "ticket", 1, 2, R"({"subject":"b"})")) == "record.deleted");
  const auto back = app.restore(boss, "ticket", 1, 2);
  REQUIRE(back);
  CHECK(back->record.version == 3);
  CHECK_FALSE(back->record.deleted_at);
  CHECK(code_of(app.update(boss, "ticket", 9, 1, "{}")) == "record.not-found");
}

TEST_CASE("input that cannot be read is refused with every other problem, each place once") {
  App app(testing::kDesk);
  const auto boss = app.actor("boss");
  REQUIRE(app.create(boss, "customer", R"({"name":"Acme"})"));
  Input input = app.read("ticket", R"({"amount":"x","subject":7,"customer":2,"wat":1})");
  const engine::Command command{
      .actor = boss,
      .intent = engine::CreateRecord{&app.entity("ticket"), std::move(input.changes)},
      .once = {}};
  const auto refusal = app.engine.with_other_problems(command, std::move(input.problems));
  Words places;
  for (const auto& problem : refusal.fields) {
    places.push_back(engine::pointer_to(problem, app.entity("ticket")));
  }
  CHECK(places == Words{"/wat", "/subject", "/customer", "/amount"});
}

TEST_CASE("reasons that come before the values hide what is wrong with them") {
  App app(testing::kDesk);
  Input input = app.read("ticket", R"({"amount":"x"})");
  const engine::Command command{
      .actor = app.actor("guest"),
      .intent = engine::CreateRecord{&app.entity("ticket"), std::move(input.changes)},
      .once = {}};
  const auto refusal = app.engine.with_other_problems(command, std::move(input.problems));
  CHECK(refusal.kind == engine::RefusalKind::Forbidden);
  CHECK(refusal.fields.empty());
}

}  // namespace
}  // namespace formwork::records

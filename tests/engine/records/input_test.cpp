// What doors hand over becomes typed changes, or problems that name their places.
#include <doctest/doctest.h>

#include "tests/support/app.h"
#include "tests/support/desk_app.h"

namespace formwork::records {
namespace {

using testing::App;
using testing::Words;
using testing::words_of;

// The changes as JSON, for comparison: {"subject":"x","items":[…]}.
std::string text_of(const App& app, const Input& input, std::string_view entity_name = "ticket") {
  const model::Entity& entity = app.entity(entity_name);
  std::string text;
  json::Writer writer(text);
  writer.begin_object();
  const auto people = app.engine.directory();
  for (const auto& [field, value] : input.changes) {
    writer.key(entity.fields[field].name);
    write_value(writer, entity.fields[field], value, *people);
  }
  writer.end_object();
  return text;
}

Input read_pairs(const App& app, const FormPairs& pairs, std::vector<std::string_view> shown) {
  const model::Entity& entity = app.entity("ticket");
  std::vector<std::size_t> fields;
  for (const std::string_view name : shown) {
    fields.push_back(model::field_index(entity, name).value());
  }
  const auto people = app.engine.directory();
  return read_form(entity, fields, pairs, app.engine.reading(*people));
}

TEST_CASE("a JSON object becomes changes of the fields that it names") {
  App app(testing::kDesk);
  app.actor("clerk");

  struct Row {
    std::string_view body;
    std::string_view changes;
  };

  for (const Row& row : {
           Row{"{}", "{}"},
           Row{R"({"subject":"a"})", R"({"subject":"a"})"},
           Row{R"({"amount":"12.50","urgent":true})", R"({"amount":"12.50","urgent":true})"},
           Row{R"({"owner":"clerk"})", R"({"owner":"clerk"})"},
           Row{R"({"subject":null,"tags":null})", R"({"subject":null,"tags":null})"},
           Row{R"({"tags":[],"files":[],"items":[]})",
               R"({"tags":null,"files":null,"items":null})"},
           Row{R"({"subject":"  "})", R"({"subject":null})"},
           Row{R"({"items":[{"what":"ink"}]})",
               R"({"items":[{"what":"ink","qty":"1","gift":null,"customer":null}]})"},
           Row{R"({"items":[{"what":"ink","qty":null,"gift":false}]})",
               R"({"items":[{"what":"ink","qty":null,"gift":false,"customer":null}]})"},
       }) {
    CAPTURE(row.body);
    const Input input = app.read("ticket", row.body);
    CHECK(words_of(input.problems, app.entity("ticket")) == Words{});
    CHECK(text_of(app, input) == row.changes);
  }
}

TEST_CASE("each wrong value of a JSON object is named with its place, all in one go") {
  const App app(testing::kDesk);

  struct Row {
    std::string_view body;
    Words problems;
  };

  for (const Row& row : {
           Row{R"({"subjet":"a"})",
               {"/subjet subjet: Ticket has no such field; did you mean `subject`?"}},
           Row{R"({"number":"T-1"})", {"/number No.: is set by the system and cannot be sent"}},
           Row{R"({"id":7})", {"/id id: Ticket has no such field"}},
           Row{R"({"amount":-1,"due":"soon"})",
               {"/amount Amount: enter ¥0.00 or more; this is -¥1.00",
                "/due Due: write a date as 2026-11-23; this is “soon”"}},
           Row{R"({"items":{}})", {"/items Items: send a JSON array of rows"}},
           Row{R"({"items":[7]})", {"/items/0 Items, line 1: send a JSON object for each row"}},
           Row{R"({"items":[{},{"wat":1}]})",
               {"/items/1/wat Items, line 2, wat: Ticket has no such field; did you mean `what`?"}},
           Row{R"({"items":[{},{},{},{}]})", {"/items Items: enter at most 3 lines; these are 4"}},
           Row{R"({"items":[{"qty":0}]})",
               {"/items/0/qty Items, line 1, Qty: enter 1 or more; this is 0"}},
       }) {
    CAPTURE(row.body);
    CHECK(words_of(app.read("ticket", row.body).problems, app.entity("ticket")) == row.problems);
  }
}

TEST_CASE("a form empties the fields that it shows and leaves the others alone") {
  const App app(testing::kDesk);
  const Input input = read_pairs(app, {{"subject", " a "}, {"city", "x"}, {"due", ""}},
                                 {"subject", "due", "region"});
  CHECK(input.problems.empty());
  CHECK(text_of(app, input) == R"({"subject":"a","due":null,"region":null})");
}

TEST_CASE("a box that is not ticked is no, and every ticked option counts") {
  const App app(testing::kDesk);
  CHECK(text_of(app, read_pairs(app, {}, {"urgent", "tags"})) == R"({"urgent":false,"tags":null})");
  const FormPairs ticked{{"urgent", "true"}, {"tags", "red"}, {"tags", ""}, {"tags", "blue"}};
  CHECK(text_of(app, read_pairs(app, ticked, {"urgent", "tags"})) ==
        R"({"urgent":true,"tags":["red","blue"]})");
}

TEST_CASE("a form never sets what only the engine sets") {
  const App app(testing::kDesk);
  CHECK(read_pairs(app, {{"number", "T-1"}}, {"number"}).changes.empty());
}

TEST_CASE("line items of a form may have gaps, and rows in which nothing was typed are left out") {
  const App app(testing::kDesk);
  const FormPairs pairs{{"items[7].what", "paper"}, {"items[7].gift", "true"},
                        {"items[2].what", "ink"},   {"items[2].qty", "3"},
                        {"items[4].what", " "},     {"items[4].qty", ""}};
  const Input input = read_pairs(app, pairs, {"items"});
  CHECK(input.problems.empty());
  CHECK(text_of(app, input) == R"({"items":[{"what":"ink","qty":"3","gift":false,"customer":null},)"
                               R"({"what":"paper","qty":null,"gift":true,"customer":null}]})");
}

TEST_CASE("problems of line items count the rows that are left") {
  const App app(testing::kDesk);
  const Input input = read_pairs(
      app, {{"items[2].what", ""}, {"items[5].what", "ink"}, {"items[9].qty", "many"}}, {"items"});
  CHECK(words_of(input.problems, app.entity("ticket")) ==
        Words{"/items/1/qty Items, line 2, Qty: enter a number such as 1234.5; this is “many”"});
}

TEST_CASE("names that only look like those of line items are passed over") {
  const App app(testing::kDesk);
  for (const char* name : {"items[x].what", "items[].what", "items[1]what", "items[9999999].what",
                           "items.what", "itemz[1].what", "items[-1].what", "]items[.what"}) {
    CAPTURE(name);
    const Input input = read_pairs(app, {{name, "ink"}}, {"items"});
    CHECK(input.problems.empty());
    CHECK(text_of(app, input) == R"({"items":null})");
  }
}

}  // namespace
}  // namespace formwork::records

#include "tests/dsl/fields/field_testing.h"

namespace formwork::fields::testing {
namespace {

Field column(std::string_view type, std::string name) {
  Field field = field_of(type);
  field.name = std::move(name);
  return field;
}

Field items() {
  Field field = raw_field("table");
  field.fields = {column("text", "product"), column("number", "qty"),
                  column("percent", "discount")};
  return settled(field);
}

feel::Value row(std::string_view product, std::int64_t qty) {
  return feel::Value(
      feel::List{feel::Value(product), feel::Value(feel::Number(qty)), feel::Value()});
}

feel::Value rows(std::size_t count) { return feel::Value(feel::List(count, row("Pallet", 1))); }

TEST_CASE("rows are written as objects, with null for what is empty") {
  const Field field = items();
  const feel::Value value(feel::List{row("Pallet", 10), row("Crate", 2)});
  CHECK(json_of(value, field) == R"([{"product":"Pallet","qty":"10","discount":null},)"
                                 R"({"product":"Crate","qty":"2","discount":null}])");
}

TEST_CASE("rows are read by the record reader, with the types of the columns") {
  CHECK(bool{items().type->read == nullptr});
  CHECK(bool{items().type->read_json == nullptr});
  CHECK(bool{items().type->input == nullptr});
  CHECK(items().type->column == Column::Rows);
}

TEST_CASE("rows are counted, one below and one above") {
  Field field = items();
  CHECK(check(rows(200), field, reading()) == std::nullopt);
  const auto problem = check(rows(201), field, reading());
  REQUIRE(problem.has_value());
  CHECK(both(*problem) == "! enter at most 200 lines; these are 201 / 最多 200 行，现在是 201 行");
  field.max_rows = 1;
  CHECK(both(*check(rows(2), field, reading())) ==
        "! enter at most 1 line; these are 2 / 最多 1 行，现在是 2 行");
}

TEST_CASE("a table is shown by the number of its lines") {
  const Field field = items();
  CHECK(field.type->show(rows(1), field, showing(Language::English)) == "1 line");
  CHECK(field.type->show(rows(3), field, showing(Language::English)) == "3 lines");
  CHECK(field.type->show(rows(3), field, showing(Language::Chinese)) == "3 行");
}

TEST_CASE("a table has columns and a limit of rows") {
  CHECK(objection(raw_field("table")) == "`fields` has no column; give at least one");
  Field field = items();
  field.max_rows = 1'000;
  CHECK(objection(field) == "fine");
  field.max_rows = 1'001;
  CHECK(objection(field) == "`max_rows` is 1 to 1,000; this is 1,001");
  field.max_rows = 1;
  field.fields.resize(51, column("text", "x"));
  CHECK(objection(field) == "a table has at most 50 columns; this has 51");
}

}  // namespace
}  // namespace formwork::fields::testing

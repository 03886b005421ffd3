#include "tests/dsl/feel/feel_answers.h"

namespace formwork::feel {
namespace {

TEST_CASE("the least and the greatest of what can be compared") {
  check({
      {"min([3, 1, 2])", "1"},
      {"min(3, 1, 2)", "1"},
      {"max(\"a\", \"报\", \"b\")", "\"报\""},
      {"min(@\"2020-01-02\", @\"2020-01-01\")", "@\"2020-01-01\""},
      {"max(@\"P1D\", @\"PT25H\")", "@\"PT25H\""},
      {"max(1)", "1"},
      {"min([])", "null"},
      {"min(null)", "null"},
      {"min(1, null)", "null"},
  });
  check_reasons({{"max([1, \"a\"])", "max() cannot compare a number with text"},
                 {"max([])", "the list of max() is empty"}});
}

TEST_CASE("numbers are summed up, and an empty list has no answer") {
  check({
      {"count([])", "0"},
      {"count([1, null])", "2"},
      {"count(1)", "1"},
      {"count(null)", "null"},
      {"sum([0.1, 0.2])", "0.3"},
      {"sum([])", "null"},
      {"sum([1, null])", "null"},
      {"mean([1, 2])", "1.5"},
      {"mean([])", "null"},
      {"product([2, 3, 4])", "24"},
      {"product([])", "null"},
      {"sum([9e6144, 9e6144])", "null"},
  });
}

TEST_CASE("the middle, the spread and the most frequent of numbers") {
  check({
      {"median(8, 2, 5, 3, 4)", "4"},
      {"median([6, 1, 2, 3])", "2.5"},
      {"median([])", "null"},
      {"stddev(2, 4, 7, 5)", "2.081665999466132735282297706979931"},
      {"stddev([1, 1])", "0"},
      {"stddev(47)", "null"},
      {"stddev([])", "null"},
      {"mode(6, 3, 9, 6, 6)", "[6]"},
      {"mode([6, 1, 9, 6, 1])", "[1, 6]"},
      {"mode([])", "[]"},
      {"mode([1, null])", "null"},
  });
}

TEST_CASE("all and any know three answers") {
  check({
      {"all([true, true])", "true"},
      {"all([])", "true"},
      {"all(true, null, false)", "false"},
      {"all([true, null])", "null"},
      {"all([true, 1])", "null"},
      {"all(null)", "null"},
      {"any([false, true])", "true"},
      {"any([])", "false"},
      {"any(null, true)", "true"},
      {"any([false, null])", "null"},
      {"any([true, 1])", "null"},
      {"any(1)", "null"},
  });
}

TEST_CASE("the type of an aggregate is that of its elements") {
  const auto type_of_text = [](std::string_view text) {
    return compile_expression(text, Scope(), {.mode = Options::Mode::Lenient})
        .expression->type()
        .to_string();
  };
  CHECK(type_of_text("min([1, 2])") == "number");
  CHECK(type_of_text("max(\"a\", \"b\")") == "string");
  CHECK(type_of_text("sum(1, 2)") == "number");
  CHECK(type_of_text("append([1], 2)") == "list<number>");
  CHECK(type_of_text("append([1], \"a\")") == "list<Any>");
  CHECK(type_of_text("concatenate([1], [2])") == "list<number>");
  CHECK(type_of_text("flatten([[1], [2]])") == "list<number>");
  CHECK(type_of_text("sort([\"a\"], function(x, y) x < y)") == "list<string>");
}

}  // namespace
}  // namespace formwork::feel

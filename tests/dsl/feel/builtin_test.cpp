// The registry of built-ins, and how arguments reach them.
#include "dsl/feel/builtin.h"

#include <algorithm>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "tests/dsl/feel/feel_answers.h"

namespace formwork::feel {
namespace {

TEST_CASE("every built-in says what it does and shows it") {
  REQUIRE_FALSE(all_builtins().empty());
  for (const Builtin& builtin : all_builtins()) {
    CAPTURE(builtin.name);
    CHECK_FALSE(builtin.summary.empty());
    CHECK(builtin.summary.ends_with('.'));
    CHECK(builtin.example.find(builtin.name) != std::string_view::npos);
    CHECK_FALSE(builtin.answer.empty());
    CHECK((builtin.call != nullptr));
    for (const Parameter& parameter : builtin.parameters) CHECK_FALSE(parameter.name.empty());
  }
}

TEST_CASE("the example of a built-in has the answer that stands beside it") {
  for (const Builtin& builtin : all_builtins()) {
    if (!builtin.reads_clock) check({{builtin.example, builtin.answer}});
  }
}

TEST_CASE("types of parameters and results are types") {
  for (const Builtin& builtin : all_builtins()) {
    CAPTURE(builtin.name);
    CHECK_NOTHROW(result_type(builtin));
    for (const Parameter& parameter : builtin.parameters) {
      CHECK_NOTHROW(parameter_type(parameter));
      const bool is_list = parameter_type(parameter).is(TypeKind::List);
      CHECK_MESSAGE((!parameter.is_variadic || is_list), "what is gathered is a list");
      const bool is_last = &parameter == &builtin.parameters.back();
      CHECK_MESSAGE((!parameter.is_variadic || is_last), "only the last can take many");
    }
  }
}

TEST_CASE("entries of one name stand together, and each is found by its name") {
  std::set<std::string_view> seen;
  const Builtin* before = nullptr;
  for (const Builtin& builtin : all_builtins()) {
    CAPTURE(builtin.name);
    const bool is_first = before == nullptr || before->name != builtin.name;
    if (is_first) CHECK(seen.insert(builtin.name).second);
    before = &builtin;
    const std::span<const Builtin> found = find_builtins(builtin.name);
    CHECK(std::any_of(found.begin(), found.end(),
                      [&](const Builtin& entry) { return &entry == &builtin; }));
  }
  CHECK(find_builtins("no such function").empty());
}

TEST_CASE("all functions of DMN 1.5 are there") {
  for (const std::string_view name : {"number",
                                      "string",
                                      "context",
                                      "not",
                                      "substring",
                                      "string length",
                                      "upper case",
                                      "lower case",
                                      "substring before",
                                      "substring after",
                                      "replace",
                                      "contains",
                                      "starts with",
                                      "ends with",
                                      "matches",
                                      "split",
                                      "string join",
                                      "list contains",
                                      "list replace",
                                      "count",
                                      "min",
                                      "max",
                                      "sum",
                                      "mean",
                                      "all",
                                      "any",
                                      "sublist",
                                      "append",
                                      "concatenate",
                                      "insert before",
                                      "remove",
                                      "reverse",
                                      "index of",
                                      "union",
                                      "distinct values",
                                      "flatten",
                                      "product",
                                      "median",
                                      "stddev",
                                      "mode",
                                      "sort",
                                      "decimal",
                                      "floor",
                                      "ceiling",
                                      "round up",
                                      "round down",
                                      "round half up",
                                      "round half down",
                                      "abs",
                                      "modulo",
                                      "sqrt",
                                      "log",
                                      "exp",
                                      "odd",
                                      "even",
                                      "is",
                                      "before",
                                      "after",
                                      "meets",
                                      "met by",
                                      "overlaps",
                                      "overlaps before",
                                      "overlaps after",
                                      "finishes",
                                      "finished by",
                                      "includes",
                                      "during",
                                      "starts",
                                      "started by",
                                      "coincides",
                                      "range",
                                      "get value",
                                      "get entries",
                                      "context put",
                                      "context merge"}) {
    CAPTURE(name);
    CHECK_FALSE(find_builtins(name).empty());
  }
}

TEST_CASE("arguments become what parameters ask for, and what cannot is named") {
  check({{"string length([\"abc\"])", "3"},
         {"sum(4)", "4"},
         {"sum([4])", "4"},
         {"sum(1, [2])", "3"},
         {"append([1], [2, 3])", "[1, [2, 3]]"},
         {"append([1], [2], 3)", "[1, [2], 3]"},
         {"concatenate([[1]])", "[[1]]"},
         {"concatenate(1, [2])", "[1, 2]"},
         {"substring(length: 1, start position: 2, string: \"abc\")", "\"b\""}});
  check_reasons({
      {"contains(null, \"a\")", "`string` of contains() is null"},
      {"substring(\"abc\", \"1\")",
       "`start position` of substring() is text, and a number is needed"},
      {"sum(1, \"a\")", "element 2 of `list` of sum() is text, and a number is needed"},
      {"sum([1, null])", "element 2 of `list` of sum() is null"},
      {"ceiling(1.5, null)", "`scale` of ceiling() is null"},
      {"sqrt([null])", "`number` of sqrt() is null"},
  });
}

TEST_CASE("an entry called with too many or too few arguments says how many it takes") {
  const Environment environment;
  std::vector<Warning> warnings;
  Evaluation evaluation(environment, {}, &warnings);
  const Value text("abc");
  const Value* given[] = {&text};
  CHECK(call(find_builtins("substring").front(), given, evaluation).is_null());
  CHECK(call(find_builtins("not").front(), {}, evaluation).is_null());
  CHECK(call(find_builtins("sum").front(), {}, evaluation).is_null());
  REQUIRE(warnings.size() == 3);
  CHECK(warnings[0].message == "substring() takes 2 to 3 arguments, and 1 is given");
  CHECK(warnings[1].message == "not() takes 1 argument, and 0 are given");
  CHECK(warnings[2].message == "sum() takes 1 or more arguments, and 0 are given");
}

TEST_CASE("the budget ends a built-in that walks too far") {
  const Budget little{.steps = 10};
  const Environment environment;
  const Value list(List(20, Value(Number(1))));
  const Value* given[] = {&list};
  for (const std::string_view name :
       {"sum", "reverse", "distinct values", "flatten", "min", "mode", "median"}) {
    CAPTURE(name);
    Evaluation fresh(environment, {}, nullptr, little);
    CHECK(call(find_builtins(name).front(), given, fresh).is_null());
    CHECK(fresh.is_exhausted());
  }
}

TEST_CASE("what would be larger than the limits is null, and says so") {
  const Environment environment;
  std::vector<Warning> warnings;
  Evaluation evaluation(environment, {}, &warnings, {.list_elements = 3, .string_bytes = 8});
  const Value list(List(2, Value("abcd")));
  const Value lists(List(2, list));
  const Value text("abcdefgh");
  const Value pattern("a");
  const Value* append[] = {&list, &list, &list};
  const Value* concatenate[] = {&list, &list};
  const Value* flatten[] = {&lists};
  const Value* join[] = {&list, &pattern};
  const Value* replace[] = {&text, &pattern, &text};
  const Value* string[] = {&lists};
  CHECK(call(find_builtins("append").front(), append, evaluation).is_null());
  CHECK(call(find_builtins("concatenate").front(), concatenate, evaluation).is_null());
  CHECK(call(find_builtins("flatten").front(), flatten, evaluation).is_null());
  CHECK(call(find_builtins("string join").front(), join, evaluation).is_null());
  CHECK(call(find_builtins("replace").front(), replace, evaluation).is_null());
  CHECK(call(find_builtins("string").front(), string, evaluation).is_null());
  REQUIRE(warnings.size() == 6);
  CHECK(warnings[0].message == "the list of append() would have more than 3 elements");
  CHECK(warnings[3].message == "the text of string join() would have more than 8 bytes");
  CHECK_FALSE(evaluation.is_exhausted());
}

}  // namespace
}  // namespace formwork::feel

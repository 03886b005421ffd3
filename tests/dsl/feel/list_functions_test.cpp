#include "dsl/feel/builtin.h"
#include "tests/dsl/feel/feel_answers.h"

namespace formwork::feel {
namespace {

TEST_CASE("elements are found by FEEL's equality") {
  check({
      {"list contains([1, 2.0], 2)", "true"},
      {"list contains([1, null], null)", "true"},
      {"list contains([1], null)", "false"},
      {"list contains([[1], {a: 1}], {a: 1.0})", "true"},
      {"list contains(1, 1)", "true"},
      {"list contains(null, 1)", "null"},
      {"index of([1, 2, null, 2], 2)", "[2, 4]"},
      {"index of([1, 2, null, 2], null)", "[3]"},
      {"index of([1], \"1\")", "[]"},
      {"distinct values([1, 1.0, null, \"a\", null, \"a\", [1], [1], {a: 1}, {a: 1.0}, true, "
       "true])",
       "[1, null, \"a\", [1], {a: 1}, true]"},
      {"distinct values(null)", "null"},
      {"union([1, 2], [2, 3])", "[1, 2, 3]"},
      {"union([1, null], [null])", "[1, null]"},
      {"union([1], null)", "null"},
  });
}

TEST_CASE("lists are joined, one level deep") {
  check({
      {"append([1], 2, 3)", "[1, 2, 3]"},
      {"append([1], [2, 3])", "[1, [2, 3]]"},
      {"append([1], null)", "[1, null]"},
      {"append(1, 2)", "[1, 2]"},
      {"append(null, 1)", "null"},
      {"concatenate([1, 2], [3])", "[1, 2, 3]"},
      {"concatenate([1], [[2]], [3])", "[1, [2], 3]"},
      {"concatenate([1], null)", "null"},
      {"flatten([[1, 2], [[3]], 4])", "[1, 2, 3, 4]"},
      {"flatten([])", "[]"},
      {"flatten(null)", "null"},
  });
}

TEST_CASE("positions count from 1, or from the end when negative") {
  check({
      {"insert before([1, 3], 1, 2)", "[2, 1, 3]"},
      {"insert before([1, 3], -1, 2)", "[1, 2, 3]"},
      {"insert before([1, 3], 2, null)", "[1, null, 3]"},
      {"remove([1, 2, 3], 2)", "[1, 3]"},
      {"remove([1, 2, 3], -1)", "[1, 2]"},
      {"sublist([4, 5, 6], 2)", "[5, 6]"},
      {"sublist([4, 5, 6], 1, 2)", "[4, 5]"},
      {"sublist([4, 5, 6], -2, 1)", "[5]"},
      {"list replace([1, 2, 3], 2.5, 4)", "[1, 4, 3]"},
      {"list replace([1, 2, 3], -1, null)", "[1, 2, null]"},
      {"list replace(1, 1, 5)", "[5]"},
      {"reverse([1, 2, 3])", "[3, 2, 1]"},
      {"reverse([])", "[]"},
  });
  check_reasons({
      {"insert before([1, 3], 3, 2)",
       "`position` of insert before() is 3, and there are 2 elements"},
      {"remove([1], 0)", "`position` of remove() is 0; the first is 1 and the last is -1"},
      {"remove([1], 1e30)",
       "`position` of remove() is 1000000000000000000000000000000, and there are 1 elements"},
      {"sublist([1, 2], 3)", "`start position` of sublist() is 3, and there are 2 elements"},
      {"sublist([1, 2], 2, 2)", "`length` of sublist() is 2, and 1 elements follow"},
      {"sublist([1, 2], 1, 0)", "`length` of sublist() is less than 1"},
  });
}

TEST_CASE("elements that a function says yes to are replaced") {
  check({
      {"list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5)", "[5, 5, 7, 8]"},
      {"list replace([2, 4], function(item, newItem) item, 5)", "null"},
      {"list replace([2, 4], function(item) true, 5)", "null"},
      {"list replace([2, 4], function(a, b, c) true, 5)", "null"},
      {"list replace(match: function(item, newItem) item = 2, newItem: 4, list: [1, 2])", "[1, 4]"},
  });
}

TEST_CASE("a sort keeps equal elements in their order, and survives any function") {
  check({
      {"sort([3, 1, 2], function(x, y) x < y)", "[1, 2, 3]"},
      {"sort([3, 1, 2], function(x, y) x > y)", "[3, 2, 1]"},
      {"sort([{a: 2, b: 1}, {a: 1, b: 2}, {a: 2, b: 3}], function(x, y) x.a < y.a)",
       "[{a: 1, b: 2}, {a: 2, b: 1}, {a: 2, b: 3}]"},
      {"sort([], function(x, y) x < y)", "[]"},
      {"sort(5, function(x, y) x < y)", "[5]"},
      {"count(sort(for i in 1..50 return i, function(x, y) true))", "50"},
      {"sort([1, null], function(x, y) x < y)", "null"},
      {"sort([1, 2], function(x) true)", "null"},
  });
  check_reasons({{"sort([1, 2], function(x, y) 1)",
                  "`precedes` of sort() answers with a number, and a boolean is needed"}});
}

TEST_CASE("lists in lists are flattened however deep they lie") {
  const Environment environment;
  Evaluation evaluation(environment, {});
  Value deep(Number(1));
  for (int i = 0; i < 1'000; ++i) deep = Value(List{deep});
  const Value* given[] = {&deep};
  CHECK(call(find_builtins("flatten").front(), given, evaluation) == Value(List{Value(Number(1))}));
}

}  // namespace
}  // namespace formwork::feel

// Functions that expressions make: what they see of their surroundings, wherever they stand.
#include <string>

#include <doctest/doctest.h>

#include "dsl/feel/expression.h"
#include "dsl/feel/operators.h"

namespace formwork::feel {
namespace {

std::string value_of(const std::string& text) {
  const CompiledExpression compiled = compile_expression(text, Scope{});
  for (const Problem& problem : compiled.problems) MESSAGE(problem.message);
  REQUIRE(compiled.expression.has_value());
  const Environment environment;
  Evaluation evaluation(environment, {});
  return to_literal(compiled.expression->evaluate(evaluation), TimeZone::utc());
}

TEST_CASE("A function keeps what stands around it, in contexts, loops, filters and functions") {
  CHECK(value_of("{add: function(n) n + 1, answer: add(3)}.answer") == "4");
  CHECK(value_of("{one: 1, add: function(n) n + one, answer: add(3)}.answer") == "4");
  CHECK(value_of("for i in [1, 2] return (function(n) n * i)(10)") == "[10, 20]");
  CHECK(value_of("some i in [1, 2] satisfies (function(n) n > i)(2)") == "true");
  CHECK(value_of("[3, 1, 2][(function(n) n > 1)(item)]") == "[3, 2]");
  CHECK(value_of("(function(a) (function(b) (function(c) a + b + c)(3))(2))(1)") == "6");
  CHECK(value_of("for i in [1, 2] return sort([1, 3, 2], function(a, b) a * i > b * i)") ==
        "[[3, 2, 1], [3, 2, 1]]");
}

}  // namespace
}  // namespace formwork::feel

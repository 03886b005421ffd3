// Values of FEEL as JSON and back.
#include "dsl/feel/json.h"

#include <doctest/doctest.h>

#include "dsl/feel/expression.h"
#include "dsl/feel/operators.h"

namespace formwork::feel {
namespace {

std::string as_json(std::string_view text) {
  const CompiledExpression compiled = compile_expression(text, Scope());
  const Environment environment;
  Evaluation evaluation(environment, {});
  return to_json(compiled.expression.value().evaluate(evaluation), TimeZone::utc());
}

std::string read(std::string_view text, std::string_view type) {
  const auto value = from_json(json::parse(text).value(), Type::parse(type).value());
  return value ? to_literal(*value, TimeZone::utc()) : value.error();
}

TEST_CASE("values become the JSON that means them, with all their digits") {
  CHECK(as_json("null") == "null");
  CHECK(as_json("1.10") == "1.10");
  CHECK(as_json("12345678901234567890.123456789") == "12345678901234567890.123456789");
  CHECK(as_json("\"a\\\"b\"") == "\"a\\\"b\"");
  CHECK(as_json("{a: [1, true], b c: null}") == R"({"a":[1,true],"b c":null})");
  CHECK(as_json("date(\"2026-05-01\")") == "\"2026-05-01\"");
  CHECK(as_json("duration(\"P1DT2H\")") == "\"P1DT2H\"");
  CHECK(as_json("[1..3]") == "\"[1..3]\"");
}

TEST_CASE("JSON is read as the type that is expected, at any depth") {
  CHECK(read("0.1", "number") == "0.1");
  CHECK(read("\"2026-05-01\"", "string") == "\"2026-05-01\"");
  CHECK(read("\"2026-05-01\"", "date") == "@\"2026-05-01\"");
  CHECK(read("\"P1Y\"", "years and months duration") == "@\"P1Y\"");
  CHECK(read("[\"2026-05-01\"]", "list<date>") == "[@\"2026-05-01\"]");
  CHECK(read(R"({"on": "2026-05-01", "of": "x"})", "context<on: date, of: string>") ==
        "{on: @\"2026-05-01\", of: \"x\"}");
}

TEST_CASE("what does not fit its type stays what JSON says") {
  CHECK(read("\"tomorrow\"", "date") == "\"tomorrow\"");
  CHECK(read("3", "date") == "3");
  CHECK(read("1e99999", "number") == "the number 1e99999 is out of reach");
}

}  // namespace
}  // namespace formwork::feel

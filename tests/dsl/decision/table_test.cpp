// Hit policies, aggregations, allowed values, defaults and traces of decision tables.
#include <doctest/doctest.h>

#include "tests/dsl/decision/table_testing.h"

namespace formwork::decision {
namespace {

TestTable bands(std::string policy) {
  return {.policy = std::move(policy),
          .inputs = {{"amount", "number"}},
          .rows = {{"< 100", "1"}, {"[50..200]", "2"}, {">= 150", "3"}, {"500, 600", "3"}}};
}

TEST_CASE("each hit policy makes its own value of the rules that hit") {
  struct Row {
    std::string policy;
    std::string amount;
    std::string value;
  };

  for (const Row& row : {
           Row{"unique", "10", "1"},
           Row{"unique", "70", "null"},
           Row{"U", "120", "2"},
           Row{"any", "70", "null"},
           Row{"any", "500", "3"},
           Row{"first", "70", "1"},
           Row{"first", "180", "2"},
           Row{"first", "1000", "3"},
           Row{"rule order", "70", "[1, 2]"},
           Row{"collect", "500", "[3, 3]"},
           Row{"collect sum", "70", "3"},
           Row{"C+", "500", "6"},
           Row{"collect min", "180", "2"},
           Row{"collect max", "180", "3"},
           Row{"collect count", "500", "2"},
           Row{"collect count", "null", "0"},
           Row{"collect sum", "null", "null"},
           Row{"unique", "null", "null"},
       }) {
    CAPTURE(row.policy);
    CAPTURE(row.amount);
    CHECK(decided(bands(row.policy), {row.amount}) == row.value);
  }
}

TEST_CASE("priority and output order follow the order of the allowed values") {
  TestTable table{
      .policy = "priority",
      .inputs = {{"amount", "number"}},
      .rows = {{"-", R"("low")"}, {"> 10", R"("high")"}, {"> 5", R"("middle")"}},
      .outputs = {{.name = "risk", .allowed_values = {R"("high", "middle", "low")", {}}}}};
  CHECK(decided(table, {"1"}) == R"("low")");
  CHECK(decided(table, {"7"}) == R"("middle")");
  CHECK(decided(table, {"20"}) == R"("high")");
  table.policy = "output order";
  CHECK(decided(table, {"20"}) == R"(["high", "middle", "low"])");
}

TEST_CASE("several outputs make a context, and priority looks at them from left to right") {
  TestTable table{.policy = "P",
                  .inputs = {{"x", "number"}},
                  .rows = {{"> 0", R"("b")", "1"}, {"> 0", R"("a")", "2"}, {"> 5", R"("a")", "1"}},
                  .outputs = {{.name = "letter", .allowed_values = {R"("a", "b")", {}}},
                              {.name = "digit", .allowed_values = {"1, 2", {}}}}};
  CHECK(decided(table, {"1"}) == R"({letter: "a", digit: 2})");
  CHECK(decided(table, {"9"}) == R"({letter: "a", digit: 1})");
  table.policy = "C+";
  table.rows = {{"> 0", "1", "10"}, {"> 1", "2", "20"}};
  CHECK(decided(table, {"5"}) == "{letter: 3, digit: 30}");
}

TEST_CASE("defaults stand in when no rule hits") {
  const TestTable table{.policy = "unique",
                        .inputs = {{"x", "number"}},
                        .rows = {{"1", "10", "20"}},
                        .outputs = {{.name = "a", .fallback = {"0", {}}}, {.name = "b"}}};
  const auto compiled = table.compile();
  CHECK(decide(*compiled, {"1"}).value == "{a: 10, b: 20}");
  const Answer other = decide(*compiled, {"2"});
  CHECK(other.value == "{a: 0, b: null}");
  CHECK(other.trace.used_fallback);
}

TEST_CASE("the trace tells which rules hit and what each contributed") {
  const Answer answer = decide(*bands("collect sum").compile(), {"70"});
  CHECK(answer.trace.hits == std::vector<std::size_t>{0, 1});
  REQUIRE(answer.trace.outputs.size() == 2);
  CHECK(answer.trace.outputs[1] == feel::Value(feel::Number(2)));
  REQUIRE(answer.trace.inputs.size() == 1);
  CHECK(answer.trace.inputs[0] == feel::Value(feel::Number(70)));
}

TEST_CASE("a violation of the hit policy names the rules") {
  const Answer unique = decide(*bands("unique").compile(), {"70"});
  REQUIRE(unique.reasons.size() == 1);
  CHECK(unique.reasons[0] == "rules 1, 2 hit, and the table allows only one");
  const Answer any = decide(*bands("any").compile(), {"70"});
  REQUIRE(any.reasons.size() == 1);
  CHECK(any.reasons[0] == "rules 1, 2 hit, and they do not agree");
  CHECK(any.trace.hits.size() == 2);
}

TEST_CASE("an input outside of the allowed values makes the table null with a reason") {
  const TestTable table{.policy = "first",
                        .inputs = {{"size", "string"}},
                        .rows = {{R"("S")", "1"}, {"-", "2"}},
                        .allowed = {{"size", R"("S", "M")"}}};
  CHECK(decided(table, {R"("S")"}) == "1");
  CHECK(decided(table, {R"("M")"}) == "2");
  const Answer answer = decide(*table.compile(), {R"("XL")"});
  CHECK(answer.value == "null");
  REQUIRE(answer.reasons.size() == 1);
  CHECK(answer.reasons[0] == R"(size is "XL"; allowed: "S", "M")");
  CHECK(decided(table, {"null"}) == "2");
}

TEST_CASE("cells of every form hit as their texts say") {
  struct Row {
    std::string type;
    std::string cell;
    std::string input;
    bool hits;
  };

  for (const Row& row : {
           Row{"number", "-", "1", true},
           Row{"number", "", "1", true},
           Row{"number", "(1..3)", "1", false},
           Row{"number", "[1..3]", "1.0", true},
           Row{"number", "]1..3]", "3", true},
           Row{"number", "not(1, 2)", "2", false},
           Row{"number", "not(1, 2)", "3", true},
           Row{"number", "not(> 5)", "5", true},
           Row{"number", "-3", "-3", true},
           Row{"number", "1, > 10, [4..5]", "4.5", true},
           Row{"number", "1, > 10, [4..5]", "6", false},
           Row{"number", "? * 2 = 8", "4", true},
           Row{"number", "? * 2 = 8", "5", false},
           Row{"number", "null", "null", true},
           Row{"number", "null", "1", false},
           Row{"number", "not(null)", "1", true},
           Row{"number", "not(null)", "null", false},
           Row{"number", "< 5", "null", false},
           Row{"string", R"("a", "b")", R"("b")", true},
           Row{"string", R"(not("a"))", R"("b")", true},
           Row{"string", R"(> "m")", R"("x")", true},
           Row{"string", R"(starts with(?, "ab"))", R"("abc")", true},
           Row{"boolean", "true", "true", true},
           Row{"boolean", "false", "true", false},
           Row{"boolean", "not(true)", "false", true},
           Row{"date", R"(< date("2026-05-01"))", R"(date("2026-04-30"))", true},
           Row{"date", R"([@"2026-05-01"..@"2026-05-31"])", R"(date("2026-06-01"))", false},
           Row{"days and time duration", R"(>= duration("P1D"))", R"(duration("PT24H"))", true},
           Row{"list<number>", "list contains(?, 2)", "[1, 2]", true},
           Row{"Any", "1", R"("1")", false},
           Row{"Any", "1", "1", true},
       }) {
    CAPTURE(row.cell);
    CAPTURE(row.input);
    const TestTable table{
        .policy = "first", .inputs = {{"x", row.type}}, .rows = {{row.cell, "true"}}};
    CHECK(decided(table, {row.input}) == (row.hits ? "true" : "null"));
  }
}

TEST_CASE("cells may read other inputs, and outputs are expressions") {
  const TestTable table{.policy = "first",
                        .inputs = {{"price", "number"}, {"limit", "number"}},
                        .rows = {{"<= limit", "-", R"("within by " + string(limit - price))"},
                                 {"-", "-", R"("above")"}}};
  CHECK(decided(table, {"3", "5"}) == R"("within by 2")");
  CHECK(decided(table, {"9", "5"}) == R"("above")");
}

TEST_CASE("looking rules up gives what evaluating every cell gives") {
  // A cell that looks beyond its input cannot be looked up: `and true` keeps the same meaning.
  const std::vector<std::string> numbers{"< 3", "[1..4)", "4, 5", "not(2)", "> 4", "-", "= 3"};
  TestTable quick{.policy = "rule order", .inputs = {{"x", "number"}, {"y", "number"}}, .rows = {}};
  TestTable slow = quick;
  const auto spelled = [](const std::string& cell) {
    if (cell == "-") return std::string("true or x = 0");
    return "? in (" + cell + ") and (true or x = 0)";
  };
  int number = 0;
  for (const std::string& a : numbers) {
    for (const std::string& b : numbers) {
      const std::string output = std::to_string(number++);
      quick.rows.push_back({a, b, output});
      slow.rows.push_back({a == "not(2)" ? "? != 2 and (true or x = 0)" : spelled(a),
                           b == "not(2)" ? "? != 2 and (true or x = 0)" : spelled(b), output});
    }
  }
  const auto fast_table = quick.compile();
  const auto slow_table = slow.compile();
  CHECK(fast_table->columns()[0].cells[0] == Table::Cell::Indexed);
  CHECK(slow_table->columns()[0].cells[0] == Table::Cell::Evaluated);
  for (const std::string x : {"0", "1", "2", "2.5", "3", "4", "5", "6", "-1"}) {
    for (const std::string y : {"0", "1", "2", "2.5", "3", "4", "5", "6", "-1"}) {
      CAPTURE(x);
      CAPTURE(y);
      CHECK(decide(*fast_table, {x, y}).value == decide(*slow_table, {x, y}).value);
    }
  }
}

TEST_CASE("a table of more rules than a word has bits finds them all") {
  TestTable table{.policy = "unique", .inputs = {{"x", "number"}}, .rows = {}};
  for (int i = 0; i < 300; ++i) table.rows.push_back({std::to_string(i), std::to_string(i * i)});
  const auto compiled = table.compile();
  CHECK(decide(*compiled, {"0"}).value == "0");
  CHECK(decide(*compiled, {"64"}).value == "4096");
  CHECK(decide(*compiled, {"299"}).value == "89401");
  CHECK(decide(*compiled, {"300"}).value == "null");
}

TEST_CASE("a rule without a cell for each input is reported and hits nothing") {
  const TestTable table{.policy = "first",
                        .inputs = {{"x", "number"}, {"y", "number"}},
                        .rows = {{"1"}, {"-", "-", "2"}}};
  Findings findings;
  const auto compiled = table.compile(findings);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].code == "decision.rule");
  CHECK(decide(*compiled, {"1", "1"}).value == "2");
}

TEST_CASE("a cell that cannot be read is reported with its rule and input") {
  const TestTable table{
      .policy = "first", .inputs = {{"x", "number"}}, .rows = {{"< < 3", "1"}, {"-", "2"}}};
  Findings findings;
  const auto compiled = table.compile(findings);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].home == "the table, rule 1, input x");
  CHECK(decide(*compiled, {"1"}).value == "2");
}

TEST_CASE("hit policies are read in words and in letters") {
  CHECK(parse_policy("RULE ORDER") == Policy{HitPolicy::RuleOrder});
  CHECK(parse_policy("rule_order") == Policy{HitPolicy::RuleOrder});
  CHECK(parse_policy("C#") == Policy{HitPolicy::Collect, Aggregation::Count});
  CHECK_FALSE(parse_policy("best").has_value());
  CHECK(to_string({HitPolicy::Collect, Aggregation::Sum}) == "collect sum");
}

}  // namespace
}  // namespace formwork::decision

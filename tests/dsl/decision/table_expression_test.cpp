#include "dsl/decision/table_expression.h"

#include <doctest/doctest.h>

#include "dsl/diagnostics/codes.h"
#include "dsl/feel/sql.h"
#include "tests/dsl/decision/table_testing.h"

namespace formwork::decision {
namespace {

const TestTable kScores{
    .policy = "collect sum",
    .inputs = {{"source", "string"}, {"budget", "number"}, {"bonus", "number"}},
    .rows = {{R"("referral")", "-", "-", "30"}, {"-", ">= 500", "-", "25 + bonus"}},
};

struct Values {
  std::vector<feel::Value> values;
  std::vector<const feel::Value*> variables;

  explicit Values(const std::vector<std::string>& texts) {
    for (const std::string& text : texts) values.push_back(value_of(text));
    for (const feel::Value& value : values) variables.push_back(&value);
  }
};

std::string answer(const feel::Expression& expression, const std::vector<std::string>& texts) {
  const Values values(texts);
  const feel::Environment environment;
  feel::Evaluation evaluation(environment, values.variables);
  return feel::to_literal(expression.evaluate(evaluation), *environment.zone);
}

TEST_CASE("a table is an expression over the variables of its scope") {
  const feel::Expression expression = as_expression(kScores.compile());
  CHECK(answer(expression, {R"("referral")", "600", "1"}) == "56");
  CHECK(answer(expression, {R"("website")", "600", "1"}) == "26");
  CHECK(answer(expression, {R"("website")", "6", "1"}) == "null");
  CHECK(expression.constant() == nullptr);
  CHECK(expression.type().may_be_null());
}

TEST_CASE("it reads what its inputs, cells and outputs read, and never the input's own slot") {
  const TestTable table{
      .policy = "first",
      .inputs = {{"a", "number"}, {"b", "number"}},
      .rows = {{"? > 1", "-", "1"}, {"-", "-", "today().year"}},
  };
  const feel::Expression expression = as_expression(table.compile());
  const std::vector<std::size_t> reads(expression.reads().begin(), expression.reads().end());
  CHECK(reads == std::vector<std::size_t>{0, 1});
  CHECK(expression.reads_clock());
  CHECK_FALSE(as_expression(kScores.compile()).reads_clock());
}

TEST_CASE("its inputs and their values explain an answer") {
  const feel::Expression expression = as_expression(kScores.compile());
  const Values values({R"("referral")", "600", "1"});
  const feel::Environment environment;
  feel::Evaluation evaluation(environment, values.variables);
  std::string text;
  for (const feel::Explained& part : expression.explain(evaluation)) {
    text += expression.text().substr(part.begin, part.end - part.begin) + " is " +
            feel::to_literal(part.value, *environment.zone) + "; ";
  }
  CHECK(text == R"(source is "referral"; budget is 600; bonus is 1; )");
}

TEST_CASE("it has no tree, and no part of it is said in SQL") {
  const feel::Expression expression = as_expression(kScores.compile());
  CHECK(expression.tree().root == feel::syntax::kNoNode);
  const feel::Scope scope = kScores.scope();
  const feel::Environment environment;
  const feel::sql::Known known{.environment = environment, .variables = {}};
  CHECK(feel::sql::translate(expression, scope, {}, known).reach == feel::sql::Reach::Nothing);
  CHECK_FALSE(
      feel::sql::translate_aggregate(feel::sql::Aggregate::Sum, expression, scope, {}, known)
          .has_value());
}

feel::Type strict_type(const TestTable& table, const feel::Type& expected, Findings& findings) {
  const TypeLookup types = [](std::string_view) { return std::optional<ItemType>(); };
  TableText text = table.text();
  for (InputText& input : text.inputs) input.type.clear();
  const feel::Scope scope = table.scope();
  return compile_table(text, {.scope = scope, .types = types, .expected = expected}, findings)
      ->result_type();
}

TEST_CASE("strict cells say what a table gives, and are held to what it is for") {
  Findings findings;
  const TestTable grades{
      .policy = "first", .inputs = {{"a", "number"}}, .rows = {{"> 1", R"("A")"}, {"-", R"("C")"}}};
  CHECK(strict_type(grades, {}, findings).is(feel::TypeKind::String));
  CHECK(findings.empty());
  const feel::Type choice = feel::Type::choice({"A", "B"}, "the options of grade");
  strict_type(grades, choice, findings);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].code == codes::kFeelUnknownOption);
  CHECK(findings[0].text.text == R"("C")");
  // All of another type is nothing that a cell could mend.
  findings.clear();
  CHECK(strict_type(grades, feel::TypeKind::Date, findings).is(feel::TypeKind::String));
  CHECK(findings.empty());
  TestTable counted = grades;
  counted.policy = "collect count";
  CHECK(strict_type(counted, feel::TypeKind::Number, findings).is(feel::TypeKind::Number));
  CHECK(findings.empty());
}

}  // namespace
}  // namespace formwork::decision

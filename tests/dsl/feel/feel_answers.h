// Asks FEEL as authors do: an expression in, its value out. For tables of expressions and answers.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "dsl/base/time_zone.h"
#include "dsl/feel/expression.h"
#include "dsl/feel/operators.h"

namespace formwork::feel {

struct Answer {
  Value value;
  std::vector<std::string> reasons;  // why it is null; also what is wrong with the text
  bool is_exhausted = false;
};

inline Answer ask(std::string_view text, const Budget& budget = {}) {
  const Options lenient{.mode = Options::Mode::Lenient};
  const CompiledExpression compiled = compile_expression(text, Scope(), lenient);
  Answer answer;
  for (const Problem& problem : compiled.problems) answer.reasons.push_back(problem.message);
  if (!compiled.expression.has_value()) return answer;
  std::vector<Warning> warnings;
  const Environment environment;
  Evaluation evaluation(environment, {}, &warnings, budget);
  answer.value = compiled.expression->evaluate(evaluation);
  answer.is_exhausted = evaluation.is_exhausted();
  for (const Warning& warning : warnings) answer.reasons.push_back(warning.message);
  return answer;
}

struct Row {
  std::string_view expression;
  std::string_view answer;  // FEEL too
};

inline void check(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    CAPTURE(row.expression);
    const Value wanted = ask(row.answer).value;
    const Value got = ask(row.expression).value;
    CHECK_MESSAGE(got == wanted, to_literal(got, TimeZone::utc())
                                     << " instead of " << to_literal(wanted, TimeZone::utc()));
  }
}

inline void check_reasons(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    CAPTURE(row.expression);
    const Answer answer = ask(row.expression);
    CHECK(answer.value.is_null());
    REQUIRE_FALSE(answer.reasons.empty());
    CHECK(answer.reasons.back() == row.answer);
  }
}

}  // namespace formwork::feel

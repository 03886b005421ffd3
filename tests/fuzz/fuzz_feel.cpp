// The two ways into FEEL: an expression, and the cell of a decision table.
#include <string>

#include "dsl/feel/expression.h"
#include "dsl/feel/syntax.h"
#include "tests/fuzz/target.h"
#include "tests/support/feel/example_scope.h"

namespace formwork::fuzz {
namespace {

using namespace feel;

bool has_error(const std::vector<Problem>& problems) {
  for (const Problem& problem : problems) {
    if (!problem.is_warning) return true;
  }
  return false;
}

void check_problems(const std::vector<Problem>& problems, std::string_view text) {
  for (const Problem& problem : problems) {
    if (problem.begin > problem.end || problem.end > text.size()) {
      broken("a problem lies within the text");
    }
    if (problem.message.empty()) broken("a problem says what it is");
  }
}

// What can be read is printed so that it reads as the same.
template <class Parse>
void check_printing(std::string_view text, const Parse& parse) {
  const Parsed parsed = parse(text);
  check_problems(parsed.problems, text);
  if (parsed.tree.root == syntax::kNoNode) {
    if (!has_error(parsed.problems)) broken("what cannot be read has a problem");
    return;
  }
  if (has_error(parsed.problems)) return;
  const std::string printed = syntax::print(parsed.tree);
  // Printing may add what makes the text too long or nest too deeply.
  if (printed.size() > kMaxTextBytes) return;
  const Parsed again = parse(printed);
  if (again.tree.root == syntax::kNoNode || has_error(again.problems)) {
    broken("what is printed can be read: " + printed);
  }
  if (!syntax::are_same(parsed.tree, again.tree)) {
    broken("what is printed reads as the same: " + printed);
  }
}

constexpr Budget kBudget{.steps = 20'000,
                         .list_elements = 5'000,
                         .string_bytes = 50'000,
                         .depth = 50,
                         .value_parts = 50'000,
                         .value_depth = 300};

void check_answers(const Expression& expression, const Type& type,
                   const std::vector<Value>& values) {
  const std::vector<const Value*> pointers = pointers_to(values);
  std::vector<Warning> reasons;
  Evaluation evaluation(example_environment(), pointers, &reasons, kBudget);
  const Value value = expression.evaluate(evaluation);
  if (value.extent().parts > kBudget.value_parts) broken("a value stays within its limits");
  Evaluation silent(example_environment(), pointers, nullptr, kBudget);
  const Value same = expression.evaluate(silent);
  const TimeZone& zone = *example_environment().zone;
  const bool is_spent = evaluation.is_exhausted() || silent.is_exhausted();
  if (!is_spent && to_literal(value, zone) != to_literal(same, zone)) {
    broken("reasons do not change the answer");
  }
  if (!is_spent && !is_instance(value, type)) broken("the answer is of the expression's type");
  if (!is_spent && !type.may_be_null() && value.is_null()) {
    broken("what is never null has an answer");
  }
  Evaluation testing(example_environment(), pointers, nullptr, kBudget);
  const Truth truth = expression.test(testing);
  const Truth expected = same.if_boolean() != nullptr ? Truth(same.boolean()) : Truth();
  if (!is_spent && !testing.is_exhausted() && truth != expected) {
    broken("a condition's truth is that of its value");
  }
  Evaluation explaining(example_environment(), pointers, nullptr, kBudget);
  for (const Explained& part : expression.explain(explaining)) {
    if (part.end > expression.text().size()) broken("an explained part lies within the text");
  }
}

}  // namespace

void fuzz_expression(std::string_view input) {
  const Scope& scope = example_scope();
  check_printing(input,
                 [&](std::string_view text) { return parse_expression(text, scope.names()); });
  Random random(input.size());
  std::vector<Value> values = random_values(random);
  for (const auto mode : {Options::Mode::Strict, Options::Mode::Lenient}) {
    const auto compiled = compile_expression(input, scope, {.mode = mode});
    check_problems(compiled.problems, input);
    if (compiled.expression.has_value() == has_error(compiled.problems)) {
      broken("what does not compile has an error, and nothing else has");
    }
    if (!compiled.expression) continue;
    const bool is_checked = mode == Options::Mode::Strict;
    check_answers(*compiled.expression,
                  is_checked ? compiled.expression->type() : Type(TypeKind::Any), values);
  }
}

void fuzz_unary_tests(std::string_view input) {
  const Scope& scope = example_scope();
  check_printing(input,
                 [&](std::string_view text) { return parse_unary_tests(text, scope.names()); });
  Random random(input.size());
  const std::vector<Type> types{TypeKind::Number, TypeKind::String, TypeKind::Any,
                                Type::list(TypeKind::Number)};
  for (const Type& type : types) {
    std::vector<Value> values = random_values(random);
    values.push_back(random_value(random, type));
    for (const auto mode : {Options::Mode::Strict, Options::Mode::Lenient}) {
      const auto compiled = compile_unary_tests(input, type, scope, {.mode = mode});
      check_problems(compiled.problems, input);
      if (compiled.expression) check_answers(*compiled.expression, TypeKind::Boolean, values);
    }
  }
}

}  // namespace formwork::fuzz

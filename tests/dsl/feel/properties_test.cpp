// What holds for every expression, tried on random ones. A failure prints the seed, the expression
// and the values; FORMWORK_FUZZ_ROUNDS makes the search longer.
#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "dsl/feel/expression.h"
#include "tests/support/feel/example_scope.h"
#include "tests/support/feel/random_expression.h"

namespace formwork::feel {
namespace {

constexpr std::uint64_t kSeed = 20'260'302;
constexpr std::size_t kValuesEach = 4;

std::size_t rounds() {
  const char* text = std::getenv("FORMWORK_FUZZ_ROUNDS");
  return text != nullptr ? std::strtoull(text, nullptr, 10) : 4'000;
}

std::optional<Expression> compile(const std::string& text, Options::Mode mode) {
  return compile_expression(text, example_scope(), {.mode = mode}).expression;
}

std::string show(const Value& value) { return to_literal(value, *example_environment().zone); }

struct Answer {
  Value value;
  bool is_exhausted;
};

Answer evaluate(const Expression& expression, const std::vector<Value>& values,
                std::vector<Warning>* reasons = nullptr) {
  const std::vector<const Value*> pointers = pointers_to(values);
  Evaluation evaluation(example_environment(), pointers, reasons);
  Value value = expression.evaluate(evaluation);
  return {std::move(value), evaluation.is_exhausted()};
}

// Fields hold instants, which are read in the viewer's zone where texts are local.
bool holds_instant(const Value& value) {
  const auto any_of = [](const std::vector<Value>& values) {
    return std::any_of(values.begin(), values.end(), holds_instant);
  };
  if (value.kind() == Value::Kind::List) return any_of(value.list());
  if (value.kind() == Value::Kind::Context) return any_of(value.context().values);
  return value.kind() == Value::Kind::Instant;
}

// The values of the variables as texts, by slot; empty where FEEL has no such text.
std::vector<std::string> literals_of(const std::vector<Value>& values) {
  std::vector<std::string> texts(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Type& type = example_scope().variables()[i].type;
    const bool has_records = type.is(TypeKind::Record) || type.element().is(TypeKind::Record);
    const bool has_text = !has_records && !type.is(TypeKind::Function) && !holds_instant(values[i]);
    if (has_text) texts[i] = "(" + show(values[i]) + ")";
  }
  return texts;
}

}  // namespace

TEST_CASE("what the strict checker lets pass evaluates to its type or to null") {
  std::size_t passed = 0;
  for (std::uint64_t seed = kSeed; seed < kSeed + rounds(); ++seed) {
    Random random(seed);
    const std::string text = random_expression(random).with_names();
    const auto expression = compile(text, Options::Mode::Strict);
    if (!expression) continue;
    ++passed;
    for (std::size_t i = 0; i < kValuesEach; ++i) {
      const std::vector<Value> values = random_values(random);
      const Answer answer = evaluate(*expression, values);
      if (answer.is_exhausted) continue;
      CAPTURE(seed);
      CAPTURE(text);
      CAPTURE(show_values(values, expression->reads()));
      CAPTURE(show(answer.value));
      CAPTURE(expression->type().to_string());
      REQUIRE(is_instance(answer.value, expression->type()));
      if (!expression->type().may_be_null()) REQUIRE_FALSE(answer.value.is_null());
    }
  }
  MESSAGE(passed << " of " << rounds() << " expressions passed the checker");
  CHECK(passed > rounds() / 3);
}

TEST_CASE("an expression gives the same value with constants as with variables that hold them") {
  for (std::uint64_t seed = kSeed; seed < kSeed + rounds(); ++seed) {
    Random random(seed);
    const ExpressionText text = random_expression(random);
    const std::vector<Value> values = random_values(random);
    const std::string with_names = text.with_names();
    const std::string with_constants = text.with_texts(literals_of(values));
    CAPTURE(seed);
    CAPTURE(with_names);
    CAPTURE(with_constants);
    const auto by_name = compile(with_names, Options::Mode::Lenient);
    const auto by_constant = compile(with_constants, Options::Mode::Lenient);
    REQUIRE(by_name.has_value());
    REQUIRE(by_constant.has_value());
    const Answer expected = evaluate(*by_name, values);
    REQUIRE(show(evaluate(*by_constant, values).value) == show(expected.value));
  }
}

TEST_CASE("whoever listens to reasons or asks for explanations gets the same answer") {
  for (std::uint64_t seed = kSeed; seed < kSeed + rounds(); ++seed) {
    Random random(seed);
    const std::string text = random_expression(random).with_names();
    const auto expression = compile(text, Options::Mode::Lenient);
    const std::vector<Value> values = random_values(random);
    CAPTURE(seed);
    CAPTURE(text);
    REQUIRE(expression.has_value());
    CAPTURE(show_values(values, expression->reads()));
    const std::string silent = show(evaluate(*expression, values).value);
    std::vector<Warning> reasons;
    REQUIRE(show(evaluate(*expression, values, &reasons).value) == silent);
    for (const Warning& reason : reasons) {
      REQUIRE(reason.begin <= reason.end);
      REQUIRE(reason.end <= text.size());
    }
    const std::vector<const Value*> pointers = pointers_to(values);
    Evaluation evaluation(example_environment(), pointers);
    for (const Explained& part : expression->explain(evaluation)) {
      REQUIRE(part.begin < part.end);
      REQUIRE(part.end <= text.size());
    }
    // With a budget of its own again.
    REQUIRE(show(evaluate(*expression, values).value) == silent);
  }
}

TEST_CASE("the truth of a condition is that of its value") {
  for (std::uint64_t seed = kSeed; seed < kSeed + rounds(); ++seed) {
    Random random(seed);
    const std::string text =
        (random.one_in(4) ? random_expression(random) : random_condition(random)).with_names();
    const auto expression = compile(text, Options::Mode::Lenient);
    const std::vector<Value> values = random_values(random);
    CAPTURE(seed);
    CAPTURE(text);
    REQUIRE(expression.has_value());
    CAPTURE(show_values(values, expression->reads()));
    const Value value = evaluate(*expression, values).value;
    const Truth expected = value.if_boolean() != nullptr ? Truth(value.boolean()) : Truth();
    for (const bool listens : {false, true}) {
      std::vector<Warning> reasons;
      const std::vector<const Value*> pointers = pointers_to(values);
      Evaluation evaluation(example_environment(), pointers, listens ? &reasons : nullptr);
      const Truth truth = expression->test(evaluation);
      REQUIRE(truth == expected);
    }
  }
}

}  // namespace formwork::feel

// Texts and evaluations made to exhaust stack, memory or time: each ends with a problem, or with
// null and a reason.
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "dsl/feel/expression.h"

namespace formwork::feel {
namespace {

std::string repeat(std::string_view text, std::size_t count) {
  std::string all;
  all.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

std::string nested(std::string_view open, std::string_view inner, std::string_view close,
                   std::size_t depth) {
  return repeat(open, depth) + std::string(inner) + repeat(close, depth);
}

const Scope& scope() {
  static const Scope kScope = [] {
    Scope scope;
    scope.add("a", TypeKind::Any);
    scope.add("b", TypeKind::Boolean);
    scope.add("n", TypeKind::Number);
    return scope;
  }();
  return kScope;
}

std::string shown(const std::string& text) {
  constexpr std::size_t kLongest = 150;
  return text.size() > kLongest ? text.substr(0, kLongest) + "…" : text;
}

// Seconds of this program, whatever else the machine does. The sanitizers make it ten times slower.
class Stopwatch {
 public:
  double seconds() const { return static_cast<double>(std::clock() - start_) / CLOCKS_PER_SEC; }

 private:
  std::clock_t start_ = std::clock();
};

constexpr double kMostSeconds = 20;

bool is_refused(const std::string& text, Options::Mode mode) {
  const auto compiled = compile_expression(text, scope(), {.mode = mode});
  if (compiled.expression) return false;
  REQUIRE_FALSE(compiled.problems.empty());
  return true;
}

struct Outcome {
  std::string value;
  std::string reason;  // the first
};

Outcome evaluate(const std::string& text) {
  const auto compiled = compile_expression(text, scope(), {.mode = Options::Mode::Lenient});
  CAPTURE(shown(text));
  for (const Problem& problem : compiled.problems) CAPTURE(problem.message);
  REQUIRE(compiled.expression.has_value());
  const Environment environment;
  const Value number(Number(3));
  const std::vector<const Value*> values{nullptr, nullptr, &number};
  std::vector<Warning> reasons;
  Evaluation evaluation(environment, values, &reasons);
  const Value value = compiled.expression->evaluate(evaluation);
  const bool is_large = value.extent().parts > 100;
  return {is_large ? "large" : to_literal(value, TimeZone::utc()),
          reasons.empty() ? "" : reasons.front().message};
}

}  // namespace

TEST_CASE("a text that nests or goes on without end is refused") {
  constexpr std::size_t kMany = 20'000;
  constexpr std::size_t kLong = 100'000;
  const std::vector<std::string> texts{
      nested("(", "1", ")", kLong),
      repeat("(", kLong),
      repeat(")", kLong),
      nested("[", "1", "]", kLong),
      repeat("[", kLong),
      nested("{a:", "1", "}", kMany),
      repeat("{a:", kMany),
      "1" + repeat("+1", kLong),
      "1" + repeat("**1", kMany),
      "b" + repeat(" and b", kMany),
      "b" + repeat(" or b", kMany),
      "a" + repeat(".a", kLong),
      "a" + repeat("[1]", kMany),
      "a" + repeat("(1)", kMany),
      "a" + repeat("=1", kLong),
      "a" + repeat(" in 1", kMany),
      "a" + repeat(" between 1 and 2", 10'000),
      "a" + repeat(" instance of number", 10'000),
      repeat("if ", kMany),
      repeat("if b then 1 else ", 10'000) + "1",
      nested("if b then ", "1", " else 1", 10'000),
      repeat("for i in ", 10'000) + "a",
      repeat("for i in a return ", 10'000) + "i",
      repeat("some i in a satisfies ", 10'000) + "b",
      repeat("every i in a satisfies ", 10'000) + "b",
      repeat("function(x) ", kMany) + "x",
      repeat("-", kLong) + "1",
      repeat("- ", kLong) + "n",
      nested("not(", "b", ")", kMany),
      nested("a(", "1", ")", kMany),
      nested("a[", "1", "]", kMany),
      "a instance of " + nested("list<", "number", ">", kMany),
      "a instance of " + nested("range<", "number", ">", kMany),
      "a instance of " + nested("context<a: ", "number", ">", kMany),
      "a instance of " + nested("function<", "number", "> -> number", 10'000),
      "a instance of " + repeat("function<> -> ", 10'000) + "number",
      "function(x: " + nested("list<", "number", ">", kMany) + ") x",
      "a in (" + nested("(", "1", ")", kMany) + ")",
      nested("[1..", "2", "]", kMany),
      nested("(< ", "2", ")", kMany),
      repeat("/*", kLong),
      "\"" + repeat("\\", kLong),
      "@\"" + repeat("P", kLong),
      repeat("1", 300'000),
      repeat(" ", 300'000),
      repeat("@", kLong),
      repeat("..", kLong),
      repeat("?", kLong),
      repeat("报", 80'000) + repeat("(", 200),
  };
  for (const std::string& text : texts) {
    CAPTURE(shown(text));
    const Stopwatch stopwatch;
    CHECK(is_refused(text, Options::Mode::Strict));
    CHECK(is_refused(text, Options::Mode::Lenient));
    CHECK(stopwatch.seconds() < kMostSeconds);
  }
}

TEST_CASE("a long text is compiled in time") {
  std::string tests = "1";
  for (std::size_t i = 0; i < 20'000; ++i) tests += ",? > 2";
  std::string entries = "{a0: 1";
  for (std::size_t i = 1; i < 15'000; ++i) {
    entries += ", a" + std::to_string(i) + ": a" + std::to_string(i - 1);
  }
  entries += "}";
  std::string doubled = "{a0: 1";
  std::string wrapped = "{a0: 1";
  for (std::size_t i = 1; i < 5'000; ++i) {
    const std::string before = "a" + std::to_string(i - 1);
    doubled += ", a" + std::to_string(i) + ": {x: " + before + ", y: " + before + "}";
    wrapped += ", a" + std::to_string(i) + ": [" + before + "]";
  }
  doubled += ", c: if b then {q: a4999, r: a4999} else {r: a4999, q: a4998}, d: a30 = a31}";
  wrapped += ", c: [a4999, a4998], d: a4999 = a4998}";
  std::string shapes = "[1";
  for (std::size_t i = 0; i < 15'000; ++i) shapes += ", {b" + std::to_string(i) + ": 1}";
  shapes += "]";
  std::string alike = "b";
  for (std::size_t i = 0; i < 900; ++i) alike += " and n > " + repeat("1+", 50) + std::to_string(i);
  for (const std::string& text : {entries, doubled, wrapped, shapes, alike}) {
    CAPTURE(shown(text));
    const Stopwatch stopwatch;
    for (const auto mode : {Options::Mode::Strict, Options::Mode::Lenient}) {
      const auto compiled = compile_expression(text, scope(), {.mode = mode});
      CHECK(compiled.expression.has_value() == compiled.problems.empty());
    }
    CHECK(stopwatch.seconds() < kMostSeconds);
  }
  const Stopwatch stopwatch;
  CHECK(compile_unary_tests(tests, TypeKind::Number, scope()).expression.has_value());
  CHECK(stopwatch.seconds() < kMostSeconds);
}

TEST_CASE("an evaluation that takes too much ends with null and a reason") {
  const std::string growing = "(for i in 1..2000 return if i = 1 then ";
  const std::vector<std::string> texts{
      "for i in 1..1000000000 return i",
      "for i in 1..1000000 return for j in 1..1000000 return j",
      "for i in 1..2000, j in 1..2000 return 1",
      "for i in -9223372036854775808..9223372036854775807 return i",
      "for d in @\"-999999999-01-01\"..@\"999999999-12-31\" return d",
      "for i in [1..1000000000] return i",
      "count(for i in 1..100000 return count(partial))",
      "some i in 1..1000000000 satisfies i < 0",
      "every i in 1..1000000000 satisfies i > 0",
      "some i in 1..100000, j in 1..100000 satisfies i * j < 0",
      growing + "\"0123456789\" else partial[-1] + partial[-1])[-1]",
      growing + "[1] else concatenate(partial[-1], partial[-1]))[-1]",
      growing + "[1] else flatten([partial[-1], partial[-1]]))[-1]",
      growing + "[1] else [partial[-1], partial[-1]])[-1]",
      growing + "{a: 1} else {a: partial[-1], b: partial[-1]})[-1]",
      growing + "1 else " + nested("[", "partial[-1]", "]", 50) + ")[-1]",
      growing + "1 else " + nested("{a: ", "partial[-1]", "}", 50) + ")[-1]",
      growing + "1 else " + repeat("function() ", 50) + "partial)[-1]",
      growing + "1 else context put({}, \"a\", partial[-1]))[-1]",
      growing + "1 else append([], partial[-1]))[-1]",
      "{f: function(g) g(g), r: f(f)}.r",
      "{f: function(g, x) g(g, [[[[[[[[[[x]]]]]]]]]]), r: f(f, 1)}.r",
      "{f: function(g, n) if n = 0 then 1 else g(g, n - 1) + g(g, n - 1), r: f(f, 100)}.r",
      "{f: function(g) g(g)" + repeat(" + 1", 900) + ", r: f(f)}.r",
      "{f: function(g) " + nested("[", "g(g)", "]", 85) + ", r: f(f)}.r",
      "{f: function(g) " + nested("abs(", "g(g)", ")", 85) + ", r: f(f)}.r",
      "{f: function(g) " + nested("if true then ", "g(g)", " else 1", 85) + ", r: f(f)}.r",
      "{f: function(g, l) sort(l, function(a, b) g(g, l)), r: f(f, [1, 2])}.r",
      "{l: for i in 1..1000 return i, x: for i in 1..1000 return l,"
      " y: for i in 1..1000 return x, z: for i in 1..1000 return y}.z",
      "{l: for i in 1..10000 return i, m: for i in 1..10000 return i,"
      " r: every i in 1..100000 satisfies l = m}.r",
      "{l: for i in 1..1000 return for j in 1..1000 return j,"
      " r: every i in 1..100000 satisfies l instance of list<list<number>>}.r",
      "{l: for i in 1..1000 return for j in 1..1000 return j,"
      " f: function(x: list<list<number>>) 1, r: for i in 1..100000 return f(l)}.r",
      "{l: for i in 1..1000 return [i], r: for i in 1..100000 return i in l}.r",
      "for i in 1..1000000 return [1" + repeat(", i", 20'000) + "]",
      "every i in 1..1500000 satisfies i" + repeat(" + 1", 900) + " > 0",
      "count((for i in 1..900000 return i)[item" + repeat(" + 1", 900) + " > 0])",
      "{f: function(x) x" + repeat(" + 1", 900) + ", r: for i in 1..600000 return f(i)}.r",
      "{s: (for i in 1..18 return if i = 1 then \"0123456789\" else if i < 19 then partial[-1] + "
      "partial[-1] else \"\")[-1],"
      " l: [s" +
          repeat(", s", 20'000) + "]}.l",
      "{s: (for i in 1..18 return if i = 1 then \"0123456789\" else if i < 19 then partial[-1] + "
      "partial[-1] else \"\")[-1],"
      " l: for i in 1..100000 return s}.l",
      "distinct values(for i in 1..5000 return [i])",
      "string join(for i in 1..900000 return \"0123456789\")",
      "sort(for i in 1..500000 return i, function(a, b) a > b)",
      "matches(string join(for i in 1..5000 return \"a\") + \"b\", \"^(a|aa)+\\\\1$\")",
      "replace(string join(for i in 1..5000 return \"a\"), \"(a*)*\\\\1b\", \"x\")",
      "split(string join(for i in 1..5000 return \"a\"), \"(a*)*\\\\1b\")",
      "matches(\"a\", \"" + nested("(", "a", "){1,1000}", 5) + "\")",
      "matches(\"a\", \"" + nested("(", "a", ")", 50'000) + "\")",
      "matches(\"a\", \"" + repeat("[", 50'000) + "\")",
      "matches(\"a\", \"" + repeat("(?:", 30'000) + "\")",
      "matches(\"a\", \"a{99999999999}\")",
      "replace(string join(for i in 1..100000 return \"a\"), \"a\", \"" + repeat("b", 100) + "\")",
      "10 ** 1000000",
      "10 ** 999999999999999999999",
      "1.5 ** 1000000000",
      "exp(1000000)",
      "1E+6144 * 10",
      "decimal(1, 1000000)",
      "number(\"1E+999999999999\")",
      "duration(\"P" + repeat("9", 100'000) + "D\")",
      "date(\"" + repeat("9", 100'000) + "-01-01\")",
      "date(999999999, 12, 31) + @\"P1D\"",
      "@\"P9223372036854775807M\" + @\"P1M\"",
      "range(\"" + repeat("[", 100'000) + "\")",
      "range(\"" + nested("(", "1", ")", 10'000) + "\")",
      "range(\"[1.." + nested("(", "1", ")", 10'000) + "]\")",
      "context put({a: 1}, for i in 1..100000 return \"a\", 1)",
      "get value({a: 1}, for i in 1..100000 return \"a\")",
  };
  for (const std::string& text : texts) {
    CAPTURE(shown(text));
    const Stopwatch stopwatch;
    const Outcome outcome = evaluate(text);
    CHECK(outcome.value == "null");
    CHECK(outcome.reason != "");
    CHECK(stopwatch.seconds() < kMostSeconds);
  }
}

TEST_CASE("what is large and within the limits has an answer") {
  struct Row {
    std::string expression;
    std::string value;
  };

  const std::vector<Row> rows{
      {nested("(", "1", ")", 99), "1"},
      {"count(for i in 1..500000 return i)", "500000"},
      {"some i in 1..1000000000 satisfies i > 10", "true"},
      {"(for i in 1..1000000000 return i)[1]", "null"},
      {"10 ** -1000000 = 0", "true"},
      {"for i in 9223372036854775806..9223372036854775807 return i",
       "[9223372036854775806, 9223372036854775807]"},
      {"for i in (9223372036854775806..9223372036854775807] return i", "[9223372036854775807]"},
      {"matches(string join(for i in 1..5000 return \"a\") + \"b\", \"^(a+)+$\")", "false"},
      {"string length(string(" + nested("[", "1", "]", 90) + "))", "181"},
      {"count(sort(for i in 1..1000 return modulo(i * 7, 13), function(a, b) true))", "1000"},
      {"count(sort(for i in 1..1000 return i, function(a, b) modulo(a * b, 3) = 1))", "1000"},
      {"{f: function(g, n) if n = 0 then 0 else 1 + g(g, n - 1), r: f(f, 190)}.r", "190"},
      {"string(for i in 1..3 return function() i)", "\"[function(), function(), function()]\""},
      {"matches(string join(for i in 1..5000 return \"a\"), \"^(a|aa)+$\")", "true"},
  };
  for (const Row& row : rows) {
    CAPTURE(shown(row.expression));
    const Stopwatch stopwatch;
    CHECK(evaluate(row.expression).value == row.value);
    CHECK(stopwatch.seconds() < kMostSeconds);
  }
}

}  // namespace formwork::feel

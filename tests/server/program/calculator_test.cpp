#include "server/program/calculator.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace formwork::program {
namespace {

using Answer = Calculator::Answer;

// At 10:00 on 2 March 2026 in Shanghai.
Calculator calculator() {
  return {*parse_instant("2026-03-02T02:00:00Z"), *TimeZone::find("Asia/Shanghai")};
}

Calculator calculator_with(std::string_view context) {
  Calculator made = calculator();
  const auto read = made.read_context(context);
  REQUIRE_MESSAGE(read.has_value(), (read ? "" : read.error()));
  return made;
}

std::string value_of(const Calculator& calculator, const std::string& text) {
  const Answer answer = calculator.evaluate(text, "test");
  return answer.is_readable ? calculator.show(answer.value) : "unreadable";
}

std::string findings_of(const Answer& answer) {
  std::string out;
  for (const Diagnostic& finding : answer.findings.all()) out += to_text(finding);
  return out;
}

TEST_CASE("an expression gives its value as FEEL text") {
  const Calculator calc = calculator();
  CHECK(value_of(calc, "1.10 + 1") == "2.10");
  CHECK(value_of(calc, R"("a" + "b")") == R"("ab")");
  CHECK(value_of(calc, "[1, {a: null}]") == "[1, {a: null}]");
  CHECK(value_of(calc, R"(date("2026-03-02"))") == R"(@"2026-03-02")");
  CHECK(value_of(calc, "1 +") == "unreadable");
}

TEST_CASE("the clock and the zone are those that the calculator was given") {
  const Calculator calc = calculator();
  CHECK(value_of(calc, "now()") == R"(@"2026-03-02T10:00:00@Asia/Shanghai")");
  CHECK(value_of(calc, "today()") == R"(@"2026-03-02")");
  const Calculator far(*parse_instant("2026-03-02T02:00:00Z"), *TimeZone::find("America/New_York"));
  CHECK(value_of(far, "today()") == R"(@"2026-03-01")");
}

TEST_CASE("the members of a JSON object become variables") {
  const Calculator calc = calculator_with(
      R"({"amount": 2500.00, "order no": "A-7", "owner": {"name": "Li"}, "tags": ["vip"], "x": null})");
  CHECK(value_of(calc, "amount") == "2500.00");
  CHECK(value_of(calc, "order no") == R"("A-7")");
  CHECK(value_of(calc, "owner.name") == R"("Li")");
  CHECK(value_of(calc, R"("vip" in tags)") == "true");
  CHECK(value_of(calc, "x = null") == "true");
}

TEST_CASE("what is no JSON object is refused with a sentence") {
  Calculator calc = calculator();
  const auto error = [&](std::string_view context) {
    const auto read = calc.read_context(context);
    return read ? std::string("none") : read.error();
  };
  CHECK(error("[1]") == "a JSON object is needed");
  CHECK(error(R"({"a": )") == "byte 6: the text ends too early");
  CHECK(error(R"({"a": 1e99999})") == "`a`: the number 1e99999 is out of reach");
  CHECK(error("{}") == "none");
}

TEST_CASE("a variable that is set again has the new value") {
  Calculator calc = calculator_with(R"({"rate": 1})");
  calc.set("rate", feel::Value("high"));
  CHECK(value_of(calc, "rate") == R"("high")");
}

TEST_CASE("an expression that cannot be read has a finding with its place and no value") {
  const Answer answer = calculator().evaluate("if true\nthan 1 else 2", "rule.feel");
  CHECK_FALSE(answer.is_readable);
  CHECK(answer.findings.has_errors());
  CHECK(findings_of(answer) ==
        "error[feel.syntax]: expected `then`, not `than`\n"
        "  --> rule.feel:2:1\n"
        "   |\n"
        " 2 | than 1 else 2\n"
        "   | ^^^^ write if condition then value else value\n");
}

TEST_CASE("what has no answer is null, with the reason as a warning") {
  const Answer answer = calculator_with(R"({"a": null})").evaluate("a > 1", "test");
  CHECK(answer.is_readable);
  CHECK(answer.value.is_null());
  CHECK_FALSE(answer.findings.has_errors());
  CHECK(findings_of(answer) ==
        "warning[feel.null]: the left side of the comparison is null\n"
        "  --> test:1:1\n"
        "   |\n"
        " 1 | a > 1\n"
        "   | ^^^^^\n");
}

TEST_CASE("the parts that an answer hangs on are told once each, without the whole") {
  const Calculator calc = calculator_with(R"({"amount": 2500, "discount": 0.2})");
  using Parts = std::vector<std::string>;
  CHECK(calc.evaluate("amount > 1000 and discount <= 0.1", "test").parts ==
        Parts{"`amount` is 2500", "`discount` is 0.2"});
  CHECK(calc.evaluate("if amount > 1000 then discount else 0", "test").parts ==
        Parts{"`amount` is 2500", "`discount` is 0.2"});
  CHECK(calc.evaluate("amount", "test").parts.empty());
  CHECK(calc.evaluate("1 + 1", "test").parts.empty());
}

TEST_CASE("the type of an expression is the checker's") {
  const Calculator calc = calculator_with(R"({"amount": 2500, "owner": {"name": "Li"}})");
  CHECK(calc.type_of("amount * 2") == "number");
  CHECK(calc.type_of("owner") == "context<name: string>");
  CHECK(calc.type_of("for i in 1..3 return i > amount") == "list<boolean>");
  CHECK(calc.type_of("today()") == "date");
  CHECK(calc.type_of("amount + owner") == "");
}

// A dialogue as a person has it: what is typed behind `> `, then what is printed.
std::string dialogue(const std::vector<std::string>& lines) {
  Calculator calc = calculator();
  std::string out;
  bool ends = false;
  for (const std::string& line : lines) {
    if (ends) return out + "after the end\n";
    out += "> " + line + "\n" + run_line(calc, line, ends);
  }
  return out;
}

TEST_CASE("a dialogue keeps values, explains answers and tells types") {
  CHECK(dialogue({":let rate 0.06", R"(:context {"amount": 2500, "order no": 7})",
                  "amount * (1 + rate)", "order no + 1", "  :explain amount > 1000 and rate > 0.1",
                  ":type amount > 1000", ":let rate rate * 2", "rate", "", ":quit"}) ==
        "> :let rate 0.06\n"
        "> :context {\"amount\": 2500, \"order no\": 7}\n"
        "> amount * (1 + rate)\n"
        "2650.00\n"
        "> order no + 1\n"
        "8\n"
        ">   :explain amount > 1000 and rate > 0.1\n"
        "false\n"
        "  `amount` is 2500\n"
        "  `rate` is 0.06\n"
        "> :type amount > 1000\n"
        "boolean\n"
        "> :let rate rate * 2\n"
        "> rate\n"
        "0.12\n"
        "> \n"
        "> :quit\n");
}

TEST_CASE("a mistake in a dialogue is said, and the dialogue goes on") {
  const std::string out = dialogue({":let rate", ":let rate 1 +", ":context 3", ":type 1 + \"a\"",
                                    ":shut", "1 + 1", ":q", "never"});
  CHECK(out.find("> :let rate\nwrite :let NAME EXPRESSION\n") != std::string::npos);
  CHECK(out.find("> :let rate 1 +\nerror[feel.syntax]: expected an operand after +\n") !=
        std::string::npos);
  CHECK(out.find("> :context 3\na JSON object is needed\n") != std::string::npos);
  CHECK(out.find("> :type 1 + \"a\"\nnull\nwarning[feel.null]: ") != std::string::npos);
  CHECK(out.find("> :shut\nthere is no `:shut`\n") != std::string::npos);
  CHECK(out.find("> 1 + 1\n2\n") != std::string::npos);
  CHECK(out.ends_with("> :q\nafter the end\n"));
}

TEST_CASE("help names every command of the dialogue") {
  const std::string help = dialogue({":help"});
  for (const std::string command : {":let", ":context", ":explain", ":type", ":help", ":quit"}) {
    CHECK_MESSAGE(help.find(command) != std::string::npos, command);
  }
}

}  // namespace
}  // namespace formwork::program

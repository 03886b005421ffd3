// Every boxed expression of DMN, from XML to its value.
#include <doctest/doctest.h>

#include "tests/dsl/dmn/dmn_testing.h"

namespace formwork::dmn {
namespace {

std::string value_of_logic(std::string_view logic, std::string_view type = "") {
  const Loaded loaded = load_body(decision_of("d", logic, type));
  CHECK(loaded.findings() == "");
  return loaded.value("d");
}

TEST_CASE("literals are coerced to the declared type, or null") {
  CHECK(value_of_logic(literal("1 + 2"), "number") == "3");
  CHECK(value_of_logic(literal("[\"a\"]"), "string") == "\"a\"");
  CHECK(value_of_logic(literal("1"), "string") == "null");
  CHECK(value_of_logic(literal("1 &lt; 2"), "boolean") == "true");
  CHECK(value_of_logic("<literalExpression><text><![CDATA[1 < 2]]></text></literalExpression>") ==
        "true");
}

TEST_CASE("a decision without logic is null") { CHECK(value_of_logic("") == "null"); }

TEST_CASE("context entries see those before them, and an entry without a name is the result") {
  const auto entry = [](std::string_view name, std::string_view text) {
    return "<contextEntry>" +
           (name.empty() ? "" : "<variable name=\"" + std::string(name) + "\"/>") + literal(text) +
           "</contextEntry>";
  };
  CHECK(value_of_logic("<context>" + entry("a b", "2") + entry("c", "a b * 3") + "</context>") ==
        "{a b: 2, c: 6}");
  CHECK(value_of_logic("<context>" + entry("a b", "2") + entry("", "a b + 1") + "</context>") ==
        "3");
}

TEST_CASE("lists and relations hold values, coerced by column") {
  CHECK(value_of_logic("<list>" + literal("1") + literal("\"x\"") + "</list>") == "[1, \"x\"]");
  CHECK(value_of_logic(
            "<relation><column name=\"first name\"/><column name=\"age\" typeRef=\"number\"/>"
            "<row>" +
            literal("\"Li\"") + literal("40") + "</row><row>" + literal("\"Wang\"") +
            literal("\"?\"") + "</row></relation>") ==
        "[{first name: \"Li\", age: 40}, {first name: \"Wang\", age: null}]");
}

TEST_CASE("a conditional takes its else for anything but true") {
  const auto conditional = [](std::string_view condition) {
    return "<conditional><if>" + literal(condition) + "</if><then>" + literal("1") +
           "</then><else>" + literal("2") + "</else></conditional>";
  };
  CHECK(value_of_logic(conditional("true")) == "1");
  CHECK(value_of_logic(conditional("false")) == "2");
  CHECK(value_of_logic(conditional("null")) == "2");
}

TEST_CASE("a filter binds item and the entries of an item") {
  const auto filter = [](std::string_view list, std::string_view match) {
    return "<filter><in>" + literal(list) + "</in><match>" + literal(match) + "</match></filter>";
  };
  CHECK(value_of_logic(filter("[1, 5, 9]", "item > 3")) == "[5, 9]");
  CHECK(value_of_logic(filter("[{age: 1}, {age: 7}]", "age > 3")) == "[{age: 7}]");
  CHECK(value_of_logic(filter("[{age: 1}, {age: 7}]", "item.age > 3")) == "[{age: 7}]");
  CHECK(value_of_logic(filter("[4, 5, 6]", "2")) == "5");
  CHECK(value_of_logic(filter("[4, 5, 6]", "-1")) == "6");
  CHECK(value_of_logic(filter("null", "true")) == "null");
}

TEST_CASE("loops go over lists and ranges") {
  const auto loop = [](std::string_view kind, std::string_view list, std::string_view body) {
    const std::string then = kind == "for" ? "return" : "satisfies";
    return "<" + std::string(kind) + " iteratorVariable=\"each one\"><in>" + literal(list) +
           "</in><" + then + ">" + literal(body) + "</" + then + "></" + std::string(kind) + ">";
  };
  CHECK(value_of_logic(loop("for", "[1, 2, 3]", "each one * 2")) == "[2, 4, 6]");
  CHECK(value_of_logic(loop("for", "[2..4]", "each one")) == "[2, 3, 4]");
  CHECK(value_of_logic(loop("for", "[1, 2, 3]", "count(partial)")) == "[0, 1, 2]");
  CHECK(value_of_logic(loop("some", "[1, 2]", "each one = 2")) == "true");
  CHECK(value_of_logic(loop("every", "[1, 2]", "each one = 2")) == "false");
  CHECK(value_of_logic(loop("every", "[1, null]", "each one &lt; 2")) == "null");
}

TEST_CASE("functions keep the values that they could see") {
  const std::string made = "<functionDefinition><formalParameter name=\"b\" typeRef=\"number\"/>" +
                           literal("base * b") + "</functionDefinition>";
  const Loaded loaded =
      load_body(input_of("base", "number") + decision_of("times", needs_input("base") + made) +
                decision_of("result", needs_decision("times") + literal("times(4)")) +
                decision_of("refused", needs_decision("times") + literal("times(\"x\")")));
  CHECK(loaded.value("result", {{"base", "3"}}) == "12");
  CHECK(loaded.value("refused", {{"base", "3"}}) == "null");
}

TEST_CASE("an invocation gives arguments by name") {
  const std::string knowledge =
      "<businessKnowledgeModel id=\"k\" name=\"power of\"><variable name=\"power of\"/>"
      "<encapsulatedLogic><formalParameter name=\"the base\" typeRef=\"number\"/>"
      "<formalParameter name=\"n\" typeRef=\"number\"/>" +
      literal("the base ** n") + "</encapsulatedLogic></businessKnowledgeModel>";
  const auto invocation = [](std::string_view parameter) {
    return needs_knowledge("k") + "<invocation>" + literal("power of") +
           "<binding><parameter name=\"n\"/>" + literal("3") +
           "</binding><binding><parameter name=\"" + std::string(parameter) + "\"/>" +
           literal("2") + "</binding></invocation>";
  };
  const Loaded loaded = load_body(
      knowledge + decision_of("by name", invocation("the base")) +
      decision_of("wrong name", invocation("exponent")) +
      decision_of("in text", needs_knowledge("k") + literal("power of(n: 2, the base: 5)")));
  CHECK(loaded.findings() == "");
  CHECK(loaded.value("by name") == "8");
  CHECK(loaded.value("wrong name") == "null");
  CHECK(loaded.value("in text") == "25");
}

TEST_CASE("knowledge models may call themselves, until the budget ends") {
  const auto knowledge = [](std::string_view text) {
    return "<businessKnowledgeModel id=\"f\" name=\"f\"><variable name=\"f\"/><encapsulatedLogic>"
           "<formalParameter name=\"n\" typeRef=\"number\"/>" +
           literal(text) + "</encapsulatedLogic></businessKnowledgeModel>" +
           decision_of("d", needs_knowledge("f") + literal("f(10)"));
  };
  CHECK(load_body(knowledge("if n &lt;= 1 then 1 else n * f(n - 1)")).value("d") == "3628800");
  CHECK(load_body(knowledge("f(n + 1)")).value("d") == "null");
}

TEST_CASE("functions in Java are reported and null") {
  const Loaded loaded =
      load_body(decision_of("d", "<functionDefinition kind=\"Java\"><formalParameter name=\"x\"/>" +
                                     literal("{}") + "</functionDefinition>"));
  CHECK(loaded.findings() ==
        "dmn.unsupported: decision d: functions in Java and PMML are not run\n");
}

}  // namespace
}  // namespace formwork::dmn

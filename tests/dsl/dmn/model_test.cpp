// What decisions require: inputs, types, tables, services, imports.
#include <doctest/doctest.h>

#include "tests/dsl/dmn/dmn_testing.h"

namespace formwork::dmn {
namespace {

std::string table(std::string_view attributes, std::string_view inside) {
  return "<decisionTable " + std::string(attributes) + ">" + std::string(inside) +
         "</decisionTable>";
}

std::string rule(std::string_view test, std::string_view output) {
  return "<rule><inputEntry><text>" + std::string(test) +
         "</text></inputEntry><outputEntry><text>" + std::string(output) +
         "</text></outputEntry></rule>";
}

constexpr std::string_view kAgeInput =
    "<input><inputExpression "
    "typeRef=\"number\"><text>age</text></inputExpression></input><output/>";

TEST_CASE("a table is read with its policy, and the trace tells which rules hit") {
  const Loaded loaded =
      load_body(input_of("age", "number") +
                decision_of("points", needs_input("age") +
                                          table("hitPolicy=\"COLLECT\" aggregation=\"COUNT\"",
                                                std::string(kAgeInput) + rule("&gt; 18", "1") +
                                                    rule("&gt; 65", "1") + rule("&lt; 18", "1"))));
  CHECK(loaded.findings() == "");
  CHECK(loaded.value("points", {{"age", "70"}}) == "2");
  CHECK(loaded.value("points", {{"age", "18"}}) == "0");
  const feel::Environment environment;
  decision::Trace trace;
  const std::vector<decision::Given> given{{"age", {}, feel::Value(feel::Number(70))}};
  loaded.model->evaluate("points", given, environment, nullptr, &trace);
  REQUIRE(trace.decisions.size() == 1);
  REQUIRE(trace.decisions[0].tables.size() == 1);
  CHECK(trace.decisions[0].tables[0].trace.hits == std::vector<std::size_t>{0, 1});
}

TEST_CASE("inputs are checked against their types and allowed values") {
  const Loaded loaded = load_body(
      "<itemDefinition name=\"status\"><typeRef>string</typeRef><allowedValues>"
      "<text>\"on\", \"off\"</text></allowedValues></itemDefinition>"
      "<itemDefinition name=\"statuses\" "
      "isCollection=\"true\"><typeRef>status</typeRef></itemDefinition>"
      "<itemDefinition name=\"person\"><itemComponent name=\"first name\"><typeRef>string</typeRef>"
      "</itemComponent><itemComponent name=\"state\"><typeRef>status</typeRef></itemComponent>"
      "</itemDefinition>" +
      input_of("s", "status") + input_of("all", "statuses") + input_of("p", "person") +
      decision_of("one", needs_input("s") + literal("s")) +
      decision_of("many", needs_input("all") + literal("all")) +
      decision_of("name", needs_input("p") + literal("p.first name")));
  CHECK(loaded.findings() == "");
  CHECK(loaded.value("one", {{"s", "\"on\""}}) == "\"on\"");
  CHECK(loaded.value("one", {{"s", "[\"on\"]"}}) == "\"on\"");
  CHECK(loaded.value("many", {{"all", "[\"on\", \"off\"]"}}) == "[\"on\", \"off\"]");
  CHECK(loaded.value("many", {{"all", "[\"on\", \"broken\"]"}}) == "null");
  CHECK(loaded.value("name", {{"p", "{first name: \"Li\", state: \"on\"}"}}) == "\"Li\"");
  CHECK(loaded.value("name", {{"p", "{first name: \"Li\", state: \"x\"}"}}) == "null");
  std::vector<feel::Warning> reasons;
  CHECK(loaded.value("one", {{"s", "\"x\""}}, reasons) == "null");
  REQUIRE(reasons.size() == 1);
  CHECK(reasons[0].message == "s is \"x\"; allowed: \"on\", \"off\"");
}

TEST_CASE("a decision whose value is given is not computed") {
  const Loaded loaded = load_body(decision_of("a", literal("1"), "number") +
                                  decision_of("b", needs_decision("a") + literal("a + 1")));
  CHECK(loaded.value("b") == "2");
  CHECK(loaded.value("b", {{"a", "41"}}) == "42");
}

TEST_CASE("a decision sees what it requires and nothing else") {
  const Loaded loaded = load_body(input_of("x", "number") + decision_of("blind", literal("x")) +
                                  decision_of("seeing", needs_input("x") + literal("x")));
  CHECK(loaded.value("blind", {{"x", "1"}}) == "null");
  CHECK(loaded.value("seeing", {{"x", "1"}}) == "1");
}

TEST_CASE("services take input data, then decisions, and compute what they encapsulate") {
  const std::string service =
      "<decisionService id=\"s\" name=\"s\"><variable name=\"s\"/><outputDecision href=\"#total\"/>"
      "<encapsulatedDecision href=\"#part\"/><inputDecision href=\"#rate\"/><inputData "
      "href=\"#n\"/>"
      "</decisionService>";
  const Loaded loaded =
      load_body(input_of("n", "number") + decision_of("rate", literal("100"), "number") +
                decision_of("part", needs_input("n") + literal("n + 1")) +
                decision_of("total", needs_decision("part") + needs_decision("rate") +
                                         literal("part * rate")) +
                service + decision_of("call", needs_knowledge("s") + literal("s(1, 10)")) +
                decision_of("named", needs_knowledge("s") + literal("s(rate: 5, n: 1)")));
  CHECK(loaded.findings() == "");
  CHECK(loaded.value("call") == "20");
  CHECK(loaded.value("named") == "10");
  CHECK(loaded.value("total", {{"n", "1"}}) == "200");
  const feel::Environment environment;
  const std::vector<decision::Given> given{{"n", {}, feel::Value(feel::Number(3))},
                                           {"rate", {}, feel::Value(feel::Number(2))}};
  CHECK(loaded.model->invoke("s", given, environment) == feel::Value(feel::Number(8)));
}

TEST_CASE("a service of several outputs gives a context") {
  const Loaded loaded = load_body(decision_of("a", literal("1")) + decision_of("b", literal("2")) +
                                  "<decisionService id=\"s\" name=\"s\"><outputDecision "
                                  "href=\"#a\"/><outputDecision href=\"#b\"/>"
                                  "</decisionService>" +
                                  decision_of("call", needs_knowledge("s") + literal("s().b")));
  CHECK(loaded.value("call") == "2");
}

std::string library() {
  return definitions(
      "<itemDefinition name=\"money\"><typeRef>number</typeRef></itemDefinition>" +
          input_of("base price", "money") +
          decision_of("net price", needs_input("base price") + literal("base price * 2"), "money") +
          "<businessKnowledgeModel id=\"tax\" name=\"tax\"><variable "
          "name=\"tax\"/><encapsulatedLogic>"
          "<formalParameter name=\"of\" typeRef=\"money\"/>" +
          literal("of * 0.1") + "</encapsulatedLogic></businessKnowledgeModel>",
      "urn:library");
}

std::string user(std::string_view import_name, std::string_view text) {
  return definitions(
      "<import namespace=\"urn:library\" name=\"" + std::string(import_name) +
      "\" importType=\"https://www.omg.org/spec/DMN/20230324/MODEL/\"/>" +
      decision_of("d",
                  "<informationRequirement><requiredDecision "
                  "href=\"urn:library#net price\"/></informationRequirement>"
                  "<knowledgeRequirement><requiredKnowledge href=\"urn:library#tax\"/>"
                  "</knowledgeRequirement>" +
                      literal(text)));
}

TEST_CASE("what is imported stands behind the name of the import, or plainly without one") {
  const Loaded prefixed = load_texts({user("my lib", "my lib.tax(my lib.net price)"), library()});
  CHECK(prefixed.findings() == "");
  CHECK(prefixed.value("d", {{"base price", "50"}}) == "10.0");
  CHECK(prefixed.value("d", {{"my lib.base price", "50"}}) == "10.0");
  CHECK(prefixed.value("d", {{"my lib", "{base price: 50}"}}) == "10.0");
  const Loaded plain = load_texts({user("", "tax(net price)"), library()});
  CHECK(plain.findings() == "");
  CHECK(plain.value("d", {{"base price", "50"}}) == "10.0");
}

TEST_CASE("an import whose model is not there is reported") {
  const Loaded loaded = load_texts({user("lib", "1")});
  CHECK(loaded.findings().find("dmn.unknown-reference: import lib: no model with the name space "
                               "urn:library is there") != std::string::npos);
  CHECK(loaded.value("d") == "1");
}

TEST_CASE("decisions in a circle are reported and end") {
  const Loaded loaded = load_body(decision_of("a", needs_decision("b") + literal("b")) +
                                  decision_of("b", needs_decision("a") + literal("a")));
  CHECK(loaded.findings() == "dmn.cycle: decision b: `b` and `a` require each other\n");
  CHECK(loaded.value("a") == "null");
}

TEST_CASE("a long row of decisions is computed or refused, never a crash") {
  std::string body = decision_of("d0", literal("1"));
  for (int i = 1; i < 3000; ++i) {
    const std::string before = "d" + std::to_string(i - 1);
    body = decision_of("d" + std::to_string(i), needs_decision(before) + literal(before + " + 1")) +
           body;
  }
  const Loaded loaded = load_body(body);
  CHECK(loaded.findings().find("dmn.limit") != std::string::npos);
  CHECK(loaded.value("d100") == "101");
  loaded.value("d2999");
}

TEST_CASE("a type that contains itself is no endless one") {
  const Loaded loaded = load_body(
      "<itemDefinition name=\"tree\"><itemComponent name=\"children\" "
      "isCollection=\"true\"><typeRef>tree"
      "</typeRef></itemComponent></itemDefinition>" +
      input_of("t", "tree") + decision_of("d", needs_input("t") + literal("count(t.children)")));
  CHECK(loaded.value("d", {{"t", "{children: [{children: []}, {children: []}]}"}}) == "2");
}

TEST_CASE("a mistake in a cell is shown where it stands, through the escapes of XML") {
  const Loaded loaded =
      load_body(input_of("age", "number") +
                decision_of("d", needs_input("age") + table("hitPolicy=\"FIRST\"",
                                                            std::string(kAgeInput) +
                                                                rule("&lt; 18, &lt; )", "\"x\""))));
  REQUIRE(loaded.diagnostics.all().size() == 1);
  const Diagnostic& found = loaded.diagnostics.all()[0];
  CHECK(found.message.starts_with("decision d, rule 1, input age: "));
  CHECK(found.where.text() == ")");
}

}  // namespace
}  // namespace formwork::dmn

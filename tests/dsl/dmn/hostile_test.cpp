// XML that wants to harm, and XML that is none.
#include <doctest/doctest.h>

#include "tests/dsl/dmn/dmn_testing.h"

namespace formwork::dmn {
namespace {

std::string repeated(std::string_view text, std::size_t count) {
  std::string result;
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

std::string findings_of(const std::string& text) {
  const Loaded loaded = load_texts({text});
  CHECK(loaded.model == nullptr);
  return loaded.findings();
}

TEST_CASE("document types and their entities are refused") {
  CHECK(findings_of("<!DOCTYPE d [<!ENTITY a \"b\">]>" + definitions("")) ==
        "dmn.syntax: a document type is not read\n");
  CHECK(findings_of("<!DOCTYPE d SYSTEM \"file:///etc/passwd\"><definitions/>") ==
        "dmn.syntax: a document type is not read\n");
}

TEST_CASE("an entity that nobody declared stays text") {
  const Loaded loaded = load_body(decision_of("d", literal("\"&xxe;\"")));
  CHECK(loaded.value("d") == "\"&xxe;\"");
}

TEST_CASE("depth and size have limits") {
  CHECK(findings_of(definitions(repeated("<list>", 5'000) + repeated("</list>", 5'000)))
            .starts_with("dmn.limit: the text is nested deeper than 100 levels"));
  CHECK(findings_of(definitions(repeated("<a/>", 600'000)))
            .starts_with("dmn.limit: the text has more"));
  CHECK(findings_of(definitions("<!--" + repeated("x", kMaxBytes) + "-->"))
            .starts_with("dmn.limit: the file has more than"));
  CHECK(findings_of(repeated("<a>", 200'000)).starts_with("dmn.syntax"));
}

TEST_CASE("what is no DMN is refused in a sentence") {
  CHECK(findings_of("").starts_with("dmn.syntax"));
  CHECK(findings_of("{}").starts_with("dmn.syntax"));
  CHECK(findings_of("<html></html>") == "dmn.syntax: a DMN model begins with <definitions>\n");
  CHECK(findings_of("<definitions").starts_with("dmn.syntax: the text is not XML"));
  CHECK(findings_of("\xff\xfe<").starts_with("dmn.syntax: the file is not plain UTF-8 text"));
  CHECK(findings_of(std::string("<definitions/>\0", 15)).starts_with("dmn.syntax"));
}

TEST_CASE("elements without what they need are read and give null") {
  const Loaded loaded = load_body(
      "<decision/><decision name=\"d\"><decisionTable/></decision><inputData/><itemDefinition/>"
      "<decision name=\"e\"><invocation/></decision><decision name=\"f\"><for/></decision>"
      "<decision name=\"g\"><context><contextEntry/></context></decision>"
      "<decision name=\"h\"><relation><row/></relation></decision><businessKnowledgeModel/>"
      "<decision name=\"i\"><functionDefinition/></decision><decisionService name=\"s\"/>"
      "<decision name=\"j\"><conditional/></decision><decision name=\"k\"><filter/></decision>"
      "<decision name=\"l\"><decisionTable hitPolicy=\"BEST\"><rule/></decisionTable></decision>");
  REQUIRE(loaded.model != nullptr);
  for (const std::string name : {"", "d", "e", "f", "g", "h", "i", "j", "k", "l", "s", "nothing"}) {
    CAPTURE(name);
    loaded.value(name);
  }
  CHECK(loaded.value("d") == "null");
  CHECK(loaded.findings().find("there is no hit policy `BEST`") != std::string::npos);
}

// Pieces of a model cut, doubled and exchanged at random: reading ends, and deciding does too.
TEST_CASE("damaged models neither crash nor hang") {
  const std::string whole = definitions(
      input_of("x", "number") +
      decision_of("d", needs_input("x") + "<context><contextEntry><variable name=\"a\"/>" +
                           literal("x &lt; 3") + "</contextEntry></context>") +
      decision_of(
          "t", needs_decision("d") +
                   "<decisionTable hitPolicy=\"COLLECT\"><input><inputExpression><text>d.a</text>"
                   "</inputExpression></input><output/><rule><inputEntry><text>true</text>"
                   "</inputEntry><outputEntry><text>[1..3]</text></outputEntry></rule>"
                   "</decisionTable>"));
  std::uint64_t state = 7;
  const auto pick = [&](std::size_t count) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::size_t>((state >> 33) % count);
  };
  for (int round = 0; round < 400; ++round) {
    CAPTURE(round);
    std::string text = whole;
    for (std::size_t cuts = 1 + pick(3); cuts > 0; --cuts) {
      const std::size_t at = pick(text.size());
      const std::size_t length = std::min(1 + pick(60), text.size() - at);
      switch (pick(3)) {
        case 0:
          text.erase(at, length);
          break;
        case 1:
          text.insert(pick(text.size()), text.substr(at, length));
          break;
        default:
          text[at] = static_cast<char>(' ' + pick(95));
      }
    }
    const Loaded loaded = load_texts({text});
    if (loaded.model == nullptr) continue;
    loaded.value("d", {{"x", "1"}});
    loaded.value("t", {{"x", "1"}});
  }
}

}  // namespace
}  // namespace formwork::dmn

// The registry of built-ins as a whole: an entry that lacks its words or whose example gives
// something else fails here by name. Also writes docs/reference/feel-functions.md with
// UPDATE_GOLDEN=1.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "dsl/feel/builtin.h"
#include "tests/dsl/feel/page.h"

namespace formwork::feel {
namespace {

constexpr const char* kReference = "docs/reference/feel-functions.md";

std::string parameter_text(const Parameter& parameter) {
  std::string text = std::string(parameter.name) + ": ";
  if (parameter.is_variadic) {
    // A variadic parameter's type is that of the list in which the arguments arrive.
    text += parameter_type(parameter).element().to_string() + "…";
  } else {
    text += parameter_type(parameter).to_string();
  }
  if (parameter.takes_null) text += " or null";
  return parameter.is_optional ? "[" + text + "]" : text;
}

// "substring(string: string, start position: number, [length: number]) → string"
std::string signature(const Builtin& builtin) {
  std::string text = std::string(builtin.name) + "(";
  for (const Parameter& parameter : builtin.parameters) {
    if (text.back() != '(') text += ", ";
    text += parameter_text(parameter);
  }
  return text + ") → " + result_type(builtin).to_string();
}

// Null for what the checker would not let pass either.
Value value_of(std::string_view text) {
  const CompiledExpression compiled = compile_expression(text, Scope{});
  for (const Problem& problem : compiled.problems) MESSAGE(problem.message);
  CHECK(compiled.problems.empty());
  if (!compiled.expression) return {};
  const Environment environment{.now = *parse_instant("2026-03-02T02:00:00Z")};
  std::vector<Warning> warnings;
  Evaluation evaluation(environment, {}, &warnings);
  Value value = compiled.expression->evaluate(evaluation);
  for (const Warning& warning : warnings) MESSAGE(warning.message);
  CHECK(warnings.empty());
  return value;
}

// What an entry lacks; nothing when it is complete.
std::string what_is_missing(const Builtin& builtin) {
  if (builtin.summary.empty()) return "a summary";
  if (!builtin.summary.ends_with('.')) return "a full stop behind its summary";
  if (builtin.example.empty()) return "an example";
  const std::string call = std::string(builtin.name) + "(";
  if (builtin.example.find(call) == std::string_view::npos) return "an example that calls it";
  if (builtin.answer.empty()) return "an answer to its example";
  return "";
}

TEST_CASE("every built-in has a summary, an example that calls it and the answer") {
  REQUIRE(all_builtins().size() > 70);
  for (const Builtin& builtin : all_builtins()) {
    const std::string missing = what_is_missing(builtin);
    CHECK_MESSAGE(missing.empty(), signature(builtin), " has not ", missing);
  }
}

TEST_CASE("the rule of entries sees what is missing") {
  const Builtin& good = find_builtins("abs").front();
  CHECK(what_is_missing(good).empty());
  Builtin bad = good;
  bad.summary = "";
  CHECK(what_is_missing(bad) == "a summary");
  bad = good;
  bad.summary = "The number";
  CHECK(what_is_missing(bad) == "a full stop behind its summary");
  bad = good;
  bad.example = "";
  CHECK(what_is_missing(bad) == "an example");
  bad.example = "floor(1)";
  CHECK(what_is_missing(bad) == "an example that calls it");
  bad = good;
  bad.answer = "";
  CHECK(what_is_missing(bad) == "an answer to its example");
}

TEST_CASE("every example of a built-in is accepted by the checker and gives its answer") {
  for (const Builtin& builtin : all_builtins()) {
    CAPTURE(signature(builtin));
    CAPTURE(builtin.example);
    const Value value = value_of(builtin.example);
    const Value answer = value_of(builtin.answer);
    CHECK_MESSAGE(value == answer, to_literal(value, TimeZone::utc()), " is not ", builtin.answer);
  }
}

TEST_CASE("every family has a title of its own and its entries stand in alphabetical order") {
  std::vector<std::string_view> titles;
  for (const Family* family : all_families()) {
    CAPTURE(family->title);
    CHECK_FALSE(family->title.empty());
    CHECK(std::find(titles.begin(), titles.end(), family->title) == titles.end());
    titles.push_back(family->title);
    CHECK_FALSE(family->entries.empty());
  }
}

// Entries of one name in one place, whichever order their file has.
std::vector<std::string_view> names_of(const Family& family) {
  std::vector<std::string_view> names;
  for (const Builtin& builtin : family.entries) names.push_back(builtin.name);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::string anchor_of(std::string_view heading) {
  std::string anchor(heading);
  for (char& c : anchor) {
    if (c == ' ') c = '-';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return anchor;
}

void append_index(std::string& text) {
  text += "| family | functions |\n| --- | --- |\n";
  for (const Family* family : all_families()) {
    text += "| [" + std::string(family->title) + "](#" + anchor_of(family->title) + ") | ";
    std::string list;
    for (const std::string_view name : names_of(*family)) {
      if (!list.empty()) list += ", ";
      list += "[" + std::string(name) + "](#" + anchor_of(name) + ")";
    }
    text += list + " |\n";
  }
}

void append_function(std::string& text, std::string_view name) {
  text += "\n### " + std::string(name) + "\n";
  for (const Builtin& builtin : find_builtins(name)) {
    text += "\n`" + signature(builtin) + "`\\\n" + std::string(builtin.summary);
    if (builtin.result_of != nullptr) text += " The type of the answer follows the arguments.";
    if (builtin.reads_clock) text += " Reads the clock.";
    text += "\n\n    " + std::string(builtin.example) + "  =>  " + std::string(builtin.answer);
    text += "\n";
  }
}

std::string reference() {
  std::string text =
      "# FEEL functions\n\n"
      "Written from the functions themselves (`UPDATE_GOLDEN=1` on their tests rewrites it), and "
      "each example is\n"
      "run. The language around them is in [feel.md](feel.md).\n\n"
      "A parameter in brackets may be left out, and `…` takes any number of arguments, or one "
      "list. Arguments are\n"
      "given in this order, or all by name: `substring(string: \"foobar\", start position: 3)`. "
      "An argument that is\n"
      "null makes the answer null, unless its type says `or null`.\n\n";
  append_index(text);
  for (const Family* family : all_families()) {
    text += "\n## " + std::string(family->title) + "\n";
    for (const std::string_view name : names_of(*family)) append_function(text, name);
  }
  return text;
}

TEST_CASE("the reference of functions says what the entries say") {
  const std::string expected = reference();
  if (updates_golden()) write_page(kReference, expected);
  CHECK_MESSAGE(read_page(kReference) == expected, "run the test with UPDATE_GOLDEN=1 to write ",
                kReference);
}

}  // namespace
}  // namespace formwork::feel

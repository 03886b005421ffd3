// The pages of FEEL's diagnostics quote messages as they are printed: the block after each
// expression is what the checker, or for feel.null the evaluation, says of it.
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "dsl/diagnostics/codes.h"
#include "dsl/diagnostics/diagnostic.h"
#include "tests/dsl/feel/page.h"

namespace formwork::feel {
namespace {

// Findings of a condition over the fields of docs/reference/feel.md; reasons of nulls when it has
// none.
std::string printed(const std::string& text) {
  static const Example example;
  const auto source = std::make_shared<const Source>("<expression>", text);
  const CompiledExpression compiled =
      compile_expression(text, example.scope(), {.expected = TypeKind::Boolean});
  Diagnostics findings;
  for (const Problem& problem : compiled.problems) {
    const Span where{source, problem.begin, problem.end};
    if (problem.is_warning) {
      findings.warning(problem.code, where, problem.message, problem.remedy);
    } else {
      findings.error(problem.code, where, problem.message, problem.remedy);
    }
  }
  if (findings.empty()) {
    std::vector<Warning> warnings;
    const std::vector<const Value*> values = example.values();
    Evaluation evaluation(example.environment(), values, &warnings);
    compiled.expression->evaluate(evaluation);
    for (const Warning& warning : warnings) {
      findings.warning(codes::kFeelNull, {source, warning.begin, warning.end}, warning.message);
    }
  }
  std::string out;
  for (const Diagnostic& finding : findings.all()) out += to_text(finding);
  return out;
}

std::string without_line_end(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

// The page with what is printed in the place of what it quotes.
std::string corrected(const std::string& page, std::size_t& examples) {
  std::string out;
  std::size_t copied = 0;
  const std::vector<Block> blocks = blocks_of(page);
  for (std::size_t i = 1; i < blocks.size(); ++i) {
    if (blocks[i - 1].kind != "feel" || blocks[i].kind != "text") continue;
    ++examples;
    out += page.substr(copied, blocks[i].begin - copied);
    out += printed(without_line_end(blocks[i - 1].text));
    copied = blocks[i].begin + blocks[i].text.size();
  }
  return out + page.substr(copied);
}

TEST_CASE("the pages of FEEL's diagnostics quote what is printed") {
  for (const codes::Entry& entry : codes::all()) {
    const std::string code(entry.code);
    if (!code.starts_with("feel.")) continue;
    CAPTURE(code);
    const std::string path = "docs/diagnostics/" + code + ".md";
    const std::string page = read_page(path);
    std::size_t examples = 0;
    const std::string right = corrected(page, examples);
    if (updates_golden()) write_page(path, right);
    CHECK(examples > 0);
    CHECK(right.find("[" + code + "]: ") != std::string::npos);
    CHECK_MESSAGE(read_page(path) == right, "run the test with UPDATE_GOLDEN=1 to write ", path);
  }
}

TEST_CASE("a page that quotes something else is corrected") {
  std::size_t examples = 0;
  const std::string page = "# A\n\n```feel\nscore >\n```\n\n```text\nwrong\n```\n\nMore.\n";
  const std::string right = corrected(page, examples);
  CHECK(examples == 1);
  CHECK(right.find("error[feel.syntax]: expected an operand after >") != std::string::npos);
  CHECK(right.find("wrong") == std::string::npos);
  CHECK(right.ends_with("```\n\nMore.\n"));
}

}  // namespace
}  // namespace formwork::feel

// docs/reference/feel.md says what the language does: every example in it is run, and every limit
// and field that it names is the one in force.
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "tests/dsl/feel/page.h"

namespace formwork::feel {
namespace {

constexpr const char* kPage = "docs/reference/feel.md";

// `expression  =>  answer`, in a block of one of these kinds:
//   feel            checked as documents are
//   feel condition  the same where a condition is needed
//   feel lenient    as `formwork eval` and DMN files have it
//   feel cells      `input  :  cell  =>  answer`
// The answer is a value, `null: reason`, or what the checker says: `error[code]: message; remedy`.
struct Line {
  std::string kind;
  std::string input;
  std::string expression;
  std::string answer;
};

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(' ') - begin + 1));
}

Line read_line(const std::string& kind, const std::string& text) {
  constexpr std::string_view kGives = "  =>  ";
  constexpr std::string_view kCell = "  :  ";
  const std::size_t gives = text.rfind(kGives);
  REQUIRE_MESSAGE(gives != std::string::npos, "no `  =>  ` in: ", text);
  Line line{kind, "", trimmed(text.substr(0, gives)), trimmed(text.substr(gives + kGives.size()))};
  if (kind != "feel cells") return line;
  const std::size_t cell = line.expression.find(kCell);
  REQUIRE_MESSAGE(cell != std::string::npos, "no `  :  ` in: ", text);
  line.input = trimmed(line.expression.substr(0, cell));
  line.expression = trimmed(line.expression.substr(cell + kCell.size()));
  return line;
}

std::vector<Line> lines_in(std::string_view page) {
  std::vector<Line> lines;
  for (const Block& block : blocks_of(page)) {
    if (!block.kind.starts_with("feel")) continue;
    for (const std::string& text : lines_of(block.text)) {
      if (!text.empty()) lines.push_back(read_line(block.kind, text));
    }
  }
  return lines;
}

std::string wording(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) {
    if (!text.empty()) text += " | ";
    text += problem.is_warning ? "warning[" : "error[";
    text += std::string(problem.code) + "]: " + problem.message;
    if (!problem.remedy.empty()) text += "; " + problem.remedy;
  }
  return text;
}

const Example& example() {
  static const Example example;
  return example;
}

// With nobody listening for reasons, code takes quicker ways; they must lead to the same.
void check_quick_answers(const Expression& expression, std::span<const Value* const> values,
                         const Value& value) {
  Evaluation quick(example().environment(), values);
  CHECK(example().show(expression.evaluate(quick)) == example().show(value));
  Evaluation asked(example().environment(), values);
  const bool* truth = value.if_boolean();
  CHECK(expression.test(asked) == (truth != nullptr ? Truth(*truth) : Truth()));
}

// What the expression gives, in the form of the page.
std::string answer_of(const CompiledExpression& compiled, const Value* input) {
  if (!compiled.problems.empty()) return wording(compiled.problems);
  std::vector<Warning> warnings;
  const std::vector<const Value*> values = example().values(input);
  Evaluation evaluation(example().environment(), values, &warnings);
  const Value value = compiled.expression->evaluate(evaluation);
  check_quick_answers(*compiled.expression, values, value);
  if (value.is_null() && !warnings.empty()) return "null: " + warnings.front().message;
  return example().show(value);
}

Options options_of(const std::string& kind) {
  Options options;
  if (kind == "feel condition") options.expected = TypeKind::Boolean;
  if (kind == "feel lenient") options.mode = Options::Mode::Lenient;
  return options;
}

std::string run(const Line& line) {
  const Scope scope = example().scope();
  if (line.kind != "feel cells") {
    return answer_of(compile_expression(line.expression, scope, options_of(line.kind)), nullptr);
  }
  const CompiledExpression input = compile_expression(line.input, scope);
  REQUIRE_MESSAGE(input.expression.has_value(), line.input);
  const std::vector<const Value*> values = example().values();
  Evaluation evaluation(example().environment(), values);
  const Value value = input.expression->evaluate(evaluation);
  return answer_of(compile_unary_tests(line.expression, input.expression->type(), scope), &value);
}

TEST_CASE("every example of the language's page gives what stands behind it") {
  const std::vector<Line> lines = lines_in(read_page(kPage));
  CHECK(lines.size() > 100);
  for (const Line& line : lines) {
    CAPTURE(line.input);
    CAPTURE(line.expression);
    CHECK(run(line) == line.answer);
  }
}

TEST_CASE("the runner of the page sees an example that gives something else") {
  const std::string page =
      "\n```feel\n1 + 1  =>  3\n```\n```feel condition\nscore  =>  true\n```\n"
      "```feel lenient\n\"a\" + 1  =>  2\n```\n```feel cells\n3  :  < 3  =>  true\n```\n"
      "```yaml\na: b\n```\n";
  const std::vector<Line> lines = lines_in(page);
  REQUIRE(lines.size() == 4);
  CHECK(run(lines[0]) == "2");
  CHECK(run(lines[1]) ==
        "error[feel.type-mismatch]: a condition is needed here, and `score` is a number");
  CHECK(run(lines[2]) == "null: string + number has no answer");
  CHECK(run(lines[3]) == "false");
}

TEST_CASE("the page lists the fields that its examples use") {
  const std::string page = read_page(kPage);
  for (const ExampleField& field : example().fields()) {
    std::string row = "\n| `";
    row.append(field.name).append("` | ").append(field.words).append(" | `");
    row.append(field.literal).append("` |\n");
    CHECK_MESSAGE(page.find(row) != std::string::npos, "no row", row);
  }
}

std::string with_commas(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, ",");
  return text;
}

TEST_CASE("the page names the limits that are in force") {
  const std::string page = read_page(kPage);
  const Budget budget;
  const auto has_row = [&](std::string_view what, std::uint64_t limit, std::string_view unit) {
    std::string row = "\n| ";
    row.append(what).append(" | ").append(with_commas(limit)).append(unit).append(" |");
    CHECK_MESSAGE(page.find(row) != std::string::npos, "no row", row);
  };
  has_row("the text of an expression", kMaxTextBytes, " bytes");
  has_row("nesting", kMaxNesting, " levels");
  has_row("a chain of operators", kMaxHeight, "");
  has_row("parts", kMaxNodes, "");
  has_row("digits of a number", Number::kDigits, "");
  has_row("steps", budget.steps, "");
  has_row("one list", budget.list_elements, " elements");
  has_row("one text", budget.string_bytes, " bytes");
  has_row("functions in functions", budget.depth, " calls");
  const std::string name = "at most " + with_commas(kMaxBoundNameBytes) + " bytes.\n";
  CHECK(page.find(name) != std::string::npos);
}

}  // namespace
}  // namespace formwork::feel

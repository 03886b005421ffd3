#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

#include "dsl/diagnostics/codes.h"
#include "dsl/feel/parse.h"
#include "tests/dsl/feel/tree_shape.h"

namespace formwork::feel {
namespace {

struct Row {
  std::string text;
  std::string shape;
};

NameSet known_names() {
  NameSet names;
  for (const std::string_view name :
       {"date and time", "string length", "profit-loss", "unit price", "time offset", "金额 合计",
        "t.item type", "years and months duration"}) {
    names.add(name);
  }
  return names;
}

std::string shape_of(std::string_view text) {
  const Parsed parsed = parse_expression(text, known_names());
  for (const Problem& problem : parsed.problems) INFO(problem.message);
  return parsed.problems.empty() ? shape(parsed.tree) : parsed.problems.front().message;
}

std::string shape_of_tests(std::string_view text) {
  const Parsed parsed = parse_unary_tests(text, known_names());
  return parsed.problems.empty() ? shape(parsed.tree) : parsed.problems.front().message;
}

template <std::size_t count>
void check_shapes(const Row (&rows)[count]) {
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(shape_of(row.text) == row.shape);
  }
}

TEST_CASE("literals are read as written") {
  check_shapes({{"12", "12"},
                {".5", ".5"},
                {"1.23e+4", "1.23e+4"},
                {"1E5", "1E5"},
                {"null", "Null"},
                {"true", "True"},
                {"false", "False"},
                {R"("a\"b\\c\n\t\r\'")", "'a\"b\\c\n\t\r''"},
                {R"("\u4E2D\uD83D\uDC0E\U01F40E")", "'中🐎🐎'"},
                {R"("// no comment")", "'// no comment'"},
                {R"(@"2026-03-02")", "@'2026-03-02'"},
                {"?", "Question"},
                {" 1 // one\n", "1"},
                {"/* a */ 1 /* b */", "1"},
                {"\u3000"
                 "1\u00A0",
                 "1"}});
}

TEST_CASE("operators bind as DMN orders them and group from the left") {
  check_shapes({{"1 + 2 * 3", "(Add 1 (Multiply 2 3))"},
                {"(1 + 2) * 3", "(Multiply (Add 1 2) 3)"},
                {"a - b - c", "(Subtract (Subtract a b) c)"},
                {"a / b * c", "(Multiply (Divide a b) c)"},
                {"3 ** 4 ** 5", "(Power (Power 3 4) 5)"},
                {"-5 ** 2", "(Power (Negate 5) 2)"},
                {"5 ** -2", "(Power 5 (Negate 2))"},
                {"2 * 3 ** 2", "(Multiply 2 (Power 3 2))"},
                {"--1", "(Negate (Negate 1))"},
                {"-a.b", "(Negate (Path b a))"},
                {"-1 instance of number", "(Negate (InstanceOf 1 number))"},
                {"a or b and c", "(Or a (And b c))"},
                {"a and b = c", "(And a (Equal b c))"},
                {"a + 1 <= b", "(LessEqual (Add a 1) b)"},
                {"a < b = c", "(Equal (Less a b) c)"},
                {"a != b", "(NotEqual a b)"},
                {"a>=b", "(GreaterEqual a b)"},
                {"a between 1 and 2 and b", "(And (Between a 1 2) b)"},
                {"a between 1+1 and 2", "(Between a (Add 1 1) 2)"},
                {"a+b", "(Add a b)"}});
}

TEST_CASE("known names hold blanks and operators, others are one word") {
  check_shapes({{"unit price * 2", "(Multiply unit price 2)"},
                {"unit\n price", "unit price"},
                {"profit-loss", "profit-loss"},
                {"profit - loss", "profit-loss"},
                {"(profit) - loss", "(Subtract profit loss)"},
                {"date and time", "date and time"},
                {"date and timing", "(And date timing)"},
                {"金额 合计 + 数量", "(Add 金额 合计 数量)"},
                {"iffy", "iffy"},
                {"order", "order"},
                {"not", "not"},
                {"a.time offset", "(Path time offset a)"},
                {"a.if.then", "(Path then (Path if a))"}});
}

TEST_CASE("names that a text binds are known where they hold") {
  check_shapes(
      {{"for list item in items return list item + 1",
        "(For (Binding list item items) (Add list item 1))"},
       {"for a b in x, c d in a b return c d", "(For (Binding a b x) (Binding c d a b) c d)"},
       {"some a-b in x satisfies a-b > 1", "(Some (Binding a-b x) (Greater a-b 1))"},
       {"function(a b) a b * 2", "(Function (Parameter a b) (Multiply a b 2))"},
       {"{a b: 1, c: a b}", "(Context (ContextEntry a b 1) (ContextEntry c a b))"},
       {"{a b: 1}.a b", "(Path a b (Context (ContextEntry a b 1)))"},
       {"[{a b: 1}][a b > 0]", "(Filter (List (Context (ContextEntry a b 1))) (Greater a b 0))"},
       {"{a+b: 1, c: a + b}", "(Context (ContextEntry a+b 1) (ContextEntry c a+b))"},
       {"{x: {a-b: 1}, c: a-b}",
        "(Context (ContextEntry x (Context (ContextEntry a-b 1))) (ContextEntry c (Subtract a "
        "b)))"}});
  CHECK(shape_of("(for a b in x return a b) + a b") == "expected an operator before `b`");
}

TEST_CASE("steps follow values in any number") {
  check_shapes(
      {{"f(x)(y)", "(Call (Call f x) y)"},
       {"f()", "(Call f)"},
       {"{a: 1}.a", "(Path a (Context (ContextEntry a 1)))"},
       {"[1,2][item>1].b", "(Path b (Filter (List 1 2) (Greater item 1)))"},
       {"a.b.c", "(Path c (Path b a))"},
       {"1.a", "(Path a 1)"},
       {"date and time(\"x\").year", "(Path year (Call date and time 'x'))"},
       {"f(from date: 1, to: 2)", "(Call f (NamedArgument from date 1) (NamedArgument to 2))"},
       {"f(a, b + c)", "(Call f a (Add b c))"},
       {"(a + b)[1]", "(Filter (Add a b) 1)"},
       {"x instance of date and time", "(InstanceOf x date and time)"},
       {"x instance of t.item type", "(InstanceOf x t.item type)"},
       {"x instance of a.b", "(InstanceOf x a.b)"},
       {"x instance of list<list<number>>", "(InstanceOf x (ListType (ListType number)))"},
       {"x instance of range<date>", "(InstanceOf x (RangeType date))"},
       {"x instance of context<a: number, b c: list<Any>>",
        "(InstanceOf x (ContextType (Parameter a number) (Parameter b c (ListType Any))))"},
       {"x instance of function<number, date and time> -> days and time duration",
        "(InstanceOf x (FunctionType number date and time days and time duration))"},
       {"x instance of function<> -> list", "(InstanceOf x (FunctionType list))"},
       {"x instance of list", "(InstanceOf x list)"}});
}

TEST_CASE("brackets of all kinds are told apart") {
  check_shapes({{"[]", "List"},
                {"{}", "Context"},
                {"[1, [2]]", "(List 1 (List 2))"},
                {"[1..2]", "(Interval [] 1 2)"},
                {"(1..2)", "(Interval () 1 2)"},
                {"]1..2[", "(Interval () 1 2)"},
                {"[1..2)", "(Interval [) 1 2)"},
                {"(1..2]", "(Interval (] 1 2)"},
                {"]a..b]", "(Interval (] a b)"},
                {"[1...5]", "(Interval [] 1 .5)"},
                {"[a[1]..(b[2])]", "(Interval [] (Filter a 1) (Filter b 2))"},
                {"[f(b[1])..f(b[2])[", "(Interval [) (Call f (Filter b 1)) (Call f (Filter b 2)))"},
                {"(< 10)", "(Comparison < 10)"},
                {"(=10)", "(Comparison = 10)"},
                {"(!=10) = (>= a + 1)", "(Equal (Comparison != 10) (Comparison >= (Add a 1)))"},
                {R"({"a b": 1, "": 2})", "(Context (ContextEntry a b 1) (ContextEntry 2))"},
                {R"({"(!],": 1})", "(Context (ContextEntry (!], 1))"},
                {"{if: 1}", "(Context (ContextEntry if 1))"}});
}

TEST_CASE("`in` takes one test or several in brackets") {
  check_shapes({{"x in 1", "(In x 1)"},
                {"x in (1, 2)", "(In x 1 2)"},
                {"x in (1)", "(In x 1)"},
                {"x in [1..5]", "(In x (Interval [] 1 5))"},
                {"x in (1..5)", "(In x (Interval () 1 5))"},
                {"x in ]1..5[ and y", "(And (In x (Interval () 1 5)) y)"},
                {"x in < 5 and y", "(And (In x (Comparison < 5)) y)"},
                {"x in (< 5, [1..2], y)", "(In x (Comparison < 5) (Interval [] 1 2) y)"},
                {"x in (a)[1] + 2", "(In x (Add (Filter a 1) 2))"},
                {"x in (a or b)", "(In x (Or a b))"},
                {"x in list = true", "(Equal (In x list) True)"}});
}

TEST_CASE("control takes all that follows") {
  check_shapes(
      {{"if a then b else c + 1", "(If a b (Add c 1))"},
       {"1 + if a then b else c + 1", "(Add 1 (If a b (Add c 1)))"},
       {"if a then b else if c then d else e", "(If a b (If c d e))"},
       {"for x in 1..10 return x", "(For (Binding x (Span 1 10)) x)"},
       {"for x in [1..3], y in z return x", "(For (Binding x (Interval [] 1 3)) (Binding y z) x)"},
       {"every x in y satisfies x > 1 and x < 2",
        "(Every (Binding x y) (And (Greater x 1) (Less x 2)))"},
       {"function(a: number, b) a + b", "(Function (Parameter a number) (Parameter b) (Add a b))"},
       {"function() 1", "(Function 1)"},
       {"(function(a) a)(1)", "(Call (Function (Parameter a) a) 1)"},
       {"function(s) external {java: {class: \"x\"}}",
        "(Function external (Parameter s) (Context (ContextEntry java (Context "
        "(ContextEntry class 'x')))))"},
       {"function(external) external", "(Function (Parameter external) external)"}});
}

TEST_CASE("cells of decision tables hold unary tests") {
  for (const Row& row :
       {Row{"-", "(Tests AnyTest)"}, Row{" - ", "(Tests AnyTest)"}, Row{"-5", "(Tests (Negate 5))"},
        Row{"< 5, >= a + 1", "(Tests (Comparison < 5) (Comparison >= (Add a 1)))"},
        Row{"[1..2], \"x\"", "(Tests (Interval [] 1 2) 'x')"},
        Row{"not(1, < 5)", "(Tests (NotTest 1 (Comparison < 5)))"},
        Row{"not(a) and b", "(Tests (And (Call not a) b))"},
        Row{"(not(a))", "(Tests (Call not a))"}, Row{"not", "(Tests not)"},
        Row{"? > 5 and ? < 9", "(Tests (And (Greater Question 5) (Less Question 9)))"},
        Row{"=5", "(Tests (Comparison = 5))"}, Row{"", "expected a test"},
        Row{"1,", "expected a value or a test"}, Row{"1 2", "expected an operator before `2`"},
        Row{"-, 1", "expected an operand after -, not `,`"}}) {
    CAPTURE(row.text);
    CHECK(shape_of_tests(row.text) == row.shape);
  }
}

// The text that each node covers, in the order of the nodes.
std::string texts_of_nodes(std::string_view text) {
  std::string out;
  const Parsed parsed = parse_expression(text, known_names());
  for (const syntax::Node& node : parsed.tree.nodes) {
    out += (out.empty() ? "" : "|") + std::string{text.substr(node.begin, node.end - node.begin)};
  }
  return out;
}

TEST_CASE("every node covers its text without the blanks around") {
  CHECK(texts_of_nodes("  a  +  1  ") == "a|1|a  +  1");
  CHECK(texts_of_nodes("(a + b) * c // d") == "a|b|a + b|c|(a + b) * c");
  CHECK(texts_of_nodes(" f( x , y ) [ 1 ] . b ") ==
        "f|x|y|f( x , y )|1|f( x , y ) [ 1 ]|f( x , y ) [ 1 ] . b");
  CHECK(texts_of_nodes("[ 1 .. 2 ] ") == "1|2|[ 1 .. 2 ]");
  CHECK(texts_of_nodes("{ a b : 1 }") == "1|a b : 1|{ a b : 1 }");
  CHECK(texts_of_nodes("if a then (b) else c") == "a|b|c|if a then (b) else c");
  CHECK(texts_of_nodes("for x in 1 .. 2 return x") ==
        "1|2|1 .. 2|x in 1 .. 2|x|for x in 1 .. 2 return x");
  CHECK(texts_of_nodes("x in ( < 5 , y )") == "x|5|< 5|y|x in ( < 5 , y )");
  CHECK(texts_of_nodes("- (a)") == "a|- (a)");
}

// A faulty text with ‹ › around what is to be pointed at.
struct Faulty {
  std::string text;
  std::string message;
  std::string remedy;
};

void check_fault(const Faulty& row) {
  CAPTURE(row.text);
  constexpr std::string_view kOpen = "‹";
  constexpr std::string_view kClose = "›";
  std::string text = row.text;
  const std::size_t begin = text.find(kOpen);
  text.erase(begin, kOpen.size());
  const std::size_t end = text.find(kClose);
  text.erase(end, kClose.size());
  const Parsed parsed = parse_expression(text, known_names());
  CHECK(parsed.tree.root == syntax::kNoNode);
  REQUIRE(parsed.problems.size() == 1);
  const Problem& problem = parsed.problems.front();
  CHECK(problem.code == codes::kFeelSyntax);
  CHECK_FALSE(problem.is_warning);
  CHECK(problem.message == row.message);
  CHECK(problem.remedy == row.remedy);
  CHECK(problem.begin == begin);
  CHECK(problem.end == end);
}

constexpr const char* kValue = "write a value, a name or a call";
constexpr const char* kIf = "write if condition then value else value";
constexpr const char* kFor = "write for item in items";

TEST_CASE("what is missing is named where it is missing") {
  for (const Faulty& row : {
           Faulty{"‹›", "expected an expression", "write one, such as amount > 1000"},
           Faulty{"1 +‹› ", "expected an operand after +", kValue},
           Faulty{"1 + ‹)›", "expected an operand after +, not `)`", kValue},
           Faulty{"a and ‹then›", "expected an operand after `and`, not `then`", kValue},
           Faulty{"(1 + 2‹›", "expected ) to close the ( at character 1", "add )"},
           Faulty{"1 +\n (2‹›", "expected ) to close the ( at line 2, character 2", "add )"},
           Faulty{"\"中\" = (1‹›", "expected ) to close the ( at character 7", "add )"},
           Faulty{"(1‹,› 2)", "expected ) to close the ( at character 1, not `,`",
                  "write a list in square brackets: [1, 2]"},
           Faulty{"[1, 2‹›", "expected , or ] to close the [ at character 1", "add ]"},
           Faulty{"[1 ‹2›]", "expected , or ] to close the [ at character 1, not `2`",
                  "write an operator or a comma before `2`, or close the bracket"},
           Faulty{"{a: 1‹›", "expected , or } to close the { at character 1", "add }"},
           Faulty{"{a‹}›", "expected : after the name of the entry, not `}`",
                  "write entries as name: value"},
           Faulty{"f(1‹›", "expected , or ) to close the ( at character 2", "add )"},
           Faulty{"f(1,‹)›", "expected an argument after the comma, not `)`", kValue},
           Faulty{"f(a: 1, ‹2›)", "expected an argument with its name after the comma, not `2`",
                  "write names before all arguments, or before none"},
           Faulty{"f(1, a‹:› 2)", "expected , or ) to close the ( at character 2, not `:`",
                  "write names before all arguments, or before none"},
           Faulty{"a[1‹›", "expected ] to close the [ at character 2", "add ]"},
           Faulty{"a.‹›", "expected a name after .", "write the name of a part"},
           Faulty{"[1..‹›", "expected the end of the interval after ..", kValue},
           Faulty{"[1..2‹}›", "expected ] or ) to close the [ at character 1, not `}`", "add ]"},
           Faulty{"function(a‹›", "expected , or ) to close the ( at character 9", "add )"},
           Faulty{"x instance of list<number‹›", "expected > to close the < at character 19",
                  "add >"},
           Faulty{"if a ‹than› b", "expected `then`, not `than`", kIf},
           Faulty{"if a then b‹›", "expected `else`", kIf},
           Faulty{"for x ‹return› 1", "expected `in` after the variable, not `return`", kFor},
           Faulty{"for x in y‹›", "expected `return`", "write for item in items return value"},
           Faulty{"some x in y ‹return› z", "expected `satisfies`, not `return`",
                  "write some item in items satisfies condition"},
           Faulty{"a between 1 ‹or› 2", "expected `and`, not `or`",
                  "write value between low and high"},
           Faulty{"x instance ‹date›", "expected `of` after `instance`, not `date`",
                  "write value instance of type"},
           Faulty{"@‹foo›", "expected a text after @, not `foo`", "write @\"2026-03-02\""},
       }) {
    check_fault(row);
  }
}

TEST_CASE("what stands where nothing can stand is named") {
  const char* const unknown =
      "write an operator such as + or `and`; a name of several words has to be known";
  for (const Faulty& row : {
           Faulty{"a ‹b›", "expected an operator before `b`", unknown},
           Faulty{"最大 ‹值› + 1", "expected an operator before `值`", unknown},
           Faulty{"12‹abc›", "expected an operator before `abc`",
                  "names do not begin with a digit"},
           Faulty{"a ‹12›", "expected an operator before `12`",
                  "write an operator such as + or `and`"},
           Faulty{"(a)‹)›", "`)` closes nothing", "take it away, or open the bracket"},
           Faulty{"a ‹then›", "`then` does not belong here", "end the expression before it"},
           Faulty{"a =‹=› b", "expected an operand after =, not `=`", "write one = to compare"},
           Faulty{"a <‹>› b", "expected an operand after <, not `>`", "write != for not equal"},
           Faulty{"a ‹&›& b", "`&` does not belong here", "write `and`"},
           Faulty{"‹!›a", "expected an expression, not `!`", "write not(…), or != for not equal"},
           Faulty{"20‹%›", "`%` does not belong here",
                  "write a percentage as a number: 0.2 for 20 %"},
           Faulty{"‹'›abc'", "expected an expression, not `'`", "write texts in double quotes"},
           Faulty{"‹“›abc”", "expected an expression, not `“`",
                  "write texts in straight double quotes"},
           Faulty{"f(a‹，›b)", "expected , or ) to close the ( at character 2, not `，`",
                  "write the comma , of ASCII"},
       }) {
    check_fault(row);
  }
}

TEST_CASE("what is wrong inside a text is told exactly") {
  for (const Faulty& row : {
           Faulty{"1 + ‹\"›abc", "the text that begins here does not end", "end it with \""},
           Faulty{"‹\"›abc\\\"", "the text that begins here does not end", "end it with \""},
           Faulty{"1 ‹/*› abc", "the comment that begins here does not end", "end it with */"},
           Faulty{R"("‹\u›12")", "\\u needs four hexadecimal digits", "write \\u4E2D for 中"},
           Faulty{R"("‹\U›123")", "\\U needs six hexadecimal digits", "write \\U01F40E for 🐎"},
           Faulty{R"("‹\uD83D›x")", "the escape is half of a character",
                  "write both halves, \\uD83D\\uDC0E, or the whole, \\U01F40E"},
           Faulty{R"("‹\uDC0E›")", "the escape is half of a character",
                  "write both halves, \\uD83D\\uDC0E, or the whole, \\U01F40E"},
           Faulty{R"("‹\U110000›")", "the escape is no character", "characters go up to \\U10FFFF"},
       }) {
    check_fault(row);
  }
  const Parsed parsed = parse_expression("\"a\xFF\"", {});
  REQUIRE(parsed.problems.size() == 1);
  CHECK(parsed.problems.front().message == "the text is not valid UTF-8");
  CHECK(parsed.problems.front().begin == 2);
}

TEST_CASE("an unknown escape stands for itself, with a warning for each text") {
  const Parsed parsed = parse_expression(R"(split("\d+\s", "\."))", {});
  CHECK(shape(parsed.tree) == R"((Call split '\d+\s' '\.'))");
  REQUIRE(parsed.problems.size() == 2);
  CHECK(parsed.problems[0].is_warning);
  CHECK(parsed.problems[0].message == "`\\d` is no escape and stands for itself");
  CHECK(parsed.problems[0].remedy == "write \\\\d");
  CHECK(parsed.problems[0].begin == 7);
  CHECK(parsed.problems[0].end == 9);
}

std::string repeated(std::string_view part, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += part;
  return out;
}

std::string_view code_of(const Parsed& parsed) {
  return parsed.problems.empty() ? std::string_view{} : parsed.problems.front().code;
}

TEST_CASE("nesting ends with a problem, not with the stack") {
  for (const std::string_view opening : {"(",         "[",          "{a:",
                                         "-",         "f(",         "a[",
                                         "if ",       "if a then ", "if a then b else ",
                                         "for x in ", "some x in ", "function() ",
                                         "not(",      "x in (",     "x in [",
                                         "([",        "[(",         "((",
                                         "(<",        "]",          "{\"a\":[(",
                                         "x[(-",      "f(a: ",      "1 + (",
                                         "[1..",      "(1.."}) {
    CAPTURE(opening);
    CHECK(code_of(parse_expression(repeated(opening, 20'000 / opening.size()), {})) ==
          codes::kFeelLimit);
    CHECK(code_of(parse_unary_tests(repeated(opening, 20'000 / opening.size()), {})) ==
          codes::kFeelLimit);
  }
  CHECK(code_of(parse_expression(std::string{"x instance of "} + repeated("list<", 5'000), {})) ==
        codes::kFeelLimit);
}

TEST_CASE("nesting within the limit is read, whichever bracket") {
  for (const auto& brackets :
       {std::pair{"(", ")"}, std::pair{"[", "]"}, std::pair{"{a:", "}"}, std::pair{"f(", ")"},
        std::pair{"a[", "]"}, std::pair{"-", ""}, std::pair{"x in (", ")"},
        std::pair{"x in (1, ", ")"}, std::pair{"if 1 then ", " else 2"}, std::pair{"(1..", "["},
        std::pair{"not(", ")"}, std::pair{"for x in ", " return x"}}) {
    CAPTURE(brackets.first);
    const auto nested = [&](std::size_t depth) {
      return parse_expression(
          repeated(brackets.first, depth) + "1" + repeated(brackets.second, depth), {});
    };
    const Parsed deepest = nested(kMaxNesting);
    CHECK(deepest.problems.empty());
    // Nothing was read twice.
    CHECK(deepest.tree.nodes.size() <= 4 * kMaxNesting + 1);
    CHECK(code_of(nested(kMaxNesting + 1)) == codes::kFeelLimit);
  }
}

TEST_CASE("long chains and long texts end with a problem") {
  for (const std::string_view link :
       {" + a", " or a", " and a", " * a", " ** a", " = a", ".a", "(a)", "[1]", " in a",
        " between 1 and 2", " instance of a"}) {
    CAPTURE(link);
    CHECK(parse_expression("a" + repeated(link, kMaxHeight - 20), {}).problems.empty());
    CHECK(code_of(parse_expression("a" + repeated(link, 10'000), {})) == codes::kFeelLimit);
  }
  CHECK(code_of(parse_expression("[0" + repeated(",1", kMaxNodes) + "]", {})) == codes::kFeelLimit);
  CHECK(parse_expression("[0" + repeated(",1", kMaxNodes - 10) + "]", {}).problems.empty());
  const Parsed parsed = parse_expression(repeated(" ", kMaxTextBytes) + "1", {});
  REQUIRE(parsed.problems.size() == 1);
  CHECK(parsed.problems.front().code == codes::kFeelLimit);
  CHECK(parsed.problems.front().message == "the expression is too long");
}

TEST_CASE("many names bound in one text do not slow it down") {
  std::string text = "{";
  for (int i = 0; i < 10'000; ++i) {
    const std::string number = std::to_string(i);
    text += (i == 0 ? "k " : ",k ") + number + ":" + (i == 0 ? "1" : "k " + std::to_string(i - 1));
  }
  CHECK(parse_expression(text + "}", {}).problems.empty());
  // Beyond the limit a name is no name of several words, or looking for it at every `a` would take
  // long.
  const std::string long_name = "a" + repeated("-a", kMaxBoundNameBytes);
  CHECK(shape_of("{" + long_name + ":1,b:a-a}").ends_with("(ContextEntry b (Subtract a a)))"));
  CHECK(parse_expression("{" + long_name + ":1,b:[a" + repeated("-a", 900) + "]}", {})
            .problems.empty());
}

TEST_CASE("children stand before their parents and only what belongs to the tree is kept") {
  const Parsed parsed = parse_unary_tests("not(a, b) and c", {});
  const syntax::Tree& tree = parsed.tree;
  std::size_t children = 0;
  for (syntax::NodeId id = 0; id < tree.nodes.size(); ++id) {
    for (const syntax::NodeId child : tree[id].children) CHECK(child < id);
    children += tree[id].children.size();
  }
  CHECK(children + 1 == tree.nodes.size());
}

}  // namespace
}  // namespace formwork::feel

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "dsl/feel/parse.h"
#include "dsl/feel/syntax.h"
#include "tests/dsl/feel/tree_shape.h"

namespace formwork::feel::syntax {
namespace {

// Names of the random trees: no two of them with an operator between make a third, save `date and
// time`, which print() minds.
constexpr std::string_view kNames[] = {
    "a",    "amount", "unit price",    "profit-loss",   "金额 合计",
    "date", "time",   "date and time", "string length", "not"};

NameSet known_names() {
  NameSet names;
  for (const std::string_view name : kNames) names.add(name);
  names.add("key one");
  names.add("key+two");
  return names;
}

std::string printed(std::string_view text) {
  const Parsed parsed = parse_expression(text, known_names());
  return parsed.problems.empty() ? print(parsed.tree) : parsed.problems.front().message;
}

TEST_CASE("a tree is printed with the brackets it needs and no others") {
  struct Row {
    std::string_view text;
    std::string_view printed;
  };

  for (const Row& row : {
           Row{"((1)+(2*3))", "1 + 2 * 3"},
           Row{"(1+2)*3", "(1 + 2) * 3"},
           Row{"a-(amount-1)", "a - (amount - 1)"},
           Row{"(a-amount)-1", "a - amount - 1"},
           Row{"2**(3**4)", "2 ** (3 ** 4)"},
           Row{"-(a**2)", "-(a ** 2)"},
           Row{"(-a)**2", "-a ** 2"},
           Row{"(-a).b", "(-a).b"},
           Row{"(if a then 1 else 2)+1", "(if a then 1 else 2) + 1"},
           Row{"1+(if a then 1 else 2)", "1 + if a then 1 else 2"},
           Row{"-(if a then 1 else 2)*3", "-(if a then 1 else 2) * 3"},
           Row{"(a or amount)and 1", "(a or amount) and 1"},
           Row{"(a=1)=(amount=2)", "a = 1 = (amount = 2)"},
           Row{"a in(1)", "a in 1"},
           Row{"a in(1,(< 2))", "a in (1, < 2)"},
           Row{"a in(a or 1)", "a in (a or 1)"},
           Row{"(a in 1)in 2", "a in 1 in 2"},
           Row{"a in ]1..2[", "a in (1..2)"},
           Row{"[1..(a[1])]", "[1..(a[1])]"},
           Row{"[(a[1])..2]", "[a[1]..2]"},
           Row{"[1.. .5]", "[1.. .5]"},
           Row{"(= 1)", "(= 1)"},
           Row{"(function(a:number)a)(1)", "(function(a: number) a)(1)"},
           Row{"(date)and time", "(date) and time"},
           Row{"amount between(date)and time", "amount between (date) and time"},
           Row{"(a instance of list)<3", "(a instance of list) < 3"},
           Row{"(a instance of date)and time", "(a instance of date) and time"},
           Row{"for x in(1)..2,y in[a]return x", "for x in 1..2, y in [a] return x"},
           Row{"{\"key one\":1,\"x:y\":2,\"\":3}", "{key one: 1, \"x:y\": 2, \"\": 3}"},
           Row{"f(key one:1)", "f(key one: 1)"},
           Row{R"("a\"\\\u0001\n")", R"("a\"\\\u0001\n")"},
           Row{R"(@"P1D")", R"(@"P1D")"},
           Row{"a.unit  price[a>1] // x", "a.unit price[a > 1]"},
       }) {
    CAPTURE(row.text);
    CHECK(printed(row.text) == row.printed);
    CHECK(printed(row.printed) == row.printed);
  }
}

TEST_CASE("cells are printed so that not() keeps its meaning") {
  for (const std::string_view text : {"-", "-5", "not(1, < 5)", "(not(1))", "not(1) and a",
                                      "< 5, [1..2), \"x\"", "? > 5, not(a)"}) {
    CHECK(print(parse_unary_tests(text, known_names()).tree) == text);
  }
}

TEST_CASE("trees are the same by kinds, texts and shapes, not by places") {
  const auto tree = [](std::string_view text) {
    return parse_expression(text, known_names()).tree;
  };
  CHECK(are_same(tree("1+2"), tree(" (1)  + 2")));
  CHECK_FALSE(are_same(tree("1+2"), tree("1+3")));
  CHECK_FALSE(are_same(tree("1+2"), tree("1-2")));
  CHECK_FALSE(are_same(tree("[1,2]"), tree("[1,2,3]")));
  CHECK_FALSE(are_same(tree("[1..2]"), tree("[1..2)")));
  CHECK_FALSE(are_same(tree("[1..2]"), tree("(1..2]")));
  CHECK_FALSE(are_same(tree("1"), tree("1 +")));
  CHECK(are_same(Tree{}, Tree{}));
}

// Draws trees of every kind that an expression may have.
class RandomTree {
 public:
  explicit RandomTree(unsigned seed) : random_(seed) {}

  Tree expression() {
    tree_.root = value(5);
    return std::move(tree_);
  }

  Tree cell() {
    std::vector<NodeId> tests;
    if (one_in(8)) {
      tests.push_back(add(Kind::AnyTest));
    } else if (one_in(4)) {
      tests.push_back(add(Kind::NotTest, {}, some([&] { return test(3); })));
    } else {
      tests = some([&] { return test(4); });
    }
    tree_.root = add(Kind::Tests, {}, tests);
    return std::move(tree_);
  }

 private:
  std::size_t below(std::size_t count) {
    return std::uniform_int_distribution<std::size_t>{0, count - 1}(random_);
  }

  bool one_in(std::size_t count) { return below(count) == 0; }

  template <std::size_t count>
  std::string_view pick(const std::string_view (&texts)[count]) {
    return texts[below(count)];
  }

  template <typename Draw>
  std::vector<NodeId> some(Draw draw, std::size_t least = 1) {
    std::vector<NodeId> ids(least + below(3));
    for (NodeId& id : ids) id = draw();
    return ids;
  }

  NodeId add(Kind kind, std::string_view text = {}, std::vector<NodeId> children = {}) {
    Node node;
    node.kind = kind;
    node.text = text;
    node.children = std::move(children);
    tree_.nodes.push_back(std::move(node));
    return static_cast<NodeId>(tree_.nodes.size() - 1);
  }

  NodeId leaf() {
    constexpr std::string_view kNumbers[] = {"0", "1.50", ".5", "1e5", "1.23E-4"};
    constexpr std::string_view kTexts[] = {"", "date", "a\"b\\c", "中\n", "\\d+", "time\x01"};
    switch (below(8)) {
      case 0:
        return add(Kind::Null);
      case 1:
        return add(one_in(2) ? Kind::True : Kind::False);
      case 2:
        return add(Kind::String, pick(kTexts));
      case 3:
        return one_in(2) ? add(Kind::Temporal, "P1D") : add(Kind::Question);
      case 4:
      case 5:
        return add(Kind::Number, pick(kNumbers));
      default:
        return add(Kind::Name, pick(kNames));
    }
  }

  NodeId value(int depth) {
    if (depth <= 0 || one_in(8)) return leaf();
    switch (below(10)) {
      case 0:
      case 1:
      case 2:
        return binary(depth - 1);
      case 3:
        return relation(depth - 1);
      case 4:
      case 5:
        return step(depth - 1);
      case 6:
      case 7:
        return control(depth - 1);
      default:
        return compound(depth - 1);
    }
  }

  NodeId binary(int depth) {
    constexpr Kind kKinds[] = {Kind::Add,       Kind::Subtract, Kind::Multiply,     Kind::Divide,
                               Kind::Power,     Kind::Equal,    Kind::NotEqual,     Kind::Less,
                               Kind::LessEqual, Kind::Greater,  Kind::GreaterEqual, Kind::And,
                               Kind::And,       Kind::Or};
    const NodeId left = value(depth);
    return add(kKinds[below(std::size(kKinds))], {}, {left, value(depth)});
  }

  NodeId relation(int depth) {
    const NodeId left = value(depth);
    if (one_in(3)) {
      const NodeId low = value(depth);
      return add(Kind::Between, {}, {left, low, value(depth)});
    }
    if (one_in(2)) return add(Kind::InstanceOf, {}, {left, type(2)});
    std::vector<NodeId> parts = {left};
    for (const NodeId id : some([&] { return test(depth); })) parts.push_back(id);
    return add(Kind::In, {}, std::move(parts));
  }

  NodeId comparison(int depth) {
    constexpr std::string_view kSigns[] = {"<", "<=", ">", ">=", "=", "!="};
    const NodeId operand = value(depth);
    return add(Kind::Comparison, pick(kSigns), {operand});
  }

  NodeId test(int depth) { return one_in(3) ? comparison(depth - 1) : value(depth); }

  NodeId step(int depth) {
    constexpr std::string_view kMembers[] = {"b", "if", "unit price", "date", "金额 合计"};
    const NodeId base = value(depth);
    switch (below(5)) {
      case 0:
        return add(Kind::Negate, {}, {base});
      case 1:
        return add(Kind::Path, pick(kMembers), {base});
      case 2:
        return add(Kind::Filter, {}, {base, value(depth)});
      default:
        return call(base, depth);
    }
  }

  NodeId call(NodeId callee, int depth) {
    std::vector<NodeId> parts = {callee};
    const bool is_named = one_in(3);
    const auto argument = [&] {
      const NodeId content = value(depth);
      return is_named ? add(Kind::NamedArgument, "key one", {content}) : content;
    };
    for (const NodeId id : some(argument, 0)) parts.push_back(id);
    return add(Kind::Call, {}, std::move(parts));
  }

  NodeId compound(int depth) {
    switch (below(4)) {
      case 0:
        return add(Kind::List, {}, some([&] { return value(depth); }, 0));
      case 1:
        return context(depth);
      case 2:
        return comparison(depth);
      default:
        const NodeId start = value(depth);
        const NodeId id = add(Kind::Interval, {}, {start, value(depth)});
        tree_.nodes[id].open_start = one_in(2);
        tree_.nodes[id].open_end = one_in(2);
        return id;
    }
  }

  NodeId context(int depth) {
    constexpr std::string_view kKeys[] = {"", "a", "key one", "key+two", "x:y", "if", "1"};
    const auto entry = [&] {
      const NodeId content = value(depth);
      return add(Kind::ContextEntry, pick(kKeys), {content});
    };
    return add(Kind::Context, {}, some(entry, 0));
  }

  NodeId control(int depth) {
    if (one_in(3)) {
      const NodeId condition = value(depth);
      const NodeId then = value(depth);
      return add(Kind::If, {}, {condition, then, value(depth)});
    }
    if (one_in(3)) return function(depth);
    constexpr Kind kKinds[] = {Kind::For, Kind::Some, Kind::Every};
    std::vector<NodeId> parts = some([&] { return binding(depth); });
    parts.push_back(value(depth));
    return add(kKinds[below(3)], {}, std::move(parts));
  }

  NodeId binding(int depth) {
    NodeId list = value(depth);
    if (one_in(2)) list = add(Kind::Span, {}, {list, value(depth)});
    return add(Kind::Binding, one_in(2) ? "a" : "key one", {list});
  }

  NodeId function(int depth) {
    const auto parameter = [&] {
      return one_in(2) ? add(Kind::Parameter, "a") : add(Kind::Parameter, "key one", {type(2)});
    };
    std::vector<NodeId> parts = some(parameter, 0);
    const bool is_external = one_in(4);
    parts.push_back(is_external ? context(depth) : value(depth));
    const NodeId id = add(Kind::Function, {}, std::move(parts));
    tree_.nodes[id].is_external = is_external;
    return id;
  }

  NodeId type(int depth) {
    constexpr std::string_view kTypes[] = {"number",        "list",    "date",
                                           "date and time", "context", "days and time duration",
                                           "t.b",           "function"};
    if (depth == 0 || one_in(2)) return add(Kind::TypeName, pick(kTypes));
    switch (below(4)) {
      case 0:
        return add(Kind::ListType, {}, {type(depth - 1)});
      case 1:
        return add(Kind::RangeType, {}, {type(depth - 1)});
      case 2: {
        const auto member = [&] { return add(Kind::Parameter, "key one", {type(depth - 1)}); };
        return add(Kind::ContextType, {}, some(member, 0));
      }
      default:
        return add(Kind::FunctionType, {}, some([&] { return type(depth - 1); }));
    }
  }

  std::mt19937 random_;
  Tree tree_;
};

void check_round_trip(unsigned seed, const Tree& tree, const Parsed& again,
                      const std::string& text) {
  CAPTURE(seed);
  CAPTURE(text);
  for (const Problem& problem : again.problems) CAPTURE(problem.message);
  REQUIRE(again.problems.empty());
  if (!are_same(tree, again.tree)) CHECK(shape(tree) == shape(again.tree));
  CHECK(print(again.tree) == text);
}

TEST_CASE("what is printed is read back as the same tree") {
  const NameSet names = known_names();
  for (unsigned seed = 1; seed <= 4'000; ++seed) {
    const Tree tree = RandomTree{seed}.expression();
    const std::string text = print(tree);
    check_round_trip(seed, tree, parse_expression(text, names), text);
  }
}

TEST_CASE("cells that are printed are read back as the same tests") {
  const NameSet names = known_names();
  for (unsigned seed = 1; seed <= 2'000; ++seed) {
    const Tree tree = RandomTree{seed}.cell();
    const std::string text = print(tree);
    check_round_trip(seed, tree, parse_unary_tests(text, names), text);
  }
}

}  // namespace
}  // namespace formwork::feel::syntax

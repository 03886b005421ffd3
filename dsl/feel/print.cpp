// Writes a tree as the text that parses to it.
//
// Names are written as they are kept. A tree in which a longer known name stands across an operator
// (`a` minus `b` where `a-b` is known too) is read back as that name; only `date and time`, which
// every text knows, is guarded against.
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/feel/parse.h"
#include "dsl/feel/syntax.h"
#include "dsl/feel/tokens.h"

namespace formwork::feel::syntax {
namespace {

// How tightly a kind holds its operands. A place asks for a level; what holds looser gets brackets.
enum Level : int {
  Control,  // if, for, some, every, function: they take all that follows
  Or,
  And,
  Relation,
  Sum,
  Product,
  Power,
  Negate,
  Instance,
  Step,
};

Level level_of(Kind kind) {
  switch (kind) {
    case Kind::If:
    case Kind::For:
    case Kind::Some:
    case Kind::Every:
    case Kind::Function:
      return Level::Control;
    case Kind::Or:
      return Level::Or;
    case Kind::And:
      return Level::And;
    case Kind::Equal:
    case Kind::NotEqual:
    case Kind::Less:
    case Kind::LessEqual:
    case Kind::Greater:
    case Kind::GreaterEqual:
    case Kind::Between:
    case Kind::In:
      return Level::Relation;
    case Kind::Add:
    case Kind::Subtract:
      return Level::Sum;
    case Kind::Multiply:
    case Kind::Divide:
      return Level::Product;
    case Kind::Power:
      return Level::Power;
    case Kind::Negate:
      return Level::Negate;
    case Kind::InstanceOf:
      return Level::Instance;
    default:
      return Level::Step;
  }
}

std::string_view sign_of(Kind kind) {
  switch (kind) {
    case Kind::Or:
      return "or";
    case Kind::And:
      return "and";
    case Kind::Equal:
      return "=";
    case Kind::NotEqual:
      return "!=";
    case Kind::Less:
      return "<";
    case Kind::LessEqual:
      return "<=";
    case Kind::Greater:
      return ">";
    case Kind::GreaterEqual:
      return ">=";
    case Kind::Add:
      return "+";
    case Kind::Subtract:
      return "-";
    case Kind::Multiply:
      return "*";
    case Kind::Divide:
      return "/";
    default:
      return "**";
  }
}

// What the text around an operand allows.
struct Place {
  int level = Level::Control;
  bool is_last = true;     // nothing follows that the operand could take for its own
  bool may_filter = true;  // false: a `[` would end the interval around

  Place inside(int wanted, bool last) const { return {wanted, is_last && last, may_filter}; }
};

class Printer {
 public:
  explicit Printer(const Tree& tree) : tree_(tree) {}

  std::string run() {
    if (tree_.root != kNoNode) print(tree_.root, {});
    return std::move(out_);
  }

 private:
  using Children = std::vector<NodeId>;

  void print(NodeId id, Place place) {
    const Node& node = tree_[id];
    if (!needs_brackets(node, place)) return print_bare(node, place);
    out_ += '(';
    print_bare(node, {});
    out_ += ')';
  }

  bool needs_brackets(const Node& node, const Place& place) const {
    if (node.kind == Kind::Comparison) return true;
    if (node.kind == Kind::Filter && !place.may_filter) return true;
    const Level level = level_of(node.kind);
    if (level == Level::Control) return !place.is_last;
    if (node.kind == Kind::InstanceOf && !place.is_last && may_go_on(tree_[node.children[1]])) {
      return true;
    }
    return level < place.level;
  }

  // Types that would take a following `<` or `and` for theirs.
  bool may_go_on(const Node& type) const {
    if (type.kind == Kind::FunctionType) return may_go_on(tree_[type.children.back()]);
    constexpr std::array<std::string_view, 7> kBeginnings = {"list", "range", "context", "function",
                                                             "date", "days",  "years"};
    for (const std::string_view beginning : kBeginnings) {
      if (type.kind == Kind::TypeName && type.text == beginning) return true;
    }
    return false;
  }

  // One line for each kind, so it is long.
  void print_bare(  // NOLINT(readability-function-size,readability-function-cognitive-complexity)
      const Node& node, const Place& place) {
    switch (node.kind) {
      case Kind::Null:
      case Kind::True:
      case Kind::False:
      case Kind::Number:
      case Kind::String:
      case Kind::Temporal:
      case Kind::Name:
      case Kind::Question:
      case Kind::TypeName:
      case Kind::AnyTest:
        return print_leaf(node);
      case Kind::Negate:
        out_ += '-';
        return print(node.children[0], place.inside(Level::Negate, true));
      case Kind::Between:
        return print_between(node, place);
      case Kind::In:
        return print_in(node, place);
      case Kind::InstanceOf:
        print(node.children[0], place.inside(Level::Instance, false));
        out_ += " instance of ";
        return print(node.children[1], {});
      case Kind::Path:
      case Kind::Filter:
      case Kind::Call:
        return print_step(node, place);
      case Kind::NamedArgument:
        out_ += node.text + ": ";
        return print(node.children[0], {});
      case Kind::List:
        return print_all("[", node.children, "]");
      case Kind::Context:
        return print_all("{", node.children, "}");
      case Kind::ContextEntry:
        out_ += is_plain_name(node.text) ? node.text : tokens::quote(node.text);
        out_ += ": ";
        return print(node.children[0], {});
      case Kind::Interval:
        return print_interval(node);
      case Kind::Comparison:
        out_ += node.text + " ";
        return print(node.children[0], place.inside(Level::Sum, true));
      case Kind::If:
      case Kind::For:
      case Kind::Some:
      case Kind::Every:
      case Kind::Function:
        return print_control(node);
      case Kind::Binding:
        out_ += node.text + " in ";
        return print(node.children[0], {});
      case Kind::Span:
        return print_span(node);
      case Kind::Parameter:
        return print_parameter(node);
      case Kind::ListType:
        return print_all("list<", node.children, ">");
      case Kind::RangeType:
        return print_all("range<", node.children, ">");
      case Kind::ContextType:
        return print_all("context<", node.children, ">");
      case Kind::FunctionType:
        print_all("function<", {node.children.begin(), node.children.end() - 1}, "> -> ");
        return print(node.children.back(), {});
      case Kind::NotTest:
        return print_tests("not(", node, ")");
      case Kind::Tests:
        return print_cell(node);
      default:
        return print_binary(node, place);
    }
  }

  void print_leaf(const Node& node) {
    switch (node.kind) {
      case Kind::Null:
        out_ += "null";
        return;
      case Kind::True:
        out_ += "true";
        return;
      case Kind::False:
        out_ += "false";
        return;
      case Kind::String:
        out_ += tokens::quote(node.text);
        return;
      case Kind::Temporal:
        out_ += '@' + tokens::quote(node.text);
        return;
      case Kind::Question:
        out_ += '?';
        return;
      case Kind::AnyTest:
        out_ += '-';
        return;
      default:
        out_ += node.text;
    }
  }

  // Operators group from the left, also ** (DMN TCK 0100).
  void print_binary(const Node& node, const Place& place) {
    const Level level = level_of(node.kind);
    const std::size_t begin = out_.size();
    print(node.children[0], place.inside(level, false));
    const std::size_t end = out_.size();
    out_ += " ";
    out_ += sign_of(node.kind);
    out_ += " ";
    const std::size_t right = out_.size();
    print(node.children[1], place.inside(level + 1, true));
    if (node.kind == Kind::And) keep_apart(begin, end, right);
  }

  // Puts brackets around the operand before an `and` that would read `date and time`.
  void keep_apart(std::size_t begin, std::size_t end, std::size_t right) {
    constexpr std::string_view kDate = "date";
    const std::string_view left = std::string_view{out_}.substr(begin, end - begin);
    const std::string_view after = std::string_view{out_}.substr(right);
    if (!left.ends_with(kDate) || after.substr(0, tokens::word_length(after)) != "time") return;
    const std::string_view before = left.substr(0, left.size() - kDate.size());
    if (!before.empty() && std::string_view{" -.(["}.find(before.back()) == before.npos) return;
    out_.insert(end, ")");
    out_.insert(begin, "(");
  }

  void print_between(const Node& node, const Place& place) {
    print(node.children[0], place.inside(Level::Relation, false));
    out_ += " between ";
    const std::size_t begin = out_.size();
    print(node.children[1], place.inside(Level::Sum, false));
    const std::size_t end = out_.size();
    out_ += " and ";
    const std::size_t right = out_.size();
    print(node.children[2], place.inside(Level::Sum, true));
    keep_apart(begin, end, right);
  }

  void print_in(const Node& node, const Place& place) {
    print(node.children[0], place.inside(Level::Relation, false));
    out_ += " in ";
    if (node.children.size() != 2) return print_tests("(", node, ")", 1);
    const Node& test = tree_[node.children[1]];
    if (test.kind == Kind::Comparison) return print_bare(test, place);
    print(node.children[1], place.inside(Level::Sum, true));
  }

  void print_step(const Node& node, const Place& place) {
    print(node.children[0], place.inside(Level::Step, false));
    if (node.kind == Kind::Path) {
      out_ += "." + node.text;
    } else if (node.kind == Kind::Filter) {
      print_all("[", {node.children[1]}, "]");
    } else {
      print_all("(", {node.children.begin() + 1, node.children.end()}, ")");
    }
  }

  void print_interval(const Node& node) {
    out_ += node.open_start ? '(' : '[';
    print(node.children[0], {.level = Level::Sum});
    print_dots(node.children[1], {.level = Level::Sum, .may_filter = false});
    out_ += node.open_end ? ')' : ']';
  }

  void print_span(const Node& node) {
    print(node.children[0], {});
    print_dots(node.children[1], {});
  }

  void print_dots(NodeId end, Place place) {
    out_ += "..";
    const std::size_t begin = out_.size();
    print(end, place);
    if (out_[begin] == '.') out_.insert(begin, " ");
  }

  void print_control(const Node& node) {
    const Children& parts = node.children;
    if (node.kind == Kind::If) {
      print_after("if ", parts[0]);
      print_after(" then ", parts[1]);
      return print_after(" else ", parts[2]);
    }
    const Children head{parts.begin(), parts.end() - 1};
    if (node.kind == Kind::Function) {
      print_all("function(", head, ")");
      return print_after(node.is_external ? " external " : " ", parts.back());
    }
    print_all(node.kind == Kind::For ? "for " : (node.kind == Kind::Some ? "some " : "every "),
              head, node.kind == Kind::For ? " return " : " satisfies ");
    print(parts.back(), {});
  }

  void print_after(std::string_view text, NodeId id) {
    out_ += text;
    print(id, {});
  }

  void print_parameter(const Node& node) {
    out_ += node.text;
    if (node.children.empty()) return;
    print_after(": ", node.children[0]);
  }

  void print_all(std::string_view before, const Children& children, std::string_view after) {
    out_ += before;
    for (std::size_t i = 0; i < children.size(); ++i) {
      if (i != 0) out_ += ", ";
      print(children[i], {});
    }
    out_ += after;
  }

  void print_tests(std::string_view before, const Node& node, std::string_view after,
                   std::size_t first = 0) {
    out_ += before;
    for (std::size_t i = first; i < node.children.size(); ++i) {
      if (i != first) out_ += ", ";
      const Node& test = tree_[node.children[i]];
      test.kind == Kind::Comparison ? print_bare(test, {}) : print(node.children[i], {});
    }
    out_ += after;
  }

  // A call of not() that is a whole cell would be read as a NotTest.
  void print_cell(const Node& node) {
    const Node& first = tree_[node.children[0]];
    const bool is_call = node.children.size() == 1 && first.kind == Kind::Call &&
                         tree_[first.children[0]].kind == Kind::Name &&
                         tree_[first.children[0]].text == "not";
    is_call ? print_tests("(", node, ")") : print_tests("", node, "");
  }

  static bool is_plain_name(std::string_view key) {
    return !key.empty() && tokens::declared_name_length(key) == key.size() &&
           NameSet::normalize(key) == key;
  }

  const Tree& tree_;
  std::string out_;
};

bool are_alike(const Node& a, const Node& b) {
  return a.kind == b.kind && a.open_start == b.open_start && a.open_end == b.open_end &&
         a.is_external == b.is_external && a.text == b.text &&
         a.children.size() == b.children.size();
}

}  // namespace

bool are_same(const Tree& a, const Tree& b) {
  if (a.root == kNoNode || b.root == kNoNode) return a.root == b.root;
  std::vector<std::pair<NodeId, NodeId>> pending = {{a.root, b.root}};
  while (!pending.empty()) {
    const auto [left, right] = pending.back();
    pending.pop_back();
    if (!are_alike(a[left], b[right])) return false;
    for (std::size_t i = 0; i < a[left].children.size(); ++i) {
      pending.emplace_back(a[left].children[i], b[right].children[i]);
    }
  }
  return true;
}

std::string print(const Tree& tree) { return Printer{tree}.run(); }

}  // namespace formwork::feel::syntax

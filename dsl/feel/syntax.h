// The syntax tree of a FEEL expression: names as typed, no meaning yet.
//
// Nodes live in one vector and name each other by index, children before parents; every node knows
// its bytes [begin, end) of the text. How a kind uses `text` and `children` stands beside it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace formwork::feel::syntax {

using NodeId = std::uint32_t;
inline constexpr NodeId kNoNode = static_cast<NodeId>(-1);

enum class Kind : std::uint8_t {
  // Literals
  Null,
  True,
  False,
  Number,    // text: as written, without a sign
  String,    // text: decoded
  Temporal,  // @"…"; text: decoded
  // Names and what binds them
  Name,      // text: normalised, one blank between words
  Question,  // `?` of unary tests
  // Operators; text is empty, children are the operands
  Negate,
  Add,
  Subtract,
  Multiply,
  Divide,
  Power,
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  And,
  Or,
  Between,     // value, low, high
  In,          // value, then one child for each test
  InstanceOf,  // value, type
  // Steps behind a value
  Path,           // value; text: name of the member
  Filter,         // list, condition
  Call,           // callee, then arguments: NamedArgument all, or none
  NamedArgument,  // text: name; value
  // Compound values
  List,          // elements
  Context,       // ContextEntry…
  ContextEntry,  // text: key; value
  Interval,      // start, end; open_start, open_end
  Comparison,    // a unary test as a value or in `in`: `< 10`; text: < <= > >= = !=; operand
  // Control
  If,         // condition, then, else
  For,        // Binding…, result
  Some,       // Binding…, condition
  Every,      // Binding…, condition
  Binding,    // text: variable; list, or Span
  Span,       // from, to: `1..10` in `for`
  Function,   // Parameter…, body; is_external: the body is a context that says where (`external`)
  Parameter,  // text: name; type if one is given
  // Types, behind `instance of` and in parameters
  TypeName,      // text: `number`, `days and time duration`, or a name of the scope with dots
  ListType,      // element
  RangeType,     // endpoint
  ContextType,   // Parameter… with types
  FunctionType,  // parameter types…, result
  // Unary tests, as in the cells of decision tables
  AnyTest,  // -
  NotTest,  // not(…): tests
  Tests,    // the root of unary tests: alternatives
};

struct Node {
  Kind kind = Kind::Null;
  bool open_start = false;   // Interval: `(` or `]` at the start
  bool open_end = false;     // Interval: `)` or `[` at the end
  bool is_external = false;  // Function
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string text;
  std::vector<NodeId> children;
};

struct Tree {
  std::vector<Node> nodes;
  NodeId root = kNoNode;

  const Node& operator[](NodeId id) const { return nodes[id]; }
};

// Whether both mean the same text: kinds, texts and shapes, without positions.
bool are_same(const Tree& a, const Tree& b);

// FEEL text that parses to the same tree, with only the parentheses that it needs.
std::string print(const Tree& tree);

}  // namespace formwork::feel::syntax

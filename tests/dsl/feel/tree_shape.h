// A tree as brackets, for tests: `(Add a (Multiply b 2))`.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "dsl/feel/syntax.h"

namespace formwork::feel::syntax {

inline std::string_view name_of(Kind kind) {
  constexpr std::array<std::string_view, 50> kNames = {
      "Null",          "True",        "False",        "Number",
      "String",        "Temporal",    "Name",         "Question",
      "Negate",        "Add",         "Subtract",     "Multiply",
      "Divide",        "Power",       "Equal",        "NotEqual",
      "Less",          "LessEqual",   "Greater",      "GreaterEqual",
      "And",           "Or",          "Between",      "In",
      "InstanceOf",    "Path",        "Filter",       "Call",
      "NamedArgument", "List",        "Context",      "ContextEntry",
      "Interval",      "Comparison",  "If",           "For",
      "Some",          "Every",       "Binding",      "Span",
      "Function",      "Parameter",   "TypeName",     "ListType",
      "RangeType",     "ContextType", "FunctionType", "AnyTest",
      "NotTest",       "Tests"};
  return kNames[static_cast<std::size_t>(kind)];
}

inline void append_shape(std::string& out, const Tree& tree, NodeId id) {
  const Node& node = tree[id];
  const bool is_plain =
      node.kind == Kind::Name || node.kind == Kind::Number || node.kind == Kind::TypeName;
  if (is_plain) {
    out += node.text;
    return;
  }
  if (node.kind == Kind::String || node.kind == Kind::Temporal) {
    out += (node.kind == Kind::String ? "'" : "@'") + node.text + "'";
    return;
  }
  if (node.children.empty() && node.text.empty()) {
    out += name_of(node.kind);
    return;
  }
  out += '(';
  out += name_of(node.kind);
  if (node.is_external) out += " external";
  if (node.kind == Kind::Interval) {
    out += node.open_start ? " (" : " [";
    out += node.open_end ? ")" : "]";
  }
  if (!node.text.empty()) out += " " + node.text;
  for (const NodeId child : node.children) {
    out += ' ';
    append_shape(out, tree, child);
  }
  out += ')';
}

inline std::string shape(const Tree& tree) {
  std::string out;
  if (tree.root != kNoNode) append_shape(out, tree, tree.root);
  return out;
}

}  // namespace formwork::feel::syntax

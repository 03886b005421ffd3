// Boxed expressions, compiled: what a decision or a knowledge model computes.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dsl/decision/definitions.h"
#include "dsl/decision/item_type.h"
#include "dsl/decision/table.h"

namespace formwork::decision {

// A node of boxed logic. Variables that it binds lie in slots behind those of the scope around it,
// so a frame is as long as the longest path of bindings.
struct Node {
  Boxed::Kind kind = Boxed::Kind::Nothing;
  ItemType type;                             // of the value; open when not stated
  feel::Expression expression;               // Literal
  std::shared_ptr<const Table> table;        // Table
  std::vector<Node> children;                // as Boxed has them
  std::vector<std::string> names;            // of entries, arguments, columns
  std::vector<ItemType> types;               // of entries, parameters, columns
  std::shared_ptr<const feel::Shape> shape;  // Context without result, Relation
  std::size_t slot = 0;                      // of the first variable that it binds
  std::size_t slots = 0;                     // Function: that its body needs
  std::optional<std::size_t> result;         // Context: the child whose value it is
  bool reads_partial = false;                // For: the result looks at the results so far
  std::string home;                          // for reasons
};

struct CompiledBoxed {
  Node node;
  feel::Type type;        // as far as it is known, for the names of its parts
  std::size_t slots = 0;  // that a frame needs
};

CompiledBoxed compile_boxed(const Boxed& boxed, const Surroundings& around, Findings& findings);

// The variables of a run of boxed logic, by slot. The first ones are those of the scope.
using Slots = std::vector<const feel::Value*>;

struct TracedTable {
  std::shared_ptr<const Table> table;
  TableTrace trace;
};

// `slots` are the variables of `evaluation`; the logic binds further ones and unbinds them again.
// `node` must outlive functions among the values.
feel::Value evaluate(const Node& node, Slots& slots, feel::Evaluation& evaluation,
                     std::vector<TracedTable>* traces);

}  // namespace formwork::decision

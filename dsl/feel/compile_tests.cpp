// Unary tests: the cells of decision tables.
#include <fmt/core.h>

#include "dsl/diagnostics/codes.h"
#include "dsl/feel/compiler.h"

namespace formwork::feel {

using syntax::Kind;

// `?` lies behind the variables of the scope.
Compiled Compiler::question(code::Place place) {
  return {read_slot(place, scope_.variables().size()), *input_, std::nullopt};
}

Compiled Compiler::compile_tests(const std::vector<NodeId>& tests) {
  std::vector<code::NodePtr> nodes;
  bool are_constants = true;
  for (const NodeId test : tests) {
    Compiled compiled = compile_test(test);
    are_constants = are_constants && compiled.constant;
    nodes.push_back(std::move(compiled.node));
  }
  const code::Place place = tests.empty() ? code::Place{} : place_of(tests.front());
  const Type type(TypeKind::Boolean);
  if (nodes.size() == 1) return folded(std::move(nodes.front()), type, are_constants);
  return folded(code::make_junction(place, true, std::move(nodes)), type, are_constants);
}

Compiled Compiler::compile_test(NodeId id) {
  const Node& node = at(id);
  const code::Place place = place_of(id);
  switch (node.kind) {
    case Kind::AnyTest:
      return constant(place, Value(true), TypeKind::Boolean);
    case Kind::NotTest: {
      Compiled tests = compile_tests(node.children);
      return {code::make_not(place, std::move(tests.node)), TypeKind::Boolean, std::nullopt};
    }
    case Kind::Comparison: {
      const NodeId operand_id = node.children.front();
      Compiled operand = compile(operand_id);
      const Compiled input = question(place);
      const bool is_equality = node.text == "=" || node.text == "!=";
      if (operand.type.is_open() || !input.type.is_open()) {
        check_comparable(id, operand_id, input, operand_id, operand, !is_equality);
      }
      if (is_equality) {
        return {code::make_equal(place, node.text == "!=", question(place).node,
                                 std::move(operand.node)),
                TypeKind::Boolean, std::nullopt};
      }
      code::Relation relation = code::Relation::Less;
      if (node.text == "<=") relation = code::Relation::AtMost;
      if (node.text == ">") relation = code::Relation::Greater;
      if (node.text == ">=") relation = code::Relation::AtLeast;
      return {code::make_relation(place, relation, question(place).node, std::move(operand.node)),
              TypeKind::Boolean, std::nullopt};
    }
    default:
      return compile_cell(id);
  }
}

Compiled Compiler::compile_cell(NodeId id) {
  const code::Place place = place_of(id);
  const bool reads_input = reads_question(id);
  Compiled test = compile(id);
  const Compiled input{nullptr, *input_, std::nullopt};
  const bool is_condition = test.type.is(TypeKind::Boolean);
  if (reads_input && is_condition) return test;
  const bool compares = !test.type.is_open() && !(is_condition && !input_->is(TypeKind::Boolean));
  if (compares && is_strict()) {
    const std::size_t found = problems_.size();
    check_test(id, input, id, test);
    // The sentence names the input, which has no text of its own in a cell.
    for (std::size_t i = found; i < problems_.size(); ++i) {
      if (problems_[i].code != codes::kFeelTypeMismatch) continue;
      problems_[i].message = fmt::format("the input is {} and {}; they cannot be compared",
                                         in_words(*input_), describe(id, test.type));
    }
  }
  const bool is_value = !test.type.is_open() && !test.type.is(TypeKind::List) &&
                        !test.type.is(TypeKind::Range) && !is_condition &&
                        !input_->is(TypeKind::List) && !input_->is_open();
  if (is_value) {
    return {code::make_equal(place, false, question(place).node, std::move(test.node)),
            TypeKind::Boolean, std::nullopt};
  }
  return {code::make_cell(place, question(place).node, std::move(test.node), reads_input),
          TypeKind::Boolean, std::nullopt};
}

}  // namespace formwork::feel

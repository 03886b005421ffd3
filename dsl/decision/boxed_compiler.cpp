// From boxed logic as written to nodes that can be evaluated.
#include <algorithm>
#include <utility>

#include "dsl/decision/boxed.h"
#include "dsl/diagnostics/codes.h"

namespace formwork::decision {
namespace {

using Kind = Boxed::Kind;

// Whether a variable may be read; a table might.
bool may_read(const Node& node, std::size_t slot) {
  if (node.kind == Kind::Table) return true;
  const std::span<const std::size_t> reads = node.expression.reads();
  if (std::find(reads.begin(), reads.end(), slot) != reads.end()) return true;
  return std::any_of(node.children.begin(), node.children.end(),
                     [&](const Node& child) { return may_read(child, slot); });
}

class BoxedCompiler {
 public:
  BoxedCompiler(const TypeLookup& types, feel::Options::Mode mode, Findings& findings)
      : types_(types), mode_(mode), findings_(findings) {}

  // Notes the type in `type`, as far as it is known.
  Node compile(const Boxed& boxed, const feel::Scope& scope, const std::string& home,
               feel::Type& type) {
    slots_ = std::max(slots_, scope.variables().size());
    Node node;
    node.kind = boxed.kind;
    node.home = home;
    node.slot = scope.variables().size();
    type = compile_kind(boxed, scope, node);
    if (!boxed.type.empty()) {
      const ItemType declared = named_type(boxed.type, boxed.where, home);
      // Some write the type of one output at a table that gives a list of them.
      const bool is_about_element = boxed.kind == Kind::Table &&
                                    node.table->policy().gives_list() &&
                                    !declared.type.is(feel::TypeKind::List);
      if (!is_about_element) {
        node.type = declared;
        if (!declared.type.is_open()) type = declared.type;
      }
    }
    return node;
  }

  std::size_t slots() const { return slots_; }

 private:
  feel::Type compile_kind(const Boxed& boxed, const feel::Scope& scope, Node& node) {
    switch (boxed.kind) {
      case Kind::Literal:
        return compile_literal(boxed, scope, node);
      case Kind::Context:
        return compile_context(boxed, scope, node);
      case Kind::Table:
        node.table = compile_table(*boxed.table, {scope, types_, mode_, node.home}, findings_);
        return node.table->result_type();
      case Kind::Invocation:
        return compile_invocation(boxed, scope, node);
      case Kind::Function:
        return compile_function(boxed, scope, node);
      case Kind::Relation:
        return compile_relation(boxed, scope, node);
      case Kind::Filter:
        return compile_filter(boxed, scope, node);
      case Kind::For:
      case Kind::Some:
      case Kind::Every:
        return compile_loop(boxed, scope, node);
      case Kind::List:
        return feel::Type::list(compile_children(boxed, scope, node));
      case Kind::Conditional:
        compile_children(boxed, scope, node);
        return {};
      case Kind::Foreign:
        findings_.push_back({.code = codes::kDmnUnsupported,
                             .is_warning = true,
                             .text = {{}, boxed.where},
                             .message = "functions in Java and PMML are not run",
                             .remedy = "write the function in FEEL",
                             .home = node.home});
        return {};
      case Kind::Nothing:
        return {};
    }
    return {};
  }

  ItemType named_type(const std::string& name, const Span& where, const std::string& home) {
    if (name.empty()) return {};
    if (std::optional<ItemType> type = types_(name)) return std::move(*type);
    findings_.push_back({.code = codes::kDecisionType,
                         .text = {{}, where},
                         .message = "there is no type `" + name + "`",
                         .remedy = suggest_type(name),
                         .home = home});
    return {};
  }

  feel::Type compile_literal(const Boxed& boxed, const feel::Scope& scope, Node& node) {
    if (boxed.text.empty()) return {};
    feel::CompiledExpression compiled =
        feel::compile_expression(boxed.text.text, scope, {.mode = mode_});
    add_problems(findings_, compiled.problems, boxed.text, node.home);
    if (!compiled.expression) return {};
    node.expression = std::move(*compiled.expression);
    return node.expression.type();
  }

  feel::Type compile_child(const Boxed& child, const feel::Scope& scope, const std::string& home,
                           Node& node) {
    feel::Type type;
    node.children.push_back(compile(child, scope, home, type));
    return type;
  }

  // The type that all children have in common.
  feel::Type compile_children(const Boxed& boxed, const feel::Scope& scope, Node& node) {
    feel::Type common;
    for (std::size_t i = 0; i < boxed.children.size(); ++i) {
      const feel::Type type = compile_child(boxed.children[i], scope, node.home, node);
      common = i == 0 ? type : feel::join(common, type);
    }
    return common;
  }

  feel::Type compile_context(const Boxed& boxed, const feel::Scope& scope, Node& node) {
    feel::Scope inner = scope;
    std::vector<feel::Member> members;
    feel::Type result;
    for (std::size_t i = 0; i < boxed.children.size(); ++i) {
      const Variable& variable = boxed.variables[i];
      const std::string name = feel::NameSet::normalize(variable.name);
      const std::string home = node.home + (name.empty() ? "" : ", entry " + name);
      feel::Type type = compile_child(boxed.children[i], inner, home, node);
      node.types.push_back(named_type(variable.type, variable.where, home));
      if (!node.types.back().type.is_open()) type = node.types.back().type;
      node.names.push_back(name);
      if (name.empty()) {
        node.result = i;
        result = type;
      } else {
        members.push_back({name, type});
      }
      inner.add(name, known_part(type));
      slots_ = std::max(slots_, inner.variables().size());
    }
    if (node.result) return result;
    node.shape = std::make_shared<const feel::Shape>(feel::Shape{node.names});
    return feel::Type::context(std::move(members));
  }

  // What may be said of a variable whose value somebody else may give: names of parts.
  static feel::Type known_part(const feel::Type& type) { return type.or_null(); }

  feel::Type compile_invocation(const Boxed& boxed, const feel::Scope& scope, Node& node) {
    feel::Type called;
    for (std::size_t i = 0; i < boxed.children.size(); ++i) {
      const feel::Type type = compile_child(boxed.children[i], scope, node.home, node);
      if (i == 0) called = type;
    }
    for (const Variable& variable : boxed.variables) {
      node.names.push_back(feel::NameSet::normalize(variable.name));
      node.types.push_back(named_type(variable.type, variable.where, node.home));
    }
    return called.is(feel::TypeKind::Function) ? called.element() : feel::Type();
  }

  feel::Type compile_function(const Boxed& boxed, const feel::Scope& scope, Node& node) {
    feel::Scope inner = scope;
    std::vector<feel::Member> parameters;
    for (const Variable& parameter : boxed.variables) {
      node.names.push_back(feel::NameSet::normalize(parameter.name));
      node.types.push_back(named_type(parameter.type, parameter.where, node.home));
      parameters.push_back({node.names.back(), node.types.back().type});
      inner.add(node.names.back(), node.types.back().type);
    }
    const std::size_t outside = std::exchange(slots_, inner.variables().size());
    feel::Type result;
    if (!boxed.children.empty()) {
      result = compile_child(boxed.children.front(), inner, node.home, node);
    }
    node.slots = std::exchange(slots_, outside);
    return feel::Type::function(std::move(parameters), std::move(result));
  }

  feel::Type compile_relation(const Boxed& boxed, const feel::Scope& scope, Node& node) {
    for (const Variable& column : boxed.variables) {
      node.names.push_back(feel::NameSet::normalize(column.name));
      node.types.push_back(named_type(column.type, column.where, node.home));
    }
    node.shape = std::make_shared<const feel::Shape>(feel::Shape{node.names});
    for (const Boxed& row : boxed.children) {
      compile_child(row, scope, node.home, node);
      if (row.children.size() == node.names.size()) continue;
      findings_.push_back({.code = codes::kDecisionRule,
                           .text = {{}, row.where},
                           .message = "the row does not have one value for each column",
                           .home = node.home});
    }
    std::vector<feel::Member> members;
    for (std::size_t i = 0; i < node.names.size(); ++i) {
      members.push_back({node.names[i], node.types[i].type});
    }
    return feel::Type::list(feel::Type::context(std::move(members)));
  }

  // `item`, and the entries of an item as far as its type is known.
  feel::Type compile_filter(const Boxed& boxed, const feel::Scope& scope, Node& node) {
    if (boxed.children.size() != 2) return {};
    const feel::Type list = compile_child(boxed.children[0], scope, node.home, node);
    const feel::Type item = list.is(feel::TypeKind::List) ? list.element() : feel::Type();
    feel::Scope inner = scope;
    inner.add("item", item.or_null());
    for (const feel::Member& member : item.members()) {
      if (!item.is(feel::TypeKind::Context)) break;
      node.names.push_back(member.name);
      inner.add(member.name, member.type.or_null());
    }
    compile_child(boxed.children[1], inner, node.home, node);
    return list;
  }

  feel::Type compile_loop(const Boxed& boxed, const feel::Scope& scope, Node& node) {
    if (boxed.children.size() != 2 || boxed.variables.empty()) return {};
    const feel::Type list = compile_child(boxed.children[0], scope, node.home, node);
    feel::Scope inner = scope;
    inner.add(feel::NameSet::normalize(boxed.variables.front().name),
              list.is(feel::TypeKind::List) ? list.element().or_null() : feel::Type());
    if (boxed.kind == Kind::For) inner.add("partial", feel::Type::list(feel::Type()));
    const feel::Type result = compile_child(boxed.children[1], inner, node.home, node);
    node.reads_partial = boxed.kind == Kind::For && may_read(node.children[1], node.slot + 1);
    return boxed.kind == Kind::For ? feel::Type::list(result) : feel::TypeKind::Boolean;
  }

  const TypeLookup& types_;
  feel::Options::Mode mode_;
  Findings& findings_;
  std::size_t slots_ = 0;
};

}  // namespace

CompiledBoxed compile_boxed(const Boxed& boxed, const Surroundings& around, Findings& findings) {
  BoxedCompiler compiler(around.types, around.mode, findings);
  CompiledBoxed compiled;
  compiled.node = compiler.compile(boxed, around.scope, around.home, compiled.type);
  compiled.slots = compiler.slots();
  return compiled;
}

}  // namespace formwork::decision

// if, for, some, every, and the making of functions.
#include <fmt/core.h>

#include "dsl/diagnostics/codes.h"
#include "dsl/feel/compiler.h"

namespace formwork::feel {

using syntax::Kind;

Compiled Compiler::compile_if(NodeId id) {
  const Node& node = at(id);
  Compiled condition = compile_condition(node.children[0]);
  Compiled then = compile(node.children[1]);
  Compiled otherwise = compile(node.children[2]);
  const Type type = join(then.type, otherwise.type);
  const bool are_constants = condition.constant && then.constant && otherwise.constant;
  return folded(code::make_if(place_of(id), std::move(condition.node), std::move(then.node),
                              std::move(otherwise.node)),
                type, are_constants);
}

code::Binding Compiler::compile_binding(NodeId id) {
  const Node& node = at(id);
  const NodeId source_id = node.children.front();
  const Node& source = at(source_id);
  code::Binding binding{};
  Type element = TypeKind::Any;
  if (source.kind == Kind::Span) {
    Compiled from = compile(source.children[0]);
    Compiled to = compile(source.children[1]);
    check_comparable(source_id, source.children[0], from, source.children[1], to, true);
    element = join(from.type, to.type).plain();
    binding.list = std::move(from.node);
    binding.to = std::move(to.node);
  } else {
    Compiled list = compile(source_id);
    const bool has_elements = list.type.is(TypeKind::List) || list.type.is(TypeKind::Range);
    element = has_elements ? list.type.element() : list.type;
    if (is_strict() && !has_elements && !list.type.is_open()) {
      error(codes::kFeelTypeMismatch, source_id,
            fmt::format("{}, and a list is needed to go through", describe(source_id, list.type)));
      element = TypeKind::Unknown;
    }
    binding.list = std::move(list.node);
  }
  binding.local = bind(node.text, std::move(element));
  return binding;
}

Compiled Compiler::compile_for(NodeId id) {
  const Bound bound(body());
  const std::vector<NodeId>& children = at(id).children;
  std::vector<code::Binding> bindings;
  for (std::size_t i = 0; i + 1 < children.size(); ++i) {
    bindings.push_back(compile_binding(children[i]));
  }
  const std::size_t partial = bind("partial", Type::list(TypeKind::Any));
  const std::size_t partial_name = body().names.size() - 1;
  Compiled result = compile(children.back());
  const bool uses_partial = body().names[partial_name].is_used;
  const Type type = Type::list(result.type);
  return {code::make_for(place_of(id), std::move(bindings), std::move(result.node),
                         uses_partial ? std::optional(partial) : std::nullopt,
                         cost_of(children.back())),
          type, std::nullopt};
}

Compiled Compiler::compile_quantified(NodeId id) {
  const Bound bound(body());
  const std::vector<NodeId>& children = at(id).children;
  std::vector<code::Binding> bindings;
  const std::size_t first_name = body().names.size();
  for (std::size_t i = 0; i + 1 < children.size(); ++i) {
    bindings.push_back(compile_binding(children[i]));
  }
  Compiled condition = compile_condition(children.back());
  for (std::size_t i = 0; i + 1 < children.size(); ++i) {
    const LocalName& name = body().names[first_name + i];
    if (name.is_used) continue;
    warning(codes::kFeelUnused, children[i],
            fmt::format("`{}` is not used in the condition", name.name),
            "ask something about it, or remove it");
  }
  return {code::make_quantified(place_of(id), at(id).kind == Kind::Some, std::move(bindings),
                                std::move(condition.node), cost_of(children.back())),
          TypeKind::Boolean, std::nullopt};
}

Compiled Compiler::compile_function(NodeId id) {
  const Node& node = at(id);
  if (node.is_external) {
    error(codes::kFeelUnsupported, id, "functions of other languages are not called from here",
          "write the function in FEEL");
    return unknown(id, "functions of other languages are not called from here");
  }
  bodies_.emplace_back();
  code::Lambda lambda;
  for (std::size_t i = 0; i + 1 < node.children.size(); ++i) {
    const Node& parameter = at(node.children[i]);
    Type type =
        parameter.children.empty() ? Type(TypeKind::Any) : compile_type(parameter.children.front());
    bind(parameter.text, type);
    lambda.parameters.push_back({parameter.text, std::move(type)});
  }
  Compiled result = compile(node.children.back());
  lambda.result = TypeKind::Any;
  lambda.captures = std::move(body().captures);
  lambda.body = std::move(result.node);
  lambda.local_count = body().local_count;
  lambda.cost = cost_of(node.children.back());
  bodies_.pop_back();
  Type type = Type::function(lambda.parameters, result.type).never_null();
  return {code::make_lambda(place_of(id), std::move(lambda)), std::move(type), std::nullopt};
}

}  // namespace formwork::feel

// FEEL in an entity's document: computed values, defaults, conditions and rules. Compiled when
// every field of the model has its type.
#pragma once

#include <optional>

#include "dsl/compile/context.h"
#include "dsl/feel/expression.h"

namespace formwork::compile {

// A default that begins with this is a formula; any other is the value itself.
inline constexpr char kFormulaMark = '=';

inline bool is_formula(const yaml::Node& node) {
  return node.is_scalar() && node.text.starts_with(kFormulaMark);
}

// true or false, or a text that can be read as a condition: not a quoted `true`, not `yes`, which
// YAML of old took for it.
bool may_be_condition(const yaml::Node& node);

// The expression that a scalar holds behind its first `skip` bytes. Nothing when it is in error,
// which is then reported at the words that are wrong.
std::optional<feel::Expression> read_expression(const yaml::Node& node, const feel::Scope& scope,
                                                const feel::Type& expected, Context& context,
                                                std::size_t skip = 0);

// Fills what FEEL says of the entity's fields and its rules. Model::scopes is there.
void compile_formulas(const Document& document, model::Entity& entity, Context& context);

}  // namespace formwork::compile

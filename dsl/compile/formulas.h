// FEEL in an entity's document: computed values, defaults, conditions and rules. Compiled when
// every field of the model has its type.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

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

// A part of a document's text, and where bytes of it stand in the source.
struct Phrase {
  std::string_view text;
  std::function<Span(std::size_t begin, std::size_t end)> place;

  // Bytes [begin, end) of it, without blanks around.
  Phrase part(std::size_t begin, std::size_t end = std::string_view::npos) const;

  Span where() const { return place(0, text.size()); }
};

Phrase phrase_of(const yaml::Node& scalar);

// The expression that the phrase is. Nothing when it is in error, which is then reported at the
// words that are wrong.
std::optional<feel::Expression> compile_phrase(const Phrase& phrase, const feel::Scope& scope,
                                               const feel::Type& expected, Context& context);

// The expression that a scalar holds behind its first `skip` bytes. Nothing when it is in error,
// which is then reported at the words that are wrong.
std::optional<feel::Expression> read_expression(const yaml::Node& node, const feel::Scope& scope,
                                                const feel::Type& expected, Context& context,
                                                std::size_t skip = 0);

// Fills what FEEL says of the entity's fields and its rules. Model::scopes is there.
void compile_formulas(const Document& document, model::Entity& entity, Context& context);

}  // namespace formwork::compile

// Fields and what they become: the mappings of `set`, `with` and `map`. Every value is FEEL.
#pragma once

#include "dsl/compile/text_template.h"
#include "dsl/model/automation.h"

namespace formwork::compile {

// Where values are given.
struct FieldValuesPlace {
  const model::Entity& entity;  // whose fields they are for
  const feel::Scope& scope;     // what they may name
  // The answers are read as input of the field, since nothing is known of them: text that says a
  // number is one. Otherwise they have to be of the field's type.
  bool as_input = false;
  PhraseCompiler compile = {};  // in that scope; none: as ever
};

// What is no field, takes no input or is no expression is reported and left out.
std::vector<model::FieldValue> read_field_values(const yaml::Node& node,
                                                 const FieldValuesPlace& place, Context& context);

// The field of that name as an index. Reports names that are none, and fields that only the program
// sets.
std::optional<std::size_t> find_input_field(const std::string& name, const Span& where,
                                            const model::Entity& entity, Context& context);

// FEEL in a scalar; also null, which YAML takes for nothing. Nothing where something else stands,
// which is then reported.
std::optional<Phrase> expression_in(const yaml::Node& node, Context& context);

// A new record needs what is required of it and has no default. `values` is the mapping that gives
// them, null when there is none; `where` is who makes it.
void check_required(const yaml::Node* values, const model::Entity& entity, const Span& where,
                    Context& context);

}  // namespace formwork::compile

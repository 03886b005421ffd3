// Fields and what they become: the mappings of `set`, `with` and `map`. Every value is FEEL.
#pragma once

#include "dsl/compile/text_template.h"
#include "dsl/model/automation.h"

namespace formwork::compile {

// Where values are given.
struct ValuesPlace {
  const model::Entity& entity;  // whose fields they are for
  const feel::Scope& scope;     // what they may name
  PhraseCompiler compile;       // in that scope
  // What is given is read as input of the field, as texts from outside are: types are not compared.
  bool is_input = false;
};

// What is wrong is reported and left out.
std::vector<model::FieldValue> read_field_values(const yaml::Node& node, const ValuesPlace& place,
                                                 Context& context);

// FEEL in a scalar; also `null`, which YAML takes for nothing. Null where something else stands,
// which is then reported.
const yaml::Node* expect_expression(const yaml::Node& node, Context& context);

// A new record needs what is required of it and has no default. `values` is the mapping that gives
// them, null when there is none; `where` is who makes it.
void check_required(const yaml::Node* values, const model::Entity& entity, const Span& where,
                    Context& context);

}  // namespace formwork::compile

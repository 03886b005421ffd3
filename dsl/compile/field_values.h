// `set`, `map` and `with`: fields of an entity, and FEEL for what each becomes.
#pragma once

#include <vector>

#include "dsl/compile/context.h"
#include "dsl/model/automation.h"

namespace formwork::compile {

struct FieldValuesPlace {
  const model::Entity& entity;
  const feel::Scope& scope;
  // The answers are read as input of the field, since nothing is known of them: text that says a
  // number is one. Otherwise they have to be of the field's type.
  bool as_input = false;
};

// What is no field, takes no input or is no expression is reported and left out.
std::vector<model::FieldValue> read_field_values(const yaml::Node& node,
                                                 const FieldValuesPlace& place, Context& context);

// The field of that name as an index. Reports names that are none, and fields that only the program
// sets.
std::optional<std::size_t> find_input_field(const std::string& name, const Span& where,
                                            const model::Entity& entity, Context& context);

}  // namespace formwork::compile

// The stages of an entity: what its document says under `lifecycle` or `lifecycles`.
#pragma once

#include <vector>

#include "dsl/compile/context.h"

namespace formwork::compile {

// Whether the entity's document says anything of stages, and the names that are the program's then.
bool has_lifecycle(const yaml::Node& entity);
bool is_stage_field(std::string_view name);

// A lifecycle as it is written.
struct LifecycleText {
  std::string name;  // empty when it is the only one
  Span where;
  const yaml::Node* node;
};

std::vector<LifecycleText> lifecycle_texts(const yaml::Node& entity);

// The names of stages and items, and the fields that the engine keeps for them: what FEEL may name.
void declare_lifecycles(const Document& document, model::Entity& entity, Context& context);

// All the rest. Model::scopes is there, and so are the names of roles and approval chains.
void compile_lifecycles(const Document& document, model::Entity& entity, Context& context);

// Adds the fields that the engine keeps, and finds the stages from which fields are required.
// `options` are the stages.
void add_stage_fields(const Document& document, const Span& where, model::Entity& entity,
                      Context& context);

}  // namespace formwork::compile

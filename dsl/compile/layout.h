// How records of an entity are named and shown: title, sections of the form, columns of the list.
#pragma once

#include <optional>

#include "dsl/compile/reading.h"

namespace formwork::compile {

// The field of that name. Reports unknown names; a field that is itself in error is silently
// nothing.
std::optional<std::size_t> find_usable_field(const PlacedText& name, const model::Entity& entity,
                                             Context& context);

void compile_title(const yaml::Node* node, const Document& document, model::Entity& entity,
                   Context& context);
void compile_sections(const yaml::Node* node, model::Entity& entity, Context& context);
void compile_list(const yaml::Node* node, model::Entity& entity, Context& context);

}  // namespace formwork::compile

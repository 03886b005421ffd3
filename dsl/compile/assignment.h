// Who gets a record and how soon the owner has to answer: what `assignment` documents say.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "dsl/compile/context.h"

namespace formwork::compile {

// Reads of all assignments which entities they are about, their pools, and whether there is a
// response clock: what entities are declared with. Entities are there by name. What `seconds` say
// that have a name for the second time counts, but is no mistake of theirs.
void settle_assignments(std::span<const Document> documents, std::span<const Document> seconds,
                        Context& context);

// Whether the program keeps a field of that name for an entity of that name.
bool is_assignment_field(std::string_view name, std::string_view entity, const Context& context);

// The entity's pools and the fields that the engine keeps.
void declare_assignments(model::Entity& entity, const Context& context);

// All the rest. Model::scopes is there, and so are the names of roles, teams and people.
void compile_assignment(const Document& document, model::Assignment& assignment, Context& context);

// The mapping under `response`; the assignment has its entity and its name.
std::optional<model::Response> read_response(const yaml::Node& node,
                                             const model::Assignment& assignment, Context& context);

// The pool of that name, as an index into Entity::pools. Reports what is not there.
std::optional<std::size_t> find_pool(const yaml::Node& node, const model::Entity& entity,
                                     Context& context);

}  // namespace formwork::compile

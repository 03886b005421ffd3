// What history says of a change, as far as a caller may see its fields.
#pragma once

#include <string>
#include <vector>

#include "engine/permissions/gate.h"

namespace formwork::permissions {

// By index of Entity::fields.
std::vector<bool> visible_fields(const Gate& gate, const Actor& actor, const model::Entity& entity);

// HistoryEntry::changes with only the members of visible fields. A field that the model no longer
// has is left out as well: nobody has been given a right to it.
std::string visible_changes(const std::string& changes, const model::Entity& entity,
                            const std::vector<bool>& visible);

}  // namespace formwork::permissions

// Texts with values in them, as people read them: options by their labels, money, times in the
// app's zone, people and records by name.
#pragma once

#include <string>

#include "engine/approvals/asking.h"
#include "engine/automations/doing.h"

namespace formwork::automations {

// In the language of that locale. Its expressions were compiled in the automation's scope.
std::string render(const model::TextTemplate& text, std::size_t locale, const Occasion& occasion,
                   Doing& doing);

// The field behind a name or a path: `stage`, `account.industry`, `old.owner`; null: it is none.
// `entity` is the one that the scope is of, or null.
const fields::Field* find_field(const feel::Expression& expression, const feel::Scope& scope,
                                const model::Entity* entity, const model::Model& model);

// The expression's value as JSON, for the world outside: accounts by name, records by id.
void write_value(json::Writer& writer, const feel::Expression& expression, const Occasion& occasion,
                 Doing& doing);

}  // namespace formwork::automations

// Persons of the `people` documents, which scenarios and the demo name.
#pragma once

#include "dsl/compile/reading.h"

namespace formwork::compile {

// The person with that account, or null.
const model::Person* find_person(std::string_view name, const Context& context);

// Whether there is one; reports it otherwise.
bool check_person(const PlacedText& name, Context& context);

// First all persons, then who is whose manager.
void collect_people(const Document& document, Context& context);
void settle_managers(const Document& document, Context& context);
void check_manager_circles(Context& context);

}  // namespace formwork::compile

// columns: fields and the columns that every record has, under one face for lists.
#pragma once

#include <string>

#include "server/pages/values.h"

namespace formwork::pages {

// The field, or one that reads and shows a system column as a field of its kind would.
const fields::Field& field_of(const model::Entity& entity, const model::ColumnRef& column);

std::string label_of(const Context& context, const model::Entity& entity,
                     const model::ColumnRef& column);

feel::Value value_of(const engine::Record& record, const model::ColumnRef& column);

bool may_see(const Context& context, const model::Entity& entity, const model::ColumnRef& column);

// Numbers and times: they stand right, are filtered by ranges and sorted from the top.
bool is_measure(const fields::Field& field);

// "Budget, high to low".
std::string order_in_words(const Context& context, const model::Entity& entity,
                           const model::Sort& sort);

// "-budget": as the address says it.
std::string sort_code(const model::Entity& entity, const model::Sort& sort);

}  // namespace formwork::pages

// Pieces of SQL text. Identifiers come from the compiled model alone; values are always bound.
#pragma once

#include <string>
#include <string_view>

#include "dsl/model/model.h"

namespace formwork::store {

// `"name"`: names may be Chinese or SQL keywords, so they are always quoted.
std::string quoted(std::string_view name);

// The table of an entity, `r_lead`, and of one of its table fields, `r_quote.items`. The prefix
// keeps them apart from our `fw_` and SQLite's `sqlite_` tables; a dot cannot stand in a name.
std::string table_name(const model::Entity& entity);
std::string table_name(const model::Entity& entity, const fields::Field& field);

// The column's name in the table, quoted.
std::string quoted_column(const model::Entity& entity, const model::ColumnRef& column);

// `?,?,?`
std::string placeholders(std::size_t count);

}  // namespace formwork::store

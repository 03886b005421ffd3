// One condition of a query, as SQL and as bound values.
#pragma once

#include <string>

#include "engine/store/sqlite/database.h"
#include "engine/store/sqlite/list_query.h"

namespace formwork::store {

// `"amount" >= ?`. NotEqual holds for empty fields, too, as `null != 5` does in FEEL; the orders do
// not.
std::string term_sql(const model::Entity& entity, const Term& term);

// Binds what term_sql has a `?` for; `parameter` is the last one that was bound.
void bind_term(Statement& statement, int& parameter, const model::Entity& entity, const Term& term);

// A value as the column keeps it. Ids and versions come as numbers, instants as instants, accounts
// as records.
void bind_column(Statement& statement, int parameter, const model::Entity& entity,
                 const model::ColumnRef& column, const feel::Value& value);

}  // namespace formwork::store

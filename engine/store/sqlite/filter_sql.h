// A query's filter as SQL over the table of its entity, ready to bind.
#pragma once

#include <string>
#include <vector>

#include "dsl/feel/sql.h"
#include "engine/store/sqlite/database.h"
#include "engine/store/store.h"

namespace formwork::store {

struct FilterSql {
  std::string sql;  // empty: all of it is evaluated in memory
  std::vector<feel::sql::Bound> values;
  bool is_exact = true;  // false: what it selects is to be asked again, record by record
};

// Of no filter: exact, and nothing to ask.
FilterSql filter_sql(const Query& query);

// Binds what the text has a `?` for; `parameter` is the last one that was bound. The texts must
// live until the statement is reset.
void bind_filter(Statement& statement, int& parameter, const FilterSql& filter);

// The columns of a filter's variables, as SQL reads them.
std::vector<feel::sql::Column> filter_columns(const model::Entity& entity,
                                              std::span<const FilterSlot> slots);

}  // namespace formwork::store

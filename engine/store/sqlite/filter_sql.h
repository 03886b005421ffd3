// A query's filter and record rules as SQL over the table of its entity, ready to bind.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dsl/feel/sql.h"
#include "engine/store/sqlite/database.h"
#include "engine/store/store.h"

namespace formwork::store {

// `column IS value`
struct KeyValue {
  model::ColumnRef column;
  feel::sql::Bound value;
};

struct FilterSql {
  std::string sql;  // empty: all of it is evaluated in memory
  std::vector<feel::sql::Bound> values;
  // Only records with one of these values come into question, each of which is here once; nullopt:
  // nothing like that is known.
  std::optional<std::vector<KeyValue>> keys = std::nullopt;
  // Of the filter, and of the rules. False: what is selected is to be asked again, record by
  // record.
  bool is_exact = true;
  bool are_rules_exact = true;

  bool asks_memory() const { return !is_exact || !are_rules_exact; }
};

// Of no filter and no rules: exact, and nothing to ask.
FilterSql filter_sql(const Query& query);

void bind_bound(Statement& statement, int parameter, const feel::sql::Bound& value);

// Binds what the text has a `?` for; `parameter` is the last one that was bound. The texts must
// live until the statement is reset.
void bind_filter(Statement& statement, int& parameter, const FilterSql& filter);

// The columns of a filter's variables, as SQL reads them.
std::vector<feel::sql::Column> filter_columns(const model::Entity& entity,
                                              std::span<const FilterSlot> slots);

}  // namespace formwork::store

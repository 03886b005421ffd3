// Records that have one of many values in a column: mine and those of everybody below me.
//
// SQLite by itself would sort all of them for a page, or go through the whole list. The index on
// the column and the list's order has the first records of each value side by side, so a page is
// put together from a page of each.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/store/sqlite/filter_sql.h"
#include "engine/store/sqlite/plans.h"
#include "engine/store/store.h"

namespace formwork::store {

// Values of one column and the index that finds them in order.
struct KeyRange {
  std::string column;  // quoted
  std::string index;   // quoted
  std::vector<feel::sql::Bound> values;
  std::string json;  // of the values
};

// Empty: the conditions do not say which values, or not only of columns with such an index.
std::vector<KeyRange> key_ranges(const Query& query, const FilterSql& filter,
                                 const EntityPlan& plan);

std::size_t key_count(std::span<const KeyRange> ranges);

// The ids that `inner` gives of a range; in it, `k.value` is each of the values. A `?` for them
// comes first.
template <class Inner>
std::string ids_of(const KeyRange& range, const EntityPlan& plan, Inner inner) {
  return "SELECT r.id FROM json_each(?) AS k CROSS JOIN " + plan.table + " AS r WHERE r.id IN (" +
         inner(range) + ")";
}

}  // namespace formwork::store

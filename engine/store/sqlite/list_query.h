// Pages, counts and duplicate checks as SQL over the indexes that indexes.h makes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/store/sqlite/filter_sql.h"
#include "engine/store/sqlite/key_ranges.h"
#include "engine/store/sqlite/session.h"
#include "engine/store/store.h"

namespace formwork::store {

// A condition as the column can hold it: a number with more places than the column has is rounded
// to the side that keeps the meaning, so `price <= 10.005` stays right over hundredths.
struct Term {
  model::ColumnRef column;
  Comparison comparison;
  feel::Value value;
  // Set when the answer is the same for every record: nothing equals a number that the column
  // cannot hold, and nothing is less than null.
  std::optional<bool> certain = std::nullopt;
};

std::vector<Term> terms_of(const model::Entity& entity, std::span<const Condition> conditions);

// A page is read in parts, each of which walks one range of an index in its order: nulls come last
// in both directions, while the index holds them first, and `(sort, id) > (?, ?)` would read all
// ties before the position.
enum class PagePart : unsigned char {
  WithValue,     // from the start
  Ties,          // behind the position, with the same value
  Beyond,        // behind the position, with another value
  WithoutValue,  // empty in the sort column; behind the position when there is one
};

// The parts of a page in their order.
struct PartOfPage {
  PagePart part;
  const Position* after;  // null: from the start of the part
};

std::vector<PartOfPage> parts_of(const Query& query);

// How the records of a query are found: by ranges; or in the order of the declared list, whose
// records most that are asked for will be; or as SQLite sees fit.
struct Way {
  std::vector<KeyRange> ranges;
  bool in_order = false;
};

Way way_to(Session& session, const Query& query, const FilterSql& filter);

struct PageQuery {
  const model::Entity& entity;
  const std::vector<Term>& terms;
  model::Sort sort;
  PartOfPage part;
  bool deleted;
  const FilterSql* filter = nullptr;
  const Way* way = nullptr;
};

// Bytes that are the same for queries with the same text.
std::string shape_of(const PageQuery& query);
std::string page_sql(const PageQuery& query, const EntityPlan& plan);
void bind_page(Statement& statement, const PageQuery& query, std::size_t limit);

// Calls `take` with the statement for each record of the page, until it says false.
template <class Take>
void read_page(Session& session, const PageQuery& query, std::size_t limit, Take take) {
  const Running page = session.use_shape(
      shape_of(query), [&] { return page_sql(query, session.plans().of(query.entity)); });
  bind_page(*page, query, limit);
  while (page->step() && take(*page)) {
  }
}

// Of queries whose filter is exact.
std::int64_t count_records(Session& session, const Query& query, const FilterSql& filter,
                           std::int64_t at_most);
std::optional<RecordId> find_duplicate_id(Session& session, const model::Entity& entity,
                                          std::span<const std::size_t> fields,
                                          std::span<const feel::Value> values, RecordId except);

// The statement behind find_match_id().
std::string match_sql(const model::Entity& entity, const std::vector<Term>& terms);
std::optional<RecordId> find_match_id(Session& session, const model::Entity& entity,
                                      std::span<const std::size_t> fields,
                                      std::span<const feel::Value> values);

}  // namespace formwork::store

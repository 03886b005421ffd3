// Pages, counts and duplicate checks as SQL over the indexes that indexes.h makes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

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

// A page is read in two parts, because nulls come last in both directions, while SQLite's indexes
// hold them first: the records with a value, then those without. Each part walks one index range in
// order and never sorts.
enum class Part : unsigned char { All, WithValue, WithoutValue };

struct PageQuery {
  const model::Entity& entity;
  const std::vector<Term>& terms;
  model::Sort sort;
  Part part;
  const Position* after;  // null: from the start of the part
  bool deleted;
};

// Bytes that are the same for queries with the same text.
std::string shape_of(const PageQuery& query);
std::string page_sql(const PageQuery& query, const EntityPlan& plan);
void bind_page(Statement& statement, const PageQuery& query, std::size_t limit);

// Calls `take` with the statement for each record of the page.
template <class Take>
void read_page(Session& session, const PageQuery& query, std::size_t limit, Take take) {
  const Running page = session.use_shape(
      shape_of(query), [&] { return page_sql(query, session.plans().of(query.entity)); });
  bind_page(*page, query, limit);
  while (page->step()) take(*page);
}

std::int64_t count_records(Session& session, const Query& query, std::int64_t at_most);

std::optional<RecordId> find_duplicate_id(Session& session, const model::Entity& entity,
                                          std::span<const std::size_t> fields,
                                          std::span<const feel::Value> values, RecordId except);

// Fields of a record that has no empty place in the sort column.
bool can_be_null(const model::ColumnRef& column);

}  // namespace formwork::store

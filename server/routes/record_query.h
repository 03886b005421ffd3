// What a list's address asks for: filters by equality and range, sort, page. Pages and API share
// it.
//
//   ?source=website&budget.from=1000&budget.to=5000&owner.empty=true&sort=-created_at&limit=50&cursor=…
//   ?filter=budget > 1000 and owner = user
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/command/refusal.h"
#include "engine/permissions/filter.h"
#include "engine/store/store.h"
#include "server/http/query.h"
#include "server/routes/exchange.h"

namespace formwork::routes {

inline constexpr std::size_t kDefaultPage = 50;
inline constexpr std::size_t kLargestPage = 200;
inline constexpr std::size_t kMostConditions = 100;  // SQLite takes not quite 200 in a query

// Whose forms values come in: those of the API (RFC 3339, shares, option codes) or those that
// people type.
enum class Door : unsigned char { Api, Page };

struct RecordQuery {
  store::Query query;
  std::optional<permissions::Search> search;  // `filter=`
  std::vector<model::ColumnRef> only;         // `fields=a,b`; empty: columns_of_lists()
  std::vector<engine::FieldProblem> problems;
  std::vector<http::Parameter> filters;  // those that took part, for links and for the filter form
};

// Of the exchange's query, for its caller. `reading` and the people in it must outlive the result.
RecordQuery read_query(const model::Entity& entity, const Exchange& exchange, Door door,
                       const fields::Reading& reading);

// A condition in FEEL, compiled for the caller; what the caller may not see does not exist in it.
// Its problems name `filter`.
struct ReadCondition {
  std::shared_ptr<const permissions::Filter> filter;  // null when there are problems
  std::vector<engine::FieldProblem> problems;
};

ReadCondition read_condition(std::string_view text, const model::Entity& entity,
                             const Exchange& exchange);

// What a list shows of its records when nobody asks for less: all but line items, which lists do
// not load.
std::vector<model::ColumnRef> columns_of_lists(const model::Entity& entity);

// The opaque text that names the place behind this record in this order.
std::string cursor_behind(const engine::Record& record, const store::Query& query,
                          const fields::People& people);

}  // namespace formwork::routes

#include "engine/store/sqlite/list_query.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "dsl/fields/field_type.h"
#include "engine/store/sqlite/sql_text.h"
#include "engine/store/sqlite/terms.h"

namespace formwork::store {
namespace {

bool is_id(const model::ColumnRef& column) {
  return column.is_system && column.system == model::SystemColumn::Id;
}

std::string where_sql(const model::Entity& entity, const std::vector<Term>& terms,
                      const FilterSql* filter, bool deleted) {
  std::string sql = deleted ? " WHERE deleted_at IS NOT NULL" : " WHERE deleted_at IS NULL";
  for (const Term& term : terms) sql += " AND " + term_sql(entity, term);
  if (filter != nullptr && !filter->sql.empty()) sql += " AND (" + filter->sql + ")";
  return sql;
}

int bind_terms(Statement& statement, int parameter, const model::Entity& entity,
               const std::vector<Term>& terms, const FilterSql* filter) {
  for (const Term& term : terms) bind_term(statement, parameter, entity, term);
  if (filter != nullptr) bind_filter(statement, parameter, *filter);
  return parameter;
}

void add_shape(std::string& shape, const model::ColumnRef& column) {
  const std::size_t number =
      column.is_system ? static_cast<std::size_t>(column.system) : column.field;
  shape += column.is_system ? 's' : 'f';
  shape += std::to_string(number);
}

void add_shape(std::string& shape, const std::vector<Term>& terms) {
  for (const Term& term : terms) {
    add_shape(shape, term.column);
    shape += static_cast<char>('a' + static_cast<int>(term.comparison));
    if (term.certain) shape += *term.certain ? '!' : '-';
    if (term.value.is_null()) shape += '0';
  }
}

}  // namespace

// A list by id has no ties and no empty places: it is the order within the only part.
std::vector<PartOfPage> parts_of(const Query& query) {
  const Position* after = query.after ? &*query.after : nullptr;
  if (is_id(query.sort.column))
    return {{after == nullptr ? PagePart::WithValue : PagePart::Ties, after}};
  const bool has_value = after != nullptr && !after->value.is_null();
  std::vector<PartOfPage> parts;
  if (after == nullptr) parts.push_back({PagePart::WithValue, nullptr});
  if (has_value) parts.insert(parts.end(), {{PagePart::Ties, after}, {PagePart::Beyond, after}});
  if (query.sort.column.is_system) return parts;
  parts.push_back({PagePart::WithoutValue, has_value ? nullptr : after});
  return parts;
}

namespace {

// A page of each value costs little for so few.
constexpr std::size_t kFewKeys = 16;

// Whoever may see so many will soon find a page of them in any order.
constexpr std::int64_t kManyRecords = 5'000;

bool is_one_key(std::span<const KeyRange> ranges) { return key_count(ranges) == 1; }

// Whether a condition asks for one value of a column with an index of its own.
bool has_index(const std::vector<Condition>& conditions, const EntityPlan& plan) {
  return std::any_of(conditions.begin(), conditions.end(), [&](const Condition& condition) {
    return condition.comparison == Comparison::Equal &&
           std::any_of(plan.keys.begin(), plan.keys.end(),
                       [&](const KeyIndex& one) { return one.column == condition.column; });
  });
}

std::string part_sql(const PageQuery& query) {
  const std::string column = quoted_column(query.entity, query.sort.column);
  const std::string_view beyond = query.sort.descending ? "<" : ">";
  const bool by_id = is_id(query.sort.column);
  switch (query.part.part) {
    case PagePart::WithValue:
      return query.sort.column.is_system ? "" : fmt::format(" AND {} IS NOT NULL", column);
    case PagePart::Ties:
      return (by_id ? "" : fmt::format(" AND {} = ?", column)) +
             fmt::format(" AND id {} ?", beyond);
    case PagePart::Beyond:
      return fmt::format(" AND {} {} ?", column, beyond);
    case PagePart::WithoutValue:
      return fmt::format(" AND {} IS NULL", column) +
             (query.part.after != nullptr ? fmt::format(" AND id {} ?", beyond) : "");
  }
  return "";
}

std::string order_sql(const PageQuery& query) {
  const std::string column = quoted_column(query.entity, query.sort.column);
  const std::string_view direction = query.sort.descending ? " DESC" : "";
  const bool is_one_value =
      query.part.part == PagePart::Ties || query.part.part == PagePart::WithoutValue;
  if (is_id(query.sort.column) || is_one_value) {
    return fmt::format(" ORDER BY id{} LIMIT ?", direction);
  }
  return fmt::format(" ORDER BY {}{}, id{} LIMIT ?", column, direction, direction);
}

int bind_part(Statement& statement, int parameter, const PageQuery& query) {
  const auto& [part, after] = query.part;
  const bool has_value = part == PagePart::Ties || part == PagePart::Beyond;
  if (has_value && !is_id(query.sort.column)) {
    bind_column(statement, ++parameter, query.entity, query.sort.column, after->value);
  }
  if (after != nullptr && part != PagePart::Beyond) statement.bind(++parameter, after->id);
  return parameter;
}

void add_shape(std::string& shape, const Way& way) {
  if (is_one_key(way.ranges)) shape += '1';
  for (const KeyRange& range : way.ranges) shape += range.index;
  if (way.in_order) shape += 'o';
}

}  // namespace

std::string shape_of(const PageQuery& query) {
  std::string shape = "p";
  shape += std::to_string(query.entity.index);
  shape += query.deleted ? 'd' : 'l';
  shape += query.sort.descending ? '>' : '<';
  shape += static_cast<char>('0' + static_cast<int>(query.part.part));
  shape += query.part.after == nullptr ? '.' : '+';
  add_shape(shape, query.sort.column);
  add_shape(shape, query.terms);
  if (query.filter != nullptr) shape += '?' + query.filter->sql;
  if (query.way != nullptr) add_shape(shape, *query.way);
  return shape;
}

std::string page_sql(const PageQuery& query, const EntityPlan& plan) {
  static const Way kNone;
  const Way& way = query.way != nullptr ? *query.way : kNone;
  const std::string where = where_sql(query.entity, query.terms, query.filter, query.deleted);
  const std::string rest = part_sql(query) + order_sql(query);
  if (way.ranges.empty()) {
    return fmt::format("SELECT {} FROM {}{}{}{}", plan.columns, plan.table,
                       way.in_order ? plan.in_order : "", where, rest);
  }
  if (is_one_key(way.ranges)) {
    return fmt::format("SELECT {} FROM {} INDEXED BY {}{} AND {} IS ?{}", plan.columns, plan.table,
                       way.ranges[0].index, where, way.ranges[0].column, rest);
  }
  std::string ids;
  for (const KeyRange& range : way.ranges) {
    if (!ids.empty()) ids += " UNION ";
    ids += ids_of(range, plan, [&](const KeyRange& one) {
      return fmt::format("SELECT id FROM {} INDEXED BY {}{} AND {} IS k.value{}", plan.table,
                         one.index, where, one.column, rest);
    });
  }
  return fmt::format("SELECT {} FROM {} WHERE id IN ({}){}", plan.columns, plan.table, ids,
                     order_sql(query));
}

void bind_page(Statement& statement, const PageQuery& query, std::size_t limit) {
  const auto most = static_cast<std::int64_t>(limit);
  const std::span<const KeyRange> ranges =
      query.way != nullptr ? query.way->ranges : std::span<const KeyRange>();
  int parameter = 0;
  if (ranges.empty() || is_one_key(ranges)) {
    parameter = bind_terms(statement, parameter, query.entity, query.terms, query.filter);
    if (!ranges.empty()) bind_bound(statement, ++parameter, ranges[0].values[0]);
    parameter = bind_part(statement, parameter, query);
    return statement.bind(++parameter, most);
  }
  for (const KeyRange& range : ranges) {
    statement.bind(++parameter, std::string_view(range.json));
    parameter = bind_terms(statement, parameter, query.entity, query.terms, query.filter);
    parameter = bind_part(statement, parameter, query);
    statement.bind(++parameter, most);
  }
  statement.bind(++parameter, most);
}

namespace {

// No range needs to find more than what is asked for in all.
std::string count_sql(const model::Entity& entity, const std::vector<Term>& terms,
                      const FilterSql& filter, bool deleted, const Way& way,
                      const EntityPlan& plan) {
  const std::string where = where_sql(entity, terms, &filter, deleted);
  std::string found;
  for (const KeyRange& range : way.ranges) {
    const std::string ids = ids_of(range, plan, [&](const KeyRange& one) {
      return fmt::format("SELECT id FROM {} INDEXED BY {}{} AND {} IS k.value LIMIT ?", plan.table,
                         one.index, where, one.column);
    });
    found += fmt::format("{}SELECT id FROM ({} LIMIT ?)", found.empty() ? "" : " UNION ", ids);
  }
  if (found.empty()) found = fmt::format("SELECT 1 FROM {}{}", plan.table, where);
  return fmt::format("SELECT count(*) FROM ({} LIMIT ?)", found);
}

std::int64_t count_by(Session& session, const model::Entity& entity, const std::vector<Term>& terms,
                      const FilterSql& filter, bool deleted, const Way& way, std::int64_t at_most) {
  std::string shape = "c";
  shape += std::to_string(entity.index);
  shape += deleted ? 'd' : 'l';
  add_shape(shape, terms);
  shape += '?' + filter.sql;
  add_shape(shape, way);
  const Running count = session.use_shape(shape, [&] {
    return count_sql(entity, terms, filter, deleted, way, session.plans().of(entity));
  });
  int parameter = 0;
  for (const KeyRange& range : way.ranges) {
    count->bind(++parameter, std::string_view(range.json));
    parameter = bind_terms(*count, parameter, entity, terms, &filter);
    count->bind(++parameter, at_most);
    count->bind(++parameter, at_most);
  }
  if (way.ranges.empty()) parameter = bind_terms(*count, parameter, entity, terms, &filter);
  count->bind(++parameter, at_most);
  return count->step() ? count->number(0) : 0;
}

}  // namespace

Way way_to(Session& session, const Query& query, const FilterSql& filter) {
  const EntityPlan& plan = session.plans().of(*query.entity);
  Way way{.ranges = key_ranges(query, filter, plan)};
  if (key_count(way.ranges) <= kFewKeys) return way;
  const std::int64_t seen =
      count_by(session, *query.entity, {}, filter, query.deleted, way, kManyRecords);
  if (seen < kManyRecords) return way;
  return {.in_order = !has_index(query.where, plan)};
}

std::int64_t count_records(Session& session, const Query& query, const FilterSql& filter,
                           std::int64_t at_most) {
  const std::vector<Term> terms = terms_of(*query.entity, query.where);
  Way way = way_to(session, query, filter);
  // Any of many will do.
  if (way.in_order) way.ranges = key_ranges(query, filter, session.plans().of(*query.entity));
  return count_by(session, *query.entity, terms, filter, query.deleted, way, at_most);
}

namespace {

// Each field with its value; nothing when one of them is null, which equals nothing.
std::optional<std::vector<Term>> equal_terms(const model::Entity& entity,
                                             std::span<const std::size_t> fields,
                                             std::span<const feel::Value> values) {
  if (fields.size() != values.size()) throw std::invalid_argument("a value for each field");
  std::vector<Condition> conditions;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (values[i].is_null()) return std::nullopt;
    conditions.push_back({model::ColumnRef::of_field(fields[i]), Comparison::Equal, values[i]});
  }
  return terms_of(entity, conditions);
}

}  // namespace

std::optional<RecordId> find_duplicate_id(Session& session, const model::Entity& entity,
                                          std::span<const std::size_t> fields,
                                          std::span<const feel::Value> values, RecordId except) {
  const std::optional<std::vector<Term>> equal = equal_terms(entity, fields, values);
  if (!equal) return std::nullopt;
  const std::vector<Term>& terms = *equal;
  std::string shape = "u" + std::to_string(entity.index);
  add_shape(shape, terms);
  const Running find = session.use_shape(shape, [&] {
    return fmt::format("SELECT id FROM {}{} AND id <> ? LIMIT 1", session.plans().of(entity).table,
                       where_sql(entity, terms, nullptr, false));
  });
  find->bind(bind_terms(*find, 0, entity, terms, nullptr) + 1, except);
  if (!find->step()) return std::nullopt;
  return find->number(0);
}

std::string match_sql(const model::Entity& entity, const std::vector<Term>& terms) {
  return fmt::format("SELECT id FROM {}{} ORDER BY id LIMIT 1", quoted(table_name(entity)),
                     where_sql(entity, terms, nullptr, false));
}

std::optional<RecordId> find_match_id(Session& session, const model::Entity& entity,
                                      std::span<const std::size_t> fields,
                                      std::span<const feel::Value> values) {
  const std::optional<std::vector<Term>> terms = equal_terms(entity, fields, values);
  if (!terms) return std::nullopt;
  std::string shape = "m" + std::to_string(entity.index);
  add_shape(shape, *terms);
  const Running find = session.use_shape(shape, [&] { return match_sql(entity, *terms); });
  bind_terms(*find, 0, entity, *terms, nullptr);
  if (!find->step()) return std::nullopt;
  return find->number(0);
}

}  // namespace formwork::store

#include "engine/store/sqlite/list_query.h"

#include <algorithm>
#include <iterator>
#include <stdexcept>

#include <fmt/format.h>

#include "dsl/base/json.h"
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
  if (is_id(query.sort.column)) return {{after == nullptr ? Part::WithValue : Part::Ties, after}};
  const bool has_value = after != nullptr && !after->value.is_null();
  std::vector<PartOfPage> parts;
  if (after == nullptr) parts.push_back({Part::WithValue, nullptr});
  if (has_value) parts.insert(parts.end(), {{Part::Ties, after}, {Part::Beyond, after}});
  if (query.sort.column.is_system) return parts;
  parts.push_back({Part::WithoutValue, has_value ? nullptr : after});
  return parts;
}

namespace {

// Rules that leave many people's records, and conditions of the list beside them: there the
// declared index of such a condition is read in order, since most of what it has may be seen.
constexpr std::size_t kFewKeys = 16;

std::optional<std::string> json_of(const std::vector<feel::sql::Bound>& values) {
  std::string text;
  json::Writer writer(text);
  writer.begin_array();
  for (const feel::sql::Bound& value : values) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      writer.number(*integer);
    } else if (const auto* string = std::get_if<std::string>(&value)) {
      // SQLite's JSON would end it there.
      if (string->find('\0') != std::string::npos) return std::nullopt;
      writer.string(*string);
    } else {
      writer.null();
    }
  }
  writer.end_array();
  return text;
}

// Whether `wanted` is looked up in an index of its own; its values then stand in one of the ranges.
bool add_to_range(std::vector<KeyRange>& ranges, const KeyValue& wanted,
                  const model::Entity& entity, const EntityPlan& plan) {
  const auto index = std::find_if(plan.keys.begin(), plan.keys.end(),
                                  [&](const KeyIndex& one) { return one.column == wanted.column; });
  if (index == plan.keys.end()) return false;
  const std::string name = quoted(index->name);
  auto range = std::find_if(ranges.begin(), ranges.end(),
                            [&](const KeyRange& one) { return one.index == name; });
  if (range == ranges.end()) {
    ranges.push_back({.column = quoted_column(entity, wanted.column), .index = name});
    range = std::prev(ranges.end());
  }
  range->values.push_back(wanted.value);
  return true;
}

bool is_one_key(std::span<const KeyRange> ranges) {
  return ranges.size() == 1 && ranges[0].values.size() == 1;
}

std::string part_sql(const PageQuery& query) {
  const std::string column = quoted_column(query.entity, query.sort.column);
  const std::string_view beyond = query.sort.descending ? "<" : ">";
  const bool by_id = is_id(query.sort.column);
  switch (query.part.part) {
    case Part::WithValue:
      return query.sort.column.is_system ? "" : fmt::format(" AND {} IS NOT NULL", column);
    case Part::Ties:
      return (by_id ? "" : fmt::format(" AND {} = ?", column)) +
             fmt::format(" AND id {} ?", beyond);
    case Part::Beyond:
      return fmt::format(" AND {} {} ?", column, beyond);
    case Part::WithoutValue:
      return fmt::format(" AND {} IS NULL", column) +
             (query.part.after != nullptr ? fmt::format(" AND id {} ?", beyond) : "");
  }
  return "";
}

std::string order_sql(const PageQuery& query) {
  const std::string column = quoted_column(query.entity, query.sort.column);
  const std::string_view direction = query.sort.descending ? " DESC" : "";
  const bool is_one_value = query.part.part == Part::Ties || query.part.part == Part::WithoutValue;
  if (is_id(query.sort.column) || is_one_value) {
    return fmt::format(" ORDER BY id{} LIMIT ?", direction);
  }
  return fmt::format(" ORDER BY {}{}, id{} LIMIT ?", column, direction, direction);
}

// The ids of `inner` for each value of each range: `inner` has a place for the index and one for
// the value.
template <class Inner>
std::string ids_of_ranges(std::span<const KeyRange> ranges, const std::string& table, Inner inner) {
  std::string sql;
  for (const KeyRange& range : ranges) {
    if (!sql.empty()) sql += " UNION ";
    sql += fmt::format("SELECT r.id FROM json_each(?) AS k CROSS JOIN {} AS r WHERE r.id IN ({})",
                       table, inner(range));
  }
  return sql;
}

int bind_part(Statement& statement, int parameter, const PageQuery& query) {
  const auto& [part, after] = query.part;
  const bool has_value = part == Part::Ties || part == Part::Beyond;
  if (has_value && !is_id(query.sort.column)) {
    bind_column(statement, ++parameter, query.entity, query.sort.column, after->value);
  }
  if (after != nullptr && part != Part::Beyond) statement.bind(++parameter, after->id);
  return parameter;
}

void add_shape(std::string& shape, std::span<const KeyRange> ranges) {
  if (is_one_key(ranges)) shape += '1';
  for (const KeyRange& range : ranges) shape += range.index;
}

}  // namespace

std::vector<KeyRange> key_ranges(const Query& query, const FilterSql& filter,
                                 const EntityPlan& plan) {
  if (!filter.keys || filter.asks_memory() || query.deleted) return {};
  if (filter.keys->size() > kFewKeys && !query.where.empty()) return {};
  std::vector<KeyRange> ranges;
  for (const KeyValue& key : *filter.keys) {
    if (!add_to_range(ranges, key, *query.entity, plan)) return {};
  }
  for (KeyRange& range : ranges) {
    std::optional<std::string> json = json_of(range.values);
    if (!json) return {};
    range.json = std::move(*json);
  }
  return ranges;
}

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
  add_shape(shape, query.ranges);
  return shape;
}

std::string page_sql(const PageQuery& query, const EntityPlan& plan) {
  const std::string where = where_sql(query.entity, query.terms, query.filter, query.deleted);
  const std::string rest = part_sql(query) + order_sql(query);
  if (query.ranges.empty()) {
    return fmt::format("SELECT {} FROM {}{}{}", plan.columns, plan.table, where, rest);
  }
  if (is_one_key(query.ranges)) {
    return fmt::format("SELECT {} FROM {} INDEXED BY {}{} AND {} IS ?{}", plan.columns, plan.table,
                       query.ranges[0].index, where, query.ranges[0].column, rest);
  }
  const std::string ids = ids_of_ranges(query.ranges, plan.table, [&](const KeyRange& range) {
    return fmt::format("SELECT id FROM {} INDEXED BY {}{} AND {} IS k.value{}", plan.table,
                       range.index, where, range.column, rest);
  });
  return fmt::format("SELECT {} FROM {} WHERE id IN ({}){}", plan.columns, plan.table, ids,
                     order_sql(query));
}

void bind_page(Statement& statement, const PageQuery& query, std::size_t limit) {
  const auto most = static_cast<std::int64_t>(limit);
  int parameter = 0;
  if (query.ranges.empty() || is_one_key(query.ranges)) {
    parameter = bind_terms(statement, parameter, query.entity, query.terms, query.filter);
    if (!query.ranges.empty()) bind_bound(statement, ++parameter, query.ranges[0].values[0]);
    parameter = bind_part(statement, parameter, query);
    return statement.bind(++parameter, most);
  }
  for (const KeyRange& range : query.ranges) {
    statement.bind(++parameter, std::string_view(range.json));
    parameter = bind_terms(statement, parameter, query.entity, query.terms, query.filter);
    parameter = bind_part(statement, parameter, query);
    statement.bind(++parameter, most);
  }
  statement.bind(++parameter, most);
}

// With ranges no part needs to find more than what is asked for in all.
std::string count_sql(const Query& query, const std::vector<Term>& terms, const FilterSql& filter,
                      std::span<const KeyRange> ranges, const EntityPlan& plan) {
  const std::string where = where_sql(*query.entity, terms, &filter, query.deleted);
  if (ranges.empty()) {
    return fmt::format("SELECT count(*) FROM (SELECT 1 FROM {}{} LIMIT ?)", plan.table, where);
  }
  std::string found;
  for (const KeyRange& range : ranges) {
    const std::string ids = ids_of_ranges({&range, 1}, plan.table, [&](const KeyRange& one) {
      return fmt::format("SELECT id FROM {} INDEXED BY {}{} AND {} IS k.value LIMIT ?", plan.table,
                         one.index, where, one.column);
    });
    found += fmt::format("{}SELECT id FROM ({} LIMIT ?)", found.empty() ? "" : " UNION ", ids);
  }
  return fmt::format("SELECT count(*) FROM ({} LIMIT ?)", found);
}

std::int64_t count_records(Session& session, const Query& query, const FilterSql& filter,
                           std::int64_t at_most) {
  const std::vector<Term> terms = terms_of(*query.entity, query.where);
  const EntityPlan& plan = session.plans().of(*query.entity);
  const std::vector<KeyRange> ranges = key_ranges(query, filter, plan);
  std::string shape = "c";
  shape += std::to_string(query.entity->index);
  shape += query.deleted ? 'd' : 'l';
  add_shape(shape, terms);
  shape += '?' + filter.sql;
  add_shape(shape, ranges);
  const Running count =
      session.use_shape(shape, [&] { return count_sql(query, terms, filter, ranges, plan); });
  int parameter = 0;
  for (const KeyRange& range : ranges) {
    count->bind(++parameter, std::string_view(range.json));
    parameter = bind_terms(*count, parameter, *query.entity, terms, &filter);
    count->bind(++parameter, at_most);
    count->bind(++parameter, at_most);
  }
  if (ranges.empty()) parameter = bind_terms(*count, parameter, *query.entity, terms, &filter);
  count->bind(++parameter, at_most);
  return count->step() ? count->number(0) : 0;
}

std::optional<RecordId> find_duplicate_id(Session& session, const model::Entity& entity,
                                          std::span<const std::size_t> fields,
                                          std::span<const feel::Value> values, RecordId except) {
  if (fields.size() != values.size()) throw std::invalid_argument("a value for each unique field");
  std::vector<Condition> conditions;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (values[i].is_null()) return std::nullopt;
    conditions.push_back({model::ColumnRef::of_field(fields[i]), Comparison::Equal, values[i]});
  }
  const std::vector<Term> terms = terms_of(entity, conditions);
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

}  // namespace formwork::store

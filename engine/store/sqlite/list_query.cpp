#include "engine/store/sqlite/list_query.h"

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

int bind_terms(Statement& statement, const model::Entity& entity, const std::vector<Term>& terms,
               const FilterSql* filter) {
  int parameter = 0;
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
  return shape;
}

std::string page_sql(const PageQuery& query, const EntityPlan& plan) {
  const std::string column = quoted_column(query.entity, query.sort.column);
  const std::string_view direction = query.sort.descending ? " DESC" : "";
  const std::string_view beyond = query.sort.descending ? "<" : ">";
  std::string sql = fmt::format("SELECT {} FROM {}", plan.columns, plan.table) +
                    where_sql(query.entity, query.terms, query.filter, query.deleted);
  const bool by_id = is_id(query.sort.column);
  switch (query.part.part) {
    case Part::WithValue:
      if (!query.sort.column.is_system) sql += fmt::format(" AND {} IS NOT NULL", column);
      break;
    case Part::Ties:
      if (!by_id) sql += fmt::format(" AND {} = ?", column);
      sql += fmt::format(" AND id {} ?", beyond);
      break;
    case Part::Beyond:
      sql += fmt::format(" AND {} {} ?", column, beyond);
      break;
    case Part::WithoutValue:
      sql += fmt::format(" AND {} IS NULL", column);
      if (query.part.after != nullptr) sql += fmt::format(" AND id {} ?", beyond);
      break;
  }
  const bool is_one_value = query.part.part == Part::Ties || query.part.part == Part::WithoutValue;
  if (by_id || is_one_value) return sql + fmt::format(" ORDER BY id{} LIMIT ?", direction);
  return sql + fmt::format(" ORDER BY {}{}, id{} LIMIT ?", column, direction, direction);
}

void bind_page(Statement& statement, const PageQuery& query, std::size_t limit) {
  int parameter = bind_terms(statement, query.entity, query.terms, query.filter);
  const auto& [part, after] = query.part;
  const bool has_value = part == Part::Ties || part == Part::Beyond;
  if (has_value && !is_id(query.sort.column)) {
    bind_column(statement, ++parameter, query.entity, query.sort.column, after->value);
  }
  if (after != nullptr && part != Part::Beyond) statement.bind(++parameter, after->id);
  statement.bind(++parameter, static_cast<std::int64_t>(limit));
}

std::int64_t count_records(Session& session, const Query& query, const FilterSql& filter,
                           std::int64_t at_most) {
  const std::vector<Term> terms = terms_of(*query.entity, query.where);
  std::string shape = "c";
  shape += std::to_string(query.entity->index);
  shape += query.deleted ? 'd' : 'l';
  add_shape(shape, terms);
  shape += '?' + filter.sql;
  const Running count = session.use_shape(shape, [&] {
    return fmt::format("SELECT count(*) FROM (SELECT 1 FROM {}{} LIMIT ?)",
                       session.plans().of(*query.entity).table,
                       where_sql(*query.entity, terms, &filter, query.deleted));
  });
  count->bind(bind_terms(*count, *query.entity, terms, &filter) + 1, at_most);
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
  find->bind(bind_terms(*find, entity, terms, nullptr) + 1, except);
  if (!find->step()) return std::nullopt;
  return find->number(0);
}

}  // namespace formwork::store

#include "engine/store/sqlite/filter_sql.h"

#include "dsl/fields/field_type.h"
#include "engine/store/sqlite/sql_text.h"

namespace formwork::store {
namespace {

using feel::sql::Form;
using fields::Column;
using model::SystemColumn;

Form form_of(const fields::Field& field) {
  switch (field.type->column) {
    case Column::Text:
      return Form::Text;
    case Column::Scaled:
      return Form::Scaled;
    case Column::Boolean:
      return Form::Boolean;
    case Column::Days:
      return Form::Days;
    case Column::DayTime:
      return Form::DayTime;
    case Column::Instant:
      return Form::Instant;
    case Column::Duration:
      return field.whole_months ? Form::Months : Form::Duration;
    case Column::Codes:
      return Form::Codes;
    case Column::Record:
    case Column::User:
      return Form::Record;
    case Column::Files:
      return Form::Opaque;
    case Column::Rows:
      return Form::Rows;
  }
  return Form::None;
}

feel::sql::Column system_column(SystemColumn column, std::string name) {
  switch (column) {
    case SystemColumn::Id:
    case SystemColumn::Version:
      return {.form = Form::Scaled, .sql = std::move(name), .scale = 0};
    case SystemColumn::CreatedAt:
    case SystemColumn::UpdatedAt:
      return {.form = Form::Instant, .sql = std::move(name)};
    case SystemColumn::CreatedBy:
    case SystemColumn::UpdatedBy:
      // The program itself is nobody to FEEL.
      return {.form = Form::Record, .sql = "nullif(" + name + ", 0)"};
  }
  return {};
}

feel::sql::Column column_of(const model::Entity& entity, const FilterSlot& slot) {
  if (!slot.column) return {.form = Form::Given, .sql = {}};
  std::string name = quoted_column(entity, *slot.column);
  if (slot.column->is_system) return system_column(slot.column->system, std::move(name));
  const fields::Field& field = entity.fields[slot.column->field];
  return {.form = form_of(field), .sql = std::move(name), .scale = field.scale};
}

}  // namespace

std::vector<feel::sql::Column> filter_columns(const model::Entity& entity,
                                              std::span<const FilterSlot> slots) {
  std::vector<feel::sql::Column> columns;
  columns.reserve(slots.size());
  for (const FilterSlot& slot : slots) columns.push_back(column_of(entity, slot));
  return columns;
}

namespace {

FilterSql translated(const model::Entity& entity, const Filter& filter) {
  feel::sql::Predicate predicate =
      feel::sql::translate(*filter.expression, *filter.scope, filter_columns(entity, filter.slots));
  std::vector<const feel::Value*> variables(filter.slots.size(), nullptr);
  for (std::size_t i = 0; i < filter.slots.size(); ++i) {
    if (!filter.slots[i].column) variables[i] = &filter.user;
  }
  auto values = feel::sql::bound_values(predicate.parameters, filter.environment, variables);
  if (!values || predicate.reach == feel::sql::Reach::Nothing) {
    return {.sql = {}, .values = {}, .is_exact = false};
  }
  return {.sql = std::move(predicate.sql),
          .values = std::move(*values),
          .is_exact = predicate.reach == feel::sql::Reach::Exact};
}

void append(FilterSql& to, FilterSql&& from) {
  to.sql += from.sql;
  to.values.insert(to.values.end(), std::make_move_iterator(from.values.begin()),
                   std::make_move_iterator(from.values.end()));
}

// What one of the rules selects; nothing in SQL when there is a rule of which SQL can say nothing.
FilterSql any_rule(const model::Entity& entity, const std::vector<Filter>& rules) {
  FilterSql any;
  for (const Filter& rule : rules) {
    FilterSql one = translated(entity, rule);
    any.are_rules_exact = any.are_rules_exact && one.is_exact;
    if (one.sql.empty()) return {.sql = {}, .values = {}, .are_rules_exact = false};
    if (!any.sql.empty()) any.sql += " OR ";
    one.sql = rules.size() > 1 ? "(" + one.sql + ")" : one.sql;
    append(any, std::move(one));
  }
  return any;
}

}  // namespace

FilterSql filter_sql(const Query& query) {
  FilterSql all;
  if (query.filter) all = translated(*query.entity, *query.filter);
  FilterSql rules = any_rule(*query.entity, query.any_of);
  all.are_rules_exact = rules.are_rules_exact;
  if (rules.sql.empty()) return all;
  if (!all.sql.empty()) {
    all.sql = "(" + all.sql + ") AND ";
    rules.sql = "(" + rules.sql + ")";
  }
  append(all, std::move(rules));
  return all;
}

void bind_filter(Statement& statement, int& parameter, const FilterSql& filter) {
  for (const feel::sql::Bound& value : filter.values) {
    ++parameter;
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      statement.bind(parameter, *integer);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      statement.bind(parameter, std::string_view(*text));
    } else {
      statement.bind_null(parameter);
    }
  }
}

}  // namespace formwork::store

#include "engine/store/sqlite/filter_sql.h"

#include <algorithm>
#include <iterator>
#include <tuple>

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
      return {.form = Form::Record, .sql = std::move(name), .zero_is_null = true};
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

std::vector<KeyValue> key_values(const std::vector<feel::sql::Key>& keys,
                                 std::span<const FilterSlot> slots) {
  std::vector<KeyValue> values;
  values.reserve(keys.size());
  for (const feel::sql::Key& key : keys) values.push_back({*slots[key.slot].column, key.value});
  return values;
}

FilterSql translated(const model::Entity& entity, const Filter& filter) {
  std::vector<const feel::Value*> variables(filter.slots.size(), nullptr);
  for (std::size_t i = 0; i < filter.slots.size(); ++i) {
    if (!filter.slots[i].column) variables[i] = &given_value(filter, filter.slots[i]);
  }
  feel::sql::Predicate predicate =
      feel::sql::translate(*filter.expression, *filter.scope, filter_columns(entity, filter.slots),
                           {.environment = filter.environment, .variables = variables});
  FilterSql sql{.sql = std::move(predicate.sql),
                .values = std::move(predicate.values),
                .is_exact = predicate.reach == feel::sql::Reach::Exact};
  if (predicate.keys) sql.keys = key_values(*predicate.keys, filter.slots);
  return sql;
}

auto order_of(const KeyValue& key) {
  return std::tie(key.column.is_system, key.column.system, key.column.field, key.value);
}

// What one rule or another selects.
void add_keys(FilterSql& any, FilterSql& one) {
  if (!any.keys || !one.keys) return any.keys.reset();
  any.keys->insert(any.keys->end(), std::make_move_iterator(one.keys->begin()),
                   std::make_move_iterator(one.keys->end()));
}

void keep_each_once(std::vector<KeyValue>& keys) {
  std::sort(keys.begin(), keys.end(),
            [](const KeyValue& a, const KeyValue& b) { return order_of(a) < order_of(b); });
  const auto same = std::unique(keys.begin(), keys.end(), [](const KeyValue& a, const KeyValue& b) {
    return order_of(a) == order_of(b);
  });
  keys.erase(same, keys.end());
}

void append(FilterSql& to, FilterSql&& from) {
  to.sql += from.sql;
  to.values.insert(to.values.end(), std::make_move_iterator(from.values.begin()),
                   std::make_move_iterator(from.values.end()));
}

bool is_always(const FilterSql& sql, std::string_view answer) {
  return sql.is_exact && sql.values.empty() && sql.sql == answer;
}

// What one of the rules selects. Nothing to ask when there is none, or one that always holds;
// nothing in SQL when there is a rule of which SQL can say nothing.
FilterSql any_rule(const model::Entity& entity, const std::vector<Filter>& rules) {
  if (rules.empty()) return {};
  FilterSql any{.keys = std::vector<KeyValue>()};
  bool is_open = false;
  for (const Filter& rule : rules) {
    FilterSql one = translated(entity, rule);
    if (is_always(one, feel::sql::kTrue)) return {};
    if (is_always(one, feel::sql::kFalse)) continue;
    any.are_rules_exact = any.are_rules_exact && one.is_exact;
    is_open = is_open || one.sql.empty();
    add_keys(any, one);
    if (!any.sql.empty()) any.sql += " OR ";
    one.sql = "(" + one.sql + ")";
    append(any, std::move(one));
  }
  if (is_open) return {.sql = {}, .values = {}, .are_rules_exact = false};
  if (any.keys) keep_each_once(*any.keys);
  if (any.sql.empty()) any.sql = feel::sql::kFalse;
  return any;
}

}  // namespace

FilterSql filter_sql(const Query& query) {
  FilterSql all;
  if (query.filter) all = translated(*query.entity, *query.filter);
  FilterSql rules = any_rule(*query.entity, query.any_of);
  all.are_rules_exact = rules.are_rules_exact;
  if (rules.keys && (!all.keys || rules.keys->size() < all.keys->size())) {
    all.keys = std::move(rules.keys);
  }
  if (rules.sql.empty()) return all;
  if (!all.sql.empty()) {
    all.sql = "(" + all.sql + ") AND ";
    rules.sql = "(" + rules.sql + ")";
  }
  append(all, std::move(rules));
  return all;
}

void bind_bound(Statement& statement, int parameter, const feel::sql::Bound& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    statement.bind(parameter, *integer);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    statement.bind(parameter, std::string_view(*text));
  } else {
    statement.bind_null(parameter);
  }
}

void bind_filter(Statement& statement, int& parameter, const FilterSql& filter) {
  for (const feel::sql::Bound& value : filter.values) bind_bound(statement, ++parameter, value);
}

}  // namespace formwork::store

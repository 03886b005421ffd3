#include "engine/store/sqlite/plans.h"

#include <fmt/format.h>

#include "dsl/fields/field_type.h"
#include "engine/store/sqlite/sql_text.h"

namespace formwork::store {
namespace {

constexpr std::string_view kHead =
    "version, created_at, created_by, updated_at, updated_by, deleted_at";
constexpr std::size_t kHeadCount = 6;

}  // namespace

Plans::Plans(const model::Model& model) {
  for (const std::string_view sql : system_statements()) statements_.emplace_back(sql);
  for (const model::Entity& entity : model.entities) entities_.push_back(plan(model, entity));
}

Slot Plans::add(std::string sql) {
  statements_.push_back(std::move(sql));
  return statements_.size() - 1;
}

EntityPlan Plans::plan(const model::Model& model, const model::Entity& entity) {
  std::string fields;
  for (const fields::Field& field : entity.fields) fields += ", " + quoted(field.name);
  EntityPlan plan{.table = quoted(table_name(entity)),
                  .columns = fmt::format("id, {}{}", kHead, fields),
                  .select = 0,
                  .insert = 0,
                  .rows = {},
                  .keys = key_indexes(model, entity),
                  .in_order = " NOT INDEXED"};
  if (const auto sorted = sort_index(entity)) plan.in_order = " INDEXED BY " + quoted(*sorted);
  plan.select = add(fmt::format("SELECT {} FROM {} WHERE id = ?", plan.columns, plan.table));
  plan.insert = add(fmt::format("INSERT INTO {} ({}{}) VALUES ({})", plan.table, kHead, fields,
                                placeholders(kHeadCount + entity.fields.size())));
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    if (entity.fields[i].type->column != fields::Column::Rows) continue;
    plan.rows.push_back(plan_rows(entity, i));
  }
  return plan;
}

RowsPlan Plans::plan_rows(const model::Entity& entity, std::size_t field) {
  const fields::Field& rows = entity.fields[field];
  const std::string table = quoted(table_name(entity, rows));
  std::string columns;
  for (const fields::Field& column : rows.fields) {
    columns += (columns.empty() ? "" : ", ") + quoted(column.name);
  }
  const std::string separator = columns.empty() ? "" : ", ";
  return {
      .field = field,
      .select = add(fmt::format("SELECT {} FROM {} WHERE \".parent\" = ? ORDER BY \".position\"",
                                columns.empty() ? "1" : columns, table)),
      .insert = add(fmt::format("INSERT INTO {} (\".parent\", \".position\"{}{}) VALUES ({})",
                                table, separator, columns, placeholders(rows.fields.size() + 2))),
      .erase = add(fmt::format("DELETE FROM {} WHERE \".parent\" = ?", table))};
}

}  // namespace formwork::store

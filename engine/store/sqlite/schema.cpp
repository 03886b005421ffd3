#include "engine/store/sqlite/schema.h"

#include <set>

#include <fmt/format.h>

#include "dsl/fields/field_type.h"
#include "engine/store/sqlite/columns.h"
#include "engine/store/sqlite/indexes.h"
#include "engine/store/sqlite/sql_text.h"

namespace formwork::store {
namespace {

using fields::Column;

// created_by and updated_by have no foreign key: account 0 is the program and has no row.
constexpr std::string_view kRecordHead =
    "id INTEGER PRIMARY KEY, version INTEGER NOT NULL, created_at INTEGER NOT NULL,"
    " created_by INTEGER NOT NULL, updated_at INTEGER NOT NULL, updated_by INTEGER NOT NULL,"
    " deleted_at INTEGER";
constexpr std::string_view kDeletedAt = "deleted_at";

ColumnShape column_of(const model::Model& model, const fields::Field& field) {
  ColumnShape column{.name = field.name,
                     .kind = {},
                     .declaration = quoted(field.name) + " " + column_declaration(field)};
  std::string target;
  if (field.type->column == Column::Record) {
    target = model.entities[field.target].name;
    column.declaration +=
        " REFERENCES " + quoted(table_name(model.entities[field.target])) + " (id)";
  } else if (field.type->column == Column::User) {
    column.declaration += " REFERENCES fw_account (id)";
  }
  column.kind = column_kind(field, target);
  return column;
}

TableShape record_table(const model::Model& model, const model::Entity& entity) {
  TableShape table{.name = table_name(entity),
                   .label = entity.name,
                   .head = std::string(kRecordHead),
                   .columns = {},
                   .tail = ") STRICT"};
  for (const fields::Field& field : entity.fields) table.columns.push_back(column_of(model, field));
  return table;
}

// The rows of one record lie side by side and in their order, so that reading them is one small
// range.
TableShape rows_table(const model::Model& model, const model::Entity& entity,
                      const fields::Field& field) {
  TableShape table{.name = table_name(entity, field),
                   .label = entity.name + "." + field.name,
                   .head = "\".parent\" INTEGER NOT NULL REFERENCES " + quoted(table_name(entity)) +
                           " (id), \".position\" INTEGER NOT NULL",
                   .columns = {},
                   .tail = ", PRIMARY KEY (\".parent\", \".position\")) STRICT, WITHOUT ROWID"};
  for (const fields::Field& column : field.fields) {
    table.columns.push_back(column_of(model, column));
  }
  return table;
}

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& letter : lower) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return lower;
}

void find_clashes(const std::vector<fields::Field>& fields, std::set<std::string> taken,
                  const std::string& label, std::vector<std::string>& clashes) {
  for (const fields::Field& field : fields) {
    if (taken.insert(lower_ascii(field.name)).second) continue;
    clashes.push_back(fmt::format("`{}` of {}", field.name, label));
  }
}

}  // namespace

std::string TableShape::create_sql() const {
  std::string sql = "CREATE TABLE " + quoted(name) + " (" + head;
  for (const ColumnShape& column : columns) sql += ", " + column.declaration;
  return sql + tail;
}

Schema schema_of(const model::Model& model) {
  Schema schema;
  for (const model::Entity& entity : model.entities) {
    schema.tables.push_back(record_table(model, entity));
    for (const fields::Field& field : entity.fields) {
      if (field.type->column != Column::Rows) continue;
      schema.tables.push_back(rows_table(model, entity, field));
    }
    add_indexes(model, entity, schema.indexes);
  }
  return schema;
}

std::vector<std::string> name_clashes(const model::Model& model) {
  std::vector<std::string> clashes;
  std::set<std::string> entities;
  std::set<std::string> own{std::string(kDeletedAt)};
  for (int column = 0; column <= static_cast<int>(model::SystemColumn::UpdatedBy); ++column) {
    own.emplace(model::system_column_name(static_cast<model::SystemColumn>(column)));
  }
  for (const model::Entity& entity : model.entities) {
    if (!entities.insert(lower_ascii(entity.name)).second) {
      clashes.push_back(fmt::format("entity `{}`", entity.name));
    }
    find_clashes(entity.fields, own, entity.name, clashes);
    for (const fields::Field& field : entity.fields) {
      find_clashes(field.fields, {}, entity.name + "." + field.name, clashes);
    }
  }
  return clashes;
}

}  // namespace formwork::store

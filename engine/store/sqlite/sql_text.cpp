#include "engine/store/sqlite/sql_text.h"

namespace formwork::store {

std::string quoted(std::string_view name) {
  std::string text = "\"";
  for (const char character : name) {
    if (character == '"') text += '"';
    text += character;
  }
  return text += '"';
}

std::string table_name(const model::Entity& entity) { return "r_" + entity.name; }

std::string table_name(const model::Entity& entity, const fields::Field& field) {
  return table_name(entity) + "." + field.name;
}

std::string quoted_column(const model::Entity& entity, const model::ColumnRef& column) {
  return quoted(model::column_name(entity, column));
}

std::string placeholders(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += i == 0 ? "?" : ",?";
  return text;
}

}  // namespace formwork::store

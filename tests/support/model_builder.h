// Models made by hand, for tests of what lies below the compiler.
#pragma once

#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/fields/field_type.h"
#include "dsl/model/model.h"

namespace formwork::testing {

inline fields::Field field_of(std::string_view type, std::string name) {
  fields::Field field;
  field.name = std::move(name);
  field.type = fields::find_field_type(type);
  if (field.type == nullptr) throw std::invalid_argument("no field type " + std::string(type));
  field.scale = 0;
  return field;
}

inline fields::Field scaled_field(std::string_view type, std::string name, int scale) {
  fields::Field field = field_of(type, std::move(name));
  field.scale = scale;
  return field;
}

inline fields::Field reference_field(std::string name, std::size_t target) {
  fields::Field field = field_of("reference", std::move(name));
  field.target = target;
  return field;
}

inline fields::Field table_field(std::string name, std::vector<fields::Field> columns) {
  fields::Field field = field_of("table", std::move(name));
  field.fields = std::move(columns);
  return field;
}

inline model::Entity entity_of(std::string name, std::vector<fields::Field> fields) {
  model::Entity entity;
  entity.name = std::move(name);
  entity.fields = std::move(fields);
  entity.list.sort.column = model::ColumnRef::of(model::SystemColumn::Id);
  return entity;
}

// The index of a field that is there.
inline std::size_t index_of(const model::Entity& entity, std::string_view field) {
  return model::field_index(entity, field).value();
}

inline model::ColumnRef column_of(const model::Entity& entity, std::string_view name) {
  return model::find_column(entity, name).value();
}

inline void add_unique(model::Entity& entity, std::initializer_list<std::string_view> fields) {
  model::Unique unique;
  for (const std::string_view field : fields) unique.fields.push_back(index_of(entity, field));
  entity.uniques.push_back(std::move(unique));
}

inline model::Model model_of(std::string app, std::vector<model::Entity> entities) {
  model::Model model;
  model.app.name = std::move(app);
  model.entities = std::move(entities);
  for (std::size_t i = 0; i < model.entities.size(); ++i) model.entities[i].index = i;
  model.fingerprint = "made-by-hand";
  return model;
}

inline std::shared_ptr<const model::Model> shared(model::Model model) {
  return std::make_shared<const model::Model>(std::move(model));
}

}  // namespace formwork::testing

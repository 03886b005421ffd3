#include "engine/permissions/visible_scope.h"

#include "dsl/fields/field_type.h"
#include "dsl/model/scope.h"

namespace formwork::permissions {
namespace {

using feel::Type;
using feel::TypeKind;
using fields::Column;
using model::ColumnRef;
using model::SystemColumn;

}  // namespace

VisibleScope::VisibleScope(const Gate& gate, const Actor& actor, const model::Entity& entity)
    : model_(gate.model()), types_(model_.entities.size()), members_(model_.entities.size()) {
  // All exist before any gets its members, since entities point to each other in circles.
  for (const model::Entity& one : model_.entities) types_[one.index].name = one.name;
  for (const model::Entity& one : model_.entities) add_members(gate, actor, one);
  const model::Scopes& scopes = *model_.scopes;
  for (std::size_t i = 0; i < types_[entity.index].members.size(); ++i) {
    const feel::Member& member = types_[entity.index].members[i];
    scope_.add(member.name, member.type);
    const std::size_t original = members_[entity.index][i];
    if (original < entity.fields.size()) {
      slots_.push_back(
          {.column = ColumnRef::of_field(original), .lines = scopes.shape(entity, original)});
    } else {
      const auto column = static_cast<SystemColumn>(original - entity.fields.size());
      slots_.push_back({.column = ColumnRef::of(column), .lines = nullptr});
    }
  }
  scope_.add("user", Type::record(scopes.user_type()));
  slots_.push_back({.column = std::nullopt, .lines = nullptr});
}

void VisibleScope::add_members(const Gate& gate, const Actor& actor, const model::Entity& entity) {
  if (!gate.may(actor, model::Action::View, entity)) return;
  std::vector<feel::Member>& members = types_[entity.index].members;
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    if (!gate.may_see_field(actor, entity, i)) continue;
    members.push_back({entity.fields[i].name, type_of(entity.fields[i])});
    members_[entity.index].push_back(i);
  }
  for (std::size_t i = 0; i < model::kSystemColumnCount; ++i) {
    const auto column = static_cast<SystemColumn>(i);
    members.push_back({std::string(model::system_column_name(column)), type_of(column)});
    members_[entity.index].push_back(model::slot_of(entity, column));
  }
}

// As model::Scopes has it, but with the types of this scope behind references.
Type VisibleScope::type_of(const fields::Field& field) const {
  if (field.type->column == Column::Record) return Type::record(types_[field.target]);
  if (field.type->column != Column::Rows) return model_.scopes->type_of(field);
  std::vector<feel::Member> columns;
  for (const fields::Field& column : field.fields) {
    columns.push_back({column.name, type_of(column)});
  }
  return Type::list(Type::context(std::move(columns)).never_null()).never_null();
}

Type VisibleScope::type_of(SystemColumn column) const {
  switch (column) {
    case SystemColumn::Id:
    case SystemColumn::Version:
      return Type(TypeKind::Number).never_null();
    case SystemColumn::CreatedAt:
    case SystemColumn::UpdatedAt:
      return Type(TypeKind::DateTime).never_null();
    case SystemColumn::CreatedBy:
    case SystemColumn::UpdatedBy:
      return Type::record(model_.scopes->user_type());
  }
  return TypeKind::Any;
}

feel::Value VisibleScope::member(const feel::Records& records, feel::RecordRef record,
                                 const feel::RecordType& type, std::size_t member) const {
  for (std::size_t i = 0; i < types_.size(); ++i) {
    if (&types_[i] != &type) continue;
    return records.member(record, model_.scopes->record_type(model_.entities[i]),
                          members_[i].at(member));
  }
  return records.member(record, type, member);  // an account
}

}  // namespace formwork::permissions

#include "dsl/model/scope.h"

#include <algorithm>

namespace formwork::model {
namespace {

using feel::Type;
using feel::TypeKind;
using fields::Column;
using fields::Field;

bool is_table(const Field& field) {
  return field.type != nullptr && field.type->column == Column::Rows;
}

// In the order of UserMember.
std::vector<feel::Member> user_members(const feel::RecordType& user) {
  const Type text = Type(TypeKind::String).never_null();
  return {{"name", text},
          {"full_name", text},
          {"manager", Type::record(user)},
          {"department", TypeKind::String},
          {"teams", Type::list(text).never_null()},
          {"roles", Type::list(text).never_null()},
          {"subordinates", Type::list(Type::record(user).never_null()).never_null()}};
}

// In the order of SystemColumn. A new record has no id yet, and the program acts without account.
std::vector<Type> system_types(const feel::RecordType& user) {
  const Type moment = Type(TypeKind::DateTime).never_null();
  return {Type(TypeKind::Number),
          Type(TypeKind::Number).never_null(),
          moment,
          Type::record(user),
          moment,
          Type::record(user)};
}

std::shared_ptr<const feel::Shape> shape_of(const Field& table) {
  auto shape = std::make_shared<feel::Shape>();
  for (const Field& column : table.fields) shape->names.push_back(column.name);
  return shape;
}

}  // namespace

Scopes::Scopes(const Model& model) {
  user_type_.name = "user";
  user_type_.members = user_members(user_type_);
  // All exist before any gets its members, since entities point to each other in circles.
  record_types_.resize(model.entities.size());
  for (const Entity& entity : model.entities) record_types_[entity.index].name = entity.name;
  const std::vector<Type> system = system_types(user_type_);
  for (const Entity& entity : model.entities) {
    std::vector<feel::Member>& members = record_types_[entity.index].members;
    for (const Field& field : entity.fields) members.push_back({field.name, type_of(field)});
    for (std::size_t i = 0; i < kSystemColumnCount; ++i) {
      const auto column = static_cast<SystemColumn>(i);
      members.push_back({std::string(system_column_name(column)), system[i]});
    }
  }
  entities_.resize(model.entities.size());
  for (const Entity& entity : model.entities) entities_[entity.index] = make(entity);
  for (const char* name : {"body", "query", "headers"}) intake_.add(name, TypeKind::Any);
  nothing_.add("user", Type::record(user_type_));
}

std::shared_ptr<const feel::Scope> Scopes::of_loop(const Entity& changed,
                                                   const Entity* about) const {
  auto scope = std::make_shared<feel::Scope>(of(changed));
  if (about != nullptr) scope->add("record", Type::record(record_types_[about->index]));
  return scope;
}

Scopes::OfEntity Scopes::make(const Entity& entity) const {
  OfEntity made;
  for (const feel::Member& member : record_types_[entity.index].members) {
    made.scope.add(member.name, member.type);
  }
  made.scope.add("user", Type::record(user_type_));
  made.approval = made.scope;
  made.approval.add("submitter", Type::record(user_type_));
  made.approval.add("approver", Type::record(user_type_));
  auto old = std::make_shared<feel::Shape>();
  std::vector<feel::Member> members;
  for (const feel::Member& member : record_types_[entity.index].members) {
    old->names.push_back(member.name);
    members.push_back({member.name, member.type});
  }
  made.old = std::move(old);
  made.automation = made.scope;
  made.automation.add("old", Type::context(std::move(members)));
  made.lines.resize(entity.fields.size());
  made.shapes.resize(entity.fields.size());
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    if (!is_table(entity.fields[i])) continue;
    made.lines[i] = std::make_unique<feel::Scope>(made.scope);
    for (const Field& column : entity.fields[i].fields) {
      made.lines[i]->add(column.name, type_of(column));
    }
    made.shapes[i] = shape_of(entity.fields[i]);
  }
  return made;
}

Type Scopes::type_of(const Field& field) const {
  // What is wrong with the field was said where it stands.
  if (field.type == nullptr) return TypeKind::Unknown;
  switch (field.type->column) {
    case Column::Record:
      return Type::record(record_types_[field.target]);
    case Column::User:
      return Type::record(user_type_);
    case Column::Rows: {
      std::vector<feel::Member> columns;
      for (const Field& column : field.fields) columns.push_back({column.name, type_of(column)});
      return Type::list(Type::context(std::move(columns)).never_null()).never_null();
    }
    default:
      return fields::value_type(field);
  }
}

std::optional<std::size_t> Scopes::entity_of(const feel::RecordType& type) const {
  if (&type == &user_type_) return std::nullopt;
  return static_cast<std::size_t>(&type - record_types_.data());
}

feel::Value to_contexts(const feel::Value& rows, const std::shared_ptr<const feel::Shape>& shape) {
  feel::List contexts;
  if (!rows.is_null()) {
    contexts.reserve(rows.list().size());
    for (const feel::Value& row : rows.list()) {
      contexts.emplace_back(feel::Context{shape, row.list()});
    }
  }
  return feel::Value(std::move(contexts));
}

feel::Value old_values(const Scopes& scopes, const Entity& entity,
                       std::span<const feel::Value> values, std::span<const feel::Value> system) {
  feel::Context old{scopes.old_shape(entity), {}};
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto& shape = scopes.shape(entity, i);
    old.values.push_back(shape == nullptr ? values[i] : to_contexts(values[i], shape));
  }
  old.values.insert(old.values.end(), system.begin(), system.end());
  return feel::Value(std::move(old));
}

Variables::Variables(const Scopes& scopes, const Entity& entity,
                     std::span<const feel::Value> values)
    : scopes_(scopes),
      entity_(entity),
      values_(values),
      others_(kSystemColumnCount + 1),
      lines_(entity.fields.size()) {
  pointers_.reserve(slot_count(entity));
  for (const feel::Value& value : values_) pointers_.push_back(&value);
  for (const feel::Value& value : others_) pointers_.push_back(&value);
}

void Variables::set(SystemColumn column, feel::Value value) {
  others_[static_cast<std::size_t>(column)] = std::move(value);
}

void Variables::set_user(feel::Value user) { others_.back() = std::move(user); }

void Variables::forget_lines(std::size_t table) { lines_[table] = feel::Value(); }

std::span<const feel::Value* const> Variables::for_record(const feel::Expression& expression) {
  show_lines(expression);
  pointers_.resize(slot_count(entity_));
  return pointers_;
}

std::span<const feel::Value* const> Variables::with_more(const feel::Expression& expression,
                                                         std::span<const feel::Value> more) {
  show_lines(expression);
  pointers_.resize(slot_count(entity_));
  for (const feel::Value& value : more) pointers_.push_back(&value);
  return pointers_;
}

std::span<const feel::Value* const> Variables::for_line(const feel::Expression& expression,
                                                        const feel::List& row) {
  show_lines(expression);
  pointers_.resize(slot_count(entity_));
  for (const feel::Value& cell : row) pointers_.push_back(&cell);
  return pointers_;
}

void Variables::show_lines(const feel::Expression& expression) {
  for (const std::size_t slot : expression.reads()) {
    if (slot >= entity_.fields.size() || !is_table(entity_.fields[slot])) continue;
    if (lines_[slot].is_null()) {
      lines_[slot] = to_contexts(values_[slot], scopes_.shape(entity_, slot));
    }
    pointers_[slot] = &lines_[slot];
  }
}

}  // namespace formwork::model

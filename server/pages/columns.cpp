#include "server/pages/columns.h"

#include "server/pages/page_texts.h"

namespace formwork::pages {
namespace {

using fields::Field;
using fields::Widget;
using model::SystemColumn;

Field make_field(std::string_view type) {
  Field field;
  field.type = fields::find_field_type(type);
  field.scale = 0;
  return field;
}

bool is_time(const Field& field) {
  const Widget widget = field.type->widget;
  return widget == Widget::Date || widget == Widget::DateTime || widget == Widget::Time;
}

const MessageText& text_of(SystemColumn column) {
  switch (column) {
    case SystemColumn::Id:
      return texts::kNumber;
    case SystemColumn::Version:
      return texts::kVersion;
    case SystemColumn::CreatedAt:
      return texts::kCreated;
    case SystemColumn::CreatedBy:
      return texts::kCreatedBy;
    case SystemColumn::UpdatedAt:
      return texts::kChangedAt;
    case SystemColumn::UpdatedBy:
      return texts::kChangedBy;
  }
  return texts::kNumber;
}

}  // namespace

const Field& field_of(const model::Entity& entity, const model::ColumnRef& column) {
  static const Field kNumber = make_field("number");
  static const Field kInstant = make_field("date_time");
  static const Field kAccount = make_field("user");
  if (!column.is_system) return entity.fields[column.field];
  switch (column.system) {
    case SystemColumn::CreatedAt:
    case SystemColumn::UpdatedAt:
      return kInstant;
    case SystemColumn::CreatedBy:
    case SystemColumn::UpdatedBy:
      return kAccount;
    default:
      return kNumber;
  }
}

std::string label_of(const Context& context, const model::Entity& entity,
                     const model::ColumnRef& column) {
  return column.is_system ? context.words(text_of(column.system))
                          : context.label(entity.fields[column.field].label);
}

feel::Value value_of(const engine::Record& record, const model::ColumnRef& column) {
  if (!column.is_system) return record.values[column.field];
  switch (column.system) {
    case SystemColumn::Id:
      return feel::Value(feel::Number(record.id));
    case SystemColumn::Version:
      return feel::Value(feel::Number(record.version));
    case SystemColumn::CreatedAt:
      return feel::Value(record.created_at);
    case SystemColumn::UpdatedAt:
      return feel::Value(record.updated_at);
    case SystemColumn::CreatedBy:
      return feel::Value(feel::RecordRef{record.created_by});
    case SystemColumn::UpdatedBy:
      return feel::Value(feel::RecordRef{record.updated_by});
  }
  return {};
}

bool may_see(const Context& context, const model::Entity& entity, const model::ColumnRef& column) {
  return column.is_system || context.may_see(entity, column.field);
}

bool is_measure(const Field& field) {
  return field.type->widget == Widget::Decimal || is_time(field) ||
         field.type->column == fields::Column::Duration;
}

std::string order_in_words(const Context& context, const model::Entity& entity,
                           const model::Sort& sort) {
  const Field& field = field_of(entity, sort.column);
  const MessageText* text = sort.descending ? &texts::kDescending : &texts::kAscending;
  if (is_time(field)) {
    text = sort.descending ? &texts::kNewestFirst : &texts::kOldestFirst;
  } else if (is_measure(field)) {
    text = sort.descending ? &texts::kHighToLow : &texts::kLowToHigh;
  }
  return context.words(*text, {{"field", label_of(context, entity, sort.column)}});
}

std::string sort_code(const model::Entity& entity, const model::Sort& sort) {
  return (sort.descending ? "-" : "") + std::string(model::column_name(entity, sort.column));
}

}  // namespace formwork::pages

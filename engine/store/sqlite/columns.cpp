#include "engine/store/sqlite/columns.h"

#include <charconv>
#include <stdexcept>

#include <fmt/format.h>

#include "dsl/fields/field_type.h"
#include "engine/store/sqlite/sql_text.h"

namespace formwork::store {
namespace {

using feel::Value;
using fields::Column;

std::int64_t scaled(const fields::Field& field, const Value& value) {
  const std::optional<std::int64_t> number = value.number().to_scaled(field.scale);
  if (!number) throw std::invalid_argument(field.name + ": the number does not fit its column");
  return *number;
}

std::string joined(const fields::Field& field, const Value& value) {
  std::string text = ",";
  for (const Value& part : value.list()) {
    if (part.kind() == Value::Kind::Record) {
      text += std::to_string(part.record().id);
    } else {
      if (part.string().find(',') != std::string::npos) {
        throw std::invalid_argument(field.name + ": a code holds a comma");
      }
      text += part.string();
    }
    text += ',';
  }
  return text;
}

template <class Make>
Value split(std::string_view text, Make make) {
  feel::List list;
  std::size_t begin = 1;  // behind the leading comma
  while (begin < text.size()) {
    const std::size_t end = text.find(',', begin);
    list.push_back(make(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return Value(std::move(list));
}

Value record_of(std::string_view digits) {
  std::int64_t id = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), id);
  return Value(feel::RecordRef{id});
}

}  // namespace

std::string column_kind(const fields::Field& field, std::string_view target_entity) {
  switch (field.type->column) {
    case Column::Text:
      return "text";
    case Column::Scaled:
      return fmt::format("scaled:{}", field.scale);
    case Column::Boolean:
      return "boolean";
    case Column::Days:
      return "days";
    case Column::DayTime:
      return "time";
    case Column::Instant:
      return "instant";
    case Column::Duration:
      return field.whole_months ? "months" : "duration";
    case Column::Codes:
      return "codes";
    case Column::Record:
      return fmt::format("record:{}", target_entity);
    case Column::User:
      return "user";
    case Column::Files:
      return "files";
    case Column::Rows:
      return "rows";
  }
  throw std::logic_error("unknown column");
}

std::string column_declaration(const fields::Field& field) {
  switch (field.type->column) {
    case Column::Text:
    case Column::Codes:
    case Column::Files:
      return "TEXT";
    case Column::Boolean:
      return "INTEGER CHECK (" + quoted(field.name) + " IN (0, 1))";
    case Column::DayTime:
      return fmt::format("INTEGER CHECK ({} BETWEEN 0 AND {})", quoted(field.name),
                         kMicrosPerDay - 1);
    default:
      return "INTEGER";
  }
}

void bind_value(Statement& statement, int parameter, const fields::Field& field,
                const Value& value) {
  if (value.is_null()) return statement.bind_null(parameter);
  switch (field.type->column) {
    case Column::Text:
      return statement.bind(parameter, std::string_view(value.string()));
    case Column::Scaled:
      return statement.bind(parameter, scaled(field, value));
    case Column::Boolean:
      return statement.bind(parameter, std::int64_t{value.boolean()});
    case Column::Days:
      return statement.bind(parameter, to_days(value.date()));
    case Column::DayTime:
      return statement.bind(parameter, value.time().to_microseconds());
    case Column::Instant:
      return statement.bind(parameter, value.instant().microseconds);
    case Column::Duration:
      return statement.bind(parameter, field.whole_months
                                           ? value.months_duration().months
                                           : value.days_duration().to_microseconds());
    case Column::Record:
    case Column::User:
      return statement.bind(parameter, value.record().id);
    case Column::Codes:
    case Column::Files:
      return statement.bind_copy(parameter, joined(field, value));
    case Column::Rows:
      return statement.bind(parameter, static_cast<std::int64_t>(value.list().size()));
  }
}

Value read_value(const Statement& statement, int column, const fields::Field& field) {
  if (statement.is_null(column)) return {};
  switch (field.type->column) {
    case Column::Text:
      return Value(statement.text(column));
    case Column::Scaled:
      return Value(feel::Number::from_scaled(statement.number(column), field.scale));
    case Column::Boolean:
      return Value(statement.number(column) != 0);
    case Column::Days:
      return Value(from_days(statement.number(column)));
    case Column::DayTime:
      return Value(TimeOfDay::from_microseconds(statement.number(column)));
    case Column::Instant:
      return Value(Instant{statement.number(column)});
    case Column::Duration:
      return field.whole_months ? Value(MonthsDuration{statement.number(column)})
                                : Value(DaysDuration::from_microseconds(statement.number(column)));
    case Column::Record:
    case Column::User:
      return Value(feel::RecordRef{statement.number(column)});
    case Column::Codes:
      return split(statement.text(column), [](std::string_view code) { return Value(code); });
    case Column::Files:
      return split(statement.text(column), record_of);
    case Column::Rows:
      return {};
  }
  return {};
}

std::string join_parts(const std::vector<std::string>& parts) {
  std::string text = ",";
  for (const std::string& part : parts) text.append(part).append(",");
  return text;
}

std::vector<std::string> split_parts(std::string_view text) {
  std::vector<std::string> parts;
  const Value list = split(text, [](std::string_view part) { return Value(part); });
  for (const Value& part : list.list()) parts.push_back(part.string());
  return parts;
}

}  // namespace formwork::store

#include "engine/store/sqlite/terms.h"

#include <limits>
#include <stdexcept>

#include "dsl/fields/field_type.h"
#include "engine/store/sqlite/columns.h"
#include "engine/store/sqlite/sql_text.h"

namespace formwork::store {
namespace {

using feel::Number;
using feel::Value;
using fields::Column;

std::string_view operator_of(Comparison comparison) {
  switch (comparison) {
    case Comparison::Equal:
      return " = ?";
    case Comparison::NotEqual:
      return " IS NOT ?";
    case Comparison::Less:
      return " < ?";
    case Comparison::AtMost:
      return " <= ?";
    case Comparison::Greater:
      return " > ?";
    case Comparison::AtLeast:
      return " >= ?";
    case Comparison::Contains:
      break;
  }
  throw std::logic_error("unknown comparison");
}

// The scale of a column that keeps numbers; nothing for others.
std::optional<int> scale_of(const model::Entity& entity, const model::ColumnRef& column) {
  if (column.is_system) {
    const bool is_number =
        column.system == model::SystemColumn::Id || column.system == model::SystemColumn::Version;
    return is_number ? std::optional<int>(0) : std::nullopt;
  }
  const fields::Field& field = entity.fields[column.field];
  if (field.type->column != Column::Scaled) return std::nullopt;
  return field.scale;
}

// `x <= 10.005` over hundredths is `x <= 10.00`, `x > 10.005` is `x > 10.00`; `x < 10.005` is `x
// < 10.01` and `x >= 10.005` is `x >= 10.01`. Nothing that the column holds equals 10.005.
void fit_number(Term& term, int scale) {
  const Number number = term.value.number();
  if (number.to_scaled(scale)) return;
  using Limits = std::numeric_limits<std::int64_t>;
  const bool below = term.comparison == Comparison::Less || term.comparison == Comparison::AtMost;
  if (term.comparison == Comparison::Equal || term.comparison == Comparison::NotEqual) {
    term.certain = term.comparison == Comparison::NotEqual;
  } else if (number > Number::from_scaled(Limits::max(), scale)) {
    term.comparison = below ? Comparison::AtMost : Comparison::Greater;
    term.value = Value(Number::from_scaled(Limits::max(), scale));
  } else if (number < Number::from_scaled(Limits::min(), scale)) {
    term.comparison = below ? Comparison::Less : Comparison::AtLeast;
    term.value = Value(Number::from_scaled(Limits::min(), scale));
  } else {
    const bool up = term.comparison == Comparison::Less || term.comparison == Comparison::AtLeast;
    const auto mode = up ? feel::Rounding::Ceiling : feel::Rounding::Floor;
    term.value = Value(feel::round(number, scale, mode).value());
  }
}

// Null is neither less nor greater than anything and contained in nothing; only the two equalities
// ask for it. A code with a comma is in no column, but would be found across two codes.
std::optional<bool> certain_answer(const Condition& condition) {
  const bool is_equality =
      condition.comparison == Comparison::Equal || condition.comparison == Comparison::NotEqual;
  if (condition.value.is_null() && !is_equality) return false;
  if (condition.comparison == Comparison::Contains &&
      condition.value.kind() == Value::Kind::String &&
      condition.value.string().find(',') != std::string::npos) {
    return false;
  }
  return std::nullopt;
}

void bind_system(Statement& statement, int parameter, const Value& value) {
  switch (value.kind()) {
    case Value::Kind::Null:
      return statement.bind_null(parameter);
    case Value::Kind::Number:
      return statement.bind(parameter, value.number().to_scaled(0).value());
    case Value::Kind::Instant:
      return statement.bind(parameter, value.instant().microseconds);
    case Value::Kind::Record:
      return statement.bind(parameter, value.record().id);
    default:
      throw std::invalid_argument("no such value in a column that every record has");
  }
}

// The part between its commas that a Codes or Files column is searched for.
std::string needle(const Value& value) {
  if (value.kind() == Value::Kind::Record) return "," + std::to_string(value.record().id) + ",";
  return "," + value.string() + ",";
}

}  // namespace

std::vector<Term> terms_of(const model::Entity& entity, std::span<const Condition> conditions) {
  std::vector<Term> terms;
  for (const Condition& condition : conditions) {
    Term term{condition.column, condition.comparison, condition.value, certain_answer(condition)};
    const std::optional<int> scale = scale_of(entity, term.column);
    if (scale && term.value.kind() == Value::Kind::Number) fit_number(term, *scale);
    terms.push_back(std::move(term));
  }
  return terms;
}

std::string term_sql(const model::Entity& entity, const Term& term) {
  if (term.certain) return *term.certain ? "1" : "0";
  const std::string column = quoted_column(entity, term.column);
  if (term.value.is_null()) {
    return column + (term.comparison == Comparison::Equal ? " IS NULL" : " IS NOT NULL");
  }
  if (term.comparison == Comparison::Contains) return "instr(" + column + ", ?) > 0";
  return column + std::string(operator_of(term.comparison));
}

void bind_term(Statement& statement, int& parameter, const model::Entity& entity,
               const Term& term) {
  if (term.certain || term.value.is_null()) return;
  if (term.comparison == Comparison::Contains) {
    return statement.bind_copy(++parameter, needle(term.value));
  }
  bind_column(statement, ++parameter, entity, term.column, term.value);
}

void bind_column(Statement& statement, int parameter, const model::Entity& entity,
                 const model::ColumnRef& column, const Value& value) {
  if (column.is_system) return bind_system(statement, parameter, value);
  bind_value(statement, parameter, entity.fields[column.field], value);
}

}  // namespace formwork::store

#include "engine/records/formulas.h"

#include <algorithm>

namespace formwork::records {

using engine::FieldProblem;
using engine::Record;
using feel::Value;
using fields::Field;

Formulas::Formulas(const model::Entity& entity, const Record& record, const Situation& s)
    : entity_(entity),
      record_(record),
      related_(s.gate, s.actor, moment_of(s)),
      environment_{.now = s.now, .zone = s.showing.zone, .records = &related_},
      reading_{.zone = s.showing.zone, .people = s.showing.people},
      variables_(permissions::variables_of(s.gate.model(), entity, record, s.actor.account)) {}

void Formulas::compute(Record& record, const std::vector<bool>* is_given, const Record* before) {
  for (const model::FormulaPlace& place : entity_.formulas) {
    const Field& field = entity_.fields[place.field];
    if (place.column) {
      compute_column(record, place.field, *place.column, before);
    } else if (field.value) {
      compute_field(record, place.field, before);
    } else if (is_given != nullptr && !(*is_given)[place.field]) {
      record.values[place.field] = fitted(*field.default_formula, field, {.field = place.field});
    }
  }
}

void Formulas::compute_field(Record& record, std::size_t index, const Record* before) {
  const Field& field = entity_.fields[index];
  related_.take_withheld();
  Value value = fitted(*field.value, field, {.field = index});
  const bool is_kept = value.is_null() && related_.take_withheld() && before != nullptr &&
                       is_untouched(*field.value, *before);
  if (!is_kept) record.values[index] = std::move(value);
}

// Whether the record's own values that the expression reads are as they were.
bool Formulas::is_untouched(const feel::Expression& expression, const Record& before) const {
  return std::all_of(expression.reads().begin(), expression.reads().end(), [&](std::size_t slot) {
    return slot >= entity_.fields.size() || record_.values[slot] == before.values[slot];
  });
}

void Formulas::compute_column(Record& record, std::size_t table, std::size_t column,
                              const Record* before) {
  if (record.values[table].is_null()) return;
  const Field& field = entity_.fields[table].fields[column];
  feel::List rows = record.values[table].list();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    feel::List cells = rows[i].list();
    related_.take_withheld();
    Value value = fitted(*field.value, field, {.field = table, .row = i, .column = column}, &cells);
    const bool is_withheld = value.is_null() && related_.take_withheld();
    if (is_withheld && before != nullptr && is_untouched(*field.value, *before)) {
      const Value* old = cell_before(table, i, column, cells, *before);
      if (old != nullptr) value = *old;
    }
    cells[column] = std::move(value);
    rows[i] = Value(std::move(cells));
  }
  record.values[table] = Value(std::move(rows));
  variables_.forget_lines(table);
}

const Value* Formulas::cell_before(std::size_t table, std::size_t row, std::size_t column,
                                   const feel::List& cells, const Record& before) const {
  const Value& rows = before.values[table];
  if (rows.is_null() || row >= rows.list().size()) return nullptr;
  const feel::List& old = rows.list()[row].list();
  const std::vector<Field>& columns = entity_.fields[table].fields;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!columns[i].value && cells[i] != old[i]) return nullptr;
  }
  return &old[column];
}

bool Formulas::is_visible(std::size_t field) {
  const auto& condition = entity_.fields[field].visible;
  return !condition || test(*condition) == true;
}

bool Formulas::is_required(std::size_t index) {
  const Field& field = entity_.fields[index];
  if (!field.required && !field.required_when && !field.required_from) return false;
  if (!is_visible(index)) return false;
  return field.required || (field.required_from && has_reached(*field.required_from)) ||
         (field.required_when && test(*field.required_when) == true);
}

bool Formulas::has_reached(std::size_t option) const {
  const model::Lifecycle* lifecycle = model::lifecycle_of(entity_, record_.values);
  const model::Stage* stage = model::stage_of(entity_, record_.values);
  if (stage == nullptr) return false;
  if (stage->final && *stage->final != model::Final::Won) return false;
  const std::string& code = entity_.fields[entity_.stage_fields->stage].options[option].code;
  const std::optional<std::size_t> from = model::stage_index(*lifecycle, code);
  return from && stage >= &lifecycle->stages[*from];
}

bool Formulas::is_read_only(std::size_t field) {
  const auto& condition = entity_.fields[field].read_only;
  return condition && test(*condition) == true;
}

bool Formulas::is_visible(std::size_t table, const feel::List& row, std::size_t column) {
  const auto& condition = entity_.fields[table].fields[column].visible;
  return !condition || test(*condition, &row) == true;
}

bool Formulas::is_required(std::size_t table, const feel::List& row, std::size_t column) {
  const Field& field = entity_.fields[table].fields[column];
  if (!field.required && !field.required_when) return false;
  return is_visible(table, row, column) &&
         (field.required || test(*field.required_when, &row) == true);
}

bool Formulas::holds(const model::Rule& rule) {
  related_.take_withheld();
  const feel::Truth truth = test(rule.require);
  return truth.value_or(!related_.take_withheld());
}

Value Formulas::evaluate(const feel::Expression& expression, const feel::List* row) {
  feel::Evaluation evaluation(environment_, row == nullptr ? variables_.for_record(expression)
                                                           : variables_.for_line(expression, *row));
  return expression.evaluate(evaluation);
}

feel::Truth Formulas::test(const feel::Expression& expression, const feel::List* row) {
  feel::Evaluation evaluation(environment_, row == nullptr ? variables_.for_record(expression)
                                                           : variables_.for_line(expression, *row));
  return expression.test(evaluation);
}

Value Formulas::fitted(const feel::Expression& expression, const Field& field, FieldProblem place,
                       const feel::List* row) {
  auto value = fields::fit(evaluate(expression, row), field, reading_);
  std::optional<Message> complaint;
  if (value) complaint = fields::check(*value, field, reading_);
  if (!value) complaint = std::move(value.error());
  if (complaint) {
    place.message = std::move(*complaint);
    problems_.push_back(std::move(place));
  }
  return value ? std::move(*value) : Value();
}

}  // namespace formwork::records

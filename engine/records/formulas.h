// What the formulas and conditions of a record's entity say of it at this moment: defaults,
// computed values, what is visible, required and read-only, which rules hold.
#pragma once

#include <optional>
#include <vector>

#include "dsl/model/scope.h"
#include "engine/command/refusal.h"
#include "engine/permissions/related_records.h"
#include "engine/records/decide.h"

namespace formwork::records {

// Sees the record as it is at each question. One clock reading, one reader of related records: all
// answers belong together.
class Formulas {
 public:
  // The record must outlive this object and keep its values where they are.
  Formulas(const model::Entity& entity, const engine::Record& record, const Situation& situation);
  Formulas(const Formulas&) = delete;
  Formulas& operator=(const Formulas&) = delete;

  // `record` is the one above. Computes what is computed, in order; and the default formulas of
  // those fields that `is_given` (by field) says nobody gave a value. Without `is_given` no default
  // is looked at. `before` is the record that this one was: what cannot be read now keeps its value
  // as long as nothing that it is made from changes.
  void compute(engine::Record& record, const std::vector<bool>* is_given,
               const engine::Record* before);

  // What compute() found that does not fit its field; the value is null then.
  std::vector<engine::FieldProblem> take_problems() { return std::move(problems_); }

  bool is_visible(std::size_t field);
  bool is_required(std::size_t field);  // never while it is hidden
  bool is_read_only(std::size_t field);

  // The same of a column in a line of a table.
  bool is_visible(std::size_t table, const feel::List& row, std::size_t column);
  bool is_required(std::size_t table, const feel::List& row, std::size_t column);

  // False when it says so, and when the answer is null because of what the actor may not see.
  bool holds(const model::Rule& rule);

 private:
  feel::Value evaluate(const feel::Expression& expression, const feel::List* row = nullptr);
  feel::Truth test(const feel::Expression& expression, const feel::List* row = nullptr);
  // As evaluate(), in the form that the field keeps.
  feel::Value fitted(const feel::Expression& expression, const fields::Field& field,
                     engine::FieldProblem place, const feel::List* row = nullptr);
  void compute_field(engine::Record& record, std::size_t field, const engine::Record* before);
  void compute_column(engine::Record& record, std::size_t table, std::size_t column,
                      const engine::Record* before);
  // The cell as it was, if its line is the same as before but for what is computed.
  const feel::Value* cell_before(std::size_t table, std::size_t row, std::size_t column,
                                 const feel::List& cells, const engine::Record& before) const;
  // Whether the record is in that stage, an option of `stage`, or in a later one; what was lost
  // asks for no more.
  bool has_reached(std::size_t option) const;
  bool is_untouched(const feel::Expression& expression, const engine::Record& before) const;

  const model::Entity& entity_;
  const engine::Record& record_;
  permissions::RelatedRecords related_;
  feel::Environment environment_;
  fields::Reading reading_;
  model::Variables variables_;
  std::vector<engine::FieldProblem> problems_;
};

}  // namespace formwork::records

// Conditions over operands, with FEEL's three answers: 1, 0 and NULL. Used by sql_translator.cpp.
#pragma once

#include <optional>
#include <vector>

#include "dsl/feel/sql_arithmetic.h"

namespace formwork::feel::sql {

// All functions give nullopt for what SQL cannot answer exactly.

// A boolean operand as a condition of its own.
std::optional<Operand> as_condition(Operand operand);
// The answer of a condition that is the same for all records; nullopt for others, and for NULL.
std::optional<bool> certain_answer(const Operand& condition);
Operand negated(Operand condition);
Operand all_of(std::vector<Operand> conditions);
Operand any_of(std::vector<Operand> conditions);

std::optional<Operand> compare(Arithmetic& arithmetic, Relation relation, Operand a, Operand b);

// Whether one of the tests of that value holds, with its equalities as one list: SQLite finds `x IN
// (?, ?)` in an index, and would look through all records for `x IS ? OR x IS ?`.
Operand any_test(const Operand& value, std::vector<Operand> tests);

// Whether the value lies in a constant test: a range, a list of tests, or a value that it equals.
std::optional<Operand> in_constant(Arithmetic& arithmetic, const Operand& value, const Value& test);

// Whether the constant list holds the value: as `in`, but for nested lists and ranges.
std::optional<Operand> listed(Arithmetic& arithmetic, const Value& list, const Operand& value);

// `element` is one of the codes of a column; false for a column that is NULL when `null_is_false`,
// else NULL.
std::optional<Operand> holds_code(Operand codes, const Operand& element, bool null_is_false);

// At least one of both is a column.
std::optional<Operand> contains_text(Operand text, Operand match);
std::optional<Operand> starts_with_text(Operand text, Operand match);
std::optional<Operand> ends_with_text(Operand text, const Operand& match);

}  // namespace formwork::feel::sql

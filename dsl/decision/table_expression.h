// A decision table where a formula stands: `value: decide lead_score`.
#pragma once

#include <memory>

#include "dsl/decision/table.h"
#include "dsl/feel/expression.h"

namespace formwork::decision {

// An expression over the variables of the table's scope that gives the table's value. It reads what
// any input or cell reads, so that formulas are ordered by it. Its text is the inputs, and these
// are what explains an answer; it has no tree, so nobody can translate it.
feel::Expression as_expression(std::shared_ptr<const Table> table);

// The table that it was made from, or null.
const Table* table_of(const feel::Expression& expression);

}  // namespace formwork::decision

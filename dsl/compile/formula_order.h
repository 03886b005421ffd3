// In which order an entity's formulas can be evaluated, and which of them need each other.
#pragma once

#include <span>
#include <vector>

#include "dsl/diagnostics/diagnostic.h"
#include "dsl/model/model.h"

namespace formwork::compile {

struct Formula {
  model::FormulaPlace place;
  std::span<const std::size_t> reads;  // slots; the expression in the field keeps them
  Span where;
};

// Each behind those that it reads. A circle is reported with its path, and one of it is left out.
std::vector<model::FormulaPlace> in_order(const model::Entity& entity,
                                          const std::vector<Formula>& formulas,
                                          Diagnostics& diagnostics);

}  // namespace formwork::compile

// How a computed value came about that a decision table gives: which rules hit, by which inputs,
// and what each of them contributed.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "engine/records/decide.h"

namespace formwork::records {

struct Contribution {
  std::size_t rule = 0;  // index into Decision::rules
  feel::Value value;     // what it gives
  // What it asks, as indices into Contributions::inputs; cells that take anything are left out.
  std::vector<std::size_t> asks;
};

struct Contributions {
  struct Input {
    Localized label;
    feel::Value value;
    std::optional<std::size_t> field;  // index into Entity::fields, when it is one and no more
  };

  std::size_t field = 0;  // index into Entity::fields
  const model::Decision* decision = nullptr;
  std::vector<Input> inputs;
  std::vector<Contribution> rules;
  bool is_default = false;  // no rule hit
};

// Of the record as it is now, one for each field whose value is `decide TABLE`, as far as the actor
// may see the field and everything that the table reads.
std::vector<Contributions> contributions(const model::Entity& entity, const engine::Record& record,
                                         const Situation& situation);

}  // namespace formwork::records

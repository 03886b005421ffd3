// Plays scenarios: each on a new store with a clock of its own, through the same commands as
// everybody.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "dsl/diagnostics/diagnostic.h"
#include "dsl/model/model.h"
#include "engine/store/store.h"

namespace formwork::scenario {

// What was exercised, by names that people know: `quote: review → sendable`,
// `quote_discount.finance applies`.
struct Coverage {
  std::set<std::string> all;
  std::set<std::string> seen;
};

// Everything of the model that a scenario may exercise: stages, moves, approval steps that apply
// and that do not, approvals' outcomes, rules, criteria that refuse, rules of decision tables.
std::set<std::string> what_to_cover(const model::Model& model);

struct Result {
  std::string name;  // with its case
  bool passed = true;
  std::vector<Diagnostic> failures;  // at the step: expected and actual
};

using MakeStore = std::function<std::unique_ptr<store::Store>(std::shared_ptr<const model::Model>)>;

// Plays a scenario, once for each of its cases.
std::vector<Result> play(const std::shared_ptr<const model::Model>& model,
                         const model::Scenario& scenario, const MakeStore& make_store,
                         Coverage* coverage = nullptr);

}  // namespace formwork::scenario

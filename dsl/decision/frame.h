// Running FEEL with other variables inside an evaluation that goes on: the budget, the depth of
// calls and the reasons stay one.
#pragma once

#include <span>
#include <vector>

#include "dsl/feel/evaluation.h"

namespace formwork::decision {

using Variables = std::span<const feel::Value* const>;

// `work` gets an Evaluation over `variables` and returns a Value.
template <class Work>
feel::Value with_variables(feel::Evaluation& parent, Variables variables, const Work& work) {
  std::vector<feel::Warning> warnings;
  feel::Evaluation child(parent.environment(), variables,
                         parent.wants_reasons() ? &warnings : nullptr, parent.limits());
  child.depth = parent.depth;
  child.stack_base = parent.stack_base;
  feel::Value value = work(child);
  for (const feel::Warning& warning : warnings) parent.null(warning.message);
  const std::uint64_t before = parent.limits().steps;
  const std::uint64_t spent = before - child.limits().steps;
  if (!parent.spend(child.is_exhausted() ? before + 1 : spent)) return {};
  return value;
}

}  // namespace formwork::decision

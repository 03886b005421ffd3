#include <algorithm>

#include "dsl/decision/analysis.h"
#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"

namespace formwork::lint {
namespace {

using decision::HitPolicy;

// Whether no rule is an answer too: there is a default, or none makes a list or sum shorter.
bool may_be_without_hit(const decision::Table& table) {
  if (table.policy().hit == HitPolicy::Collect || table.policy().gives_list()) return true;
  const auto has_fallback = [](const auto& output) { return output.fallback.has_value(); };
  return std::any_of(table.outputs().begin(), table.outputs().end(), has_fallback);
}

void check_table(const model::Decision& decision, const decision::Table& table,
                 Diagnostics& diagnostics) {
  if (may_be_without_hit(table)) return;
  const decision::Analysis analysis = decision::analyse(table, {.findings = 1});
  for (const decision::Witness& row : analysis.gaps) {
    diagnostics.warning(codes::kDecisionGap, decision.where,
                        decision.name + " has no rule for " + row.to_string(),
                        "add a rule, a last one with \"-\" for every input, or a default output");
  }
}

}  // namespace

void check_decision_gaps(const model::Model& model, Diagnostics& diagnostics) {
  for (const model::Decision& decision : model.decisions) {
    for (const auto& table : decision.tables) check_table(decision, *table, diagnostics);
  }
}

}  // namespace formwork::lint

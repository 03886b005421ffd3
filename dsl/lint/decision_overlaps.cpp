#include "dsl/decision/analysis.h"
#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"

namespace formwork::lint {
namespace {

using decision::HitPolicy;

void check_table(const model::Decision& decision, const decision::Table& table,
                 Diagnostics& diagnostics) {
  const bool is_any = table.policy().hit == HitPolicy::Any;
  if (!is_any && table.policy().hit != HitPolicy::Unique) return;
  for (const decision::Overlap& overlap : decision::analyse(table).overlaps) {
    // Of outputs that are formulas nothing is known before they are asked.
    if (is_any && overlap.same_outputs.value_or(true)) continue;
    const std::string rules = "rules " + std::to_string(overlap.first + 1) + " and " +
                              std::to_string(overlap.second + 1) + " of " + decision.name;
    diagnostics
        .warning(codes::kDecisionOverlap, decision.rules[overlap.second].where,
                 is_any ? rules + " disagree on " + overlap.row.to_string()
                        : rules + " both hit " + overlap.row.to_string(),
                 is_any ? "make their outputs the same, or one of them narrower"
                        : "make one of them narrower, or let the first count: hit_policy: first")
        .related.push_back({decision.rules[overlap.first].where,
                            "rule " + std::to_string(overlap.first + 1) + " is here"});
  }
}

}  // namespace

void check_decision_overlaps(const model::Model& model, Diagnostics& diagnostics) {
  for (const model::Decision& decision : model.decisions) {
    for (const auto& table : decision.tables) check_table(decision, *table, diagnostics);
  }
}

}  // namespace formwork::lint

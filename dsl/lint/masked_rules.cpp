#include "dsl/decision/analysis.h"
#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"

namespace formwork::lint {
namespace {

std::string in_words(const std::vector<std::size_t>& rules) {
  std::string words = rules.size() == 1 ? "rule " : "rules ";
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (i > 0) words += i + 1 == rules.size() ? " and " : ", ";
    words += std::to_string(rules[i] + 1);
  }
  return words;
}

void check_table(const model::Decision& decision, const decision::Table& table,
                 Diagnostics& diagnostics) {
  if (table.policy().hit != decision::HitPolicy::First) return;
  for (const decision::Masked& masked : decision::analyse(table).masked) {
    Diagnostic& finding =
        diagnostics.warning(codes::kDecisionMasked, decision.rules[masked.rule].where,
                            "rule " + std::to_string(masked.rule + 1) + " of " + decision.name +
                                " never counts: whatever it hits, " + in_words(masked.by) +
                                (masked.by.size() == 1 ? " hits before" : " hit before"),
                            "remove it, or move it up");
    for (const std::size_t rule : masked.by) {
      finding.related.push_back(
          {decision.rules[rule].where, "rule " + std::to_string(rule + 1) + " is here"});
    }
  }
}

}  // namespace

void check_masked_rules(const model::Model& model, Diagnostics& diagnostics) {
  for (const model::Decision& decision : model.decisions) {
    for (const auto& table : decision.tables) check_table(decision, *table, diagnostics);
  }
}

}  // namespace formwork::lint

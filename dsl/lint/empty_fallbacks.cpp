#include <algorithm>

#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"

namespace formwork::lint {
namespace {

bool asks(const model::People& people, const model::PeopleTerm& term) {
  return std::any_of(people.terms.begin(), people.terms.end(),
                     [&](const auto& other) { return other.text == term.text; });
}

// Where all who are asked then were asked before.
void check_step(const model::ApprovalStep& step, const model::OnEmpty& on_empty,
                Diagnostics& diagnostics) {
  const auto& terms = on_empty.to.terms;
  const bool is_same = std::all_of(terms.begin(), terms.end(),
                                   [&](const auto& term) { return asks(step.approvers, term); });
  if (terms.empty() || !is_same) return;
  diagnostics
      .warning(codes::kApprovalOnEmpty, terms.front().where,
               "when nobody is found for `" + step.id + "`, the same `" + terms.front().text +
                   "` is asked again",
               "name other people, or write `on_empty: hold`")
      .related.push_back({step.where, "the step is here"});
}

}  // namespace

void check_empty_fallbacks(const model::Model& model, Diagnostics& diagnostics) {
  for (const model::ApprovalChain& chain : model.approvals) {
    for (const model::ApprovalStep& step : chain.steps) {
      check_step(step, step.on_empty.value_or(chain.on_empty), diagnostics);
    }
  }
}

}  // namespace formwork::lint

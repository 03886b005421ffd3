#include <algorithm>

#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"

namespace formwork::lint {
namespace {

using model::PeopleTerm;

class ChainCheck {
 public:
  ChainCheck(const model::Model& model, const model::ApprovalChain& chain, Diagnostics& diagnostics)
      : model_(model),
        chain_(chain),
        entity_(model.entities[chain.entity]),
        diagnostics_(diagnostics) {}

  void run() {
    const auto& roles = model_.roles;
    const bool somebody_may =
        std::any_of(roles.begin(), roles.end(), [&](const model::Role& role) { return may(role); });
    if (!somebody_may) return report_nobody();
    for (const model::ApprovalStep& step : chain_.steps) {
      check(step.approvers);
      if (step.on_empty) check(step.on_empty->to);
      for (const model::Deadline& deadline : step.within) check(deadline.to);
    }
    check(chain_.on_empty.to);
  }

 private:
  bool may(const model::Role& role) const {
    return role.grants[entity_.index].may(model::Action::Approve);
  }

  void report_nobody() {
    diagnostics_.warning(codes::kApprovalNoRight, chain_.where,
                         "no role may approve records of `" + entity_.name + "`, so `" +
                             chain_.name + "` finds nobody to decide",
                         "let a role do it: on: { " + entity_.name + ": { approve: true } }");
  }

  void check(const model::People& people) {
    for (const PeopleTerm& term : people.terms) {
      check(term);
      for (const auto& [outcome, terms] : term.outcomes) check(model::People{terms});
    }
  }

  // Holders may have the right by another role; nothing in the documents says that they do.
  void check(const PeopleTerm& term) {
    if (term.kind != PeopleTerm::Kind::Role || may(model_.roles[term.index])) return;
    const model::Role& role = model_.roles[term.index];
    diagnostics_
        .warning(codes::kApprovalNoRight, term.where,
                 "the role `" + role.name + "` may not approve records of `" + entity_.name + "`",
                 "add to the role: on: { " + entity_.name + ": { approve: true } }")
        .related.push_back({role.where, "the role is defined here"});
  }

  const model::Model& model_;
  const model::ApprovalChain& chain_;
  const model::Entity& entity_;
  Diagnostics& diagnostics_;
};

}  // namespace

void check_approvers_without_right(const model::Model& model, Diagnostics& diagnostics) {
  for (const model::ApprovalChain& chain : model.approvals) {
    ChainCheck(model, chain, diagnostics).run();
  }
}

}  // namespace formwork::lint

#include "engine/approvals/asking.h"

#include <algorithm>
#include <vector>

#include "dsl/feel/operators.h"

namespace formwork::approvals {

using feel::Value;

Asking::Asking(const Subject& subject, const records::Situation& s)
    : situation_(s),
      related_(s.gate, records::moment_of(s)),
      environment_{.now = s.now, .zone = s.showing.zone, .records = &related_},
      variables_(permissions::variables_of(s.gate.model(), subject.entity, subject.record,
                                           s.actor.account)),
      submitter_(permissions::account_value(subject.submitter)),
      approver_(permissions::account_value(subject.approver)) {}

Value Asking::evaluate(const feel::Expression& expression) {
  feel::Evaluation evaluation(environment_,
                              variables_.for_approval(expression, submitter_, approver_));
  return expression.evaluate(evaluation);
}

bool Asking::holds(const feel::Expression& condition) {
  feel::Evaluation evaluation(environment_,
                              variables_.for_approval(condition, submitter_, approver_));
  return condition.test(evaluation) == feel::Truth(true);
}

std::string Asking::explain(const feel::Expression& condition) {
  feel::Evaluation evaluation(environment_,
                              variables_.for_approval(condition, submitter_, approver_));
  std::vector<std::string> parts;
  for (const feel::Explained& part : condition.explain(evaluation)) {
    const std::string text = condition.text().substr(part.begin, part.end - part.begin);
    std::string known = text + " = " + feel::to_literal(part.value, *situation_.showing.zone);
    if (std::find(parts.begin(), parts.end(), known) == parts.end()) {
      parts.push_back(std::move(known));
    }
  }
  std::string reason = condition.text();
  for (std::size_t i = 0; i < parts.size(); ++i) reason += (i == 0 ? ": " : ", ") + parts[i];
  return reason;
}

}  // namespace formwork::approvals

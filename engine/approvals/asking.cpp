#include "engine/approvals/asking.h"

#include "engine/records/conditions.h"

namespace formwork::approvals {

using feel::Value;

Asking::Asking(const Subject& subject, const records::Situation& s)
    : situation_(s),
      related_(s.gate, records::moment_of(s)),
      environment_{.now = s.now, .zone = s.showing.zone, .records = &related_},
      variables_(permissions::variables_of(s.gate.model(), subject.entity, subject.record,
                                           s.actor.account)),
      more_(subject.more) {
  if (!more_.empty()) return;
  more_.push_back(permissions::account_value(subject.submitter));
  more_.push_back(permissions::account_value(subject.approver));
}

Value Asking::evaluate(const feel::Expression& expression) {
  feel::Evaluation evaluation(environment_, variables_.with_more(expression, more_));
  return expression.evaluate(evaluation);
}

bool Asking::holds(const feel::Expression& condition) {
  feel::Evaluation evaluation(environment_, variables_.with_more(condition, more_));
  return condition.test(evaluation) == feel::Truth(true);
}

std::string Asking::explain(const feel::Expression& condition) {
  feel::Evaluation evaluation(environment_, variables_.with_more(condition, more_));
  const std::string values =
      records::values_seen(condition, condition.explain(evaluation), *situation_.showing.zone);
  return condition.text() + (values.empty() ? "" : ": " + values);
}

}  // namespace formwork::approvals

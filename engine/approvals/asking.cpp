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
      more_(subject.more),
      first_slot_(&subject.entity == &no_entity() ? model::user_slot(subject.entity) : 0) {
  if (!more_.empty()) return;
  more_.push_back(permissions::account_value(subject.submitter));
  more_.push_back(permissions::account_value(subject.approver));
}

const model::Entity& no_entity() {
  static const model::Entity nothing;
  return nothing;
}

std::span<const Value* const> Asking::slots(const feel::Expression& expression) {
  return variables_.with_more(expression, more_).subspan(first_slot_);
}

Value Asking::evaluate(const feel::Expression& expression) {
  feel::Evaluation evaluation(environment_, slots(expression));
  return expression.evaluate(evaluation);
}

bool Asking::holds(const feel::Expression& condition) {
  feel::Evaluation evaluation(environment_, slots(condition));
  return condition.test(evaluation) == feel::Truth(true);
}

std::string Asking::explain(const feel::Expression& condition) {
  feel::Evaluation evaluation(environment_, slots(condition));
  const std::string values =
      records::values_seen(condition, condition.explain(evaluation), *situation_.showing.zone);
  return condition.text() + (values.empty() ? "" : ": " + values);
}

}  // namespace formwork::approvals

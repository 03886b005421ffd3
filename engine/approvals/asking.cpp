#include "engine/approvals/asking.h"

#include <algorithm>
#include <vector>

#include "dsl/feel/operators.h"

namespace formwork::approvals {

using feel::Value;

Asking::Asking(const Subject& subject, const records::Situation& s)
    : situation_(s),
      entity_(subject.entity),
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

// People by their names, as far as the part is one variable.
std::string Asking::shown(const std::string& part, const Value& value) const {
  const model::Scopes& scopes = *situation_.gate.model().scopes;
  const feel::Scope& scope = scopes.of_approval(entity_);
  const std::optional<std::size_t> slot = scope.find(part);
  const bool is_person = value.kind() == feel::ValueKind::Record && slot &&
                         scope.variables()[*slot].type.record_type() == &scopes.user_type();
  if (is_person) return situation_.showing.people->account_name(value.record().id);
  return feel::to_literal(value, *situation_.showing.zone);
}

std::string Asking::explain(const feel::Expression& condition) {
  feel::Evaluation evaluation(environment_,
                              variables_.for_approval(condition, submitter_, approver_));
  std::vector<std::string> parts;
  for (const feel::Explained& part : condition.explain(evaluation)) {
    const std::string text = condition.text().substr(part.begin, part.end - part.begin);
    const std::string value = shown(text, part.value);
    std::string known = text + " = " + value;
    if (text == value) continue;  // what the author wrote as a value
    if (std::find(parts.begin(), parts.end(), known) == parts.end()) {
      parts.push_back(std::move(known));
    }
  }
  std::string reason = condition.text();
  for (std::size_t i = 0; i < parts.size(); ++i) reason += (i == 0 ? ": " : ", ") + parts[i];
  return reason;
}

}  // namespace formwork::approvals

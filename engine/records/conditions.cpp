#include "engine/records/conditions.h"

#include <algorithm>
#include <vector>

#include "dsl/feel/operators.h"

namespace formwork::records {

Conditions::Conditions(const model::Entity& entity, const engine::Record& record,
                       const Situation& s)
    : all_(s.gate, moment_of(s)),
      visible_(s.gate, s.actor, moment_of(s)),
      environment_{.now = s.now, .zone = s.showing.zone, .records = &all_},
      variables_(permissions::variables_of(s.gate.model(), entity, record, s.actor.account)) {}

bool Conditions::holds(const feel::Expression& condition) {
  feel::Evaluation evaluation(environment_, variables_.for_record(condition));
  return condition.test(evaluation) == feel::Truth(true);
}

std::string Conditions::saw(const feel::Expression& condition) {
  feel::Environment seen = environment_;
  seen.records = &visible_;
  visible_.take_withheld();
  feel::Evaluation evaluation(seen, variables_.for_record(condition));
  const std::string values = values_seen(condition, condition.explain(evaluation), *seen.zone);
  return visible_.take_withheld() ? std::string() : values;
}

std::string Conditions::saw_all(const feel::Expression& condition) {
  feel::Evaluation evaluation(environment_, variables_.for_record(condition));
  return values_seen(condition, condition.explain(evaluation), *environment_.zone);
}

std::string values_seen(const feel::Expression& condition, std::span<const feel::Explained> parts,
                        const TimeZone& zone) {
  std::vector<std::string> known;
  for (const feel::Explained& part : parts) {
    const std::string name = condition.text().substr(part.begin, part.end - part.begin);
    const std::string value = feel::to_literal(part.value, zone);
    std::string seen = name + " = " + value;
    const bool is_new = std::find(known.begin(), known.end(), seen) == known.end();
    if (name != value && is_new) known.push_back(std::move(seen));
  }
  std::string text;
  for (const std::string& seen : known) text += (text.empty() ? "" : ", ") + seen;
  return text;
}

}  // namespace formwork::records

#include "engine/records/rights.h"

namespace formwork::records {

permissions::Moment moment_of(const Situation& s) {
  return {.view = s.view,
          .people = *s.showing.people,
          .organization = s.organization,
          .now = s.now,
          .zone = s.showing.zone};
}

bool may(const Situation& s, model::Action action, const model::Entity& entity,
         const engine::Record& record) {
  return s.gate.may(s.actor, action, entity, record, moment_of(s));
}

std::optional<engine::Refusal> refuse(const Situation& s, model::Action action,
                                      const model::Entity& entity, const engine::Record& record) {
  if (may(s, action, entity, record)) return std::nullopt;
  return s.gate.explain(s.actor, action, entity);
}

}  // namespace formwork::records

#include "engine/records/rights.h"

namespace formwork::records {

bool may(const Situation& s, model::Action action, const model::Entity& entity,
         const engine::Record&) {
  return s.gate.may(s.actor, action, entity);
}

std::optional<engine::Refusal> refuse(const Situation& s, model::Action action,
                                      const model::Entity& entity, const engine::Record& record) {
  if (may(s, action, entity, record)) return std::nullopt;
  return s.gate.explain(action, entity);
}

}  // namespace formwork::records

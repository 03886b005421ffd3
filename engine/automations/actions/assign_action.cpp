// assign: an owner by an assignment document or by terms, or back to a pool.
#include "engine/automations/action.h"
#include "engine/automations/texts.h"
#include "engine/automations/values.h"

namespace formwork::automations {
namespace {

bool is_in_pool(const model::AssignAction& assign, const Occasion& occasion) {
  const model::Entity& entity = *occasion.entity;
  if (!assign.pool || !entity.assignment_fields || !entity.assignment_fields->pool) return false;
  const feel::Value& pool = occasion.record.values[*entity.assignment_fields->pool];
  return !pool.is_null() && pool.string() == entity.pools[*assign.pool].name;
}

Expected<engine::Intent, Refusal> intent_of(const model::AssignAction& assign,
                                            const Occasion& occasion, const Doing& doing) {
  if (assign.pool) {
    return engine::Intent(engine::ReleaseRecord{.entity = occasion.entity,
                                                .id = occasion.record.id,
                                                .pool = occasion.entity->pools[*assign.pool].name});
  }
  engine::AssignRecord intent{.entity = occasion.entity, .id = occasion.record.id};
  if (assign.by) {
    intent.by = &doing.situation().gate.model().assignments[*assign.by];
    intent.except = find_people(assign.except, occasion, doing);
    return engine::Intent(std::move(intent));
  }
  const std::vector<AccountId> found = find_people(assign.to, occasion, doing);
  if (found.empty()) {
    return Unexpected(
        refusal_of(engine::RefusalKind::Conflict, texts::kNobody, {{"who", text_of(assign.to)}}));
  }
  intent.to = found.front();
  return engine::Intent(std::move(intent));
}

Expected<Done, Refusal> run(const model::AutomationAction& action, Occasion& occasion,
                            Doing& doing) {
  const auto& assign = std::get<model::AssignAction>(action.what);
  if (is_in_pool(assign, occasion)) {
    return Done{.did = "nothing: pool = " + occasion.entity->pools[*assign.pool].name + " already"};
  }
  FW_TRY(const engine::Intent intent, intent_of(assign, occasion, doing));
  FW_TRY(const engine::Outcome outcome, doing.change(intent));
  if (!outcome.changed) return Done{.did = "nothing: it is so already"};
  return Done{.did = differences_text(occasion.record, outcome.record, *occasion.entity, doing)};
}

}  // namespace

const ActionType& assign_action() {
  static const ActionType type{
      .name = "assign", .alternative = alternative_of<model::AssignAction>(), .run = run};
  return type;
}

}  // namespace formwork::automations

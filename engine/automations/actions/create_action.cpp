// create: another record, or the one that is there already with the same values in some fields.
#include <algorithm>

#include "dsl/model/scope.h"
#include "engine/automations/action.h"
#include "engine/automations/values.h"

namespace formwork::automations {
namespace {

std::optional<RecordId> find_match(const model::CreateAction& create, const model::Entity& entity,
                                   const engine::Changes& changes, Doing& doing) {
  if (create.match.empty()) return std::nullopt;
  std::vector<feel::Value> values;
  for (const std::size_t field : create.match) {
    const auto set = std::find_if(changes.begin(), changes.end(),
                                  [&](const auto& change) { return change.first == field; });
    // Nothing agrees with nothing.
    if (set == changes.end() || set->second.is_null()) return std::nullopt;
    values.push_back(set->second);
  }
  return doing.find_match(entity, create.match, values);
}

void give_name(const model::CreateAction& create, RecordId id, Occasion& occasion) {
  if (!create.result) return;
  const model::Entity* about = occasion.entity;
  const std::size_t first = about == nullptr ? 1 : model::slot_count(*about);
  occasion.more[*create.result - first] = feel::Value(feel::RecordRef{id});
}

Expected<Done, Refusal> run(const model::AutomationAction& action, Occasion& occasion,
                            Doing& doing) {
  const auto& create = std::get<model::CreateAction>(action.what);
  const model::Entity& entity = doing.situation().gate.model().entities[create.entity];
  approvals::Asking asking = ask(occasion, doing);
  FW_TRY(engine::Changes changes, changes_of(create.values, entity, asking, doing));
  if (const auto found = find_match(create, entity, changes, doing)) {
    give_name(create, *found, occasion);
    return Done{.did = "found " + name_of(entity, *found)};
  }
  const std::string with = changes_text(changes, entity, doing);
  FW_TRY(const engine::Outcome outcome,
         doing.change(engine::CreateRecord{.entity = &entity, .values = std::move(changes)}));
  give_name(create, outcome.record.id, occasion);
  return Done{.did = name_of(entity, outcome.record.id) + ": " + with};
}

}  // namespace

const ActionType& create_action() {
  static const ActionType type{
      .name = "create", .alternative = alternative_of<model::CreateAction>(), .run = run};
  return type;
}

}  // namespace formwork::automations

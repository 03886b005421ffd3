// set: fields of the record itself. What changes nothing writes nothing, and sets nothing off.
#include "engine/automations/action.h"
#include "engine/automations/values.h"

namespace formwork::automations {
namespace {

Expected<Done, Refusal> run(const model::AutomationAction& action, Occasion& occasion,
                            Doing& doing) {
  const auto& set = std::get<model::SetAction>(action.what);
  approvals::Asking asking = ask(occasion, doing);
  FW_TRY(engine::Changes changes, changes_of(set.values, *occasion.entity, asking, doing));
  const std::string did = changes_text(changes, *occasion.entity, doing);
  FW_TRY(const engine::Outcome outcome,
         doing.change(engine::UpdateRecord{.entity = occasion.entity,
                                           .id = occasion.record.id,
                                           .expected_version = occasion.record.version,
                                           .values = std::move(changes)}));
  return Done{.did = outcome.changed ? did : "nothing: " + did + " already"};
}

}  // namespace

const ActionType& set_action() {
  static const ActionType type{
      .name = "set", .alternative = alternative_of<model::SetAction>(), .run = run};
  return type;
}

}  // namespace formwork::automations

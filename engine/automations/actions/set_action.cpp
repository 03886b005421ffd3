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
  return change_record(std::move(changes), occasion, doing);
}

}  // namespace

const ActionType& set_action() {
  static const ActionType type{
      .name = "set", .alternative = alternative_of<model::SetAction>(), .run = run};
  return type;
}

}  // namespace formwork::automations

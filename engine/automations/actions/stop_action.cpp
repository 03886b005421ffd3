// stop: neither the actions behind it nor the automations behind this one on the same event.
#include "engine/automations/action.h"

namespace formwork::automations {
namespace {

Expected<Done, Refusal> run(const model::AutomationAction&, Occasion&, Doing&) {
  return Done{.did = "no other automation of this event", .stops = true};
}

}  // namespace

const ActionType& stop_action() {
  static const ActionType type{
      .name = "stop", .alternative = alternative_of<model::StopAction>(), .run = run};
  return type;
}

}  // namespace formwork::automations

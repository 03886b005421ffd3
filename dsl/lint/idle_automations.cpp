#include <algorithm>

#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"
#include "dsl/lint/stages.h"

namespace formwork::lint {
namespace {

using model::Automation;
using model::Trigger;

// False and null both mean no.
bool never_holds(const std::optional<feel::Expression>& condition) {
  const feel::Value* always = condition ? condition->constant() : nullptr;
  if (always == nullptr) return false;
  const bool* answer = always->if_boolean();
  return answer == nullptr || !*answer;
}

bool is_reached(const model::Model& model, const model::Entity& entity, const std::string& stage) {
  return std::any_of(entity.lifecycles.begin(), entity.lifecycles.end(),
                     [&](const auto& lifecycle) {
                       const auto index = model::stage_index(lifecycle, stage);
                       return index && reached_stages(model, entity, lifecycle)[*index];
                     });
}

void check_trigger(const model::Model& model, const Automation& automation, const Trigger& trigger,
                   Diagnostics& diagnostics) {
  const bool is_of_stage =
      trigger.kind == Trigger::Kind::Entered || trigger.kind == Trigger::Kind::Left;
  if (!is_of_stage || is_reached(model, model.entities[*automation.entity], trigger.stage)) return;
  diagnostics.warning(
      codes::kAutomationIdle, trigger.where,
      "no record comes into " + ("`" + trigger.stage + "`") + ", so that never sets `" +
          automation.name + "` off",
      "name a stage that records come into, or lead to this one by the `to` of another stage");
}

}  // namespace

void check_idle_automations(const model::Model& model, Diagnostics& diagnostics) {
  for (const Automation& automation : model.automations) {
    if (never_holds(automation.when) || never_holds(automation.each)) {
      diagnostics.warning(codes::kAutomationIdle, automation.where,
                          "`" + automation.name + "` never does anything: its `" +
                              (never_holds(automation.when) ? "when" : "each") +
                              "` holds for no record",
                          "correct the condition, or write `enabled: false` for the time being");
    }
    for (const Trigger& trigger : automation.on) {
      check_trigger(model, automation, trigger, diagnostics);
    }
  }
}

}  // namespace formwork::lint

#include "engine/automations/run.h"

#include <algorithm>

#include "dsl/base/json.h"
#include "engine/automations/values.h"

namespace formwork::automations {
namespace {

bool applies(const model::AutomationAction& action, const Occasion& occasion, const Doing& doing) {
  return !action.when || ask(occasion, doing).holds(*action.when);
}

void read_again(Occasion& occasion, Doing& doing) {
  if (occasion.entity == nullptr) return;
  if (auto record = doing.find(*occasion.entity, occasion.record.id)) {
    occasion.record = std::move(*record);
  }
}

}  // namespace

const ActionType* find_action(const model::AutomationAction& action) {
  const auto all = all_actions();
  const auto found = std::find_if(all.begin(), all.end(), [&](const ActionType* type) {
    return type->alternative == action.what.index();
  });
  return found == all.end() ? nullptr : *found;
}

Ran carry_out(Occasion& occasion, Doing& doing) {
  Ran ran;
  json::Writer writer(ran.actions);
  writer.begin_array();
  for (const model::AutomationAction& action : occasion.automation.actions) {
    const ActionType& type = *find_action(action);
    if (!applies(action, occasion, doing)) {
      writer.begin_object().key("action").string(type.name).key("left_out");
      writer.string(ask(occasion, doing).explain(*action.when)).end_object();
      continue;
    }
    auto done = type.run(action, occasion, doing);
    if (!done) {
      ran.refusal = std::move(done.error());
      ran.refused = type.name;
      break;
    }
    writer.begin_object().key("action").string(type.name).key("did").string(done->did).end_object();
    read_again(occasion, doing);
    ran.stops = done->stops;
    if (ran.stops) break;
  }
  writer.end_array();
  return ran;
}

}  // namespace formwork::automations

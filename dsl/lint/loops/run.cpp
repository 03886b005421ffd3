#include "dsl/lint/loops/run.h"

namespace formwork::lint {

using model::Automation;
using model::AutomationAction;

namespace {

// For certain; one that asks first may let the others be.
bool stops(const AutomationAction& action) {
  return !action.when && std::holds_alternative<model::StopAction>(action.what);
}

}  // namespace

bool Runner::begin(const Automation& automation, std::optional<std::size_t> changed, State& state) {
  if (!automation.when) return true;
  const feel::Scope& scope = *automation.scope;
  if (!conditions_.may_hold(*automation.when, scope, state.facts, state.before())) return false;
  conditions_.assume(*automation.when, scope, changed, state.facts);
  return true;
}

std::optional<Passage> Runner::run(const Automation& automation, std::size_t action,
                                   const State& state) {
  Facts facts = state.facts;
  std::optional<Happening> happening;
  for (std::size_t i = 0; i < automation.actions.size(); ++i) {
    const AutomationAction& each = automation.actions[i];
    if (each.when && !conditions_.may_hold(*each.when, *automation.scope, facts, state.before())) {
      if (i == action) return std::nullopt;
      continue;
    }
    if (stops(each)) break;
    Facts before = facts;
    auto happened = act(automation, each, facts);
    if (i == action) {
      happening = std::move(happened);
      if (!happening) return std::nullopt;
    } else if (each.when) {
      facts = Facts::common(before, facts);
    }
  }
  if (!happening) return std::nullopt;
  return Passage{std::move(*happening), std::move(facts)};
}

std::optional<Happening> Runner::act(const Automation& automation, const AutomationAction& action,
                                     Facts& facts) {
  if (action.when) conditions_.assume(*action.when, *automation.scope, std::nullopt, facts);
  return happen(ground_, conditions_, action, facts);
}

}  // namespace formwork::lint

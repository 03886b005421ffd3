#include "dsl/lint/loops/run.h"

namespace formwork::lint {

using model::Automation;
using model::AutomationAction;

bool Runner::begin(const Automation& automation, std::optional<std::size_t> changed, State& state) {
  if (!automation.when) return true;
  const feel::Scope& scope = *automation.scope;
  const Answer answer = conditions_.ask(*automation.when, scope, state.facts, state.before());
  if (answer == Answer::No) return false;
  conditions_.assume(*automation.when, scope, changed, state.facts);
  return true;
}

std::optional<Passage> Runner::run(const Automation& automation, std::size_t action,
                                   const State& state) {
  Facts facts = state.facts;
  std::optional<Happening> happening;
  for (std::size_t i = 0; i < automation.actions.size(); ++i) {
    const AutomationAction& each = automation.actions[i];
    const Answer answer =
        each.when ? conditions_.ask(*each.when, *automation.scope, facts, state.before())
                  : Answer::Yes;
    if (answer == Answer::No) {
      if (i == action) return std::nullopt;
      continue;
    }
    if (answer == Answer::Yes && std::holds_alternative<model::StopAction>(each.what)) break;
    Facts before = facts;
    auto happened = act(automation, each, facts);
    if (i == action) {
      happening = std::move(happened);
      if (!happening) return std::nullopt;
    } else if (answer == Answer::Maybe) {
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

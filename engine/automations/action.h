// What an action is: one descriptor for each verb, so that the rest never asks which it has before
// it.
//
// To add one, give it a struct in dsl/model/automation.h and write actions/<verb>_action.cpp with
// one function `<verb>_action()`; the list of all is generated from the folder.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "dsl/base/expected.h"
#include "engine/automations/doing.h"

namespace formwork::automations {

struct Done {
  std::string did;     // in the terms of the documents: `tier = "gold"`
  bool stops = false;  // neither the actions behind it nor the automations behind this one run
};

struct ActionType {
  std::string_view name;    // the verb, as in YAML
  std::size_t alternative;  // of AutomationAction::what
  Expected<Done, Refusal> (*run)(const model::AutomationAction& action, Occasion& occasion,
                                 Doing& doing);
};

// In alphabetical order.
std::span<const ActionType* const> all_actions();
// Never null for an action of a model.
const ActionType* find_action(const model::AutomationAction& action);

// Which alternative of AutomationAction::what a struct of the model is.
template <class Action, std::size_t Index = 0>
constexpr std::size_t alternative_of() {
  using What = decltype(model::AutomationAction::what);
  if constexpr (std::is_same_v<std::variant_alternative_t<Index, What>, Action>) {
    return Index;
  } else {
    return alternative_of<Action, Index + 1>();
  }
}

}  // namespace formwork::automations

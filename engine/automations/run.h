// Carries out the actions of an automation, one after another.
#pragma once

#include <optional>
#include <string>

#include "engine/automations/action.h"

namespace formwork::automations {

struct Ran {
  std::string actions;             // Run::actions
  bool stops = false;              // an action has said so
  std::optional<Refusal> refusal;  // of the action that was refused; those behind it are left
  std::string refused;             // its verb
};

// The occasion's record is read again behind each action, so that the next one sees what it did.
Ran carry_out(Occasion& occasion, Doing& doing);

}  // namespace formwork::automations

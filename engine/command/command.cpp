#include "engine/command/command.h"

#include <algorithm>
#include <array>

namespace formwork::engine {

std::string_view cause_name(Cause cause) {
  switch (cause) {
    case Cause::Page:
      return "page";
    case Cause::Api:
      return "api";
    case Cause::Program:
      return "program";
    case Cause::Timer:
      return "timer";
    case Cause::Automation:
      return "automation";
    case Cause::Webhook:
      return "webhook";
    case Cause::Form:
      return "form";
  }
  return "program";
}

namespace {

// In the order of TaskAction.
constexpr std::array<std::string_view, 10> kTaskActions{
    "approve",   "reject",   "return",   "transfer", "add_approver",
    "take_back", "resubmit", "withdraw", "urge",     "read"};

}  // namespace

std::string_view task_action_name(TaskAction action) {
  return kTaskActions[static_cast<std::size_t>(action)];
}

std::optional<TaskAction> find_task_action(std::string_view name) {
  const auto* found = std::find(kTaskActions.begin(), kTaskActions.end(), name);
  if (found == kTaskActions.end()) return std::nullopt;
  return static_cast<TaskAction>(found - kTaskActions.begin());
}

}  // namespace formwork::engine

#include "engine/command/effects.h"

#include <algorithm>
#include <array>

namespace formwork::engine {
namespace {

// In the order of RunOutcome.
constexpr std::array<std::string_view, kRunOutcomes> kRunNames{"done",    "declined", "skipped",
                                                               "waiting", "failed",   "stopped"};
// In the order of MessageState.
constexpr std::array<std::string_view, 3> kMessageStates{"waiting", "delivered", "dead"};

template <class Enum, std::size_t N>
std::optional<Enum> find_in(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto* found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

}  // namespace

std::string_view run_outcome_name(RunOutcome outcome) {
  return kRunNames[static_cast<std::size_t>(outcome)];
}

std::optional<RunOutcome> find_run_outcome(std::string_view name) {
  return find_in<RunOutcome>(kRunNames, name);
}

std::string_view message_state_name(MessageState state) {
  return kMessageStates[static_cast<std::size_t>(state)];
}

std::optional<MessageState> find_message_state(std::string_view name) {
  return find_in<MessageState>(kMessageStates, name);
}

}  // namespace formwork::engine

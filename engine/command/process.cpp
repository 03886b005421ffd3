#include "engine/command/process.h"

#include <algorithm>
#include <array>

namespace formwork::engine {
namespace {

constexpr std::array<std::string_view, 6> kProcessStates{"running",  "returned",  "approved",
                                                         "rejected", "withdrawn", "cancelled"};
constexpr std::array<std::string_view, 8> kStepStates{
    "pending", "skipped", "open", "held", "approved", "passed", "rejected", "cancelled"};
constexpr std::array<std::string_view, 4> kTaskStates{"waiting", "open", "done", "void"};
constexpr std::array<std::string_view, 14> kTaskOutcomes{"",
                                                         "approved",
                                                         "rejected",
                                                         "returned",
                                                         "transferred",
                                                         "submitted",
                                                         "read",
                                                         "counted_before",
                                                         "submitter_skipped",
                                                         "approved_by_timeout",
                                                         "rejected_by_timeout",
                                                         "returned_by_timeout",
                                                         "transferred_by_timeout",
                                                         "handed_over"};
constexpr std::array<std::string_view, 10> kTimerKinds{
    "dwell_warning", "dwell_limit", "task_deadline", "response", "recycle",
    "automation",    "date",        "cron",          "todo",     "digest"};

template <class State, std::size_t N>
std::optional<State> find_in(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto* found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<State>(found - names.begin());
}

}  // namespace

std::string_view process_state_name(ProcessState state) {
  return kProcessStates[static_cast<std::size_t>(state)];
}

std::optional<ProcessState> find_process_state(std::string_view name) {
  return find_in<ProcessState>(kProcessStates, name);
}

std::string_view step_state_name(StepState state) {
  return kStepStates[static_cast<std::size_t>(state)];
}

std::optional<StepState> find_step_state(std::string_view name) {
  return find_in<StepState>(kStepStates, name);
}

std::string_view task_state_name(TaskState state) {
  return kTaskStates[static_cast<std::size_t>(state)];
}

std::string_view task_outcome_name(TaskOutcome outcome) {
  return kTaskOutcomes[static_cast<std::size_t>(outcome)];
}

std::string_view timer_kind_name(Timer::Kind kind) {
  return kTimerKinds[static_cast<std::size_t>(kind)];
}

std::size_t Process::place_of(TaskId task) const {
  const auto found = std::find_if(tasks.begin(), tasks.end(),
                                  [task](const Task& other) { return other.id == task; });
  return static_cast<std::size_t>(found - tasks.begin());
}

}  // namespace formwork::engine

#include "engine/scenario/names.h"

#include <algorithm>
#include <array>

#include "engine/automations/run.h"

namespace formwork::scenario::names {
namespace {

std::string kind_of(const model::Entity& entity, const model::Lifecycle& lifecycle) {
  return lifecycle.name.empty() ? entity.name : entity.name + "/" + lifecycle.name;
}

bool is_same_place(const Span& a, const Span& b) {
  return a.source != nullptr && a.source == b.source && a.begin == b.begin && a.end == b.end;
}

// Whether the document offers the move together with others, in one line.
bool is_one_of_many(const model::Lifecycle& lifecycle, const model::Transition& transition) {
  std::size_t count = 0;
  for (const model::Stage& stage : lifecycle.stages) {
    count += static_cast<std::size_t>(
        std::count_if(stage.to.begin(), stage.to.end(), [&](const model::Transition& other) {
          return is_same_place(other.where, transition.where);
        }));
  }
  return count > 1;
}

std::string_view word(model::ResponseStep::Action action) {
  static constexpr std::array<std::string_view, 4> kWords{"remind", "reassign", "escalate",
                                                          "release"};
  return kWords[static_cast<std::size_t>(action)];
}

std::string_view word(model::Deadline::Action action) {
  static constexpr std::array<std::string_view, 6> kWords{"remind",  "escalate", "transfer",
                                                          "approve", "reject",   "return"};
  return kWords[static_cast<std::size_t>(action)];
}

}  // namespace

std::string stage(const model::Entity& entity, const model::Lifecycle& lifecycle,
                  const model::Stage& stage) {
  return "stage " + kind_of(entity, lifecycle) + ": " + stage.name;
}

std::string move(const model::Entity& entity, const model::Lifecycle& lifecycle,
                 const model::Stage& from, const model::Transition& transition) {
  const std::string start = "move " + kind_of(entity, lifecycle) + ": ";
  const model::Stage& to = lifecycle.stages[transition.to];
  if (!is_one_of_many(lifecycle, transition)) return start + from.name + " → " + to.name;
  const bool is_back = &to < &from;
  return start + (is_back ? "backward" : "skip");
}

std::string criterion(const model::Entity& entity, const model::Stage& stage,
                      const model::Criterion& criterion, bool is_entry) {
  return "criterion " + entity.name + "." + stage.name + (is_entry ? " entry: " : " exit: ") +
         criterion.require.text();
}

std::string item(const model::Entity& entity, const model::Stage& stage,
                 const model::ChecklistItem& item) {
  return "item " + entity.name + "." + stage.name + ": " + item.code;
}

std::string dwell(const model::Entity& entity, const model::Stage& stage, bool is_limit) {
  return "deadline " + entity.name + "." + stage.name + " dwell " + (is_limit ? "limit" : "warn");
}

std::string step(const model::ApprovalChain& chain, const model::ApprovalStep& step, bool applies) {
  return "step " + chain.name + "." + step.id + (applies ? " applies" : " does not apply");
}

std::string outcome(const model::ApprovalChain& chain, std::string_view state) {
  return "outcome " + chain.name + " " + std::string(state);
}

std::string deadline(const model::ApprovalChain& chain, const model::ApprovalStep& step,
                     const model::Deadline& deadline) {
  return "deadline " + chain.name + "." + step.id + " " + calendar::to_string(deadline.after) +
         " " + std::string(word(deadline.action));
}

std::string rule(const model::Entity& entity, const model::Rule& rule) {
  return "rule " + entity.name + ": " + rule.require.text();
}

std::string right(const model::Role& role, const model::Entity& entity, model::Action action) {
  return "right " + role.name + ": " + entity.name + " " + std::string(model::action_name(action));
}

std::string decision(std::string_view name, std::size_t rule) {
  return "decision " + std::string(name) + " rule " + std::to_string(rule + 1);
}

std::string automation(const model::Automation& automation, bool holds) {
  return "automation " + automation.name + (holds ? " runs" : " does not hold");
}

std::string action(const model::Automation& automation, std::size_t action) {
  const automations::ActionType* type = automations::find_action(automation.actions[action]);
  return "action " + automation.name + "." + std::to_string(action + 1) + " " +
         std::string(type == nullptr ? std::string_view() : type->name);
}

std::string assignment(const model::Assignment& assignment, const model::AssignmentRule& rule) {
  return "assignment " + assignment.name + "." + rule.id;
}

std::string response(const model::Assignment& assignment, const model::ResponseStep& step) {
  return "response " + assignment.name + " " + calendar::to_string(step.after) + " " +
         std::string(word(step.action));
}

std::string recycle(const model::Assignment& assignment, const model::Recycle& recycle) {
  return "recycle " + assignment.name + "." + recycle.id;
}

std::string arrival(const model::Webhook& webhook, std::string_view how) {
  return "webhook " + webhook.name + " " + std::string(how);
}

std::string arrival(const model::PublicForm& form, std::string_view how) {
  return "form " + form.name + " " + std::string(how);
}

std::string notification(const model::Notification& notification) {
  return "notification " + notification.name;
}

}  // namespace formwork::scenario::names

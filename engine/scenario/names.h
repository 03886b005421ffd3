// The names under which coverage knows what a scenario may exercise. The first word says what it
// is, and is what a report groups by: `move quote: draft → review`, `step quote_discount.legal does
// not apply`.
#pragma once

#include <string>

#include "dsl/model/model.h"

namespace formwork::scenario::names {

std::string stage(const model::Entity& entity, const model::Lifecycle& lifecycle,
                  const model::Stage& stage);
// Moves that one line of the document offers to many stages (`backward`, `skip`) count as one.
std::string move(const model::Entity& entity, const model::Lifecycle& lifecycle,
                 const model::Stage& from, const model::Transition& transition);
std::string criterion(const model::Entity& entity, const model::Stage& stage,
                      const model::Criterion& criterion, bool is_entry);
std::string item(const model::Entity& entity, const model::Stage& stage,
                 const model::ChecklistItem& item);
std::string dwell(const model::Entity& entity, const model::Stage& stage, bool is_limit);
std::string step(const model::ApprovalChain& chain, const model::ApprovalStep& step, bool applies);
std::string outcome(const model::ApprovalChain& chain, std::string_view state);
std::string deadline(const model::ApprovalChain& chain, const model::ApprovalStep& step,
                     const model::Deadline& deadline);
std::string rule(const model::Entity& entity, const model::Rule& rule);
std::string right(const model::Role& role, const model::Entity& entity, model::Action action);
std::string decision(std::string_view name, std::size_t rule);
// That it runs, and that its condition keeps it from that.
std::string automation(const model::Automation& automation, bool holds);
std::string action(const model::Automation& automation, std::size_t action);
std::string assignment(const model::Assignment& assignment, const model::AssignmentRule& rule);
std::string response(const model::Assignment& assignment, const model::ResponseStep& step);
std::string recycle(const model::Assignment& assignment, const model::Recycle& recycle);
// What comes by a webhook or form: `new`, `found`, or `ignored`.
std::string arrival(const model::Webhook& webhook, std::string_view how);
std::string arrival(const model::PublicForm& form, std::string_view how);
std::string notification(const model::Notification& notification);

}  // namespace formwork::scenario::names

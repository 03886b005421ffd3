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

}  // namespace formwork::scenario::names

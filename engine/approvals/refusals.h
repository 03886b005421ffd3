// Why approvals decline something: who could, what stands in the way, what to do.
#pragma once

#include <optional>
#include <string>

#include "engine/approvals/machine.h"
#include "engine/approvals/texts.h"

namespace formwork::approvals {

std::string name_of(engine::AccountId account, const Context& context);

// Where a pending step applies and finds too few, and the documents refuse that.
std::optional<engine::Refusal> refuse_submission(const engine::Process& process,
                                                 const Context& context);

// Why the account cannot be asked in that step in addition to those who are.
std::optional<engine::Refusal> refuse_person(std::optional<engine::AccountId> account,
                                             const engine::Process& process, std::size_t step,
                                             const Context& context);

// Whether the actor may do with the task what its assignee may.
bool is_own(const engine::Task& task, const Context& context);

}  // namespace formwork::approvals

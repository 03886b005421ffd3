// Who is seated in a step: the people that the chain names, held against rights, the submitter and
// the mode.
#pragma once

#include <string>
#include <vector>

#include "engine/approvals/machine.h"

namespace formwork::approvals {

// By the roles that the account has now, and by their rules about the record.
bool may_approve(const Context& context, engine::AccountId account);

// Active, with the right, and not the submitter unless the chain lets submitters decide.
bool may_be_seated(const Context& context, engine::AccountId submitter, engine::AccountId account);

struct Seated {
  Found found;
  bool is_skipped = false;  // submitted it, and the chain passes over that
};

struct Seating {
  bool applies = true;
  std::string reason;  // why it applies or not, and who was left out
  std::vector<Seated> people;
  std::string trouble;  // why there are too few; empty: there are enough
  // What the documents say for that case; what they ask somebody else for is in `people` already.
  model::OnEmpty::Action on_empty = model::OnEmpty::Action::Refuse;
};

Seating seating_of(const model::ApprovalStep& step, const Context& context,
                   engine::AccountId submitter);

}  // namespace formwork::approvals

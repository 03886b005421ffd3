// Going back: returns to the submitter or a step, and what is undone when a decision is taken back.
#pragma once

#include <string>

#include "engine/approvals/flow.h"

namespace formwork::approvals {

// Who would submit again: the submitter, or whoever has done so last in that one's place; 0: nobody
// is there.
engine::AccountId returns_to(const engine::Process& process, const Context& context);

// From that step to the one of that id, or to the submitter when it is empty. With `resume` what
// was decided stays, and only the two are asked again.
void give_back_from(std::size_t step, const std::string& to, bool resume, engine::Process& process,
                    const Context& context, Flow& flow);

// Undoes what came by itself of a step's end, and opens the step where it was.
void undo_what_followed(std::size_t step, engine::Process& process, const Context& context,
                        Flow& flow);

}  // namespace formwork::approvals

// What the record's changes make of decisions about it.
#pragma once

#include "engine/approvals/flow.h"

namespace formwork::approvals {

// Voids the decisions of those steps whose fields have other values than they were made on; but for
// that task's, which was made on these. Steps that are asked again are pending or have tasks again;
// nothing is opened yet. Whether any decision of others fell.
bool void_what_changed(engine::Process& process, const Context& context, Flow& flow,
                       const std::size_t* decision = nullptr);

}  // namespace formwork::approvals

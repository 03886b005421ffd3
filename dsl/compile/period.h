// Periods of time in documents: `P3D`, `PT8H`.
#pragma once

#include <optional>

#include "dsl/calendar/calendar.h"
#include "dsl/compile/formulas.h"

namespace formwork::compile {

// Reports under `code` why a text is no period that something can take.
std::optional<calendar::Period> read_period(const Phrase& phrase, std::string_view code,
                                            Context& context);

}  // namespace formwork::compile

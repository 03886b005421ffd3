// Periods that stand in the order of their time, as the app's calendar counts them: eight working
// hours may be more or less than a day.
#pragma once

#include <span>
#include <string_view>

#include "dsl/compile/context.h"

namespace formwork::compile {

struct PlacedPeriod {
  calendar::Period period;
  Span where;
};

// Reports with that code each that does not come later than the one before; `what` is one of them.
void check_period_order(std::span<const PlacedPeriod> periods, std::string_view code,
                        std::string_view what, Context& context);

}  // namespace formwork::compile

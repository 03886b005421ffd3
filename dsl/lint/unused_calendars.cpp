#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"

namespace formwork::lint {

void check_unused_calendars(const model::Model& model, Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < model.calendars.size(); ++i) {
    const model::BusinessCalendar& calendar = model.calendars[i];
    if (i == model.app.calendar || calendar.name.empty()) continue;
    diagnostics.warning(codes::kCalendarUnused, calendar.where,
                        "nothing counts in the calendar `" + calendar.name + "`",
                        "write `calendar: " + calendar.name + "` in the app document");
  }
}

}  // namespace formwork::lint

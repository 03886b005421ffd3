// Periods counted backwards: three working days before a contract ends.
#pragma once

#include <optional>

#include "dsl/calendar/calendar.h"

namespace formwork::calendar {

// The moment that lies so much before `from`. Days are whole ones at the same time of day, of
// business time working days; then the last moment from which so much (working) time passes until
// there. Where no working time lies within ten years, the earliest moment looked at.
Instant before(const Calendar& calendar, Instant from, const Period& period);

// The first moment from `from` on that is working time; nothing when none comes within ten years.
std::optional<Instant> next_working(const Calendar& calendar, Instant from);

}  // namespace formwork::calendar

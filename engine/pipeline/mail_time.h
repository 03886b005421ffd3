// When mail goes to somebody: at once, behind quiet hours, or with the digest.
#pragma once

#include "dsl/base/time_zone.h"
#include "engine/command/effects.h"

namespace formwork::engine {

// That moment, or the end of the quiet hours that it lies in.
Instant behind_quiet_hours(const Preferences& preferences, Instant at, const TimeZone& zone);

// When the digest is sent that whatever comes at `now` goes with. For those who want one.
Instant next_digest(const Preferences& preferences, Instant now, const TimeZone& zone);

}  // namespace formwork::engine

// clock: how long something took or may still take, in words short enough for a chip.
#pragma once

#include "server/pages/values.h"

namespace formwork::pages {

// "25 min", "5 h", "3 days": the largest unit that fits, rounded down.
std::string span_text(const Words& words, Instant from, Instant to);

// What is to be said about a moment that something has to be done by.
struct DueState {
  enum class Kind : unsigned char { Calm, Soon, Late };

  Kind kind = Kind::Calm;
  std::string text;  // "2 h left", "25 min overdue"
};

// Soon is within a quarter of the time that there was, or within four hours.
DueState due_state(const Words& words, Instant since, Instant due, Instant now);

// A record's clock in its stage: late behind the limit, soon behind the warning.
DueState dwell_state(const Words& words, const lifecycle::DwellTimes& dwell, Instant now);

// A chip with an icon where it means something.
void append_due(Html& html, const DueState& state);

// The day of the moment in the app's zone, and the last whole day before one: a time of days ends
// where the next day begins.
std::string day_text(const Context& context, Instant instant);
std::string last_day_text(const Context& context, Instant end);

// "09:41" for today, else "11-23 09:41".
void append_moment(Html& html, const Context& context, Instant instant);

}  // namespace formwork::pages

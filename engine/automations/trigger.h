// What sets automations off: whether an event does, when a date does, and how logs call it.
#pragma once

#include <optional>
#include <string>

#include "engine/automations/event.h"

namespace formwork::automations {

bool hears(const model::Trigger& trigger, const Event& event);

// In the terms of the documents: `stage: assigned`, `updated: budget, region`, `date: expires_on,
// before: P3D`. Of changes of named fields those that the event changed; without an event all.
std::string trigger_text(const model::Trigger& trigger, const model::Automation& automation,
                         const model::Model& model, const Event* event = nullptr);

// When a trigger over a date comes for that value of its field; nothing for null.
struct DateTimes {
  Instant due;
  Instant date;  // the moment that the field names
};

std::optional<DateTimes> date_times(const model::Trigger& trigger, const feel::Value& value,
                                    const model::Model& model);

// Whether a time that has passed already when the date was entered still counts: a reminder before
// something does as long as that lies ahead, what comes behind it does always.
bool still_counts(const model::Trigger& trigger, const DateTimes& times, Instant now);

// What decides when the automation's timers come, all its triggers over dates (or schedules)
// together: another text means that they have to be set anew.
std::string date_definition(const model::Automation& automation, const model::Model& model);
std::string cron_definition(const model::Automation& automation);

}  // namespace formwork::automations

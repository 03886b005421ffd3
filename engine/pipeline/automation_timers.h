// Timers of automations that the model asks for: when a schedule comes next, when a date of a
// record does.
#pragma once

#include "engine/store/store.h"

namespace formwork::engine {

// For each schedule of the automation, or for that one.
void set_cron_timers(store::Transaction& transaction, const model::Automation& automation,
                     const model::Model& model, Instant now,
                     std::optional<std::size_t> only = std::nullopt);

// What timers carry that come before that moment: the path of the chain that has set them.
struct Carried {
  Instant before = {};
  std::string payload;
};

// Sets the timers of a record that was there before the automation: past moments are left out.
void set_date_timers(store::Transaction& transaction, const model::Automation& automation,
                     const Record& record, const model::Model& model, Instant now,
                     const Carried& carried = {});

// Brings the store's timers in line with the model: schedules, and dates of existing records where
// the model says something new of them. Batch by batch, so that a large table is no large
// transaction.
void keep_automation_timers(store::Store& store, const model::Model& model, Instant now);

}  // namespace formwork::engine

// Timers of whoever owns a record: steps of the response clock and its end, and recycling.
//
// A timer names its step or rule by place, and says in its payload what had decided its time: one
// that does not fit the model any more does nothing. Models change while records wait, so a start
// sets the timers of an assignment anew when its times are others than those that the store has.
#pragma once

#include <optional>

#include "engine/store/store.h"

namespace formwork::engine {

// Whether somebody is at work on it, or should be: only then there are timers.
bool is_worked_on(const model::Entity& entity, const Record& record);

// What the timer was set for; null: the model has it no more.
const model::ResponseStep* step_of(const model::Assignment& assignment, const Timer& timer);
const model::Recycle* recycle_of(const model::Assignment& assignment, const Timer& timer);

// An automation that waits for owners who do not answer in time.
struct LateListener {
  const model::Automation* automation = nullptr;
  const model::Trigger* trigger = nullptr;
};

// The first of them.
std::optional<LateListener> find_late_listener(const model::Model& model,
                                               const model::Entity& entity);

// Whether it was set for the time by which that owner has to answer. There is one where an
// automation waits for it, before the steps of the same moment, whose owners may be others.
bool is_of_promise(const Timer& timer, AccountId owner);

// Those of a record whose clock is another now, in place of the ones it has. Where only the owner
// is another, the steps that have come and are not carried out yet are kept.
void set_response_timers(store::Transaction& transaction, const model::Assignment& assignment,
                         const Record& record, const ResponseClock& clock,
                         const model::Model& model, Instant now, bool keeps_steps);

// Those of a record that has another owner, or none, now, in place of the ones it has.
void set_recycle_timers(store::Transaction& transaction, const model::Assignment& assignment,
                        const Record& record, const model::Model& model, Instant now);

// Brings the store's timers in line with the model, batch by batch. What the model says as before
// keeps its time, also one that is past; what is new comes for records that have an owner already,
// as their clocks and the time since they were assigned have it. Of new steps those are left out
// that a clock has passed; new recycle rules are asked at once then.
void keep_assignment_timers(store::Store& store, const model::Model& model, Instant now);

}  // namespace formwork::engine

// What the engine keeps of who has a record: when it was assigned, the pool in which it waits, and
// the response clock.
//
// The clock counts working time or all time, as its `within` says. Its row in the store has what it
// has used up; the record's own fields have what follows for people. Both are of one decision.
#pragma once

#include "engine/records/decide.h"

namespace formwork::records {

// What a step of the response clock does with its record: the clock goes on, instead of beginning
// anew as for any other new owner.
inline constexpr std::string_view kReassigned = "reassigned";

// Fits these fields of the decision's record to its owner and its other values, which are computed
// already, and says what becomes of the clock (Decision::clock). Whether a value has changed.
bool keep_assignment(Decision& decision, const Situation& s);

// The account that owns it; 0: nobody, or records of the entity have no owner.
engine::AccountId owner_of(const model::Entity& entity, const engine::Record& record);

// Whether it is in a final stage.
bool is_closed(const model::Entity& entity, const engine::Record& record);

// The time of the calendar's kind in [from, to).
DaysDuration time_between(Instant from, Instant to, bool business, const model::Model& model);

// How much time a period takes that begins then.
DaysDuration time_of(const calendar::Period& period, Instant from, const model::Model& model);

// What the clock has used up at that moment.
DaysDuration used_by(const engine::ResponseClock& clock, bool business, Instant now,
                     const model::Model& model);

// The clock as it is when it stands still from now on.
engine::ResponseClock halted(const engine::ResponseClock& clock, bool business, Instant now,
                             const model::Model& model);

// When the clock, which runs, will have used up what the period takes; nothing when it has by now.
std::optional<Instant> reaches(const engine::ResponseClock& clock, const calendar::Period& period,
                               Instant now, const model::Model& model);

}  // namespace formwork::records

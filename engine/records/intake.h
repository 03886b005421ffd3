// What comes in from outside: the values that a webhook or form gives, and what they would make of
// a record.
#pragma once

#include <optional>

#include "engine/records/decide.h"
#include "engine/records/input.h"

namespace formwork::records {

// As FEEL sees it.
struct Arrival {
  feel::Value body;
  feel::Value query;    // a context of texts; of a name that comes twice the first
  feel::Value headers;  // the same, with names in lower case
};

// A context of texts.
feel::Value texts_as_value(const FormPairs& pairs);

// A webhook's `when`: null does not hold.
bool is_wanted(const feel::Expression& when, const Arrival& arrival, const fields::Reading& reading,
               Instant now);

// The intake's `values`, read as the API reads them. What is null does not come in. A problem says
// what stood there.
Input read_intake(const model::Entity& entity, const model::Intake& intake, const Arrival& arrival,
                  const fields::Reading& reading, Instant now);

struct Arrived {
  Decision decision;
  // Of a form whose record was found: why that one takes over nothing. The sender is not told.
  std::optional<engine::Refusal> declined = {};
};

// A new record, or the one that the first set of `match` finds. Then the decision has a `before`,
// and no changes when there is nothing to take over. Refusals tell nothing of other records: those
// of a form are what its values get where nothing is found.
Expected<Arrived, engine::Refusal> decide_intake(const engine::TakeIn& taken,
                                                 const Situation& situation);

// The decision that leaves a record as it is.
Decision leave_alone(const model::Entity& entity, const engine::Record& record);

}  // namespace formwork::records

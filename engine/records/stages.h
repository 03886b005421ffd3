// A record's stage as its own fields have it.
#pragma once

#include "engine/records/decide.h"

namespace formwork::records {

// Puts a new record into the first stage of its lifecycle; where there are several, that of the
// first whose `when` holds of the values of `computed`, which may be the record itself. Nothing for
// entities without stages.
void enter_first_stage(const model::Entity& entity, const engine::Record& computed,
                       engine::Record& record, const Situation& s);

// Writes the fields that the engine keeps of a stage. The items of its checklist are those that are
// done in other stages as well, and stay.
void put_into_stage(const model::Entity& entity, const model::Stage& stage, engine::Record& record,
                    Instant now);

// A record with other values, also of fields that take no input: computed, but not yet validated.
// No rights are asked.
Decision amend(const model::Entity& entity, engine::Record before, engine::Record after,
               std::string_view action, const Situation& s);

// The record of a command, as far as its actor may know of it and not deleted; in that version,
// when one is named.
Expected<engine::Record, engine::Refusal> load_visible(const model::Entity& entity,
                                                       engine::RecordId id,
                                                       std::optional<std::int64_t> expected_version,
                                                       const Situation& s);

}  // namespace formwork::records

// Records as JSON: for the API, for history, for what is remembered under an idempotency key. One
// writer, so that they cannot disagree.
#pragma once

#include <span>
#include <string>

#include "dsl/base/json.h"
#include "engine/permissions/gate.h"

namespace formwork::records {

// {"id","version","created_at","created_by","updated_at","updated_by",<fields that the actor may
// see>}; `only` narrows the fields, empty means all.
void write_record(json::Writer& writer, const model::Entity& entity, const engine::Record& record,
                  const permissions::Gate& gate, const engine::Actor& actor,
                  const fields::People& people, std::span<const model::ColumnRef> only = {});

// One field's value, null included; a table field becomes an array of objects.
void write_value(json::Writer& writer, const fields::Field& field, const feel::Value& value,
                 const fields::People& people);

// What history keeps of a change: {"field":{"from":…,"to":…},…}.
std::string write_changes(const model::Entity& entity, std::span<const std::size_t> changed,
                          const engine::Record* before, const engine::Record& after,
                          const fields::People& people);

}  // namespace formwork::records

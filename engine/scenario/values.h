// Values of scenarios: names of records and people become ids and accounts on the way in, and names
// again on the way out, for messages.
#pragma once

#include <string>

#include "dsl/base/expected.h"
#include "engine/scenario/world.h"

namespace formwork::scenario {

// What a scenario says of a field that nobody can read; `where` is the value's.
struct ValueFault {
  std::string message;
  Span where;
};

// An object as the API takes it. The fault is a name that no record has.
Expected<json::Value, ValueFault> to_body(const model::PlacedValues& values,
                                          const std::vector<fields::Field>& fields,
                                          const World& world);

Expected<json::Value, ValueFault> to_input(const model::PlacedValue& value,
                                           const fields::Field& field, const World& world);

// A record's value as JSON with the scenario's names in it.
json::Value to_named(const feel::Value& value, const fields::Field& field, World& world);

// `review`, `0.25`, `[call, demo]`, `nothing`: for messages.
std::string shown(const json::Value& value);

// Texts of a list, or the one text; numbers and booleans as they were written.
std::vector<std::string> texts_of(const json::Value& value);

}  // namespace formwork::scenario

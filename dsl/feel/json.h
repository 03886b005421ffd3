// FEEL values as JSON and back: for the command line and for whoever speaks JSON.
//
// Numbers keep all their digits. What JSON has no word for becomes a string: dates, times and
// durations as string() shows them, ranges and functions as FEEL text.
#pragma once

#include <string>
#include <string_view>

#include "dsl/base/expected.h"
#include "dsl/base/json.h"
#include "dsl/base/time_zone.h"
#include "dsl/feel/type.h"
#include "dsl/feel/value.h"

namespace formwork::feel {

// `zone` is that of Instants.
void write_json(json::Writer& writer, const Value& value, const TimeZone& zone);
std::string to_json(const Value& value, const TimeZone& zone);

// The value that a JSON value means where `type` is expected: a string is a date where a date is,
// at any depth. What does not fit its type stays what JSON says; whoever knows the type coerces and
// words the refusal. The error is a sentence: a number beyond 34 digits' reach.
Expected<Value, std::string> from_json(const json::Value& json, const Type& type = TypeKind::Any);

}  // namespace formwork::feel

// fit(): from what a formula gave to what its field keeps.
#include "dsl/base/time_zone.h"
#include "dsl/feel/operators.h"
#include "dsl/fields/field_messages.h"
#include "dsl/fields/field_type.h"
#include "dsl/fields/typed_text.h"

namespace formwork::fields {
namespace {

using feel::Value;
using Kind = Value::Kind;

Message misfit(const Value& value, const Reading& reading) {
  return say(Say::FormulaMisfit, {{"value", repeated(feel::to_literal(value, *reading.zone))}});
}

// Half up, as people round amounts; a formula that wants it otherwise rounds itself.
Read<Value> fit_number(const Value& value, const Field& field, const Reading& reading) {
  const auto rounded = feel::round(value.number(), field.scale, feel::Rounding::HalfUp);
  const auto scaled = rounded ? rounded->to_scaled(field.scale) : std::nullopt;
  if (!scaled) return Unexpected{misfit(value, reading)};
  return Value(feel::Number::from_scaled(*scaled, field.scale));
}

Instant to_instant(const feel::DateTime& value, const TimeZone& field_zone) {
  if (value.zone.has_offset) {
    Instant instant = TimeZone::utc().to_instant(value.local);
    instant.microseconds -= value.zone.offset_seconds * kMicrosPerSecond;
    return instant;
  }
  const TimeZone& zone = value.zone.named != nullptr ? *value.zone.named : field_zone;
  return zone.to_instant(value.local);
}

// As if it had been typed: patterns of the type, options and blanks are looked at as ever.
Read<Value> fit_codes(const Value& value, const Field& field, const Reading& reading) {
  std::string joined;
  for (const Value& code : value.list()) {
    if (code.kind() != Kind::String) return Unexpected{misfit(value, reading)};
    joined += (joined.empty() ? "" : ",") + code.string();
  }
  if (is_blank(joined)) return Value();
  return field.type->read(joined, field, reading);
}

}  // namespace

Read<Value> fit(const Value& value, const Field& field, const Reading& reading) {
  if (value.is_null()) return Value();
  const Kind wanted = value_kind(field);
  if (value.kind() == Kind::DateTime && wanted == Kind::Instant) {
    return Value(to_instant(value.date_time(), *reading.zone));
  }
  if (value.kind() != wanted) return Unexpected{misfit(value, reading)};
  switch (wanted) {
    case Kind::Number:
      return fit_number(value, field, reading);
    case Kind::String:
      if (is_blank(value.string())) return Value();
      return field.type->read(value.string(), field, reading);
    case Kind::List:
      return fit_codes(value, field, reading);
    case Kind::Time:
      return Value(value.time());
    default:
      return value;
  }
}

}  // namespace formwork::fields

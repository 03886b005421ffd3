#include "dsl/fields/field_type.h"

#include <algorithm>
#include <limits>

#include "dsl/fields/field_messages.h"

namespace formwork::fields {
namespace {

using feel::Number;

// Bounds of numbers beyond which the store could not go.
void widen(Field& field) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  if (field.type->value != feel::Value::Kind::Number) return;
  field.max = feel::Value(Number::from_scaled(kMost, field.scale));
  field.min = feel::Value(-field.max->number());
}

}  // namespace

const SettingInfo& info(Setting setting) {
  // In the order of Setting.
  static constexpr SettingInfo kInfo[] = {
      {"min", "The smallest value, itself allowed; for dates and times the earliest."},
      {"max", "The largest value, itself allowed; for dates and times the latest."},
      {"min_length", "The fewest characters."},
      {"max_length", "The most characters."},
      {"pattern",
       "A regular expression (RE2) that the whole value must match; `say` tells people what to "
       "type."},
      {"scale", "How many decimals are kept, 0 to 9; a percent's are those of the share."},
      {"currency", "The currency, as a code of ISO 4217; the app's without it."},
      {"region", "The country of numbers typed without a country code, as a code of ISO 3166-1."},
      {"kind", "`days` for days and time, `months` for years and months."},
      {"options", "The name of an option set, or the options themselves: code and label."},
      {"to", "The entity whose records are meant."},
      {"format", "What a number looks like: text, {yyyy} or {yy}, {mm}, {dd}, and {seq:5} once."},
      {"max_files", "The most files, 1 without it."},
      {"max_bytes", "The size of one file at most, in bytes; 10 MiB without it."},
      {"accept",
       "Which media types may be uploaded, such as application/pdf or image/*; any without it."},
      {"fields", "The columns, each a field."},
      {"max_rows", "The most rows, 200 without it."},
  };
  static_assert(std::size(kInfo) == static_cast<std::size_t>(Setting::MaxRows) + 1);
  return kInfo[static_cast<std::size_t>(setting)];
}

const FieldType* find_field_type(std::string_view name) {
  const auto types = all_field_types();
  const auto found = std::find_if(types.begin(), types.end(),
                                  [&](const FieldType* type) { return type->name == name; });
  return found == types.end() ? nullptr : *found;
}

bool takes_input(const Field& field) {
  return !field.type->set_by_engine && !field.kept_by_engine && !field.value;
}

feel::Value::Kind value_kind(const Field& field) {
  return field.whole_months ? feel::Value::Kind::MonthsDuration : field.type->value;
}

feel::Type value_type(const Field& field) {
  using Kind = feel::Value::Kind;
  if (field.type->feel_type != nullptr) return field.type->feel_type(field);
  switch (value_kind(field)) {
    case Kind::Boolean:
      return feel::TypeKind::Boolean;
    case Kind::Number:
      return feel::TypeKind::Number;
    case Kind::String:
      return feel::TypeKind::String;
    case Kind::Date:
      return feel::TypeKind::Date;
    case Kind::Time:
      return feel::TypeKind::Time;
    case Kind::Instant:
      return feel::TypeKind::DateTime;
    case Kind::DaysDuration:
      return feel::TypeKind::DaysDuration;
    case Kind::MonthsDuration:
      return feel::TypeKind::MonthsDuration;
    case Kind::List:
      return feel::Type::list(feel::TypeKind::Any);
    default:
      return feel::TypeKind::Any;
  }
}

Read<feel::Value> read_limit(const json::Value& input, const Field& field, const Reading& reading) {
  Field wide = field;
  widen(wide);
  FW_TRY(feel::Value limit, field.type->read_json(input, wide, reading));
  if (limit.is_null()) return Unexpected{say(Say::NoLimit)};
  return limit;
}

}  // namespace formwork::fields

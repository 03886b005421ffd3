// time: a time of day, in no time zone.
#include "dsl/fields/date_text.h"
#include "dsl/fields/field_messages.h"
#include "dsl/fields/field_type.h"
#include "dsl/fields/typed_text.h"

namespace formwork::fields {
namespace {

Read<feel::Value> time_or_message(const std::optional<TimeOfDay>& time, std::string_view input) {
  if (time) return feel::Value(*time);
  return Unexpected{say(Say::NotATime, {{"value", repeated(input)}})};
}

Read<feel::Value> read(std::string_view input, const Field&, const Reading&) {
  return time_or_message(parse_typed_time(narrowed(input)), input);
}

Read<feel::Value> read_json(const json::Value& input, const Field&, const Reading&) {
  FW_TRY(const std::string_view text, json_text(input));
  if (is_blank(text)) return feel::Value();
  return time_or_message(parse_time(text), text);
}

std::string show(const feel::Value& value, const Field&, const Showing&) {
  return to_string(value.time());
}

void write_json(json::Writer& writer, const feel::Value& value, const Field&, const People&) {
  writer.string(to_string(value.time()));
}

constexpr Setting kSettings[] = {Setting::Min, Setting::Max};

}  // namespace

const FieldType& time_field() {
  static const FieldType type{
      .name = "time",
      .summary = "A time of day, such as 09:30.",
      .value = feel::Value::Kind::Time,
      .column = Column::DayTime,
      .widget = Widget::Time,
      .settings = kSettings,
      .read = read,
      .read_json = read_json,
      .input = show,
      .show = show,
      .write_json = write_json,
  };
  return type;
}

}  // namespace formwork::fields

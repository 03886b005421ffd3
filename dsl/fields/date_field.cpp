// date: a day of the calendar, in no time zone.
#include "dsl/fields/date_text.h"
#include "dsl/fields/field_type.h"
#include "dsl/fields/typed_text.h"

namespace formwork::fields {
namespace {

Read<feel::Value> read(std::string_view input, const Field&, const Reading&) {
  FW_TRY(const Date date, read_typed_date(narrowed(input)));
  return feel::Value(date);
}

Read<feel::Value> read_json(const json::Value& input, const Field&, const Reading&) {
  FW_TRY(const std::string_view text, json_text(input));
  if (is_blank(text)) return feel::Value();
  FW_TRY(const Date date, read_iso_date(text));
  return feel::Value(date);
}

std::string show(const feel::Value& value, const Field&, const Showing&) {
  return to_string(value.date());
}

void write_json(json::Writer& writer, const feel::Value& value, const Field&, const People&) {
  writer.string(to_string(value.date()));
}

constexpr Setting kSettings[] = {Setting::Min, Setting::Max};

}  // namespace

const FieldType& date_field() {
  static const FieldType type{
      .name = "date",
      .summary = "A day, such as 2026-11-23; forms also take 2026/11/23 and 2026年11月23日.",
      .value = feel::Value::Kind::Date,
      .column = Column::Days,
      .widget = Widget::Date,
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

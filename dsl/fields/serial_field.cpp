// serial: a number that the engine gives, such as L-202611-00042, counting within the dates its
// format names.
#include "dsl/fields/field_type.h"
#include "dsl/fields/text_value.h"
#include "dsl/fields/typed_text.h"

namespace formwork::fields {
namespace {

// For filters and searches; records never take it from input.
Read<feel::Value> read(std::string_view input, const Field&, const Reading&) {
  FW_TRY(std::string text, plain_text(input, false));
  return text_or_null(std::move(text));
}

Read<feel::Value> read_json(const json::Value& input, const Field& field, const Reading& reading) {
  FW_TRY(const std::string_view text, json_text(input));
  return read(text, field, reading);
}

constexpr Setting kSettings[] = {Setting::Format};

}  // namespace

const FieldType& serial_field() {
  static const FieldType type{
      .name = "serial",
      .summary = "A running number in the given `format`, set when the record is created.",
      .value = feel::Value::Kind::String,
      .column = Column::Text,
      .widget = Widget::Fixed,
      .settings = kSettings,
      .may_be_in_table = false,
      .may_have_default = false,
      .may_be_computed = false,
      .set_by_engine = true,
      .read = read,
      .read_json = read_json,
      .input = text_itself,
      .show = text_itself,
      .write_json = write_text,
  };
  return type;
}

}  // namespace formwork::fields

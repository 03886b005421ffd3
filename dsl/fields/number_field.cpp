// number: a decimal of declared scale. What has more decimals is refused, because rounding what
// someone typed would record something that nobody said.
#include "dsl/fields/decimal.h"
#include "dsl/fields/field_type.h"

namespace formwork::fields {
namespace {

constexpr int kScale =
    6;  // enough for quantities and rates; with it values reach 9 million millions

Read<feel::Value> read(std::string_view input, const Field& field, const Reading&) {
  return read_decimal(input, field.scale, field.scale);
}

Read<feel::Value> read_json(const json::Value& input, const Field& field, const Reading&) {
  return read_json_decimal(input, field.scale);
}

std::string input(const feel::Value& value, const Field& field, const Showing&) {
  return decimal_text(value.number(), field.scale, {});
}

std::string show(const feel::Value& value, const Field& field, const Showing&) {
  return decimal_text(value.number(), field.scale, {.groups_thousands = true});
}

void write_json(json::Writer& writer, const feel::Value& value, const Field& field, const People&) {
  writer.string(decimal_text(value.number(), field.scale, {}));
}

std::optional<std::string> settle(Field& field) { return settle_scale(field, kScale, 0); }

constexpr Setting kSettings[] = {Setting::Min, Setting::Max, Setting::Scale};

}  // namespace

const FieldType& number_field() {
  static const FieldType type{
      .name = "number",
      .summary = "A decimal number of at most `scale` decimals (6 without it), kept exactly.",
      .value = feel::Value::Kind::Number,
      .column = Column::Scaled,
      .widget = Widget::Decimal,
      .settings = kSettings,
      .read = read,
      .read_json = read_json,
      .input = input,
      .show = show,
      .write_json = write_json,
      .settle = settle,
  };
  return type;
}

}  // namespace formwork::fields

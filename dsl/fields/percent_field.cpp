// percent: a share of one. People type and see "12.5 %"; the value is the decimal 0.125.
//
// A form's control has the unit % beside it, so there a bare 12.5 is 12.5 %. JSON and YAML have no
// such unit and hold the share, 0.125, as FEEL sees it. Nobody can tell whether a JSON 15 means 15
// % or 1500 %, so shares above one are refused unless the field's `min` or `max` lies there; the
// form keeps to the same bounds.
#include "dsl/fields/decimal.h"
#include "dsl/fields/field_messages.h"
#include "dsl/fields/field_type.h"
#include "dsl/fields/typed_text.h"

namespace formwork::fields {
namespace {

using feel::Number;

constexpr int kScale = 6;  // 12.3456 %
constexpr int kPercentDigits =
    2;  // by which a share's point stands further left than its percent's

std::string percent_text(const Number& share, const Field& field, const DecimalStyle& style) {
  const std::optional<std::int64_t> scaled = share.to_scaled(field.scale);
  const int shown = field.scale - kPercentDigits;
  if (scaled) return decimal_text(Number::from_scaled(*scaled, shown), shown, style);
  const std::optional<Number> percent = multiply(share, Number(100));
  return percent ? percent->normalized().to_string() : share.to_string();
}

std::string show(const feel::Value& value, const Field& field, const Showing&) {
  return percent_text(value.number(), field, {.groups_thousands = true}) + " %";
}

bool is_within_bounds(const feel::Value& value, const Field& field) {
  if (value.is_null()) return true;
  const Number& share = value.number();
  const Number one(1);
  if (share > one) return field.max && field.max->number() > one;
  if (share < -one) return field.min && field.min->number() < -one;
  return true;
}

Read<feel::Value> read(std::string_view input, const Field& field, const Reading&) {
  std::string text = narrowed(input);
  if (text.ends_with('%')) text.pop_back();
  FW_TRY(feel::Value value, read_decimal(text, field.scale, field.scale - kPercentDigits));
  if (is_within_bounds(value, field)) return value;
  const bool is_low = value.number().is_negative();
  const std::string limit = is_low ? "-100 %" : "100 %";
  const std::string actual = show(value, field, {});
  return Unexpected{
      say(is_low ? Say::TooSmall : Say::TooLarge,
          {{"limit", limit}, {"limit_zh", limit}, {"actual", actual}, {"actual_zh", actual}})};
}

Read<feel::Value> read_json(const json::Value& input, const Field& field, const Reading&) {
  FW_TRY(feel::Value value, read_json_decimal(input, field.scale));
  if (is_within_bounds(value, field)) return value;
  return Unexpected{say(Say::ShareAboveOne,
                        {{"actual", repeated(input.text)}, {"percent", show(value, field, {})}})};
}

std::string input(const feel::Value& value, const Field& field, const Showing&) {
  return percent_text(value.number(), field, {});
}

void write_json(json::Writer& writer, const feel::Value& value, const Field& field, const People&) {
  writer.string(decimal_text(value.number(), field.scale, {}));
}

std::optional<std::string> settle(Field& field) {
  return settle_scale(field, kScale, kPercentDigits);
}

std::string_view unit(const Field&) { return "%"; }

feel::Type feel_type(const Field&) { return feel::Type::percent(); }

constexpr Setting kSettings[] = {Setting::Min, Setting::Max, Setting::Scale};

}  // namespace

const FieldType& percent_field() {
  static const FieldType type{
      .name = "percent",
      .summary =
          "A share of one: forms show 12.5 %, JSON and FEEL have 0.125. Beyond 100 % only with a "
          "`max` that allows it.",
      .value = feel::Value::Kind::Number,
      .column = Column::Scaled,
      .widget = Widget::Decimal,
      .settings = kSettings,
      .read = read,
      .read_json = read_json,
      .input = input,
      .show = show,
      .write_json = write_json,
      .unit = unit,
      .feel_type = feel_type,
      .settle = settle,
  };
  return type;
}

}  // namespace formwork::fields

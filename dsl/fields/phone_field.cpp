// phone: a telephone number, kept as E.164, so that one number is one text however it was typed.
#include "dsl/fields/calling_codes.h"
#include "dsl/fields/field_type.h"
#include "dsl/fields/phone_number.h"
#include "dsl/fields/text_value.h"
#include "dsl/fields/typed_text.h"

namespace formwork::fields {
namespace {

Read<feel::Value> read(std::string_view input, const Field& field, const Reading&) {
  FW_TRY(std::string number, read_phone(input, field.region));
  return feel::Value(std::move(number));
}

// E.164 and whatever people may type: clients pass on what their own users typed.
Read<feel::Value> read_json(const json::Value& input, const Field& field, const Reading& reading) {
  FW_TRY(const std::string_view text, json_text(input));
  if (is_blank(text)) return feel::Value();
  return read(text, field, reading);
}

std::string show(const feel::Value& value, const Field& field, const Showing&) {
  return phone_text(value.string(), field.region);
}

std::optional<std::string> settle(Field& field) {
  if (field.region.empty() || !calling_code_of(field.region).empty()) return std::nullopt;
  return "`region` is a code of ISO 3166-1 such as CN or DE; this is \"" + field.region + "\"";
}

constexpr Setting kSettings[] = {Setting::Region};

}  // namespace

const FieldType& phone_field() {
  static const FieldType type{
      .name = "phone",
      .summary =
          "A telephone number, kept with its country code (+8613805716204); with `region: CN` "
          "people type "
          "it without.",
      .value = feel::Value::Kind::String,
      .column = Column::Text,
      .widget = Widget::Phone,
      .settings = kSettings,
      .read = read,
      .read_json = read_json,
      .input = show,
      .show = show,
      .write_json = write_text,
      .settle = settle,
  };
  return type;
}

}  // namespace formwork::fields

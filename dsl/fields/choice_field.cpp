// choice: one of the options, by its code. Options keep their codes when their labels change.
#include "dsl/fields/option_list.h"
#include "dsl/fields/text_value.h"
#include "dsl/fields/typed_text.h"

namespace formwork::fields {
namespace {

Read<feel::Value> read(std::string_view input, const Field& field, const Reading&) {
  FW_TRY(const std::size_t index, find_option(input, field));
  return feel::Value(field.options[index].code);
}

Read<feel::Value> read_json(const json::Value& input, const Field& field, const Reading& reading) {
  FW_TRY(const std::string_view text, json_text(input));
  if (is_blank(text)) return feel::Value();
  return read(text, field, reading);
}

std::string show(const feel::Value& value, const Field& field, const Showing& showing) {
  return option_label(value.string(), field, showing.locale);
}

std::optional<std::string> settle(Field& field) { return settle_options(field); }

feel::Type feel_type(const Field& field) { return option_type(field); }

constexpr Setting kSettings[] = {Setting::Options};

}  // namespace

const FieldType& choice_field() {
  static const FieldType type{
      .name = "choice",
      .summary =
          "One of the `options`. Records and JSON have the option's code, people see its label.",
      .value = feel::Value::Kind::String,
      .column = Column::Text,
      .widget = Widget::Choice,
      .settings = kSettings,
      .read = read,
      .read_json = read_json,
      .input = text_itself,
      .show = show,
      .write_json = write_text,
      .feel_type = feel_type,
      .settle = settle,
  };
  return type;
}

}  // namespace formwork::fields

// text: one line. Blanks at both ends are dropped, since nobody means them and nobody sees them.
#include "dsl/fields/field_type.h"
#include "dsl/fields/text_value.h"
#include "dsl/fields/typed_text.h"

namespace formwork::fields {
namespace {

constexpr TextLimits kLimits{.usual = 200, .largest = 4'000};

Read<feel::Value> read(std::string_view input, const Field&, const Reading&) {
  FW_TRY(std::string text, plain_text(input, false));
  return text_or_null(std::move(text));
}

Read<feel::Value> read_json(const json::Value& input, const Field& field, const Reading& reading) {
  FW_TRY(const std::string_view text, json_text(input));
  return read(text, field, reading);
}

std::optional<std::string> settle(Field& field) { return settle_length(field, kLimits); }

constexpr Setting kSettings[] = {Setting::MinLength, Setting::MaxLength, Setting::Pattern};

}  // namespace

const FieldType& text_field() {
  static const FieldType type{
      .name = "text",
      .summary =
          "One line of text, 200 characters unless `max_length` says otherwise (4,000 at most).",
      .value = feel::Value::Kind::String,
      .column = Column::Text,
      .widget = Widget::Line,
      .settings = kSettings,
      .read = read,
      .read_json = read_json,
      .input = text_itself,
      .show = text_itself,
      .write_json = write_text,
      .settle = settle,
  };
  return type;
}

}  // namespace formwork::fields

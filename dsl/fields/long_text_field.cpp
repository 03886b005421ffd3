// long_text: several lines, as typed. Line ends become LF, blanks at both ends of the whole are
// dropped.
#include "dsl/fields/field_type.h"
#include "dsl/fields/text_value.h"
#include "dsl/fields/typed_text.h"

namespace formwork::fields {
namespace {

constexpr TextLimits kLimits{.usual = 4'000, .largest = 100'000};

Read<feel::Value> read(std::string_view input, const Field&, const Reading&) {
  FW_TRY(std::string text, plain_text(input, true));
  return text_or_null(std::move(text));
}

Read<feel::Value> read_json(const json::Value& input, const Field& field, const Reading& reading) {
  FW_TRY(const std::string_view text, json_text(input));
  return read(text, field, reading);
}

std::optional<std::string> settle(Field& field) { return settle_length(field, kLimits); }

constexpr Setting kSettings[] = {Setting::MinLength, Setting::MaxLength, Setting::Pattern};

}  // namespace

const FieldType& long_text_field() {
  static const FieldType type{
      .name = "long_text",
      .summary =
          "Several lines of text, 4,000 characters unless `max_length` says otherwise (100,000 at "
          "most).",
      .value = feel::Value::Kind::String,
      .column = Column::Text,
      .widget = Widget::Area,
      .settings = kSettings,
      .may_be_unique = false,
      .sortable = false,
      .filterable = false,
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

// boolean: yes or no. A checkbox that is not ticked sends nothing, which the caller reads as no.
//
// `required` asks for yes: it is for boxes such as consent, and no is what an untouched box says.
#include <algorithm>
#include <iterator>

#include "dsl/base/utf8.h"
#include "dsl/fields/field_messages.h"
#include "dsl/fields/field_type.h"
#include "dsl/fields/typed_text.h"

namespace formwork::fields {
namespace {

// What checkboxes, radio buttons, filters and spreadsheets send.
constexpr std::string_view kYes[] = {"true", "yes", "on", "1", "是"};
constexpr std::string_view kNo[] = {"false", "no", "off", "0", "否"};

Read<feel::Value> read(std::string_view input, const Field&, const Reading&) {
  const std::string text = to_lower_ascii(narrowed(input));
  if (std::find(std::begin(kYes), std::end(kYes), text) != std::end(kYes)) return feel::Value(true);
  if (std::find(std::begin(kNo), std::end(kNo), text) != std::end(kNo)) return feel::Value(false);
  return Unexpected{say(Say::NotYesOrNo, {{"value", repeated(input)}})};
}

Read<feel::Value> read_json(const json::Value& input, const Field&, const Reading&) {
  if (input.kind == json::Value::Kind::True) return feel::Value(true);
  if (input.kind == json::Value::Kind::False) return feel::Value(false);
  return Unexpected{wrong_json(input, word(Word::JsonBoolean))};
}

std::string input(const feel::Value& value, const Field&, const Showing&) {
  return value.boolean() ? "true" : "false";
}

std::string show(const feel::Value& value, const Field&, const Showing& showing) {
  if (showing.language == Language::Chinese) return value.boolean() ? "是" : "否";
  return value.boolean() ? "Yes" : "No";
}

void write_json(json::Writer& writer, const feel::Value& value, const Field&, const People&) {
  writer.boolean(value.boolean());
}

}  // namespace

const FieldType& boolean_field() {
  static const FieldType type{
      .name = "boolean",
      .summary = "Yes or no, as a checkbox.",
      .value = feel::Value::Kind::Boolean,
      .column = Column::Boolean,
      .widget = Widget::Checkbox,
      .settings = {},
      .may_be_unique = false,
      .read = read,
      .read_json = read_json,
      .input = input,
      .show = show,
      .write_json = write_json,
  };
  return type;
}

}  // namespace formwork::fields

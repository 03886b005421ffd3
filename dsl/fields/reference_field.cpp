// reference: a record of another entity, by its id. That it exists and may be seen is the engine's
// to check, with the rights of whoever asks; so is its title, which pages show instead of the
// number.
#include "dsl/fields/field_messages.h"
#include "dsl/fields/field_type.h"
#include "dsl/fields/typed_text.h"

namespace formwork::fields {
namespace {

Read<feel::Value> read(std::string_view input, const Field&, const Reading&) {
  const std::optional<std::int64_t> id = parse_id(narrowed(input));
  if (!id) return Unexpected{say(Say::NotARecord, {{"value", repeated(input)}})};
  return feel::Value(feel::RecordRef{*id});
}

Read<feel::Value> read_json(const json::Value& input, const Field&, const Reading&) {
  if (input.is_string() && is_blank(input.text)) return feel::Value();
  if (const std::optional<std::int64_t> id = json_id(input))
    return feel::Value(feel::RecordRef{*id});
  if (input.text.empty()) return Unexpected{wrong_json(input, word(Word::JsonId))};
  return Unexpected{say(Say::NotARecord, {{"value", repeated(input.text)}})};
}

std::string input(const feel::Value& value, const Field&, const Showing&) {
  return std::to_string(value.record().id);
}

std::string show(const feel::Value& value, const Field&, const Showing&) {
  return "#" + std::to_string(value.record().id);
}

void write_json(json::Writer& writer, const feel::Value& value, const Field&, const People&) {
  writer.number(value.record().id);
}

constexpr Setting kSettings[] = {Setting::To};

}  // namespace

const FieldType& reference_field() {
  static const FieldType type{
      .name = "reference",
      .summary = "A record of the entity named by `to`. JSON has its id.",
      .value = feel::Value::Kind::Record,
      .column = Column::Record,
      .widget = Widget::Reference,
      .settings = kSettings,
      .may_have_default = false,
      .sortable = false,
      .read = read,
      .read_json = read_json,
      .input = input,
      .show = show,
      .write_json = write_json,
  };
  return type;
}

}  // namespace formwork::fields

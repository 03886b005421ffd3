// user: an account, by its name in forms and JSON, by its full name for people.
#include "dsl/base/utf8.h"
#include "dsl/fields/field_messages.h"
#include "dsl/fields/field_type.h"
#include "dsl/fields/typed_text.h"

namespace formwork::fields {
namespace {

Read<feel::Value> read(std::string_view input, const Field&, const Reading& reading) {
  const std::string_view name = trimmed(input);
  const auto account =
      reading.people == nullptr ? std::nullopt : reading.people->find_account(name);
  if (!account) return Unexpected{say(Say::NoSuchUser, {{"value", repeated(name)}})};
  return feel::Value(feel::RecordRef{*account});
}

Read<feel::Value> read_json(const json::Value& input, const Field& field, const Reading& reading) {
  FW_TRY(const std::string_view text, json_text(input));
  if (is_blank(text)) return feel::Value();
  return read(text, field, reading);
}

std::string input(const feel::Value& value, const Field&, const Showing& showing) {
  return showing.people->account_name(value.record().id);
}

std::string show(const feel::Value& value, const Field&, const Showing& showing) {
  return showing.people->full_name(value.record().id);
}

void write_json(json::Writer& writer, const feel::Value& value, const Field&,
                const People& people) {
  writer.string(people.account_name(value.record().id));
}

}  // namespace

const FieldType& user_field() {
  static const FieldType type{
      .name = "user",
      .summary = "A person with an account. JSON has the account's name, such as li.lei.",
      .value = feel::Value::Kind::Record,
      .column = Column::User,
      .widget = Widget::User,
      .settings = {},
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

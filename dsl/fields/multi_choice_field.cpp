// multi_choice: any of the options, by their codes, in the order of the options, so that equal
// choices are equal values whatever the order of ticking.
#include <vector>

#include "dsl/fields/field_messages.h"
#include "dsl/fields/option_list.h"
#include "dsl/fields/typed_text.h"

namespace formwork::fields {
namespace {

Read<feel::Value> read_codes(const std::vector<std::string_view>& codes, const Field& field) {
  std::vector<bool> chosen(field.options.size(), false);
  for (const std::string_view code : codes) {
    FW_TRY(const std::size_t index, find_option(code, field));
    chosen[index] = true;
  }
  feel::List list;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (chosen[i]) list.emplace_back(field.options[i].code);
  }
  feel::Value value;
  if (!list.empty()) value = feel::Value(std::move(list));
  return value;
}

Read<feel::Value> read(std::string_view input, const Field& field, const Reading&) {
  return read_codes(split_commas(input), field);
}

Read<feel::Value> read_json(const json::Value& input, const Field& field, const Reading&) {
  if (!input.is_array()) return Unexpected{wrong_json(input, word(Word::JsonArray))};
  std::vector<std::string_view> codes;
  for (const json::Value& element : input.elements) {
    FW_TRY(const std::string_view code, json_text(element));
    codes.push_back(code);
  }
  return read_codes(codes, field);
}

std::string input(const feel::Value& value, const Field&, const Showing&) {
  std::string text;
  for (const feel::Value& code : value.list()) text += (text.empty() ? "" : ",") + code.string();
  return text;
}

std::string show(const feel::Value& value, const Field& field, const Showing& showing) {
  const std::string_view separator = showing.language == Language::Chinese ? "、" : ", ";
  std::string text;
  for (const feel::Value& code : value.list()) {
    if (!text.empty()) text += separator;
    text += option_label(code.string(), field, showing.locale);
  }
  return text;
}

void write_json(json::Writer& writer, const feel::Value& value, const Field&, const People&) {
  writer.begin_array();
  for (const feel::Value& code : value.list()) writer.string(code.string());
  writer.end_array();
}

std::optional<std::string> settle(Field& field) { return settle_options(field); }

feel::Type feel_type(const Field& field) { return feel::Type::list(option_type(field)); }

constexpr Setting kSettings[] = {Setting::Options};

}  // namespace

const FieldType& multi_choice_field() {
  static const FieldType type{
      .name = "multi_choice",
      .summary = "Any number of the `options`. JSON has an array of codes.",
      .value = feel::Value::Kind::List,
      .column = Column::Codes,
      .widget = Widget::Choices,
      .settings = kSettings,
      .may_be_unique = false,
      .sortable = false,
      .read = read,
      .read_json = read_json,
      .input = input,
      .show = show,
      .write_json = write_json,
      .feel_type = feel_type,
      .settle = settle,
  };
  return type;
}

}  // namespace formwork::fields

// duration: days and time ("3 d 8 h"), or with `kind: months` years and months ("1 y 6 mo").
//
// They are two kinds, as in FEEL, because nobody can say how many days a month has without its
// date.
#include "dsl/fields/duration_text.h"
#include "dsl/fields/field_messages.h"
#include "dsl/fields/field_type.h"
#include "dsl/fields/typed_text.h"

namespace formwork::fields {
namespace {

Message too_long(const Field& field, std::string_view input) {
  const auto limit = [&](Language language) {
    return field.whole_months ? duration_text(kLongestMonths, language)
                              : duration_text(kLongestDays, language);
  };
  return say(Say::DurationTooLong, {{"limit", limit(Language::English)},
                                    {"limit_zh", limit(Language::Chinese)},
                                    {"value", repeated(input)}});
}

Read<feel::Value> months_or_message(const std::optional<MonthsDuration>& months,
                                    std::string_view input, const Field& field, Say otherwise) {
  if (!months) return Unexpected{say(otherwise, {{"value", repeated(input)}})};
  if (*months > kLongestMonths || months->months < -kLongestMonths.months) {
    return Unexpected{too_long(field, input)};
  }
  return feel::Value(*months);
}

Read<feel::Value> days_or_message(const std::optional<DaysDuration>& days, std::string_view input,
                                  const Field& field, Say otherwise) {
  if (!days) return Unexpected{say(otherwise, {{"value", repeated(input)}})};
  if (*days > kLongestDays || *days < DaysDuration{-kLongestDays.seconds, 0}) {
    return Unexpected{too_long(field, input)};
  }
  return feel::Value(*days);
}

Read<feel::Value> read(std::string_view input, const Field& field, const Reading&) {
  const std::string text = narrowed(input);
  if (field.whole_months) {
    return months_or_message(parse_typed_months(text), input, field, Say::NotMonths);
  }
  return days_or_message(parse_typed_days(text), input, field, Say::NotADuration);
}

Read<feel::Value> read_json(const json::Value& input, const Field& field, const Reading&) {
  FW_TRY(const std::string_view text, json_text(input));
  if (is_blank(text)) return feel::Value();
  if (field.whole_months) {
    return months_or_message(parse_months_duration(text), text, field, Say::NotIsoMonths);
  }
  return days_or_message(parse_days_duration(text), text, field, Say::NotIsoDays);
}

std::string show(const feel::Value& value, const Field& field, const Showing& showing) {
  return field.whole_months ? duration_text(value.months_duration(), showing.language)
                            : duration_text(value.days_duration(), showing.language);
}

void write_json(json::Writer& writer, const feel::Value& value, const Field& field, const People&) {
  writer.string(field.whole_months ? to_string(value.months_duration())
                                   : to_string(value.days_duration()));
}

constexpr Setting kSettings[] = {Setting::Min, Setting::Max, Setting::Kind};

}  // namespace

const FieldType& duration_field() {
  static const FieldType type{
      .name = "duration",
      .summary =
          "A length of time such as 3 d, 8:30 or 90 min; with `kind: months` years and months. "
          "JSON has "
          "ISO 8601.",
      .value = feel::Value::Kind::DaysDuration,
      .column = Column::Duration,
      .widget = Widget::Line,
      .settings = kSettings,
      .read = read,
      .read_json = read_json,
      .input = show,
      .show = show,
      .write_json = write_json,
  };
  return type;
}

}  // namespace formwork::fields

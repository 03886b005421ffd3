// date_time: a point in time. People type and see it in their own zone; JSON has RFC 3339 with an
// offset.
//
// Where a clock change repeats an hour, the control's text means the first of the two, as TimeZone
// says.
#include "dsl/base/utf8.h"
#include "dsl/fields/date_text.h"
#include "dsl/fields/field_messages.h"
#include "dsl/fields/field_type.h"
#include "dsl/fields/typed_text.h"

namespace formwork::fields {
namespace {

// Where the time begins: behind 日 or 号, or at the T or blank behind a digit.
std::size_t find_time(std::string_view text) {
  for (const std::string_view day : {"日", "号"}) {
    if (const std::size_t at = text.find(day); at != std::string_view::npos) return at + day.size();
  }
  for (std::size_t at = 1; at < text.size(); ++at) {
    const bool separates = text[at] == 'T' || text[at] == 't' || text[at] == ' ';
    if (separates && is_digit(text[at - 1])) return at;
  }
  return std::string_view::npos;
}

Read<feel::Value> read(std::string_view input, const Field&, const Reading& reading) {
  const std::string narrow = narrowed(input);
  if (const auto instant = parse_instant(narrow)) return feel::Value(*instant);
  const std::string_view text = narrow;
  const std::size_t split = find_time(text);
  if (split == std::string_view::npos) {
    return Unexpected{say(Say::NotADateTime, {{"value", repeated(input)}})};
  }
  FW_TRY(const Date date, read_typed_date(text.substr(0, split)));
  std::string_view rest = trimmed(text.substr(split));
  if (rest.starts_with('T') || rest.starts_with('t')) rest.remove_prefix(1);
  const std::optional<TimeOfDay> time = parse_typed_time(rest);
  if (!time) return Unexpected{say(Say::NotATime, {{"value", repeated(rest)}})};
  return feel::Value(reading.zone->to_instant({date, *time}));
}

Read<feel::Value> read_json(const json::Value& input, const Field&, const Reading&) {
  FW_TRY(const std::string_view text, json_text(input));
  if (is_blank(text)) return feel::Value();
  if (const auto instant = parse_instant(text)) return feel::Value(*instant);
  return Unexpected{say(Say::NotAnInstant, {{"value", repeated(text)}})};
}

std::string input(const feel::Value& value, const Field&, const Showing& showing) {
  return to_string(showing.zone->to_local(value.instant()));
}

// To the second: fractions come from machines and tell people nothing.
std::string show(const feel::Value& value, const Field&, const Showing& showing) {
  LocalDateTime local = showing.zone->to_local(value.instant());
  local.time.nanoseconds -= local.time.nanoseconds % kNanosPerSecond;
  return to_string(local.date) + " " + to_string(local.time);
}

void write_json(json::Writer& writer, const feel::Value& value, const Field&, const People&) {
  writer.string(to_rfc3339(value.instant()));
}

constexpr Setting kSettings[] = {Setting::Min, Setting::Max};

}  // namespace

const FieldType& date_time_field() {
  static const FieldType type{
      .name = "date_time",
      .summary = "A point in time, shown in the reader's time zone; JSON has RFC 3339.",
      .value = feel::Value::Kind::Instant,
      .column = Column::Instant,
      .widget = Widget::DateTime,
      .settings = kSettings,
      .read = read,
      .read_json = read_json,
      .input = input,
      .show = show,
      .write_json = write_json,
  };
  return type;
}

}  // namespace formwork::fields

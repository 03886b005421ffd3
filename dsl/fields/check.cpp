// check(): what a field's settings ask of a value, whatever its type.
#include "dsl/base/utf8.h"
#include "dsl/fields/date_text.h"
#include "dsl/fields/field_messages.h"
#include "dsl/fields/field_type.h"
#include "dsl/fields/pattern.h"

namespace formwork::fields {
namespace {

using Kind = feel::Value::Kind;

std::optional<Message> check_text(const std::string& text, const Field& field) {
  const std::size_t length = count_characters(text);
  if (field.max_length && length > *field.max_length) {
    return say_count(Say::TooLong, *field.max_length, length, Word::Character, Word::Characters);
  }
  if (field.min_length && length < *field.min_length) {
    return say_count(Say::TooShort, *field.min_length, length, Word::Character, Word::Characters);
  }
  if (!field.pattern || field.pattern->matches(text)) return std::nullopt;
  if (!field.pattern_say.empty()) return say(Say::NoMatchSay, {{"say", field.pattern_say}});
  return say(Say::NoMatch, {{"pattern", field.pattern->text()}, {"value", repeated(text)}});
}

// Dates in words, as in a sentence; all else as the type shows it.
std::string in_words(const feel::Value& value, const Field& field, const Reading& reading,
                     Language language) {
  if (value.kind() == Kind::Date) return date_in_words(value.date(), language);
  if (value.kind() == Kind::Instant) {
    const LocalDateTime local = reading.zone->to_local(value.instant());
    return date_in_words(local.date, language) + " " + to_string(local.time);
  }
  return field.type->show(value, field,
                          {.language = language, .zone = reading.zone, .people = reading.people});
}

Message out_of_range(const feel::Value& value, const feel::Value& limit, bool is_below,
                     const Field& field, const Reading& reading) {
  Arguments arguments{{"limit", in_words(limit, field, reading, Language::English)},
                      {"limit_zh", in_words(limit, field, reading, Language::Chinese)},
                      {"actual", in_words(value, field, reading, Language::English)},
                      {"actual_zh", in_words(value, field, reading, Language::Chinese)}};
  const Kind kind = value.kind();
  if (kind == Kind::Date || kind == Kind::Time || kind == Kind::Instant) {
    arguments.emplace_back("unit", word(kind == Kind::Date ? Word::Date : Word::Time));
    return say(is_below ? Say::TooEarly : Say::TooLate, std::move(arguments));
  }
  return say(is_below ? Say::TooSmall : Say::TooLarge, std::move(arguments));
}

std::optional<Message> check_range(const feel::Value& value, const Field& field,
                                   const Reading& reading) {
  if (field.min && compare(value, *field.min) < 0) {
    return out_of_range(value, *field.min, true, field, reading);
  }
  if (field.max && compare(value, *field.max) > 0) {
    return out_of_range(value, *field.max, false, field, reading);
  }
  return std::nullopt;
}

std::optional<Message> check_count(std::size_t count, const Field& field) {
  const Column column = field.type->column;
  if (column == Column::Files && count > field.max_files) {
    return say_count(Say::TooManyFiles, field.max_files, count, Word::File, Word::Files);
  }
  if (column == Column::Rows && count > field.max_rows) {
    return say_count(Say::TooManyRows, field.max_rows, count, Word::Row, Word::Rows);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Message> check(const feel::Value& value, const Field& field, const Reading& reading) {
  switch (value.kind()) {
    case Kind::Null:
      return std::nullopt;
    case Kind::String:
      return check_text(value.string(), field);
    case Kind::List:
      return check_count(value.list().size(), field);
    default:
      return check_range(value, field, reading);
  }
}

std::optional<std::string> find_contradiction(const Field& field) {
  if (field.min && field.max && compare(*field.min, *field.max) > 0) {
    return "`min` is above `max`, so no value would fit";
  }
  if (field.min_length && field.max_length && *field.min_length > *field.max_length) {
    return "`min_length` is " + grouped(*field.min_length) + " and `max_length` " +
           grouped(*field.max_length) + ", so no value would fit";
  }
  return std::nullopt;
}

}  // namespace formwork::fields

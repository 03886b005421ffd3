// How the tests of fields speak: a text in, what became of it out.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "dsl/base/json.h"
#include "dsl/fields/field_type.h"

namespace formwork::fields::testing {

class TwoPeople : public People {
 public:
  std::optional<std::int64_t> find_account(std::string_view name) const override {
    if (name == "li.lei") return 7;
    if (name == "han.mei") return 8;
    return std::nullopt;
  }

  std::string account_name(std::int64_t id) const override {
    return id == 7 ? "li.lei" : "han.mei";
  }

  std::string full_name(std::int64_t id) const override { return id == 7 ? "Li Lei" : "Han Mei"; }
};

inline const TwoPeople kPeople;

inline const TimeZone& shanghai() {
  const TimeZone* zone = TimeZone::find("Asia/Shanghai");
  REQUIRE(zone != nullptr);
  return *zone;
}

inline Reading reading() { return {.zone = &shanghai(), .people = &kPeople}; }

inline Showing showing(Language language) {
  return {.language = language,
          .locale = language == Language::English ? 0U : 1U,
          .zone = &shanghai(),
          .people = &kPeople};
}

inline constexpr Language kLanguages[] = {Language::English, Language::Chinese};

// A field of that type before its settings are complete.
inline Field raw_field(std::string_view type) {
  Field field;
  field.name = "it";
  field.type = find_field_type(type);
  REQUIRE(field.type != nullptr);
  return field;
}

inline Field settled(Field field) {
  if (field.type->settle != nullptr) {
    const auto problem = field.type->settle(field);
    REQUIRE_MESSAGE(!problem, problem.value_or(""));
  }
  return field;
}

inline Field field_of(std::string_view type) { return settled(raw_field(type)); }

// What settle() objects to, or "fine".
inline std::string objection(Field field) { return field.type->settle(field).value_or("fine"); }

// "! in English / in Chinese"
inline std::string both(const Message& message) {
  return "! " + render(message, Language::English) + " / " + render(message, Language::Chinese, 1);
}

inline std::string json_of(const feel::Value& value, const Field& field) {
  std::string text;
  json::Writer writer(text);
  if (value.is_null()) {
    writer.null();
  } else {
    field.type->write_json(writer, value, field, kPeople);
  }
  return text;
}

inline std::string result(const Read<feel::Value>& value, const Field& field) {
  return value ? json_of(*value, field) : both(value.error());
}

inline Read<feel::Value> read(const Field& field, std::string_view input) {
  return field.type->read(input, field, reading());
}

inline Read<feel::Value> read_json(const Field& field, std::string_view text) {
  const auto parsed = json::parse(text);
  REQUIRE(parsed.has_value());
  return field.type->read_json(*parsed, field, reading());
}

// What the form's input becomes: the value's JSON, or the message in both languages.
inline std::string from_form(const Field& field, std::string_view input) {
  return result(read(field, input), field);
}

inline std::string from_json(const Field& field, std::string_view text) {
  return result(read_json(field, text), field);
}

inline feel::Value value_of(const Field& field, std::string_view input) {
  const auto value = read(field, input);
  REQUIRE_MESSAGE(value.has_value(), std::string(input), " ", value ? "" : both(value.error()));
  return *value;
}

// What check() says to the form's input: "fine" or the message.
inline std::string checked(const Field& field, std::string_view input) {
  const auto problem = check(value_of(field, input), field, reading());
  return problem ? both(*problem) : "fine";
}

inline std::string shown(const Field& field, std::string_view input,
                         Language language = Language::English) {
  return field.type->show(value_of(field, input), field, showing(language));
}

inline std::string typed_back(const Field& field, std::string_view input,
                              Language language = Language::English) {
  return field.type->input(value_of(field, input), field, showing(language));
}

// A value survives the control's text in each language, and its JSON.
inline void check_round_trips(const Field& field, const feel::Value& value) {
  CAPTURE(json_of(value, field));
  for (const Language language : kLanguages) {
    const std::string text = field.type->input(value, field, showing(language));
    CAPTURE(text);
    const auto again = read(field, text);
    CHECK_MESSAGE(again.has_value(), result(again, field));
    if (again) CHECK(*again == value);
  }
  const auto again = read_json(field, json_of(value, field));
  CHECK_MESSAGE(again.has_value(), result(again, field));
  if (again) CHECK(*again == value);
}

inline void check_round_trips(const Field& field, std::initializer_list<std::string_view> inputs) {
  for (const std::string_view input : inputs) check_round_trips(field, value_of(field, input));
}

struct Row {
  std::string_view input;
  std::string_view expected;
};

inline void check_form(const Field& field, std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    CAPTURE(row.input);
    CHECK(from_form(field, row.input) == row.expected);
  }
}

inline void check_json(const Field& field, std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    CAPTURE(row.input);
    CHECK(from_json(field, row.input) == row.expected);
  }
}

}  // namespace formwork::fields::testing

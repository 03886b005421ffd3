// What a field type is: one descriptor, so that the rest never asks which type it has before it.
//
// To add a type, write `<name>_field.cpp` with one function `<name>_field()`, its test and
// schemas/fields/<name>.json; the list of all is generated from the folder.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "dsl/base/expected.h"
#include "dsl/base/json.h"
#include "dsl/base/message.h"
#include "dsl/base/time_zone.h"
#include "dsl/feel/type.h"
#include "dsl/feel/value.h"
#include "dsl/fields/field.h"

namespace formwork::fields {

// How a value is kept in a table; docs/adr/0003-columns.md says why.
enum class Column : unsigned char {
  Text,      // String            TEXT
  Scaled,    // Number            INTEGER, value times 10^scale
  Boolean,   // Boolean           INTEGER 0 or 1
  Days,      // Date              INTEGER, days since 1970-01-01
  DayTime,   // Time              INTEGER, microseconds since midnight
  Instant,   // Instant           INTEGER, microseconds since 1970-01-01T00:00:00Z
  Duration,  // DaysDuration      INTEGER, microseconds; with whole_months MonthsDuration, months
  Codes,     // List of String    TEXT, ",a,b," so that one code is found exactly
  Record,    // Record            INTEGER, id in the target entity's table
  User,      // Record            INTEGER, id of an account
  Files,     // List of Record    TEXT, ",1,2,"
  Rows,      // List of List      a child table; a row's values are in the order of Field::fields.
             //                   Types of this column have no read, read_json and input
};

// Which control edits a value. Pages know widgets, not types.
enum class Widget : unsigned char {
  Line,
  Area,
  Decimal,
  Checkbox,
  Date,
  Time,
  DateTime,
  Choice,
  Choices,
  Email,
  Phone,
  Url,
  User,
  Reference,
  Files,
  Lines,
  Fixed,  // shown, never edited
};

// The settings an author can write beside `type`, besides those that every field has (label, hint,
// required, unique, default).
enum class Setting : unsigned char {
  Min,
  Max,
  MinLength,
  MaxLength,
  Pattern,  // with `say`
  Scale,
  Currency,
  Region,
  Kind,  // of a duration: `days` or `months`
  Options,
  To,
  Format,
  MaxFiles,
  MaxBytes,
  Accept,
  Fields,
  MaxRows,
};

struct SettingInfo {
  std::string_view key;  // as in YAML
  std::string_view summary;
};

const SettingInfo& info(Setting setting);

// People's names, as far as fields need them. The engine gives one; tests have their own.
class People {
 public:
  virtual ~People() = default;
  virtual std::optional<std::int64_t> find_account(std::string_view name) const = 0;
  virtual std::string account_name(std::int64_t id) const = 0;  // `li.lei`
  virtual std::string full_name(std::int64_t id) const = 0;     // `Li Lei`
};

// What reading needs to know besides the field.
struct Reading {
  const TimeZone* zone = &TimeZone::utc();  // in which people type dates and times
  const People* people = nullptr;  // null while a model is compiled: account names are unknown then
};

// What showing needs to know besides the field.
struct Showing {
  Language language = Language::English;
  std::size_t locale = 0;  // index into Localized
  const TimeZone* zone = &TimeZone::utc();
  const People* people = nullptr;
};

template <class T>
using Read = Expected<T, Message>;

struct FieldType {
  std::string_view name;  // as in YAML: `percent`
  std::string_view summary;
  feel::Value::Kind value;  // see value_kind() for a certain field's
  Column column;
  Widget widget;
  std::span<const Setting> settings;
  bool may_be_in_table = true;  // as a column of line items
  bool may_be_unique = true;
  bool may_have_default = true;
  bool may_be_computed = true;
  bool set_by_engine = false;  // never taken from input; filters still read it. See takes_input()
  bool sortable = true;
  bool filterable = true;

  // The functions get valid UTF-8. They may be null only where the column is Rows: the record
  // reader walks the rows itself, with the types of the columns, because only it can say which row
  // is wrong.

  // What people type into the form's control; several codes or ids come joined by commas. Never
  // called with blank text: that is null. A checkbox that is not ticked is not sent, which the
  // caller reads as false.
  Read<feel::Value> (*read)(std::string_view input, const Field& field, const Reading& reading);

  // What the API, `min`, `max` and `default` give. Never called with JSON null. Blank text and an
  // empty array give null, so that there is one kind of nothing.
  Read<feel::Value> (*read_json)(const json::Value& input, const Field& field,
                                 const Reading& reading);

  // The text that `read` takes back, for the form's control. Of a non-null value.
  std::string (*input)(const feel::Value& value, const Field& field, const Showing& showing);

  // For people, in lists, details and history. Of a non-null value.
  std::string (*show)(const feel::Value& value, const Field& field, const Showing& showing);

  // For the API, history and exports. Of a non-null value.
  void (*write_json)(json::Writer& writer, const feel::Value& value, const Field& field,
                     const People& people);

  // The unit that stands beside the form's control: "%", "¥". Null: none.
  std::string_view (*unit)(const Field& field) = nullptr;

  // What FEEL knows of the field's values beyond their kind. Null: nothing. Not asked of columns
  // that point to something (Record, User) or hold rows: the model knows what.
  feel::Type (*feel_type)(const Field& field) = nullptr;

  // Sets what follows from the field's other settings, or says what is wrong with them. Called
  // once, after all settings but `min`, `max` and `default` are in the field, since reading those
  // needs the result.
  std::optional<std::string> (*settle)(Field& field) = nullptr;
};

// Every type, in alphabetical order, and the one of that name or null.
std::span<const FieldType* const> all_field_types();
const FieldType* find_field_type(std::string_view name);

// The kind of the field's values that are not null: its type's, except for durations of months.
feel::Value::Kind value_kind(const Field& field);

// The type of the field's values in expressions: its type's own word, or that of value_kind(). Not
// for columns that point to something or hold rows; see model::Scopes::type_of.
feel::Type value_type(const Field& field);

// What the field keeps of a formula's answer: numbers rounded to its scale, texts read as if typed,
// or why it cannot be kept. Limits are check()'s.
Read<feel::Value> fit(const feel::Value& value, const Field& field, const Reading& reading);

// Reads `min` and `max` themselves: as read_json, but never null, and without the bounds that a
// field without them has.
Read<feel::Value> read_limit(const json::Value& input, const Field& field, const Reading& reading);

// What no value could satisfy: a minimum above the maximum, of value or length. Of a complete
// field.
std::optional<std::string> find_contradiction(const Field& field);

// Length, range, pattern, count: what the settings ask of a value that was read. Nothing: the value
// is fine. Messages, here and from reading, are worded to stand behind the field's label and a
// colon.
std::optional<Message> check(const feel::Value& value, const Field& field, const Reading& reading);

}  // namespace formwork::fields

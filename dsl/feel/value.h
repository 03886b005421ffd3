// FEEL values: what fields hold, what expressions yield.
//
// A Value owns its parts and is copied by value; lists, contexts, ranges and functions are shared
// and immutable, so a copy is cheap. Null is a value like others (DMN 1.5, 10.3.2.2).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "dsl/base/time.h"
#include "dsl/feel/number.h"

namespace formwork {
class TimeZone;
}

namespace formwork::feel {

// A record of some entity, or an account. Which entity is known from the field that holds it.
struct RecordRef {
  std::int64_t id = 0;

  auto operator<=>(const RecordRef&) const = default;
};

// What stands behind a time: nothing (local), an offset from UTC, or a zone of the IANA database. A
// zone has an offset beside its name only in the second of two equal hours, when clocks went back.
struct Zone {
  const TimeZone* named = nullptr;
  std::int32_t offset_seconds = 0;  // when has_offset
  bool has_offset = false;

  static Zone offset(std::int32_t seconds) { return {nullptr, seconds, true}; }

  static Zone of(const TimeZone& zone) { return {&zone, 0, false}; }

  bool is_local() const { return named == nullptr && !has_offset; }

  bool operator==(const Zone&) const = default;
};

// FEEL's time: of day, in a zone or in none.
struct Time {
  TimeOfDay of_day;
  Zone zone;

  bool operator==(const Time&) const = default;
};

// FEEL's date and time. An Instant is one too: that of a field, which every viewer sees in their
// zone.
struct DateTime {
  LocalDateTime local;
  Zone zone;

  bool operator==(const DateTime&) const = default;
};

// In the order of Value's variant. Instant and DateTime are both FEEL's date and time; Record is
// what a field of type reference or user holds.
enum class ValueKind : unsigned char {
  Null,
  Boolean,
  Number,
  String,
  Date,
  Time,
  Instant,
  DaysDuration,
  MonthsDuration,
  Record,
  List,
  DateTime,
  Context,
  Range,
  Function,
};

// Kinds of types (type.h). It stands here because GCC takes an enumerator `List` that follows the
// alias below for a shadow of it.
enum class TypeKind : std::uint8_t {
  Any,
  Unknown,
  Null,
  Boolean,
  Number,
  String,
  Date,
  Time,
  DateTime,
  DaysDuration,
  MonthsDuration,
  Record,
  List,
  Range,
  Context,
  Function,
};

class Value;
struct Context;
struct Range;
struct Function;
using List = std::vector<Value>;

// How many values lie in a value, itself included, and how deep. A text counts more, the longer it
// is, since it is copied with its value. What is shared counts as often as
// it is reached: a list of twice the same list, itself such a list, and so on, takes little memory
// and would take whoever walks it for ever. Evaluations refuse values beyond their limits.
struct Extent {
  std::uint64_t parts = 1;
  std::uint32_t depth = 0;
};

class Value {
 public:
  using Kind = ValueKind;

  Value() = default;

  explicit Value(bool value) : state_(value) {}

  explicit Value(Number value) : state_(value) {}

  explicit Value(std::string value) : state_(std::move(value)) {}

  explicit Value(std::string_view value) : state_(std::string(value)) {}

  // Without it a literal would become a bool.
  explicit Value(const char* value) : state_(std::string(value)) {}

  explicit Value(Date value) : state_(value) {}

  explicit Value(TimeOfDay value) : state_(Time{value, {}}) {}

  explicit Value(Time value) : state_(value) {}

  explicit Value(Instant value) : state_(value) {}

  explicit Value(DateTime value) : state_(value) {}

  explicit Value(DaysDuration value) : state_(value) {}

  explicit Value(MonthsDuration value) : state_(value) {}

  explicit Value(RecordRef value) : state_(value) {}

  explicit Value(List value);
  explicit Value(Context value);
  explicit Value(Range value);

  explicit Value(std::shared_ptr<const Function> value) : state_(std::move(value)) {}

  Kind kind() const { return static_cast<Kind>(state_.index()); }

  bool is_null() const { return kind() == Kind::Null; }

  // The caller has looked at kind(); a wrong guess is a fault of ours and throws
  // std::bad_variant_access.
  bool boolean() const { return std::get<bool>(state_); }

  const Number& number() const { return std::get<Number>(state_); }

  const std::string& string() const { return std::get<std::string>(state_); }

  Date date() const { return std::get<Date>(state_); }

  // The time of day alone, as fields have it.
  TimeOfDay time() const { return std::get<Time>(state_).of_day; }

  const Time& zoned_time() const { return std::get<Time>(state_); }

  Instant instant() const { return std::get<Instant>(state_); }

  const DateTime& date_time() const { return std::get<DateTime>(state_); }

  DaysDuration days_duration() const { return std::get<DaysDuration>(state_); }

  MonthsDuration months_duration() const { return std::get<MonthsDuration>(state_); }

  RecordRef record() const { return std::get<RecordRef>(state_); }

  const List& list() const;
  const Context& context() const;
  const Range& range() const;

  const std::shared_ptr<const Function>& function() const {
    return std::get<std::shared_ptr<const Function>>(state_);
  }

  // Null, or the content if it is of that kind: one look instead of two on hot paths.
  const bool* if_boolean() const { return std::get_if<bool>(&state_); }

  const Number* if_number() const { return std::get_if<Number>(&state_); }

  const std::string* if_string() const { return std::get_if<std::string>(&state_); }

  // Known without a walk. A function counts what it took with it.
  Extent extent() const;

  // The same kind and the same content: numbers by value (1.0 equals 1.00), contexts by names
  // whatever their order, functions by identity, null equals null. This is identity for tests and
  // sets of ours; FEEL's `=`, which knows a third answer, is equal() in operators.h.
  friend bool operator==(const Value& a, const Value& b);

 private:
  // What is shared and its extent. Instances of a template would have to be complete here.
  struct ListPart;
  struct ContextPart;
  struct RangePart;

  std::variant<std::monostate, bool, Number, std::string, Date, Time, Instant, DaysDuration,
               MonthsDuration, RecordRef, std::shared_ptr<const ListPart>, DateTime,
               std::shared_ptr<const ContextPart>, std::shared_ptr<const RangePart>,
               std::shared_ptr<const Function>>
      state_;
};

// The names of a context, in their order. Shared by all contexts that one expression or one table
// of line items makes.
struct Shape {
  std::vector<std::string> names;
};

struct Context {
  std::shared_ptr<const Shape> shape;
  std::vector<Value> values;  // one for each name of the shape

  // Names and values in order; names must differ.
  static Context of(std::vector<std::pair<std::string, Value>> entries);

  // Null when there is no such entry.
  const Value* find(std::string_view name) const;
};

// An interval, or the range that a unary comparison means. `(< 10)` and `(null..10)` hold the same
// and are still not equal (DMN TCK 0068), so the form is kept. Only the bounds of the form count.
struct Range {
  enum class Form : unsigned char {
    Interval,      // [start..end], each end closed or open
    Less,          // (< end)
    LessEqual,     // (<= end)
    Greater,       // (> start)
    GreaterEqual,  // (>= start)
    Equal,         // (= start)
    NotEqual,      // (!= start)
  };

  Form form = Form::Interval;
  Value start;
  Value end;
  bool start_included = true;
  bool end_included = true;

  bool operator==(const Range& other) const;
};

struct Value::ListPart {
  List content;
  Extent extent;
};

struct Value::ContextPart {
  Context content;
  Extent extent;
};

struct Value::RangePart {
  Range content;
  Extent extent;
};

inline const List& Value::list() const {
  return std::get<std::shared_ptr<const ListPart>>(state_)->content;
}

inline const Context& Value::context() const {
  return std::get<std::shared_ptr<const ContextPart>>(state_)->content;
}

inline const Range& Value::range() const {
  return std::get<std::shared_ptr<const RangePart>>(state_)->content;
}

// Of a value that has these in it.
Extent extent_around(const Value* values, std::size_t count);

// Negative, zero or positive; both must be of the same ordered kind (number, string by code points,
// dates, times by their time of day, durations). Other kinds compare as equal. For the bounds and
// sorts of fields; FEEL's comparison is in operators.h.
int compare(const Value& a, const Value& b);

}  // namespace formwork::feel

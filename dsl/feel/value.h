// FEEL values: what fields hold, what expressions yield.
//
// A Value owns its parts and is copied by value; lists are shared and immutable, so a copy is
// cheap. Null is a value like others (DMN 1.5, 10.3.2.2).
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

namespace formwork::feel {

// A record of some entity, or an account. Which entity is known from the field that holds it.
struct RecordRef {
  std::int64_t id = 0;

  auto operator<=>(const RecordRef&) const = default;
};

// In the order of Value's variant.
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
};

class Value;
using List = std::vector<Value>;

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

  explicit Value(TimeOfDay value) : state_(value) {}

  explicit Value(Instant value) : state_(value) {}

  explicit Value(DaysDuration value) : state_(value) {}

  explicit Value(MonthsDuration value) : state_(value) {}

  explicit Value(RecordRef value) : state_(value) {}

  explicit Value(List value) : state_(std::make_shared<const List>(std::move(value))) {}

  Kind kind() const { return static_cast<Kind>(state_.index()); }

  bool is_null() const { return kind() == Kind::Null; }

  // The caller has looked at kind(); a wrong guess is a fault of ours and throws
  // std::bad_variant_access.
  bool boolean() const { return std::get<bool>(state_); }

  const Number& number() const { return std::get<Number>(state_); }

  const std::string& string() const { return std::get<std::string>(state_); }

  Date date() const { return std::get<Date>(state_); }

  TimeOfDay time() const { return std::get<TimeOfDay>(state_); }

  Instant instant() const { return std::get<Instant>(state_); }

  DaysDuration days_duration() const { return std::get<DaysDuration>(state_); }

  MonthsDuration months_duration() const { return std::get<MonthsDuration>(state_); }

  RecordRef record() const { return std::get<RecordRef>(state_); }

  const List& list() const { return *std::get<std::shared_ptr<const List>>(state_); }

  // Same kind and same content; numbers by value (1.0 equals 1.00). Null equals null.
  friend bool operator==(const Value& a, const Value& b);

 private:
  std::variant<std::monostate, bool, Number, std::string, Date, TimeOfDay, Instant, DaysDuration,
               MonthsDuration, RecordRef, std::shared_ptr<const List>>
      state_;
};

// Negative, zero or positive; both must be of the same ordered kind (number, string by code points,
// dates, times, durations). Other kinds compare as equal.
int compare(const Value& a, const Value& b);

}  // namespace formwork::feel

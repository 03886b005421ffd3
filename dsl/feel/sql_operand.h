// A part of an expression as SQL: its text, what it is, and how large it may be. Used by sql.cpp
// and what stands beside it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/feel/sql.h"
#include "dsl/feel/uint128.h"

namespace formwork::feel::sql {

__extension__ typedef __int128 Int128;  // NOLINT(modernize-use-using)

// What values a part has, as far as SQL has to tell them apart.
enum class Sort : std::uint8_t {
  Null,  // a constant null
  Boolean,
  Number,
  Text,
  Date,
  Time,
  Instant,
  Duration,
  Months,
  Record,
  Codes,
  Rows,
  Opaque,
};

// How an integer stands for a value: times 10^scale for numbers, in so many microseconds for
// durations.
struct Measure {
  int scale = 0;
  std::int64_t unit = 1;

  bool operator==(const Measure&) const = default;
};

// What a column may hold: one more below zero than above.
inline constexpr Uint128 kAnyInteger = Uint128{1} << 63;

struct Operand {
  Sort sort = Sort::Null;
  std::string sql;  // empty when it is a constant
  std::vector<Bound> parameters;
  Measure measure;
  Uint128 bound = kAnyInteger;  // of the integer's magnitude
  int depth = 1;                // of SQLite's tree
  bool is_atom = true;          // needs no parentheses

  std::optional<Value> constant;
  std::optional<std::size_t> slot = std::nullopt;  // of a column as it is
  std::string zero_is_null;  // of such a one: its text, when 0 stands for null in it
  std::optional<std::vector<Key>> keys = std::nullopt;  // of a condition, see Predicate

  bool is_column() const { return !sql.empty(); }

  bool is_null() const { return sort == Sort::Null; }
};

// The sort of a value, Null for null; nullopt for what SQL cannot hold.
std::optional<Sort> sort_of(const Value& value);

// Where a microsecond is too coarse, or a year too far, there is no integer.
std::optional<Bound> to_bound(const Value& value, Sort sort, const Measure& measure);

enum class Relation : std::uint8_t { Equal, NotEqual, Less, AtMost, Greater, AtLeast };

// `column relation constant` over what the column can hold: `x <= 10.005` over hundredths is
// `x <= 1000`.
struct Fitted {
  Relation relation = Relation::Equal;
  Bound value;
  std::optional<bool> certain;  // nothing equals 10.005
};

std::optional<Fitted> fit(Relation relation, const Value& constant, Sort sort,
                          const Measure& measure);

// FEEL compares the whole seconds of times and instants for equality (table 53): the microseconds
// that belong to the same second. nullopt where they do not fit.
struct SecondSpan {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

std::optional<SecondSpan> second_of(const Value& constant, Sort sort);

// The relation with its sides exchanged.
Relation mirrored(Relation relation);
std::string_view sql_of(Relation relation);

}  // namespace formwork::feel::sql

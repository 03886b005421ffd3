// FEEL as SQL: conditions and aggregates over the columns of a table, with the answers that the
// evaluator gives, null included.
//
// What cannot be said exactly is not said. A condition that reaches Partial selects every record
// that the whole one holds for, and perhaps others: the caller evaluates those in memory. Values
// are bound, never text; what the caller has to offer as text are the names of its columns.
//
// SQLite has integers of 64 bits that turn into doubles when they overflow. So each arithmetic step
// knows how large its operands may be, and where they may be too large the record counts as
// undecided. No double ever takes part.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "dsl/feel/expression.h"

namespace formwork::feel::sql {

// How the column keeps its values. An empty one is NULL.
enum class Form : std::uint8_t {
  None,      // no column: what reads it cannot be said in SQL
  Text,      // UTF-8 in order of its bytes
  Scaled,    // a number times 10^scale
  Boolean,   // 0 or 1
  Days,      // a date, in days since 1970-01-01
  DayTime,   // a time without zone, in microseconds since midnight
  Instant,   // microseconds since 1970-01-01T00:00Z
  Duration,  // of days and time, in microseconds
  Months,    // a duration of years and months
  Codes,     // a list of strings, `,a,b,`
  Record,    // the id of a record or of an account
  Rows,      // how many lines there are; empty is none
  Opaque,    // anything of which SQL only has to know whether it is there
  Given,     // no column: a value that whoever asks knows, the same for all records
};

struct Column {
  Form form = Form::None;
  std::string sql;            // the column, quoted; empty when there is none
  int scale = 0;              // of Scaled
  bool zero_is_null = false;  // of Record: the column is never NULL, 0 is nobody
};

// What a `?` gets: NULL, an integer, a text.
using Bound = std::variant<std::monostate, std::int64_t, std::string>;

enum class Reach : std::uint8_t { Nothing, Partial, Exact };

// A value of a column, by its slot.
struct Key {
  std::size_t slot = 0;
  Bound value;

  auto operator<=>(const Key&) const = default;
};

struct Predicate {
  Reach reach = Reach::Nothing;
  std::string sql;            // 1, 0 or NULL; empty when it reaches Nothing
  std::vector<Bound> values;  // one for each `?`, in order
  // It holds only for records that have one of them, each of which is here once: where an index can
  // begin. nullopt: nothing like that is known.
  std::optional<std::vector<Key>> keys = std::nullopt;
};

// A predicate that is this text, and exact, holds for every record, or for none.
inline constexpr std::string_view kTrue = "1";
inline constexpr std::string_view kFalse = "0";

// What is known when a condition is asked. `variables` as for an Evaluation of the expression; only
// those that are Given are read.
struct Known {
  const Environment& environment;
  std::span<const Value* const> variables;
};

// `columns` by slot of the scope that the expression was compiled with. Parts that read no column
// are computed first.
Predicate translate(const Expression& expression, const Scope& scope,
                    std::span<const Column> columns, const Known& known);

// The columns that the condition compares for equality with something that is the same for all
// records: those that keys can be of.
std::vector<std::size_t> compared_slots(const Expression& expression, const Scope& scope,
                                        std::span<const Column> columns);

// Aggregates leave out records for which the expression is null.
enum class Aggregate : std::uint8_t { Count, Sum, Min, Max, Mean };

struct AggregateQuery {
  Aggregate aggregate = Aggregate::Count;
  std::string select;  // the result columns, for one row
  std::vector<Bound> values;
  Column result;  // how Min, Max and Sum read
};

// nullopt: not in SQL. Sum and Mean are of numbers and of durations.
std::optional<AggregateQuery> translate_aggregate(Aggregate aggregate, const Expression& expression,
                                                  const Scope& scope,
                                                  std::span<const Column> columns,
                                                  const Known& known);

// The answer in the row that the query gave, exactly as FEEL computes it from the values one by
// one; null where there are none. nullopt when arithmetic was too large for SQL in some record.
std::optional<Value> read_aggregate(const AggregateQuery& query, std::span<const Bound> row);

}  // namespace formwork::feel::sql

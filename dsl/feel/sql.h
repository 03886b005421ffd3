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

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
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
  Given,     // no column: a value known to those who bind, the same for all records
};

struct Column {
  Form form = Form::None;
  std::string sql;  // the column, quoted; empty when there is none
  int scale = 0;    // of Scaled
};

// What a `?` gets: NULL, an integer, a text.
using Bound = std::variant<std::monostate, std::int64_t, std::string>;

// A part of the expression that gives the same value for all records, but not always: `today()`.
struct Given;

struct Parameter {
  Bound value;
  std::shared_ptr<const Given> given;  // in place of `value` when it is there
};

enum class Reach : std::uint8_t { Nothing, Partial, Exact };

struct Predicate {
  Reach reach = Reach::Nothing;
  std::string sql;                    // 1, 0 or NULL; empty when it reaches Nothing
  std::vector<Parameter> parameters;  // one for each `?`, in order
};

// `columns` by slot of the scope that the expression was compiled with.
Predicate translate(const Expression& expression, const Scope& scope,
                    std::span<const Column> columns);

// What to bind. `variables` as for an Evaluation of the expression; only the given ones are read.
// nullopt when a value is none that SQL can hold (a time finer than a microsecond): then nothing of
// the predicate can be used this time.
std::optional<std::vector<Bound>> bound_values(std::span<const Parameter> parameters,
                                               const Environment& environment,
                                               std::span<const Value* const> variables);

// Aggregates leave out records for which the expression is null.
enum class Aggregate : std::uint8_t { Count, Sum, Min, Max, Mean };

struct AggregateQuery {
  Aggregate aggregate = Aggregate::Count;
  std::string select;  // the result columns, for one row
  std::vector<Parameter> parameters;
  Column result;  // how Min, Max and Sum read
};

// nullopt: not in SQL. Sum and Mean are of numbers and of durations.
std::optional<AggregateQuery> translate_aggregate(Aggregate aggregate, const Expression& expression,
                                                  const Scope& scope,
                                                  std::span<const Column> columns);

// The answer in the row that the query gave, exactly as FEEL computes it from the values one by
// one; null where there are none. nullopt when arithmetic was too large for SQL in some record.
std::optional<Value> read_aggregate(const AggregateQuery& query, std::span<const Bound> row);

}  // namespace formwork::feel::sql

// A built-in function: one entry says everything. The checker, the evaluator, completion and the
// reference read it; tests run its example.
//
// To add one, write an entry in the file of its family under dsl/feel/builtins/ and rows in its
// test. A function with several signatures (`date(from)`, `date(year, month, day)`) has one entry
// for each.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/feel/evaluation.h"
#include "dsl/feel/type.h"
#include "dsl/feel/value.h"

namespace formwork::feel {

struct Parameter {
  std::string_view name;  // for named arguments: `grouping separator`
  std::string_view type;  // in the notation of Type::parse
  bool is_optional = false;
  // Null is an argument like others. Without it a null argument makes the call null, with a reason.
  bool takes_null = false;
  // The last parameter may take any number of arguments, which arrive as one list (`sum(1, 2)`).
  // When it is the only one, a single argument that is a list is that list (`sum([1, 2])`), unless
  // its elements are to be lists themselves (`concatenate([1, 2])`, type list<list<Any>>).
  bool is_variadic = false;
};

// Arguments as the function gets them: one for each parameter, coerced to its type; what was left
// out is null.
using Arguments = std::span<const Value>;

struct Builtin {
  std::string_view name;  // `string length`
  std::vector<Parameter> parameters;
  std::string_view result;  // in the notation of Type::parse
  Value (*call)(Arguments arguments, Evaluation& evaluation);
  std::string_view summary;  // one sentence, for the reference and for completion
  std::string_view example;  // an expression
  std::string_view answer;   // the value of the example, as FEEL
  // A closer result than `result` for these arguments; types of those left out are Null. The
  // element of a list for min(), say. Null: `result` is all there is to say.
  Type (*result_of)(std::span<const Type> arguments) = nullptr;
  // Its answer depends on the clock, so calls of it are never folded into constants.
  bool reads_clock = false;
};

// All entries, families in alphabetical order of their files. Entries of one name stand together.
std::span<const Builtin> all_builtins();

// The entries of that name; empty when there is none.
std::span<const Builtin> find_builtins(std::string_view name);

// One family's entries; each file under builtins/ defines `<family>_functions()`.
struct Family {
  std::string_view title;  // for the reference: "Strings"
  std::vector<Builtin> entries;
};

std::span<const Family* const> all_families();

// Parameter and result types, parsed once.
const Type& parameter_type(const Parameter& parameter);
const Type& result_type(const Builtin& builtin);

// Calls an entry with positional arguments as written: variadic ones are gathered, all are coerced,
// nulls are refused where the parameter does not take them. Null with a reason where the arguments
// do not fit. An argument that was left out is a null pointer.
Value call(const Builtin& builtin, std::span<const Value* const> arguments, Evaluation& evaluation);

}  // namespace formwork::feel

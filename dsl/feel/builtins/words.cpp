#include "dsl/feel/builtins/words.h"

#include <algorithm>
#include <optional>

#include <fmt/core.h>

namespace formwork::feel::words {
namespace {

std::string_view many_of(const Type& type) {
  switch (type.kind()) {
    case TypeKind::Boolean:
      return "booleans";
    case TypeKind::Number:
      return "numbers";
    case TypeKind::String:
      return "texts";
    case TypeKind::Date:
      return "dates";
    case TypeKind::List:
      return "lists";
    case TypeKind::Context:
      return "contexts";
    case TypeKind::Range:
      return "ranges";
    default:
      return {};
  }
}

// The first element that a list of that type cannot have, counted from 1; 0 when it is none.
std::size_t misfit(const Value& argument, const Type& type) {
  if (argument.kind() != ValueKind::List || !type.is(TypeKind::List)) return 0;
  const List& list = argument.list();
  const auto found = std::find_if(list.begin(), list.end(), [&](const Value& element) {
    return !coerce(element, type.element()).has_value();
  });
  return found == list.end() ? 0 : static_cast<std::size_t>(found - list.begin()) + 1;
}

std::size_t least(const Builtin& builtin) {
  return static_cast<std::size_t>(
      std::count_if(builtin.parameters.begin(), builtin.parameters.end(),
                    [](const Parameter& parameter) { return !parameter.is_optional; }));
}

}  // namespace

std::string_view kind_of(const Value& value) {
  switch (value.kind()) {
    case ValueKind::Null:
      return "null";
    case ValueKind::Boolean:
      return "a boolean";
    case ValueKind::Number:
      return "a number";
    case ValueKind::String:
      return "text";
    case ValueKind::Date:
      return "a date";
    case ValueKind::Time:
      return "a time";
    case ValueKind::Instant:
    case ValueKind::DateTime:
      return "a date and time";
    case ValueKind::DaysDuration:
      return "a days and time duration";
    case ValueKind::MonthsDuration:
      return "a years and months duration";
    case ValueKind::Record:
      return "a record";
    case ValueKind::List:
      return "a list";
    case ValueKind::Context:
      return "a context";
    case ValueKind::Range:
      return "a range";
    case ValueKind::Function:
      return "a function";
  }
  return "a value";
}

std::string kind_of(const Type& type) {
  switch (type.kind()) {
    case TypeKind::Boolean:
      return "a boolean";
    case TypeKind::Number:
      return "a number";
    case TypeKind::String:
      return "text";
    case TypeKind::Date:
      return "a date";
    case TypeKind::Time:
      return "a time";
    case TypeKind::DateTime:
      return "a date and time";
    case TypeKind::DaysDuration:
      return "a days and time duration";
    case TypeKind::MonthsDuration:
      return "a years and months duration";
    case TypeKind::Record:
      return "a record";
    case TypeKind::List: {
      const std::string_view elements = many_of(type.element());
      return elements.empty() ? "a list" : fmt::format("a list of {}", elements);
    }
    case TypeKind::Context:
      return "a context";
    case TypeKind::Range:
      return "a range";
    case TypeKind::Function:
      return type.members().empty() ? "a function"
                                    : fmt::format("a function of {}", type.members().size());
    default:
      return "a value";
  }
}

std::string argument(const Builtin& builtin, const Parameter& parameter) {
  return fmt::format("`{}` of {}()", parameter.name, builtin.name);
}

std::string wrong_count(const Builtin& builtin, std::size_t count) {
  const std::size_t from = least(builtin);
  const std::size_t to = builtin.parameters.size();
  const bool is_open = to > 0 && builtin.parameters.back().is_variadic;
  const std::string wanted = is_open      ? fmt::format("{} or more", from)
                             : from == to ? fmt::format("{}", from)
                                          : fmt::format("{} to {}", from, to);
  return fmt::format("{}() takes {} argument{}, and {} {} given", builtin.name, wanted,
                     wanted == "1" ? "" : "s", count, count == 1 ? "is" : "are");
}

std::string left_out(const Builtin& builtin, const Parameter& parameter) {
  return argument(builtin, parameter) + " is missing";
}

std::string is_null(const Builtin& builtin, const Parameter& parameter) {
  return argument(builtin, parameter) + " is null";
}

std::string does_not_fit(const Builtin& builtin, const Parameter& parameter, const Type& type,
                         const Value& argument) {
  const std::size_t element = misfit(argument, type);
  if (element > 0) {
    return fmt::format("element {} of `{}` of {}() is {}, and {} is needed", element,
                       parameter.name, builtin.name, kind_of(argument.list()[element - 1]),
                       kind_of(type.element()));
  }
  return fmt::format("`{}` of {}() is {}, and {} is needed", parameter.name, builtin.name,
                     kind_of(argument), kind_of(type));
}

}  // namespace formwork::feel::words

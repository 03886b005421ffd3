// How built-ins word why they have no answer: in the author's terms, naming the argument.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "dsl/feel/builtin.h"

namespace formwork::feel::words {

// "text", "a number", "a list".
std::string_view kind_of(const Value& value);

// "a number", "a list of numbers"; for what is asked for.
std::string kind_of(const Type& type);

// "`string` of contains()"
std::string argument(const Builtin& builtin, const Parameter& parameter);

std::string wrong_count(const Builtin& builtin, std::size_t count);
std::string left_out(const Builtin& builtin, const Parameter& parameter);
std::string is_null(const Builtin& builtin, const Parameter& parameter);
std::string does_not_fit(const Builtin& builtin, const Parameter& parameter, const Type& type,
                         const Value& argument);

}  // namespace formwork::feel::words

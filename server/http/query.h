// Query strings and application/x-www-form-urlencoded bodies, which are written alike.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dsl/base/expected.h"
#include "server/http/limits.h"

namespace formwork::http {

// One `name=value`, decoded; both are valid UTF-8 without NUL.
struct Parameter {
  std::string name;
  std::string value;
};

enum class QueryProblem : unsigned char {
  TooManyParameters,  // more than FormLimits::parameters
  Malformed,          // an incomplete escape, NUL, or text that is not UTF-8
};

// In the order of the text, repeated names kept. Empty pieces (`a=1&&b=2`) are skipped; `a` alone
// has an empty value.
Expected<std::vector<Parameter>, QueryProblem> parse_query(std::string_view text,
                                                           const FormLimits& limits = {});

}  // namespace formwork::http

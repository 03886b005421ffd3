// Function: a FEEL value that can be called. Made by `function(x) …`, by business knowledge models
// and decision services, and by naming a built-in without calling it.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "dsl/feel/evaluation.h"
#include "dsl/feel/type.h"
#include "dsl/feel/value.h"

namespace formwork::feel {

struct Function {
  std::vector<Member> parameters;
  Type result;  // Any when not stated
  // Arguments in the order of the parameters, as many, already coerced to their types.
  std::function<Value(std::span<const Value> arguments, Evaluation& evaluation)> body;
  Extent extent = {};  // of what the body took with it
};

// Calls with positional arguments: their number must fit; each is coerced to its parameter's type,
// the answer to the result's. Null with a reason where that fails. Counts a step and a depth.
Value call(const Function& function, std::span<const Value> arguments, Evaluation& evaluation);

}  // namespace formwork::feel

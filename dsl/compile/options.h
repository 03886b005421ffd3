// Option sets: the choices of choice fields, shared or written in place.
#pragma once

#include <vector>

#include "dsl/compile/context.h"

namespace formwork::compile {

// The name of a shared set, a mapping of codes to labels, or a list of codes.
std::vector<fields::Option> read_options(const yaml::Node& node, Context& context);

}  // namespace formwork::compile

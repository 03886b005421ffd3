// A scope with variables of every type, and values for them: what properties and fuzz targets of
// FEEL evaluate over.
#pragma once

#include <string>
#include <vector>

#include "dsl/feel/expression.h"
#include "tests/support/feel/random.h"

namespace formwork::feel {

const Scope& example_scope();

// Any value of that type, null too where the type allows it; small ones more often than extremes.
Value random_value(Random& random, const Type& type);

// One value for each variable of the scope.
std::vector<Value> random_values(Random& random);

std::vector<const Value*> pointers_to(const std::vector<Value>& values);

// A clock, a zone with clock changes, and records of which some members are null.
const Environment& example_environment();

// "amount = 12.5, name = null, …", of the variables that are read.
std::string show_values(const std::vector<Value>& values, std::span<const std::size_t> slots);

}  // namespace formwork::feel

// Values of the kit's tests, and how they are compared.
#pragma once

#include <pugixml.hpp>

#include "dsl/feel/value.h"

namespace formwork::conformance {

// What an <inputNode>, <expected>, <component> or <item> holds: a value, components or a list.
feel::Value read_value(const pugi::xml_node& node);

// Structure, not FEEL's `=`: null is null and nothing else, numbers within 1e-8 as the official
// runners have it, contexts whatever the order of their entries, dates and times by their local
// fields and offset.
bool are_alike(const feel::Value& expected, const feel::Value& got);

}  // namespace formwork::conformance

// Options by their codes, as choice and multi_choice share them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "dsl/fields/field_type.h"

namespace formwork::fields {

// The index of the option with that code.
Read<std::size_t> find_option(std::string_view code, const Field& field);

// The code itself where no option has it any more.
std::string option_label(std::string_view code, const Field& field, std::size_t locale);

// A string that is one of them; its home is "the options of stage".
feel::Type option_type(const Field& field);

// Refuses a list that is empty, has a code twice, or a code that a list of codes could not hold.
std::optional<std::string> settle_options(const Field& field);

}  // namespace formwork::fields

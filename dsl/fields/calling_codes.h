// Country calling codes: which begin a number, and which a region has.
#pragma once

#include <string_view>

namespace formwork::fields {

// "86" for CN; empty for a region of ISO 3166-1 that is unknown.
std::string_view calling_code_of(std::string_view region);

// The country code with which the digits behind + begin, or empty. No code begins another, so there
// is one.
std::string_view calling_code_in(std::string_view digits);

}  // namespace formwork::fields

// The currencies of ISO 4217 that are money in use, without metals, funds and test codes.
#pragma once

#include <span>
#include <string_view>

namespace formwork::fields {

struct Currency {
  std::string_view code;
  int minor_units;          // decimals
  std::string_view symbol;  // empty where it would be ambiguous: the code is shown then
};

// In the order of codes.
std::span<const Currency> all_currencies();

// The currency of that code in capitals, or null.
const Currency* find_currency(std::string_view code);

}  // namespace formwork::fields

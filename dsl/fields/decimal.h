// Decimals of a declared scale, as number, money and percent share them: read exactly or refused,
// never rounded.
#pragma once

#include <string>
#include <string_view>

#include "dsl/fields/field_type.h"

namespace formwork::fields {

inline constexpr int kLargestScale = 9;

// Reads "1,234.5", "-12", "１２．５", "1 234". Thousands are separated everywhere or nowhere, so
// that "12,5" is refused instead of read as 125. `shown_decimals` is what the control has room for;
// the value read is the number typed, divided by 10^(scale - shown_decimals), which is how a
// percent becomes a share.
Read<feel::Value> read_decimal(std::string_view input, int scale, int shown_decimals);

// Reads a JSON number, whose digits were kept, or a string such as "1234.5".
Read<feel::Value> read_json_decimal(const json::Value& input, int scale);

// A value of the scale, in plain notation. Without `keeps_zeros`, zeros at the end of the decimals
// are left out.
struct DecimalStyle {
  bool groups_thousands = false;
  bool keeps_zeros = false;
};

std::string decimal_text(const feel::Number& value, int scale, const DecimalStyle& style);

// Fills in the scale that nobody wrote, and refuses one that the store could not keep.
std::optional<std::string> settle_scale(Field& field, int scale_of_type, int smallest_scale);

}  // namespace formwork::fields

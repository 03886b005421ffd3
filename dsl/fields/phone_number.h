// Telephone numbers: kept as E.164 (+8613805716204), typed and shown as people write them.
#pragma once

#include <string>
#include <string_view>

#include "dsl/fields/field_type.h"

namespace formwork::fields {

// The number as E.164. Without a country code it belongs to `region`, for which only CN has rules
// of its own; elsewhere trunk prefixes differ too much to guess them, so + and the country code are
// needed.
Read<std::string> read_phone(std::string_view input, std::string_view region);

// "138 0571 6204" for a number of the region, else "+86 138 0571 6204". read_phone takes it back.
std::string phone_text(std::string_view e164, std::string_view region);

}  // namespace formwork::fields

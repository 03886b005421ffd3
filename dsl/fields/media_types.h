// Media types that an attachment field accepts: `application/pdf`, `image/*`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace formwork::fields {

// Whether the text can stand in a field's `accept`.
bool is_media_range(std::string_view text);

// Whether a file of that type, in lower case and without parameters, may be attached. An empty list
// accepts any.
bool accepts_media_type(const std::vector<std::string>& accept, std::string_view media_type);

}  // namespace formwork::fields

// Percent-encoding of texts that we put into addresses and header fields.
#pragma once

#include <string>
#include <string_view>

namespace formwork {

// Everything but RFC 3986's unreserved characters becomes %XX.
std::string percent_encoded(std::string_view text);

}  // namespace formwork

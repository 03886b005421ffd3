// A request target, taken apart and decoded once, and the Host field that belongs to it.
#pragma once

#include <string>
#include <string_view>

#include "dsl/base/expected.h"

namespace formwork::http {

struct Target {
  std::string path;   // decoded: begins with `/`, valid UTF-8, no control character, no dot segment
  std::string query;  // as it came, without the `?`
};

// A name, an IPv4 address or an IPv6 address in brackets, with or without a port.
bool is_well_formed_host(std::string_view host);

// Origin form, or absolute form whose authority equals `host`. The error says what is wrong, in a
// few words. Refused are `*`, fragments, escaped slashes and backslashes, and dot segments in any
// spelling: a proxy in front may read them another way than we do.
Expected<Target, std::string_view> parse_target(std::string_view raw, std::string_view host);

}  // namespace formwork::http

// Request methods. A handler sees only those up to Options; the others are refused before it.
#pragma once

#include <string_view>

namespace formwork::http {

enum class Method : unsigned char {
  Get,
  Head,
  Post,
  Put,
  Patch,
  Delete,
  Options,
  Trace,
  Connect,
  Unknown
};

std::string_view name_of(Method method);

// Case-sensitive, as RFC 9110 wants; what is not listed is Unknown.
Method parse_method(std::string_view name);

// The value of an Allow field that names every method a handler may see.
inline constexpr std::string_view kAllowedMethods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

}  // namespace formwork::http

#include "server/http/method.h"

#include <array>
#include <cstddef>

namespace formwork::http {
namespace {

constexpr std::array<std::string_view, 10> kNames{"GET",    "HEAD",    "POST",  "PUT",     "PATCH",
                                                  "DELETE", "OPTIONS", "TRACE", "CONNECT", "-"};

}  // namespace

std::string_view name_of(Method method) { return kNames[static_cast<std::size_t>(method)]; }

Method parse_method(std::string_view name) {
  for (std::size_t i = 0; i + 1 < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Method>(i);
  }
  return Method::Unknown;
}

}  // namespace formwork::http

#include "server/http/request.h"

#include "server/http/characters.h"

namespace formwork::http {

std::string_view Request::cookie(std::string_view name) const {
  for (std::size_t i = 0; i < headers.size(); ++i) {
    const HeaderList::Field field = headers[i];
    if (!equals_ignoring_case(field.name, "Cookie")) continue;
    std::string_view rest = field.value;
    while (!rest.empty()) {
      std::string_view value = trim_blanks(take_until(rest, ';'));
      if (take_until(value, '=') == name) return value;
    }
  }
  return {};
}

std::string_view Request::content_type() const {
  std::string_view value = header("Content-Type");
  return trim_blanks(take_until(value, ';'));
}

}  // namespace formwork::http

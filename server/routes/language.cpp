#include "server/routes/language.h"

#include "dsl/base/utf8.h"

namespace formwork::routes {

std::size_t accepted_locale(const engine::Engine& engine, std::string_view accept_language) {
  std::string_view rest = accept_language;
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    const std::string_view range = rest.substr(0, comma);
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    const std::string_view tag = trimmed(range.substr(0, range.find(';')));
    if (const auto locale = engine.find_locale(tag)) return *locale;
  }
  return 0;
}

}  // namespace formwork::routes

#include "engine/pipeline/showing.h"

#include <algorithm>

namespace formwork::engine {

std::optional<std::size_t> find_locale(const model::Model& model, std::string_view tag) {
  const std::vector<std::string>& locales = model.app.locales;
  const auto exact = std::find(locales.begin(), locales.end(), tag);
  if (exact != locales.end()) return static_cast<std::size_t>(exact - locales.begin());
  const std::string_view primary = tag.substr(0, tag.find('-'));
  const auto related = std::find_if(locales.begin(), locales.end(), [&](const std::string& locale) {
    return !primary.empty() && locale.substr(0, locale.find('-')) == primary;
  });
  if (related == locales.end()) return std::nullopt;
  return static_cast<std::size_t>(related - locales.begin());
}

fields::Showing showing(const model::Model& model, std::size_t locale,
                        const fields::People& people) {
  // A file that was never served has no app, and accounts all the same.
  const std::vector<std::string>& locales = model.app.locales;
  return {.language = locales.empty() ? Language::English : language_of(locales[locale]),
          .locale = locale,
          .zone = model.app.time_zone,
          .people = &people};
}

}  // namespace formwork::engine

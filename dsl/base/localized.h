// A text of the app in each of its locales, as resolved by the compiler: one entry per locale of
// the app document, in its order; a locale that the author left out holds the first text that was
// given.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace formwork {

struct Localized {
  std::vector<std::string> by_locale;

  const std::string& operator[](std::size_t locale) const { return by_locale[locale]; }

  bool empty() const { return by_locale.empty(); }
};

}  // namespace formwork

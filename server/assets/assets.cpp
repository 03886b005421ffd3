#include "server/assets/assets.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace formwork::assets {

const Asset* find_by_hashed_name(std::string_view hashed_name) {
  // A handful of files: a scan is shorter than any index and as fast.
  const auto found = std::ranges::find(all(), hashed_name, &Asset::hashed_name);
  return found == all().end() ? nullptr : &*found;
}

std::string_view url_of(std::string_view name) {
  const auto found = std::ranges::find(all(), name, &Asset::name);
  if (found == all().end()) throw std::invalid_argument("no asset is called " + std::string{name});
  return found->url;
}

std::string_view icon(std::string_view name) {
  const auto found = std::ranges::lower_bound(icons(), name, {}, &Icon::name);
  return found == icons().end() || found->name != name ? std::string_view{} : found->markup;
}

}  // namespace formwork::assets

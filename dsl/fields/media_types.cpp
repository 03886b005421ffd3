#include "dsl/fields/media_types.h"

#include <algorithm>

namespace formwork::fields {
namespace {

// A name of RFC 6838, 4.2, in lower case.
bool is_name(std::string_view text) {
  return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789!#$&-^_.+") ==
                              std::string_view::npos;
}

}  // namespace

bool is_media_range(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return false;
  const std::string_view subtype = text.substr(slash + 1);
  return is_name(text.substr(0, slash)) && (subtype == "*" || is_name(subtype));
}

bool accepts_media_type(const std::vector<std::string>& accept, std::string_view media_type) {
  const auto matches = [&](std::string_view range) {
    if (range.ends_with("/*")) return media_type.starts_with(range.substr(0, range.size() - 1));
    return range == media_type;
  };
  return accept.empty() || std::any_of(accept.begin(), accept.end(), matches);
}

}  // namespace formwork::fields

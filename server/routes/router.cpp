#include "server/routes/router.h"

namespace formwork::routes {
namespace {

// Takes the next segment off a path that begins with `/`.
std::string_view next_segment(std::string_view& path) {
  path.remove_prefix(1);
  const std::size_t slash = path.find('/');
  const std::string_view segment = path.substr(0, slash);
  path.remove_prefix(segment.size());
  return segment;
}

}  // namespace

bool matches(std::string_view pattern, std::string_view path, std::vector<std::string>& captures) {
  captures.clear();
  while (!pattern.empty() && !path.empty()) {
    const std::string_view wanted = next_segment(pattern);
    const std::string_view actual = next_segment(path);
    if (wanted == "*" && !actual.empty()) {
      captures.emplace_back(actual);
    } else if (wanted != actual) {
      return false;
    }
  }
  return pattern.empty() && path.empty();
}

}  // namespace formwork::routes

// Lists that begin with the newest row and go on below an id.
#pragma once

#include <cstdint>
#include <limits>

namespace formwork::store {

// The `before` of a query whose first row is this one, if it is there. No row has the last id that
// there could be, and so a list from the newest (0) does for that.
constexpr std::int64_t beginning_with(std::int64_t id) {
  return id == std::numeric_limits<std::int64_t>::max() ? 0 : id + 1;
}

}  // namespace formwork::store

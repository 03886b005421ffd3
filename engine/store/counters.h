// counters: how far the store has counted. Few ask for it, so it stands beside View, which
// everybody who reads records knows.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/store/store.h"

namespace formwork::store {

class Counters {
 public:
  // What Transaction::next_number gave out last under that name and period; 0: nothing yet.
  virtual std::int64_t last_number(std::string_view name, std::string_view period) = 0;

 protected:
  ~Counters() = default;
};

// Of the view's snapshot; 0 also of a store that does not count.
inline std::int64_t last_number(View& view, std::string_view name, std::string_view period) {
  auto* counters = dynamic_cast<Counters*>(&view);
  return counters == nullptr ? 0 : counters->last_number(name, period);
}

}  // namespace formwork::store

// How often a test that looks for rare accidents tries: few times in the daily run, and as often as
// it was asked for when FORMWORK_LONG_TESTS is set.
#pragma once

#include <cstdlib>

namespace formwork::testing {

inline int rounds(int daily, int extended) {
  return std::getenv("FORMWORK_LONG_TESTS") == nullptr ? daily : extended;
}

}  // namespace formwork::testing

// What must hold of every record at every moment, whatever anybody did.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/scenario/world.h"

namespace formwork::scenario {

struct Broken {
  std::string_view invariant;  // a sentence, the same for every record
  std::string what;            // "q is stuck in `limbo`: …"
};

// Of one record.
std::vector<Broken> broken_invariants(const Named& named, World& world);

// Of all records of the scenario, in words.
std::vector<std::string> broken_invariants(World& world);

}  // namespace formwork::scenario

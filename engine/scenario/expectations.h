// What a scenario expects, compared with what is so.
#pragma once

#include <string>
#include <vector>

#include "engine/scenario/world.h"

namespace formwork::scenario {

struct Disappointment {
  std::string message;  // "expected q.stage to be `review`, but it is `draft`"
  std::string notes;    // more about what is so, a line each; may be empty
};

// One expectation: `q.stage` and what it should be. Nothing: it is so. `actor` is who acts.
std::vector<Disappointment> check_expectation(const std::string& what,
                                              const model::PlacedValue& wanted,
                                              const engine::Actor& actor, World& world);

// What keeps a record from any of its moves, for `why`: a sentence each with the values that it
// saw.
std::vector<std::string> reasons_of(const engine::Standing& standing, const model::Model& model,
                                    std::size_t locale);

// What somebody can do with a record, as `can` says it: `edit`, `move review`, `approve`.
std::vector<std::string> abilities_of(const engine::Standing& standing);

}  // namespace formwork::scenario

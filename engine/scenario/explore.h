// Walks an app at random and looks whether what must always hold does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/scenario/play.h"

namespace formwork::scenario {

struct Walk {
  std::uint64_t seed = 1;
  std::size_t steps = 1'000;
};

struct Violation {
  std::string invariant;  // which, as a sentence
  std::string scenario;   // YAML that reproduces it, as short as it could be made
  std::uint64_t seed = 0;
};

struct Explored {
  std::size_t steps = 0;
  std::size_t refused = 0;  // steps that the app declined, which is no violation
  std::size_t records = 0;
  std::size_t decisions = 0;
  std::optional<Violation> violation;
};

// Invariants: no record is stuck (one that is not final has a possible move, an open task or a
// timer for somebody); nobody decides twice in a seat; no open task without an open process and a
// record that is not deleted; a process that is under way has an open or held task; the history,
// replayed, gives the same rows.
Explored explore(const std::shared_ptr<const model::Model>& model, const Walk& walk,
                 const MakeStore& make_store, Coverage* coverage = nullptr);

}  // namespace formwork::scenario

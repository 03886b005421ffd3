// Chains of automations that go on for ever, whichever ways they take.
//
// A state is an automation that runs, with what is known of its record then. From each state edges
// lead to others. There are finitely many, and a chain without end comes back to one of them: so
// where states form no circle all chains end. A state forgets what other automations may write
// before the next one runs, those of the chain included: one that has led to two others runs beside
// itself.
//
// That shows that chains end. For an example of one that does not, states of a chain that nobody
// interferes with are looked at first.
#pragma once

#include <functional>
#include <vector>

#include "dsl/lint/loops/walk.h"

namespace formwork::lint {

struct EndlessChain {
  std::vector<std::size_t> tangle;  // automations that set each other off
  std::vector<Edge> circle;         // a shortest way around
  bool is_alone = false;            // it goes on although no other chain writes anything
};

// One of each tangle, along edges that count.
std::vector<EndlessChain> endless_chains(Graph& graph,
                                         const std::function<bool(const Edge&)>& counts);

}  // namespace formwork::lint

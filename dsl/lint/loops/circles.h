// Circles in a graph.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace formwork::lint {

struct Arc {
  std::size_t from = 0;
  std::size_t to = 0;
};

// The nodes that lie on circles, in groups of which each reaches all others of its own; in order.
std::vector<std::vector<std::size_t>> tangles(std::size_t nodes, std::span<const Arc> arcs);

// These nodes and all that arcs lead to from them.
std::vector<bool> reached_from(std::vector<bool> nodes, std::span<const Arc> arcs);

// A shortest circle, through one of these nodes: indices of arcs, one behind the other. Empty:
// there is none.
std::vector<std::size_t> shortest_circle(std::span<const std::size_t> through, std::size_t nodes,
                                         std::span<const Arc> arcs);

}  // namespace formwork::lint

// Circles in a graph, the shortest first.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace formwork::lint {

struct Arc {
  std::size_t from = 0;
  std::size_t to = 0;
};

// The nodes that lie on circles, in groups of which each reaches all others of its own; in order.
std::vector<std::vector<std::size_t>> tangles(std::size_t nodes, std::span<const Arc> arcs);

// By node all nodes that arcs lead to from there; itself only where one leads back.
std::vector<std::vector<bool>> reached_from_each(std::size_t nodes, std::span<const Arc> arcs);

struct FoundCircle {
  std::vector<std::size_t> arcs;  // indices, one behind the other; empty: there is none
  bool gave_up = false;  // not all were looked at: this is the first, although it is not wanted
};

// The shortest circle through nodes of one tangle that is wanted. There may be more circles than
// anybody can look at, so that the search gives up after `limit` steps.
FoundCircle find_circle(std::span<const std::size_t> tangle, std::span<const Arc> arcs,
                        std::size_t limit,
                        const std::function<bool(std::span<const std::size_t>)>& is_wanted);

}  // namespace formwork::lint

// Searches for circles, against all circles of random graphs.
#include "dsl/lint/loops/circles.h"

#include <algorithm>
#include <random>
#include <set>

#include <doctest/doctest.h>

namespace formwork::lint {
namespace {

using Circle = std::vector<std::size_t>;  // arcs, the one from its first node first

struct Graph {
  std::size_t nodes = 0;
  std::vector<Arc> arcs;
};

Graph random_graph(std::mt19937& random) {
  Graph graph{.nodes = 1 + random() % 6, .arcs = {}};
  for (std::size_t count = random() % 12; count > 0; --count) {
    graph.arcs.push_back({random() % graph.nodes, random() % graph.nodes});
  }
  return graph;
}

void collect(const Graph& graph, std::size_t start, Circle& path, std::vector<bool>& visited,
             std::set<Circle>& circles) {
  const std::size_t at = path.empty() ? start : graph.arcs[path.back()].to;
  for (std::size_t i = 0; i < graph.arcs.size(); ++i) {
    const Arc& arc = graph.arcs[i];
    if (arc.from != at || arc.to < start) continue;
    path.push_back(i);
    if (arc.to == start) {
      circles.insert(path);
    } else if (!visited[arc.to]) {
      visited[arc.to] = true;
      collect(graph, start, path, visited, circles);
      visited[arc.to] = false;
    }
    path.pop_back();
  }
}

std::set<Circle> all_circles(const Graph& graph) {
  std::set<Circle> circles;
  for (std::size_t start = 0; start < graph.nodes; ++start) {
    Circle path;
    std::vector<bool> visited(graph.nodes);
    collect(graph, start, path, visited, circles);
  }
  return circles;
}

TEST_CASE("tangles are what lies on circles, and the shortest circle is found") {
  std::mt19937 random(7);
  for (int round = 0; round < 2'000; ++round) {
    CAPTURE(round);
    const Graph graph = random_graph(random);
    const std::set<Circle> all = all_circles(graph);
    std::set<std::size_t> on_circles;
    for (const Circle& circle : all) {
      for (const std::size_t arc : circle) on_circles.insert(graph.arcs[arc].from);
    }
    std::set<std::size_t> seen;
    for (const auto& tangle : tangles(graph.nodes, graph.arcs)) {
      seen.insert(tangle.begin(), tangle.end());
      std::vector<bool> first(graph.nodes);
      first[tangle.front()] = true;
      const std::vector<bool> reached = reached_from(first, graph.arcs);
      std::size_t shortest = graph.nodes;
      for (const Circle& circle : all) {
        const std::size_t start = graph.arcs[circle.front()].from;
        if (std::binary_search(tangle.begin(), tangle.end(), start)) {
          shortest = std::min(shortest, circle.size());
        }
      }
      const Circle found = shortest_circle(tangle, graph.nodes, graph.arcs);
      CHECK(found.size() == shortest);
      for (std::size_t i = 0; i < found.size(); ++i) {
        CHECK(graph.arcs[found[i]].to == graph.arcs[found[(i + 1) % found.size()]].from);
      }
      for (const std::size_t node : tangle) CHECK(reached[node]);
    }
    CHECK(seen == on_circles);
  }
}

}  // namespace
}  // namespace formwork::lint

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

TEST_CASE("a search looks at every circle once, the shorter ones first") {
  std::mt19937 random(7);
  for (int round = 0; round < 2'000; ++round) {
    CAPTURE(round);
    const Graph graph = random_graph(random);
    std::vector<Circle> seen;
    std::size_t members = 0;
    for (const auto& tangle : tangles(graph.nodes, graph.arcs)) {
      members += tangle.size();
      std::size_t length = 0;
      const FoundCircle found =
          find_circle(tangle, graph.arcs, 1'000'000, [&](std::span<const std::size_t> circle) {
            CHECK(circle.size() >= length);
            length = circle.size();
            seen.emplace_back(circle.begin(), circle.end());
            return false;
          });
      CHECK(found.arcs.empty());
      CHECK_FALSE(found.gave_up);
    }
    const std::set<Circle> all = all_circles(graph);
    CHECK(std::set<Circle>(seen.begin(), seen.end()) == all);
    CHECK(seen.size() == all.size());
    std::set<std::size_t> on_circles;
    for (const Circle& circle : all) {
      for (const std::size_t arc : circle) on_circles.insert(graph.arcs[arc].from);
    }
    CHECK(members == on_circles.size());
  }
}

TEST_CASE("a search that finds no end says so") {
  Graph graph{.nodes = 20, .arcs = {}};
  for (std::size_t from = 0; from < graph.nodes; ++from) {
    for (std::size_t to = 0; to < graph.nodes; ++to) graph.arcs.push_back({from, to});
  }
  const auto none = [](std::span<const std::size_t>) { return false; };
  const FoundCircle found =
      find_circle(tangles(graph.nodes, graph.arcs).front(), graph.arcs, 5'000, none);
  CHECK(found.gave_up);
  CHECK(found.arcs.size() == 1);
}

}  // namespace
}  // namespace formwork::lint

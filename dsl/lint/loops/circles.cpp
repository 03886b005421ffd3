#include "dsl/lint/loops/circles.h"

#include <algorithm>
#include <limits>

namespace formwork::lint {
namespace {

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

using Steps = std::vector<std::vector<std::size_t>>;  // by node the arcs that leave it

Steps steps_of(std::size_t nodes, std::span<const Arc> arcs) {
  Steps steps(nodes);
  for (std::size_t i = 0; i < arcs.size(); ++i) steps[arcs[i].from].push_back(i);
  return steps;
}

// Tarjan's search, with a stack of its own: a chain of nodes may be long.
class Search {
 public:
  Search(std::size_t nodes, std::span<const Arc> arcs)
      : arcs_(arcs), steps_(steps_of(nodes, arcs)), number_(nodes, kNone), lowest_(nodes) {
    is_open_.resize(nodes);
  }

  std::vector<std::vector<std::size_t>> run() {
    for (std::size_t node = 0; node < number_.size(); ++node) {
      if (number_[node] == kNone) visit_all_from(node);
    }
    std::sort(found_.begin(), found_.end());
    return std::move(found_);
  }

 private:
  struct Visit {
    std::size_t node = 0;
    std::size_t next = 0;  // of its steps
  };

  void visit_all_from(std::size_t start) {
    open(start);
    while (!visits_.empty()) {
      Visit& visit = visits_.back();
      const std::size_t node = visit.node;
      if (visit.next == steps_[node].size()) {
        visits_.pop_back();
        if (!visits_.empty()) lower(visits_.back().node, lowest_[node]);
        if (lowest_[node] == number_[node]) close(node);
        continue;
      }
      const std::size_t to = arcs_[steps_[node][visit.next++]].to;
      if (number_[to] == kNone) {
        open(to);
      } else if (is_open_[to]) {
        lower(node, number_[to]);
      }
    }
  }

  void open(std::size_t node) {
    number_[node] = lowest_[node] = count_++;
    is_open_[node] = true;
    path_.push_back(node);
    visits_.push_back({.node = node});
  }

  void lower(std::size_t node, std::size_t number) {
    lowest_[node] = std::min(lowest_[node], number);
  }

  // All that was opened since is one group with it.
  void close(std::size_t node) {
    const auto first = std::find(path_.rbegin(), path_.rend(), node).base() - 1;
    std::vector<std::size_t> group(first, path_.end());
    path_.erase(first, path_.end());
    for (const std::size_t member : group) is_open_[member] = false;
    if (group.size() == 1 && !leads_to_itself(node)) return;
    std::sort(group.begin(), group.end());
    found_.push_back(std::move(group));
  }

  bool leads_to_itself(std::size_t node) const {
    return std::any_of(steps_[node].begin(), steps_[node].end(),
                       [&](std::size_t step) { return arcs_[step].to == node; });
  }

  std::span<const Arc> arcs_;
  Steps steps_;
  std::size_t count_ = 0;
  std::vector<std::size_t> number_;  // in the order in which they were opened
  std::vector<std::size_t> lowest_;  // that is reached from there
  std::vector<bool> is_open_;
  std::vector<std::size_t> path_;
  std::vector<Visit> visits_;
  std::vector<std::vector<std::size_t>> found_;
};

// A shortest way back to the node, no longer than `longest`.
std::vector<std::size_t> way_back(std::size_t home, std::size_t longest, const Steps& steps,
                                  std::span<const Arc> arcs) {
  std::vector<std::size_t> came_by(steps.size(), kNone);
  std::vector<std::size_t> nodes{home};
  for (std::size_t length = 1; length <= longest && !nodes.empty(); ++length) {
    std::vector<std::size_t> next;
    for (const std::size_t node : nodes) {
      for (const std::size_t step : steps[node]) {
        const std::size_t to = arcs[step].to;
        if (came_by[to] != kNone) continue;
        came_by[to] = step;
        next.push_back(to);
        if (to != home) continue;
        std::vector<std::size_t> way;
        for (std::size_t at = home; way.empty() || at != home; at = arcs[way.back()].from) {
          way.push_back(came_by[at]);
        }
        std::reverse(way.begin(), way.end());
        return way;
      }
    }
    nodes = std::move(next);
  }
  return {};
}

}  // namespace

std::vector<std::vector<std::size_t>> tangles(std::size_t nodes, std::span<const Arc> arcs) {
  return Search(nodes, arcs).run();
}

std::vector<bool> reached_from(std::vector<bool> nodes, std::span<const Arc> arcs) {
  const Steps steps = steps_of(nodes.size(), arcs);
  std::vector<std::size_t> open;
  for (std::size_t node = 0; node < nodes.size(); ++node) {
    if (nodes[node]) open.push_back(node);
  }
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    for (const std::size_t step : steps[at]) {
      const std::size_t to = arcs[step].to;
      if (nodes[to]) continue;
      nodes[to] = true;
      open.push_back(to);
    }
  }
  return nodes;
}

std::vector<std::size_t> shortest_circle(std::span<const std::size_t> through, std::size_t nodes,
                                         std::span<const Arc> arcs) {
  const Steps steps = steps_of(nodes, arcs);
  std::vector<std::size_t> shortest;
  for (const std::size_t node : through) {
    const std::size_t longest = shortest.empty() ? nodes : shortest.size() - 1;
    if (auto way = way_back(node, longest, steps, arcs); !way.empty()) shortest = std::move(way);
  }
  return shortest;
}

}  // namespace formwork::lint

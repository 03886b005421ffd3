// Each circle is found once, from the node of it that comes first in the tangle, by walks of one
// length after the other. A walk turns back where the rest of its length does not lead home.
#include "dsl/lint/loops/circles.h"

#include <algorithm>
#include <limits>

namespace formwork::lint {
namespace {

using Steps = std::vector<std::vector<std::size_t>>;  // by node the arcs that leave it

Steps steps_of(std::size_t nodes, std::span<const Arc> arcs) {
  Steps steps(nodes);
  for (std::size_t i = 0; i < arcs.size(); ++i) steps[arcs[i].from].push_back(i);
  return steps;
}

std::vector<bool> reach(std::size_t from, const Steps& steps, std::span<const Arc> arcs) {
  std::vector<bool> reached(steps.size());
  std::vector<std::size_t> open{from};
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    for (const std::size_t step : steps[at]) {
      if (reached[arcs[step].to]) continue;
      reached[arcs[step].to] = true;
      open.push_back(arcs[step].to);
    }
  }
  return reached;
}

class Search {
 public:
  Search(std::span<const std::size_t> tangle, std::span<const Arc> arcs, std::size_t limit,
         const std::function<bool(std::span<const std::size_t>)>& is_wanted)
      : left_(limit), is_wanted_(is_wanted), steps_(tangle.size()) {
    std::size_t nodes = 0;
    for (const Arc& arc : arcs) nodes = std::max({nodes, arc.from + 1, arc.to + 1});
    std::vector<std::size_t> place(nodes, kNowhere);
    for (std::size_t i = 0; i < tangle.size(); ++i) place[tangle[i]] = i;
    for (std::size_t i = 0; i < arcs.size(); ++i) {
      const std::size_t from = place[arcs[i].from];
      const std::size_t to = place[arcs[i].to];
      if (from != kNowhere && to != kNowhere) steps_[from].push_back({i, to});
    }
    for (std::size_t start = 0; start < tangle.size(); ++start) homes_.push_back(measure(start));
  }

  FoundCircle run() {
    for (length_ = 1; length_ <= steps_.size(); ++length_) {
      for (start_ = 0; start_ < steps_.size(); ++start_) {
        visited_.assign(steps_.size(), false);
        path_.clear();
        if (!walk(start_)) continue;
        return left_ == 0 ? FoundCircle{first_, true} : FoundCircle{path_, false};
      }
    }
    return {};
  }

 private:
  static constexpr std::size_t kNowhere = std::numeric_limits<std::size_t>::max();

  // Nodes are places in the tangle here.
  struct Step {
    std::size_t arc = 0;
    std::size_t to = 0;
  };

  // How far it is home from each node, by nodes that come behind the start.
  std::vector<std::size_t> measure(std::size_t start) const {
    std::vector<std::vector<std::size_t>> back(steps_.size());
    for (std::size_t from = start; from < steps_.size(); ++from) {
      for (const Step& step : steps_[from]) back[step.to].push_back(from);
    }
    std::vector<std::size_t> home(steps_.size(), kNowhere);
    home[start] = 0;
    std::vector<std::size_t> open{start};
    for (std::size_t i = 0; i < open.size(); ++i) {
      for (const std::size_t from : back[open[i]]) {
        if (home[from] != kNowhere) continue;
        home[from] = home[open[i]] + 1;
        open.push_back(from);
      }
    }
    return home;
  }

  // Whether the search is over.
  bool walk(std::size_t at) {
    const std::vector<std::size_t>& home = homes_[start_];
    visited_[at] = true;
    for (const Step& step : steps_[at]) {
      if (step.to < start_ || home[step.to] == kNowhere) continue;
      const std::size_t after = path_.size() + 1;
      const bool is_home = step.to == start_;
      if (is_home ? after != length_ : visited_[step.to] || after + home[step.to] > length_) {
        continue;
      }
      if (--left_ == 0) return true;
      path_.push_back(step.arc);
      if (is_home && first_.empty()) first_ = path_;
      if (is_home ? is_wanted_(path_) : walk(step.to)) return true;
      path_.pop_back();
    }
    visited_[at] = false;
    return false;
  }

  std::size_t left_;
  const std::function<bool(std::span<const std::size_t>)>& is_wanted_;
  std::vector<std::vector<Step>> steps_;
  std::vector<std::vector<std::size_t>> homes_;  // by start
  std::size_t length_ = 0;
  std::size_t start_ = 0;
  std::vector<bool> visited_;
  std::vector<std::size_t> path_;
  std::vector<std::size_t> first_;
};

}  // namespace

FoundCircle find_circle(std::span<const std::size_t> tangle, std::span<const Arc> arcs,
                        std::size_t limit,
                        const std::function<bool(std::span<const std::size_t>)>& is_wanted) {
  return Search(tangle, arcs, limit, is_wanted).run();
}

std::vector<std::vector<bool>> reached_from_each(std::size_t nodes, std::span<const Arc> arcs) {
  const Steps steps = steps_of(nodes, arcs);
  std::vector<std::vector<bool>> reached;
  for (std::size_t node = 0; node < nodes; ++node) reached.push_back(reach(node, steps, arcs));
  return reached;
}

std::vector<std::vector<std::size_t>> tangles(std::size_t nodes, std::span<const Arc> arcs) {
  const std::vector<std::vector<bool>> reached = reached_from_each(nodes, arcs);
  std::vector<std::vector<std::size_t>> found;
  std::vector<bool> taken(nodes);
  for (std::size_t node = 0; node < nodes; ++node) {
    if (taken[node] || !reached[node][node]) continue;
    std::vector<std::size_t> tangle;
    for (std::size_t other = node; other < nodes; ++other) {
      if (!reached[node][other] || !reached[other][node]) continue;
      taken[other] = true;
      tangle.push_back(other);
    }
    found.push_back(std::move(tangle));
  }
  return found;
}

}  // namespace formwork::lint

#include "dsl/lint/loops/chains.h"

#include <algorithm>

namespace formwork::lint {
namespace {

// Of an automation with more states than these, or when so many steps were taken in all, only that
// it runs is known any more. A counter has ever another value, and flags double the states.
constexpr std::size_t kMostStates = 32;
constexpr std::size_t kMostSteps = 20'000;

std::vector<Arc> arcs_of(std::span<const Edge> edges) {
  std::vector<Arc> arcs;
  for (const Edge& edge : edges) arcs.push_back({edge.from, edge.to});
  return arcs;
}

Members members_of(const std::vector<std::vector<std::size_t>>& groups, std::size_t count) {
  Members members(count);
  for (const auto& group : groups) {
    for (const std::size_t index : group) members[index] = true;
  }
  return members;
}

// The edges between these automations.
std::vector<Edge> edges_within(const std::vector<std::size_t>& group, std::span<const Edge> edges) {
  const auto is_in = [&](std::size_t index) {
    return std::binary_search(group.begin(), group.end(), index);
  };
  std::vector<Edge> within;
  std::copy_if(edges.begin(), edges.end(), std::back_inserter(within),
               [&](const Edge& edge) { return is_in(edge.from) && is_in(edge.to); });
  return within;
}

class States {
 public:
  // Reached along these edges from each automation of which nothing is known but that it runs.
  States(Graph& graph, std::span<const Edge> edges, const World* meanwhile)
      : graph_(graph), edges_(edges), meanwhile_(meanwhile) {
    const std::size_t count = graph.members().size();
    leaving_.resize(count);
    begins_.resize(count);
    of_.resize(count);
    Members members(count);
    for (std::size_t i = 0; i < edges.size(); ++i) {
      leaving_[edges[i].from].push_back(i);
      members[edges[i].from] = members[edges[i].to] = true;
    }
    for (std::size_t i = 0; i < count; ++i) {
      if (!members[i]) continue;
      begins_[i] = graph.begin(i);
      if (begins_[i]) static_cast<void>(add(i, *begins_[i]));
    }
    for (std::size_t i = 0; i < nodes_.size(); ++i) step_from(i);
    tangles_ = lint::tangles(nodes_.size(), arcs_);
  }

  // What is done and which edges are taken from states on circles, and from those that these lead
  // to: a chain without end is on a circle some day, and what goes on beside it has left it there.
  void note_lasting(std::set<Doing>& doing, std::vector<Edge>& edges) const {
    std::vector<bool> lasting(nodes_.size());
    for (const auto& tangle : tangles_) {
      for (const std::size_t node : tangle) lasting[node] = true;
    }
    lasting = reached_from(std::move(lasting), arcs_);
    for (std::size_t node = 0; node < nodes_.size(); ++node) {
      if (!lasting[node]) continue;
      const std::size_t index = nodes_[node].automation;
      for (std::size_t action = 0; action < graph_.action_count(index); ++action) {
        if (graph_.pass(nodes_[node].state, index, action)) doing.emplace(index, action);
      }
    }
    std::set<std::size_t> taken;
    for (std::size_t i = 0; i < arcs_.size(); ++i) {
      if (lasting[arcs_[i].from]) taken.insert(taken_[i]);
    }
    for (const std::size_t index : taken) edges.push_back(edges_[index]);
  }

  // Ways from automation to automation that lie on circles of states.
  std::vector<Arc> circular() const {
    std::vector<std::size_t> tangle_of(nodes_.size(), tangles_.size());
    for (std::size_t i = 0; i < tangles_.size(); ++i) {
      for (const std::size_t node : tangles_[i]) tangle_of[node] = i;
    }
    std::vector<Arc> ways;
    for (const Arc& arc : arcs_) {
      const std::size_t tangle = tangle_of[arc.from];
      if (tangle == tangles_.size() || tangle != tangle_of[arc.to]) continue;
      ways.push_back({nodes_[arc.from].automation, nodes_[arc.to].automation});
    }
    return ways;
  }

  // A shortest one among these automations, by edges; empty: none.
  std::vector<Edge> circle(const std::vector<std::size_t>& automations) const {
    std::vector<std::size_t> through;
    for (const auto& tangle : tangles_) {
      for (const std::size_t node : tangle) {
        const std::size_t index = nodes_[node].automation;
        if (std::binary_search(automations.begin(), automations.end(), index)) {
          through.push_back(node);
        }
      }
    }
    std::vector<Edge> circle;
    for (const std::size_t arc : shortest_circle(through, nodes_.size(), arcs_)) {
      circle.push_back(edges_[taken_[arc]]);
    }
    return circle;
  }

 private:
  struct Node {
    std::size_t automation = 0;
    State state;
  };

  void step_from(std::size_t node) {
    const std::size_t from = nodes_[node].automation;
    std::map<std::size_t, std::optional<Passage>> passages;
    for (const std::size_t index : leaving_[from]) {
      const Edge& edge = edges_[index];
      const auto [passage, is_new] = passages.try_emplace(edge.action);
      if (is_new) passage->second = graph_.pass(nodes_[node].state, from, edge.action);
      if (!passage->second || !begins_[edge.to]) continue;
      auto next = graph_.follow(edge, *passage->second, meanwhile_);
      if (!next) continue;
      arcs_.push_back({node, add(edge.to, std::move(*next))});
      taken_.push_back(index);
    }
  }

  // The first of an automation is the one of which nothing is known.
  std::size_t add(std::size_t automation, State state) {
    std::vector<std::size_t>& known = of_[automation];
    const auto same = std::find_if(known.begin(), known.end(),
                                   [&](std::size_t node) { return nodes_[node].state == state; });
    if (same != known.end()) return *same;
    if (known.size() > kMostStates || arcs_.size() > kMostSteps) return known.front();
    known.push_back(nodes_.size());
    nodes_.push_back({.automation = automation, .state = std::move(state)});
    return known.back();
  }

  Graph& graph_;
  std::span<const Edge> edges_;
  const World* meanwhile_;
  std::vector<std::vector<std::size_t>> leaving_;  // by automation edges
  std::vector<std::optional<State>> begins_;       // by automation
  std::vector<std::vector<std::size_t>> of_;       // by automation nodes
  std::vector<Node> nodes_;
  std::vector<Arc> arcs_;
  std::vector<std::size_t> taken_;  // edges, by arc
  std::vector<std::vector<std::size_t>> tangles_;
};

// What lasts when less and less is left that may go on for ever, and so may write in between: what
// lies on circles, and what these lead to.
class Narrowing {
 public:
  Narrowing(Graph& graph, const std::function<bool(const Edge&)>& counts)
      : graph_(graph), world_(graph.world_of(graph.members(), graph.all_doing(), {})) {
    std::copy_if(graph.edges().begin(), graph.edges().end(), std::back_inserter(edges_), counts);
    while (narrow_by_edges() || narrow_by_states()) {
    }
  }

  std::vector<EndlessChain> chains() const {
    std::vector<EndlessChain> chains;
    for (std::vector<std::size_t>& tangle : lint::tangles(count(), circular_)) {
      const std::vector<Edge> within = edges_within(tangle, edges_);
      std::vector<Edge> circle = States(graph_, within, nullptr).circle(tangle);
      const bool is_alone = !circle.empty();
      if (!is_alone) circle = States(graph_, within, &world_).circle(tangle);
      // None is left where only too many steps in other tangles have made it one.
      if (!circle.empty()) chains.push_back({std::move(tangle), std::move(circle), is_alone});
    }
    return chains;
  }

 private:
  std::size_t count() const { return graph_.members().size(); }

  bool narrow_by_edges() {
    const std::size_t edges = edges_.size();
    world_ = graph_.world_of(world_.running, world_.doing, edges_);
    std::erase_if(edges_, [&](const Edge& edge) {
      return !world_.running[edge.from] || !graph_.is_lasting(edge, world_);
    });
    const bool is_fewer = keep(members_of(lint::tangles(count(), arcs_of(edges_)), count()));
    return is_fewer || edges_.size() != edges;
  }

  bool narrow_by_states() {
    const States states(graph_, edges_, &world_);
    circular_ = states.circular();
    std::set<Doing> doing;
    std::vector<Edge> edges;
    states.note_lasting(doing, edges);
    std::erase_if(doing, [&](const Doing& one) { return !world_.doing.contains(one); });
    const bool is_less = doing.size() != world_.doing.size() || edges.size() != edges_.size();
    world_.doing = std::move(doing);
    edges_ = std::move(edges);
    return keep(members_of(lint::tangles(count(), circular_), count())) || is_less;
  }

  bool keep(Members members) {
    const Members before = world_.running;
    world_.running = reached_from(std::move(members), arcs_of(edges_));
    return world_.running != before;
  }

  Graph& graph_;
  World world_;
  std::vector<Edge> edges_;
  std::vector<Arc> circular_;
};

}  // namespace

std::vector<EndlessChain> endless_chains(Graph& graph,
                                         const std::function<bool(const Edge&)>& counts) {
  return Narrowing(graph, counts).chains();
}

}  // namespace formwork::lint

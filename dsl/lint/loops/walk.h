// The graph of automations, and walks around its circles.
//
// An edge says that an action of one automation may lead to another one. That alone is no loop: the
// second may ask for what the first has just made untrue. So each circle is walked, a few times
// around, with what is known of the record on the way; where it cannot go on it is no loop.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <span>
#include <vector>

#include "dsl/lint/loops/circles.h"
#include "dsl/lint/loops/run.h"

namespace formwork::lint {

struct Edge {
  std::size_t from = 0;    // index into Model::automations
  std::size_t action = 0;  // of `from`
  std::size_t to = 0;
  Way way;
};

using Place = std::pair<std::size_t, std::size_t>;  // an entity's field, or one of its tags

class Graph {
 public:
  explicit Graph(const Ground& ground);

  std::span<const Edge> edges() const { return edges_; }

  // The same, for searches.
  std::span<const Arc> arcs() const { return arcs_; }

  // Whether something on the way around keeps it from going on for ever; with `alone` as if no
  // other automation wrote anything meanwhile. Edges that nothing takes for ever, whatever else
  // happens, are left out of the graph already.
  bool ends(std::span<const std::size_t> circle, bool alone);

  // What happens on an edge when nothing is known but that its automation runs; null: nothing.
  const Happening* happening_of(const Edge& edge);

 private:
  // An automation that writes to a field: what, and whether to records that it finds.
  struct Writer {
    std::size_t automation = 0;
    Fact fact;
    bool to_others = false;  // that it finds
  };

  using Counts = std::function<bool(const Writer&)>;

  struct Circle {
    std::vector<Edge> edges;
    std::vector<bool> members;  // automations
  };

  void add_edges(std::size_t from);
  void note_writes(std::size_t automation);
  void note_writes(std::size_t automation, const Happening& happening,
                   const model::TagAction* tags);
  void leave_out(bool (Graph::*is_left_out)(const Edge& edge));
  void connect();
  const std::optional<Passage>& passage_of(const Edge& edge);
  bool is_dead_by_itself(const Edge& edge);
  bool settles(const Edge& edge);
  const std::set<Place>& settled_behind(std::size_t automation);
  bool is_settled(const Place& place, const Counts& counts, bool has_one_time,
                  const std::set<Place>& settled) const;
  bool makes(std::size_t automation, std::size_t entity) const;
  bool runs_once(const Circle& circle) const;
  bool breaks_off(const Circle& circle, bool alone);
  bool takes_time_behind(std::size_t automation) const;
  Counts all_behind(std::size_t automation) const;
  // What all that count write there; null: none of them writes.
  std::optional<Fact> written(const Place& place, const Counts& counts) const;
  void forget_written(const Counts& counts, const std::set<Place>& settled, Facts& facts) const;
  // Along an edge, with others that write meanwhile; nothing when it cannot be taken.
  std::optional<State> follow(const Edge& edge, const State& state, const Counts& others,
                              const std::set<Place>& settled);
  std::optional<State> arrive(const Edge& edge, const Passage& passage, const Heard& heard) const;
  void learn_from(const Edge& edge, const Heard& heard, State& state) const;
  State unknown(std::size_t automation) const;

  const model::Automation& automation(std::size_t index) const {
    return ground_.model.automations[index];
  }

  const Ground& ground_;
  Runner runner_;
  std::vector<Edge> edges_;
  std::vector<Arc> arcs_;
  std::map<Place, std::vector<Writer>> writers_;
  std::vector<std::vector<std::size_t>> made_;  // by automation entities of which it makes records
  std::vector<std::vector<bool>> reached_;      // by automation those to which it leads
  std::map<std::pair<std::size_t, std::size_t>, std::optional<Passage>> passages_;
  std::map<std::size_t, std::set<Place>> settled_;
};

}  // namespace formwork::lint

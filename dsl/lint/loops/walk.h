// The graph of automations, and steps along its edges.
//
// An edge says that an action of one automation may lead to another one. Whether it does depends on
// what is known of the record, and on what others write to it meanwhile.
#pragma once

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
using Members = std::vector<bool>;                  // by automation
using Doing = std::pair<std::size_t, std::size_t>;  // an automation, and which of its actions

// What is so while these automations do that again and again, and no others do anything.
struct World {
  Members running;
  std::set<Doing> doing;
  std::set<std::size_t> made;  // entities of which they make records
  // Fields into which they write one value alone: a constant, or what a formula gives of fields
  // that none of them writes, or that are settled themselves. Such a field changes a few times for
  // each record, and then no more.
  std::set<Place> settled;
};

class Graph {
 public:
  explicit Graph(const Ground& ground);

  // All that there may be when nothing is known.
  std::span<const Edge> edges() const { return edges_; }

  // All automations that may run because of others.
  const Members& members() const { return members_; }

  std::size_t action_count(std::size_t index) const { return automation(index).actions.size(); }

  // What happens on an edge when nothing is known but that its automation runs; null: nothing.
  const Happening* happening_of(const Edge& edge);

  // All that they do there.
  std::set<Doing> all_doing() const;

  World world_of(Members running, std::set<Doing> doing, std::span<const Edge> edges) const;

  // Whether that world may go along the edge for ever.
  bool is_lasting(const Edge& edge, const World& world);

  // Where it runs and nothing else is known; nothing: it never does.
  std::optional<State> begin(std::size_t automation);

  std::optional<Passage> pass(const State& state, std::size_t automation, std::size_t action) {
    return runner_.run(this->automation(automation), action, state);
  }

  // Where the passage leads along the edge: what is known when its other automation runs; nothing
  // when it does not. All that runs in `meanwhile` may write in between; null: nobody writes.
  std::optional<State> follow(const Edge& edge, const Passage& passage, const World* meanwhile);

 private:
  // An action that writes to a field: what, and whether to records that it finds.
  struct Writer {
    Doing doing;
    Fact fact;
    bool to_others = false;  // that it finds
    bool is_tag = false;     // of the field `tags`: only some of them
  };

  void add_edges(std::size_t from);
  void note_writes(std::size_t automation);
  void note_writes(const Doing& doing, const Happening& happening, const model::TagAction* tags);
  const std::optional<Passage>& passage_of(const Edge& edge);
  bool is_settled(const Place& place, const World& world, bool has_one_time) const;
  // Whether it has run for every record that it ever runs for.
  bool is_through(std::size_t automation, const World& world) const;
  // What all that count write there; nothing: none of them writes.
  template <class Counts>
  std::optional<Fact> written(const std::vector<Writer>& writers, const Counts& counts) const;
  // What others than those who know it may have changed.
  template <class Counts>
  void forget_written(const Counts& counts, const std::set<Place>& settled, Facts& facts) const;
  // The field by whose change alone the edge is taken, when it is not null any more where it was
  // null before: nobody else may have made it so again.
  std::optional<std::size_t> only_change(const Edge& edge, const World* meanwhile) const;
  std::optional<State> arrive(const Edge& edge, const Passage& passage, const Heard& heard) const;
  void learn_from(const Edge& edge, const Heard& heard, State& state) const;
  State unknown(std::size_t automation) const;

  const model::Automation& automation(std::size_t index) const {
    return ground_.model.automations[index];
  }

  const Ground& ground_;
  Runner runner_;
  Members members_;
  std::vector<Edge> edges_;
  std::map<Place, std::vector<Writer>> writers_;
  std::vector<std::pair<Doing, std::size_t>> made_;  // entities of which that makes records
  std::map<std::pair<std::size_t, std::size_t>, std::optional<Passage>> passages_;
};

}  // namespace formwork::lint

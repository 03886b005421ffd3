#include "dsl/lint/loops/walk.h"

#include <algorithm>

namespace formwork::lint {
namespace {

using model::Automation;

// Once around to know what the circle itself leaves behind, once more for what follows from that,
// and a last time to see whether it goes on.
constexpr int kRounds = 3;

bool is_part(const Automation& automation) { return automation.enabled && automation.entity; }

// The field whose change alone sets it off.
std::optional<std::size_t> only_field(const Automation& automation) {
  const bool is_one = automation.on.size() == 1 &&
                      automation.on.front().kind == model::Trigger::Kind::Updated &&
                      automation.on.front().fields.size() == 1;
  return is_one ? std::optional(automation.on.front().fields.front()) : std::nullopt;
}

// Tags are set one by one, so that each is a place of its own behind the fields.
std::size_t tag_place(const model::Entity& entity, std::size_t option) {
  return entity.fields.size() + option;
}

// What the field `tags` is made of.
Fact fact_of_tags(const model::Entity& entity) {
  Fact fact;
  fact.same = "tags";
  for (std::size_t i = 0; i < entity.fields[*entity.tags].options.size(); ++i) {
    fact.reads.push_back(tag_place(entity, i));
  }
  return fact;
}

}  // namespace

Graph::Graph(const Ground& ground) : ground_(ground), runner_(ground) {
  const std::size_t count = ground.model.automations.size();
  made_.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (is_part(automation(i))) note_writes(i);
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (is_part(automation(i))) add_edges(i);
  }
  // What settles is mostly found without looking at each edge.
  connect();
  leave_out(&Graph::settles);
  leave_out(&Graph::is_dead_by_itself);
  leave_out(&Graph::settles);
}

void Graph::leave_out(bool (Graph::*is_left_out)(const Edge& edge)) {
  std::erase_if(edges_, [&](const Edge& edge) { return (this->*is_left_out)(edge); });
  connect();
}

void Graph::connect() {
  arcs_.clear();
  for (const Edge& edge : edges_) arcs_.push_back({edge.from, edge.to});
  reached_ = reached_from_each(ground_.model.automations.size(), arcs_);
  settled_.clear();
}

State Graph::unknown(std::size_t index) const {
  return State(ground_.model.entities[*automation(index).entity]);
}

void Graph::note_writes(std::size_t index) {
  for (std::size_t i = 0; i < automation(index).actions.size(); ++i) {
    const auto passage = runner_.run(automation(index), i, unknown(index));
    if (!passage) continue;
    const auto* tags = std::get_if<model::TagAction>(&automation(index).actions[i].what);
    note_writes(index, passage->happening, tags);
  }
}

void Graph::note_writes(std::size_t index, const Happening& happening,
                        const model::TagAction* tags) {
  const model::Entity& entity = happening.entity();
  if (happening.of == Happening::Of::New) made_[index].push_back(entity.index);
  Writer writer{.automation = index, .fact = {}, .to_others = happening.of == Happening::Of::Other};
  for (const std::size_t field : happening.changed) {
    writer.fact = happening.after.of(field);
    if (tags != nullptr && entity.tags == field) writer.fact = fact_of_tags(entity);
    writers_[{entity.index, field}].push_back(writer);
  }
  if (tags == nullptr) return;
  const auto& options = entity.fields[*entity.tags].options;
  const auto note = [&](const std::vector<std::string>& codes, bool has) {
    for (std::size_t i = 0; i < options.size(); ++i) {
      if (std::find(codes.begin(), codes.end(), options[i].code) == codes.end()) continue;
      writer.fact = Fact::of(feel::Value(has));
      writers_[{entity.index, tag_place(entity, i)}].push_back(writer);
    }
  };
  note(tags->add, true);
  note(tags->remove, false);
}

void Graph::add_edges(std::size_t from) {
  for (std::size_t i = 0; i < automation(from).actions.size(); ++i) {
    const Happening* happening = happening_of({.from = from, .action = i});
    if (happening == nullptr) continue;
    for (std::size_t to = 0; to < ground_.model.automations.size(); ++to) {
      if (!is_part(automation(to))) continue;
      for (const Way& way : ways_to(ground_, automation(to), *happening)) {
        edges_.push_back({from, i, to, way});
      }
    }
  }
}

const std::optional<Passage>& Graph::passage_of(const Edge& edge) {
  const auto [found, is_new] = passages_.try_emplace({edge.from, edge.action});
  State state = unknown(edge.from);
  if (is_new && runner_.begin(automation(edge.from), std::nullopt, state)) {
    found->second = runner_.run(automation(edge.from), edge.action, state);
  }
  return found->second;
}

const Happening* Graph::happening_of(const Edge& edge) {
  const auto& passage = passage_of(edge);
  return passage ? &passage->happening : nullptr;
}

std::optional<Fact> Graph::written(const Place& place, const Counts& counts) const {
  std::optional<Fact> all;
  const auto writers = writers_.find(place);
  if (writers == writers_.end()) return all;
  for (const Writer& writer : writers->second) {
    if (!counts(writer)) continue;
    all = all ? either(*all, writer.fact) : writer.fact;
    if (all->says_nothing()) break;
  }
  return all;
}

// What others than those who know it may have changed.
void Graph::forget_written(const Counts& counts, const std::set<Place>& settled,
                           Facts& facts) const {
  for (const std::size_t field : facts.fields()) {
    const Place place(facts.entity().index, field);
    if (settled.contains(place)) continue;
    if (const auto fact = written(place, counts)) facts.weaken(field, *fact);
  }
}

// Whatever else happens: of what the first one knows only what no third one may change.
bool Graph::is_dead_by_itself(const Edge& edge) {
  const auto& passage = passage_of(edge);
  if (!passage) return true;
  const Counts others = [&](const Writer& writer) {
    return writer.automation != edge.from && writer.automation != edge.to;
  };
  auto arrived = arrive(edge, *passage, hear(automation(edge.to), passage->happening));
  if (!arrived) return true;
  forget_written(others, {}, arrived->facts);
  return !runner_.begin(automation(edge.to), only_field(automation(edge.to)), *arrived);
}

Graph::Counts Graph::all_behind(std::size_t from) const {
  return [this, from](const Writer& writer) {
    return writer.automation == from || reached_[from][writer.automation];
  };
}

// Where another automation only hears of changes of settled fields it is not set off for ever.
bool Graph::settles(const Edge& edge) {
  const Happening* happening = happening_of(edge);
  if (happening == nullptr || edge.way.takes_time()) return happening == nullptr;
  const Heard heard = hear(automation(edge.to), *happening);
  const std::set<Place>& settled = settled_behind(edge.from);
  return !heard.is_more_than_fields() &&
         std::all_of(heard.fields.begin(), heard.fields.end(), [&](std::size_t field) {
           return settled.contains({happening->entity().index, field});
         });
}

// Fields into which all that follows from an automation writes one value alone: a constant, or what
// a formula gives of fields that none of them writes, or that are settled themselves. Such a field
// changes a few times for each record, and then no more.
const std::set<Place>& Graph::settled_behind(std::size_t from) {
  const auto [found, is_new] = settled_.try_emplace(from);
  if (!is_new) return found->second;
  const Counts counts = all_behind(from);
  const bool has_one_time = !takes_time_behind(from);
  std::set<std::size_t> made;
  for (const model::Entity& entity : ground_.model.entities) {
    if (makes(from, entity.index)) made.insert(entity.index);
  }
  std::size_t known = 0;
  do {
    known = found->second.size();
    for (const auto& [place, writers] : writers_) {
      if (made.contains(place.first)) continue;
      if (is_settled(place, counts, has_one_time, found->second)) found->second.insert(place);
    }
  } while (found->second.size() != known);
  return found->second;
}

bool Graph::is_settled(const Place& place, const Counts& counts, bool has_one_time,
                       const std::set<Place>& settled) const {
  const auto fact = written(place, counts);
  if (!fact || fact->constant() != nullptr) return fact.has_value();
  return !fact->same.empty() && (!fact->reads_clock || has_one_time) &&
         std::all_of(fact->reads.begin(), fact->reads.end(), [&](std::size_t slot) {
           const Place read(place.first, slot);
           return settled.contains(read) || !written(read, counts);
         });
}

// A chain in one transaction has one time.
bool Graph::takes_time_behind(std::size_t from) const {
  return std::any_of(edges_.begin(), edges_.end(), [&](const Edge& edge) {
    return edge.way.takes_time() && (edge.from == from || reached_[from][edge.from]);
  });
}

// Whether it leads to new records of the entity.
bool Graph::makes(std::size_t from, std::size_t entity) const {
  for (std::size_t i = 0; i < made_.size(); ++i) {
    if (i != from && !reached_[from][i]) continue;
    if (std::find(made_[i].begin(), made_[i].end(), entity) != made_[i].end()) return true;
  }
  return false;
}

bool Graph::ends(std::span<const std::size_t> edges, bool alone) {
  Circle circle;
  circle.members.resize(made_.size());
  for (const std::size_t index : edges) {
    circle.edges.push_back(edges_[index]);
    circle.members[edges_[index].from] = true;
  }
  return runs_once(circle) || breaks_off(circle, alone);
}

// One that runs once for each record ends the circle, unless there are ever new records for it.
bool Graph::runs_once(const Circle& circle) const {
  return std::any_of(circle.edges.begin(), circle.edges.end(), [&](const Edge& edge) {
    return automation(edge.from).once && !makes(edge.from, *automation(edge.from).entity);
  });
}

bool Graph::breaks_off(const Circle& circle, bool alone) {
  // From one of them all are reached that are reached from any.
  const std::size_t first = circle.edges.front().from;
  const Counts outside = [&, behind = all_behind(first)](const Writer& writer) {
    return !alone && !circle.members[writer.automation] && behind(writer);
  };
  State state = unknown(circle.edges.front().from);
  if (!runner_.begin(automation(circle.edges.front().from), std::nullopt, state)) return true;
  for (int round = 0; round < kRounds; ++round) {
    for (const Edge& edge : circle.edges) {
      auto next = follow(edge, state, outside, settled_behind(first));
      if (!next) return true;
      state = std::move(*next);
    }
  }
  return false;
}

std::optional<State> Graph::follow(const Edge& edge, const State& state, const Counts& others,
                                   const std::set<Place>& settled) {
  const auto passage = runner_.run(automation(edge.from), edge.action, state);
  if (!passage) return std::nullopt;
  const Happening& happening = passage->happening;
  const Automation& next = automation(edge.to);
  const std::vector<Way> ways = ways_to(ground_, next, happening);
  if (std::find(ways.begin(), ways.end(), edge.way) == ways.end()) return std::nullopt;
  const Heard heard = hear(next, happening);
  auto arrived = arrive(edge, *passage, heard);
  if (!arrived) return std::nullopt;
  forget_written(others, settled, arrived->facts);
  if (!runner_.begin(next, only_field(next), *arrived)) return std::nullopt;
  return arrived;
}

std::optional<State> Graph::arrive(const Edge& edge, const Passage& passage,
                                   const Heard& heard) const {
  const Happening& happening = passage.happening;
  State state(happening.entity());
  const bool is_same = happening.of == Happening::Of::Same;
  state.facts = is_same ? passage.end : happening.after;
  // What another action of that automation may write to it.
  if (!is_same) {
    forget_written(
        [&](const Writer& writer) { return writer.automation == edge.from && writer.to_others; },
        {}, state.facts);
  }
  const auto stage_field = happening.entity().stage_fields
                               ? std::optional(happening.entity().stage_fields->stage)
                               : std::nullopt;
  const auto is_elsewhere = [&](const std::string& stage) {
    const Fact& now = state.facts.of(*stage_field);
    return !now.may_be(feel::Value(stage));
  };
  if (edge.way.kind == Way::Kind::Stay) {
    const auto& way = happening.stays[edge.way.stay];
    if (is_elsewhere(way.front()->name)) return std::nullopt;
    state.facts = stay_out(ground_, way, state.facts).after;
    return state;
  }
  learn_from(edge, heard, state);
  if (edge.way.takes_time()) state.facts.let_time_pass();
  // One that waits in a stage is dropped when the record leaves it.
  const bool waits_in_stage = edge.way.kind == Way::Kind::Delayed && heard.entered.size() == 1;
  if (waits_in_stage && is_elsewhere(heard.entered.front())) return std::nullopt;
  // One that waits for its window knows no more what the record was.
  const bool may_wait = automation(edge.to).window && automation(edge.to).window->waits;
  if (edge.way.kind != Way::Kind::Now || heard.approval || may_wait) return state;
  state.is_new = happening.created;
  if (!happening.created) state.old = happening.before;
  return state;
}

// Whoever hears of nothing but an owner or a pool knows that there is one, unless another action
// has changed that meanwhile.
void Graph::learn_from(const Edge& edge, const Heard& heard, State& state) const {
  const model::Entity& entity = state.facts.entity();
  const auto& actions = automation(edge.from).actions;
  const bool is_known =
      entity.owner && entity.assignment_fields && !heard.otherwise && heard.fields.empty() &&
      heard.assigned != heard.released &&
      std::none_of(actions.begin() + static_cast<std::ptrdiff_t>(edge.action) + 1, actions.end(),
                   [](const model::AutomationAction& action) {
                     return std::holds_alternative<model::AssignAction>(action.what) ||
                            std::holds_alternative<model::SetAction>(action.what);
                   });
  if (!is_known) return;
  const auto& pool = entity.assignment_fields->pool;
  if (heard.assigned) {
    state.facts.learn(*entity.owner, Fact::something());
    if (pool) state.facts.write(*pool, Fact::null());
  } else if (pool) {
    state.facts.write(*entity.owner, Fact::null());
    state.facts.learn(*pool, Fact::something());
  }
}

}  // namespace formwork::lint

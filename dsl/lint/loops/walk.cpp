#include "dsl/lint/loops/walk.h"

#include <algorithm>

namespace formwork::lint {
namespace {

using model::Automation;

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
  for (std::size_t i = 0; i < count; ++i) {
    members_.push_back(is_part(automation(i)));
    if (members_[i]) note_writes(i);
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (members_[i]) add_edges(i);
  }
}

State Graph::unknown(std::size_t index) const {
  return State(ground_.model.entities[*automation(index).entity]);
}

void Graph::note_writes(std::size_t index) {
  for (std::size_t i = 0; i < automation(index).actions.size(); ++i) {
    const auto passage = runner_.run(automation(index), i, unknown(index));
    if (!passage) continue;
    const auto* tags = std::get_if<model::TagAction>(&automation(index).actions[i].what);
    note_writes({index, i}, passage->happening, tags);
  }
}

void Graph::note_writes(const Doing& doing, const Happening& happening,
                        const model::TagAction* tags) {
  const model::Entity& entity = happening.entity();
  if (happening.of == Happening::Of::New) made_.emplace_back(doing, entity.index);
  Writer writer{.doing = doing, .fact = {}, .to_others = happening.of == Happening::Of::Other};
  for (const std::size_t field : happening.changed) {
    writer.fact = happening.after.of(field);
    writer.is_tag = tags != nullptr && entity.tags == field;
    if (writer.is_tag) writer.fact = fact_of_tags(entity);
    writers_[{entity.index, field}].push_back(writer);
  }
  if (tags == nullptr) return;
  writer.is_tag = false;
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
      if (!members_[to]) continue;
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

template <class Counts>
std::optional<Fact> Graph::written(const std::vector<Writer>& writers, const Counts& counts) const {
  std::optional<Fact> all;
  for (const Writer& writer : writers) {
    if (!counts(writer)) continue;
    all = all ? either(*all, writer.fact) : writer.fact;
    if (all->says_nothing()) break;
  }
  return all;
}

// Also of a field of which nothing is known: others may be made of it.
template <class Counts>
void Graph::forget_written(const Counts& counts, const std::set<Place>& settled,
                           Facts& facts) const {
  const model::Entity& entity = facts.entity();
  for (auto at = writers_.lower_bound({entity.index, 0});
       at != writers_.end() && at->first.first == entity.index; ++at) {
    const std::size_t place = at->first.second;
    if (settled.contains(at->first)) continue;
    // Where only some tags are written they are forgotten one by one.
    const auto fact =
        written(at->second, [&](const Writer& writer) { return !writer.is_tag && counts(writer); });
    if (!fact) continue;
    if (place < entity.fields.size()) {
      facts.weaken(place, *fact);
      continue;
    }
    const std::string& code =
        entity.fields[*entity.tags].options[place - entity.fields.size()].code;
    const feel::Value* has = fact->constant();
    for (const bool either : {false, true}) {
      if (has == nullptr || has->boolean() == either) facts.weaken_tag(code, either);
    }
  }
}

std::set<Doing> Graph::all_doing() const {
  std::set<Doing> all;
  for (std::size_t i = 0; i < members_.size(); ++i) {
    for (std::size_t action = 0; action < automation(i).actions.size(); ++action) {
      all.emplace(i, action);
    }
  }
  return all;
}

World Graph::world_of(Members running, std::set<Doing> doing, std::span<const Edge> edges) const {
  World world{.running = std::move(running), .doing = std::move(doing), .made = {}, .settled = {}};
  std::erase_if(world.doing, [&](const Doing& one) { return !world.running[one.first]; });
  for (const auto& [doing_it, entity] : made_) {
    if (world.doing.contains(doing_it)) world.made.insert(entity);
  }
  // A chain in one transaction has one time.
  const bool has_one_time = std::none_of(edges.begin(), edges.end(), [&](const Edge& edge) {
    return edge.way.takes_time() && world.running[edge.from] && world.running[edge.to];
  });
  std::size_t known = 0;
  do {
    known = world.settled.size();
    for (const auto& [place, writers] : writers_) {
      if (is_settled(place, world, has_one_time)) world.settled.insert(place);
    }
  } while (world.settled.size() != known);
  return world;
}

bool Graph::is_settled(const Place& place, const World& world, bool has_one_time) const {
  if (world.made.contains(place.first)) return false;
  const auto is_running = [&](const Writer& writer) { return world.doing.contains(writer.doing); };
  const auto fact = written(writers_.at(place), is_running);
  if (!fact || fact->constant() != nullptr) return true;
  return !fact->same.empty() && (!fact->reads_clock || has_one_time) &&
         std::all_of(fact->reads.begin(), fact->reads.end(), [&](std::size_t slot) {
           const auto read = writers_.find({place.first, slot});
           return read == writers_.end() || world.settled.contains(read->first) ||
                  !written(read->second, is_running);
         });
}

bool Graph::is_through(std::size_t index, const World& world) const {
  return automation(index).once && !world.made.contains(*automation(index).entity);
}

// Where another automation only hears of changes of settled fields it is not set off for ever.
bool Graph::is_lasting(const Edge& edge, const World& world) {
  if (is_through(edge.from, world) || is_through(edge.to, world)) return false;
  const Happening* happening = happening_of(edge);
  if (happening == nullptr) return false;
  const bool is_heard = edge.way.kind == Way::Kind::Now || edge.way.kind == Way::Kind::Delayed;
  if (!is_heard) return true;
  const Heard heard = hear(automation(edge.to), *happening);
  return heard.is_more_than_fields() ||
         std::any_of(heard.fields.begin(), heard.fields.end(), [&](std::size_t field) {
           return !world.settled.contains({happening->entity().index, field});
         });
}

std::optional<State> Graph::begin(std::size_t index) {
  State state = unknown(index);
  if (!runner_.begin(automation(index), std::nullopt, state)) return std::nullopt;
  return state;
}

std::optional<State> Graph::follow(const Edge& edge, const Passage& passage,
                                   const World* meanwhile) {
  const Happening& happening = passage.happening;
  const Automation& next = automation(edge.to);
  const std::vector<Way> ways = ways_to(ground_, next, happening);
  if (std::find(ways.begin(), ways.end(), edge.way) == ways.end()) return std::nullopt;
  auto arrived = arrive(edge, passage, hear(next, happening));
  if (!arrived) return std::nullopt;
  if (meanwhile != nullptr) {
    forget_written([&](const Writer& writer) { return meanwhile->doing.contains(writer.doing); },
                   meanwhile->settled, arrived->facts);
  }
  if (!runner_.begin(next, only_change(edge, meanwhile), *arrived)) return std::nullopt;
  return arrived;
}

std::optional<std::size_t> Graph::only_change(const Edge& edge, const World* meanwhile) const {
  const Automation& next = automation(edge.to);
  const auto field = only_field(next);
  if (!field || meanwhile == nullptr) return field;
  const auto writers = writers_.find({*next.entity, *field});
  const bool may_be_null =
      writers != writers_.end() &&
      std::any_of(writers->second.begin(), writers->second.end(), [&](const Writer& writer) {
        return writer.doing != Doing{edge.from, edge.action} && !writer.fact.not_null &&
               meanwhile->doing.contains(writer.doing);
      });
  return may_be_null ? std::nullopt : field;
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
        [&](const Writer& writer) { return writer.doing.first == edge.from && writer.to_others; },
        {}, state.facts);
  }
  // Of an entity that has stages.
  const auto is_elsewhere = [&](const std::string& stage) {
    const Fact& now = state.facts.of(happening.entity().stage_fields->stage);
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

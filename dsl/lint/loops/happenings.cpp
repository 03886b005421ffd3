#include "dsl/lint/loops/happenings.h"

#include <algorithm>

#include "dsl/lint/loops/leads.h"
#include "dsl/model/scope.h"

namespace formwork::lint {
namespace {

using feel::Value;
using model::Entity;
using model::Lifecycle;
using model::Stage;

using Written = std::vector<std::pair<std::size_t, Fact>>;

// Follows from what was written: computed fields, the response clock, the owner's fields.
void settle(const Ground& ground, Happening& happening) {
  const Entity& entity = happening.entity();
  std::set<std::size_t> all = happening.changed;
  add_dependents(ground, entity, all);
  for (const std::size_t field : all) {
    if (!happening.changed.contains(field)) happening.after.forget(field);
  }
  if (entity.owner && all.contains(*entity.owner)) {
    const Fact& owner = happening.after.of(*entity.owner);
    happening.assigned = !owner.is_null();
    if (entity.assignment_fields) {
      const model::AssignmentFields& kept = *entity.assignment_fields;
      if (kept.pool && owner.not_null) happening.after.write(*kept.pool, Fact::null());
      if (owner.is_null()) happening.after.write(kept.assigned_at, Fact::null());
    }
    const model::Assignment* response = ground.model.response_of(entity);
    const bool has_clock = response != nullptr && !response->response->steps.empty();
    if (has_clock && happening.assigned) happening.overdue.insert(model::OverdueEvent::Response);
  }
  recompute(ground, all, happening.after);
  std::erase_if(all, [&](std::size_t field) {
    return !happening.changed.contains(field) &&
           are_equal(happening.before.of(field), happening.after.of(field));
  });
  happening.changed = std::move(all);
}

// What of it is new. All values were computed before any was written, so that what one of them was
// made of may be another by now.
void write(const Ground& ground, const Written& written, Happening& happening) {
  for (const auto& [field, fact] : written) {
    if (!are_equal(happening.before.of(field), fact)) happening.changed.insert(field);
  }
  for (const std::size_t field : happening.changed) happening.after.forget(field);
  for (const auto& [field, fact] : written) {
    if (!happening.changed.contains(field)) continue;
    Fact kept = fact;
    const bool is_past = std::any_of(kept.reads.begin(), kept.reads.end(), [&](std::size_t slot) {
      return happening.changed.contains(slot);
    });
    if (is_past) {
      kept.same.clear();
      kept.reads.clear();
    }
    happening.after.write(field, std::move(kept));
  }
  settle(ground, happening);
}

Written values_of(const Ground& ground, const std::vector<model::FieldValue>& values,
                  const Entity& written_to, const Facts& facts) {
  Written written;
  for (const model::FieldValue& value : values) {
    written.emplace_back(value.field, as_kept(written_to.fields[value.field],
                                              facts.value_of(value.value, ground.zone)));
  }
  return written;
}

void note_leads(const std::vector<model::FieldValue>& values, const Entity& read_of,
                Happening& happening) {
  for (const model::FieldValue& value : values) {
    happening.leads[value.field] = lead_seconds(value.value, read_of);
  }
}

// Stages of that name, which may be in several lifecycles.
std::vector<const Stage*> stages_named(const Entity& entity, std::string_view name) {
  std::vector<const Stage*> stages;
  for (const Lifecycle& lifecycle : entity.lifecycles) {
    for (const Stage& stage : lifecycle.stages) {
      if (stage.name == name) stages.push_back(&stage);
    }
  }
  return stages;
}

// From where a record comes there, as far as its stage is known. Automations are not bound to the
// moves that people may make, and leave a record alone that is there already.
std::vector<std::string> sources_of(const Facts& record, std::string_view to) {
  const Entity& entity = record.entity();
  const Fact& stage = record.of(entity.stage_fields->stage);
  std::vector<std::string> sources;
  for (const Lifecycle& lifecycle : entity.lifecycles) {
    if (!model::stage_index(lifecycle, to)) continue;
    for (const Stage& from : lifecycle.stages) {
      if (from.name != to && stage.may_be(Value(from.name))) sources.push_back(from.name);
    }
  }
  return sources;
}

Fact final_of(const std::vector<const Stage*>& stages) {
  const auto differs = [&](const Stage* stage) { return stage->final != stages.front()->final; };
  if (std::any_of(stages.begin(), stages.end(), differs)) return {};
  const auto& final = stages.front()->final;
  return final ? Fact::of(Value(std::string(model::final_name(*final)))) : Fact::null();
}

void add_ways(const Lifecycle& lifecycle, const Stage& stage, std::vector<const Stage*> way,
              std::vector<std::vector<const Stage*>>& ways) {
  way.push_back(&stage);
  if (!stage.dwell || !stage.dwell->limit || !stage.dwell->then) return;
  const Stage& next = lifecycle.stages[*stage.dwell->then];
  if (std::find(way.begin(), way.end(), &next) != way.end()) return;
  ways.push_back(way);
  ways.back().push_back(&next);
  add_ways(lifecycle, next, std::move(way), ways);
}

// What waits for a record in these stages, one of which it came into.
void note_waiting(const Ground& ground, const std::vector<const Stage*>& stages,
                  Happening& happening) {
  for (const Stage* stage : stages) {
    if (stage->dwell) happening.overdue.insert(model::OverdueEvent::Stage);
    if (stage->approval) {
      happening.submitted = stage->approval->chain;
      const auto& steps = ground.model.approvals[stage->approval->chain].steps;
      const bool has_deadline = std::any_of(steps.begin(), steps.end(),
                                            [](const auto& step) { return !step.within.empty(); });
      if (has_deadline) happening.overdue.insert(model::OverdueEvent::Task);
    }
    for (const Lifecycle& lifecycle : happening.entity().lifecycles) {
      const bool is_of = !lifecycle.stages.empty() && stage >= &lifecycle.stages.front() &&
                         stage <= &lifecycle.stages.back();
      if (is_of) add_ways(lifecycle, *stage, {}, happening.stays);
    }
  }
}

// Into one of these stages, all of that name.
void enter(const Ground& ground, const std::vector<const Stage*>& stages, Happening& happening) {
  const model::StageFields& kept = *happening.entity().stage_fields;
  const Fact final = final_of(stages);
  Written written{{kept.stage, Fact::of(Value(stages.front()->name))},
                  {kept.since, Fact::something()},
                  {kept.final, final},
                  {kept.closed_at, final.is_null() ? Fact::null() : Fact{}}};
  happening.entered = {stages.front()->name};
  note_waiting(ground, stages, happening);
  write(ground, written, happening);
}

std::optional<Happening> move(const Ground& ground, const std::string& stage, Facts& record) {
  Happening happening(record);
  happening.left = sources_of(record, stage);
  if (happening.left.empty()) return std::nullopt;
  enter(ground, stages_named(record.entity(), stage), happening);
  record = happening.after;
  return happening;
}

std::optional<Happening> set(const Ground& ground, const std::vector<model::FieldValue>& values,
                             Facts& record) {
  Happening happening(record);
  write(ground, values_of(ground, values, record.entity(), record), happening);
  note_leads(values, record.entity(), happening);
  if (happening.changed.empty()) return std::nullopt;
  record = happening.after;
  return happening;
}

bool may_find_somebody(const model::Assignment& assignment) {
  return std::any_of(assignment.rules.begin(), assignment.rules.end(),
                     [](const model::AssignmentRule& rule) { return !rule.to.people.empty(); });
}

// Who that is. The same terms mean the same person as long as they read the same values.
Fact person_of(const Ground& ground, const model::People& people, const Facts& record) {
  Fact fact = Fact::something();
  if (people.terms.size() != 1) return fact;
  const model::PeopleTerm& term = people.terms.front();
  if (term.kind == model::PeopleTerm::Kind::User) fact.same = term.text;
  if (term.kind == model::PeopleTerm::Kind::Persons) {
    fact = record.value_of(term.persons, ground.zone);
    fact.values.clear();
    fact.not_null = true;
  }
  return fact;
}

// Into which pools it may come, by name.
std::vector<std::string> pools_of(const Ground& ground, const model::AssignAction& action,
                                  const Entity& entity) {
  std::vector<std::string> pools;
  if (action.pool) pools.push_back(entity.pools[*action.pool].name);
  if (!action.by) return pools;
  for (const model::AssignmentRule& rule : ground.model.assignments[*action.by].rules) {
    if (rule.to.pool) pools.push_back(entity.pools[*rule.to.pool].name);
  }
  return pools;
}

Fact owner_of(const Ground& ground, const model::AssignAction& action, bool may_be_pool,
              const Facts& record) {
  if (action.pool) return Fact::null();
  if (!action.by) return person_of(ground, action.to, record);
  if (!may_find_somebody(ground.model.assignments[*action.by])) return Fact::null();
  return may_be_pool ? Fact() : Fact::something();
}

std::optional<Happening> assign(const Ground& ground, const model::AssignAction& action,
                                Facts& record) {
  const Entity& entity = record.entity();
  if (!entity.owner) return std::nullopt;
  const std::vector<std::string> pools = pools_of(ground, action, entity);
  Happening happening(record);
  const Fact owner = owner_of(ground, action, !pools.empty(), record);
  Written written{{*entity.owner, owner}};
  if (!pools.empty() && entity.assignment_fields && entity.assignment_fields->pool) {
    const std::size_t pool_field = *entity.assignment_fields->pool;
    std::vector<Value> values;
    for (const std::string& pool : pools) {
      values.emplace_back(pool);
      const Value* before = record.of(pool_field).constant();
      happening.released = happening.released || before == nullptr || *before != values.back();
    }
    if (!owner.is_null()) values.emplace_back();
    written.emplace_back(pool_field, Fact::one_of(std::move(values)));
  }
  write(ground, written, happening);
  if (happening.changed.empty()) return std::nullopt;
  record = happening.after;
  return happening;
}

std::optional<Happening> tag(const Ground& ground, const model::TagAction& action, Facts& record) {
  if (!record.entity().tags) return std::nullopt;
  Happening happening(record);
  const std::size_t tags = *record.entity().tags;
  const auto write_each = [&](const std::vector<std::string>& codes, bool has) {
    for (const std::string& code : codes) {
      if (happening.after.has_tag(code) == has) continue;
      happening.changed.insert(tags);
      happening.after.write_tag(code, has);
    }
  };
  write_each(action.add, true);
  write_each(action.remove, false);
  if (happening.changed.empty()) return std::nullopt;
  settle(ground, happening);
  record = happening.after;
  return happening;
}

// Nothing is known of what formulas and numbers begin with.
Fact first_value(const fields::Field& field) {
  if (field.type == nullptr || field.type->column == fields::Column::Rows) return {};
  if (field.type->set_by_engine) return Fact::something();
  if (field.value || field.default_formula) return {};
  return as_kept(field, Fact::of(field.default_value));
}

std::optional<Happening> create(const Ground& ground, const model::CreateAction& action,
                                const Facts& subject) {
  const Entity& entity = ground.model.entities[action.entity];
  Happening happening{Facts(entity)};
  happening.of = Happening::Of::New;
  happening.created = true;
  note_leads(action.values, subject.entity(), happening);
  Facts& made = happening.after;
  std::set<std::size_t> all;
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    all.insert(i);
    made.write(i, first_value(entity.fields[i]));
  }
  for (auto& [field, fact] : values_of(ground, action.values, entity, subject)) {
    made.write(field, {.values = fact.values, .not_null = fact.not_null, .same = {}, .reads = {}});
  }
  std::vector<const Stage*> first;
  for (const Lifecycle& lifecycle : entity.lifecycles) {
    first.push_back(&lifecycle.stages[lifecycle.initial]);
    happening.entered.push_back(first.back()->name);
  }
  if (!first.empty()) {
    const model::StageFields& kept = *entity.stage_fields;
    const bool is_one = first.size() == 1;
    made.write(kept.stage, is_one ? Fact::of(Value(first.front()->name)) : Fact::something());
    made.write(kept.since, Fact::something());
    made.write(kept.final, final_of(first));
    if (kept.lifecycle) made.write(*kept.lifecycle, Fact::something());
    note_waiting(ground, first, happening);
  }
  happening.changed = std::move(all);
  settle(ground, happening);
  happening.changed.clear();
  return happening;
}

std::optional<Happening> update(const Ground& ground, Conditions& conditions,
                                const model::UpdateAction& action, Facts& subject) {
  const Entity& entity = ground.model.entities[action.entity];
  Facts found(entity);
  if (conditions.ask(action.where, *action.scope, found, {}) == Answer::No) return std::nullopt;
  conditions.assume(action.where, *action.scope, std::nullopt, found);
  Happening happening(found);
  if (auto written = set(ground, action.values, found)) happening = std::move(*written);
  if (!action.stage.empty()) {
    if (auto moved = move(ground, action.stage, found)) {
      moved->before = happening.before;
      moved->changed.insert(happening.changed.begin(), happening.changed.end());
      moved->assigned = happening.assigned;
      moved->leads = happening.leads;
      moved->overdue.insert(happening.overdue.begin(), happening.overdue.end());
      happening = std::move(*moved);
    }
  }
  happening.of = Happening::Of::Other;
  if (happening.changed.empty()) return std::nullopt;
  // The one that the automation is about may be among them.
  if (&entity == &subject.entity()) {
    for (const std::size_t field : happening.changed) {
      if (!are_equal(subject.of(field), happening.after.of(field))) subject.forget(field);
    }
  }
  return happening;
}

}  // namespace

std::optional<Happening> happen(const Ground& ground, Conditions& conditions,
                                const model::AutomationAction& action, Facts& subject) {
  if (const auto* of_set = std::get_if<model::SetAction>(&action.what)) {
    return set(ground, of_set->values, subject);
  }
  if (const auto* of_create = std::get_if<model::CreateAction>(&action.what)) {
    return create(ground, *of_create, subject);
  }
  if (const auto* of_update = std::get_if<model::UpdateAction>(&action.what)) {
    return update(ground, conditions, *of_update, subject);
  }
  if (const auto* of_move = std::get_if<model::MoveAction>(&action.what)) {
    return move(ground, of_move->stage, subject);
  }
  if (const auto* of_assign = std::get_if<model::AssignAction>(&action.what)) {
    return assign(ground, *of_assign, subject);
  }
  if (const auto* of_tag = std::get_if<model::TagAction>(&action.what)) {
    return tag(ground, *of_tag, subject);
  }
  const auto* todo = std::get_if<model::ToDoAction>(&action.what);
  if (todo == nullptr || !todo->within) return std::nullopt;
  Happening happening(subject);
  happening.overdue.insert(model::OverdueEvent::ToDo);
  return happening;
}

Happening stay_out(const Ground& ground, const std::vector<const Stage*>& way,
                   const Facts& record) {
  Facts now = record;
  now.let_time_pass();
  Happening last(now);
  for (std::size_t i = 1; i < way.size(); ++i) {
    Happening happening(now);
    happening.left = {way[i - 1]->name};
    enter(ground, {way[i]}, happening);
    happening.stays.clear();
    now = happening.after;
    last = std::move(happening);
  }
  return last;
}

}  // namespace formwork::lint

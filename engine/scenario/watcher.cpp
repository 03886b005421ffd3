#include "engine/scenario/watcher.h"

#include <algorithm>

#include "dsl/decision/table_expression.h"
#include "engine/assignment/explanation.h"
#include "engine/command/refusal_texts.h"
#include "engine/permissions/related_records.h"
#include "engine/scenario/names.h"
#include "engine/scenario/values.h"

namespace formwork::scenario {
namespace {

namespace texts = engine::texts;
using Step = model::ScenarioStep;

bool is_same_place(const Span& a, const Span& b) {
  return a.source == b.source && a.begin == b.begin && a.end == b.end;
}

// Which right a step asks for; nothing for steps that ask in other ways.
std::optional<model::Action> right_of(const Step& step) {
  if (std::holds_alternative<Step::Create>(step.action)) return model::Action::Create;
  if (std::holds_alternative<Step::Remove>(step.action)) return model::Action::Delete;
  if (const auto* assign = std::get_if<Step::Assign>(&step.action)) {
    return assign->to.empty() ? model::Action::Claim : model::Action::Assign;
  }
  const bool gives = std::holds_alternative<Step::Dispatch>(step.action) ||
                     std::holds_alternative<Step::Release>(step.action);
  if (gives) return model::Action::Assign;
  const bool edits = std::holds_alternative<Step::Edit>(step.action) ||
                     std::holds_alternative<Step::Move>(step.action) ||
                     std::holds_alternative<Step::Check>(step.action);
  if (edits) return model::Action::Edit;
  return std::nullopt;
}

const model::Entity* entity_of(const Step& step, const World& world) {
  if (const auto* create = std::get_if<Step::Create>(&step.action)) {
    return &world.model().entities[create->entity];
  }
  const Named* subject = subject_of(step, world);
  return subject == nullptr ? nullptr : subject->entity;
}

const model::ApprovalStep* find_step(const model::ApprovalChain& chain, const std::string& id) {
  const auto found = std::find_if(chain.steps.begin(), chain.steps.end(),
                                  [&](const auto& step) { return step.id == id; });
  return found == chain.steps.end() ? nullptr : &*found;
}

// The stage's name from a change in history: {"stage":{"from":"draft","to":"review"}}.
std::string text_in(const json::Value& change, std::string_view side) {
  const json::Value* value = change.find(side);
  return value != nullptr && value->is_string() ? value->text : std::string();
}

bool says(const Localized& say, const std::string& text) {
  return std::any_of(say.by_locale.begin(), say.by_locale.end(), [&](const std::string& one) {
    return !one.empty() && text.find(one) != std::string::npos;
  });
}

}  // namespace

Watcher::Watcher(World& world, Coverage& coverage) : world_(world), coverage_(coverage) {
  world_.on_timer = [this](const engine::Timer& timer) { see_timer(timer); };
}

Watcher::~Watcher() { world_.on_timer = nullptr; }

void Watcher::before(const Step& step, const engine::Actor& actor) {
  const auto* move = std::get_if<Step::Move>(&step.action);
  const Named* subject = subject_of(step, world_);
  if (move == nullptr || subject == nullptr) return;
  const auto standing = world_.engine().standing(actor, *subject->entity, subject->id);
  if (!standing) return;
  for (const lifecycle::MoveCheck& check : standing->moves) {
    if (check.to != nullptr && check.to->name == move->to) see_unmet(*subject, check);
  }
}

void Watcher::after(const Step& step, const engine::Actor& actor, const Hitch* hitch) {
  const model::Entity* entity = entity_of(step, world_);
  // What comes in from outside names no entity.
  if (entity == nullptr && hitch != nullptr) entity = hitch->entity;
  if (hitch != nullptr && hitch->refusal && entity != nullptr) {
    see_refusal(*entity, *hitch->refusal);
    const auto action = right_of(step);
    const engine::RefusalKind kind = hitch->refusal->kind;
    if (kind == engine::RefusalKind::NotFound) see_rights(actor, *entity, model::Action::View);
    if (kind == engine::RefusalKind::Forbidden && action) see_rights(actor, *entity, *action);
  }
  if (const auto* post = std::get_if<Step::Post>(&step.action)) {
    const bool is_ignored = hitch != nullptr && !hitch->refusal;
    if (is_ignored) see(names::arrival(world_.model().webhooks[post->webhook], "ignored"));
  }
  if (hitch != nullptr) return;
  if (const auto* expect = std::get_if<Step::Expect>(&step.action)) {
    see_expectations(*expect, actor);
    return;
  }
  const Named* subject = subject_of(step, world_);
  const bool is_new = std::holds_alternative<Step::Create>(step.action) ||
                      std::holds_alternative<Step::Post>(step.action) ||
                      std::holds_alternative<Step::Submit>(step.action);
  if (is_new) subject = &world_.records().back();
  if (subject != nullptr) see_decisions(*subject, actor);
  // Automations may have changed any other record.
  if (!see_runs() && subject != nullptr) return see_record(*subject);
  for (const Named& named : world_.records()) see_record(named);
}

bool Watcher::see_runs() {
  constexpr std::size_t kAtOnce = 256;
  const auto view = world_.look();
  engine::RunId newest = last_run_;
  engine::RunId before = 0;
  bool goes_on = true;
  while (goes_on) {
    const std::vector<engine::Run> runs = view->runs({.before = before, .limit = kAtOnce});
    goes_on = runs.size() == kAtOnce;
    for (const engine::Run& run : runs) {
      if (run.id <= last_run_) {
        goes_on = false;
        break;
      }
      newest = std::max(newest, run.id);
      before = run.id;
      see_run(run);
    }
  }
  const bool is_any = newest != last_run_;
  last_run_ = newest;
  return is_any;
}

void Watcher::see_run(const engine::Run& run) {
  const model::Automation* automation = world_.model().find_automation(run.automation);
  if (automation == nullptr) return;
  if (run.outcome == engine::RunOutcome::Declined) see(names::automation(*automation, false));
  if (run.outcome != engine::RunOutcome::Done) return;
  see(names::automation(*automation, true));
  const auto actions = json::parse(run.actions);
  if (!actions) return;
  for (std::size_t i = 0; i < std::min(actions->elements.size(), automation->actions.size()); ++i) {
    if (actions->elements[i].find("did") == nullptr) continue;
    see(names::action(*automation, i));
    const auto* notify = std::get_if<model::NotifyAction>(&automation->actions[i].what);
    const bool uses = notify != nullptr && !notify->message.name.empty();
    if (uses) see(names::notification(notify->message));
  }
}

// A step of the clock that is reached while it runs.
void Watcher::see_response(const engine::Timer& timer, const model::Entity& entity) {
  const model::Assignment* assignment = world_.model().find_assignment(timer.rule);
  const auto clock = world_.look()->find_response_clock(entity.name, timer.record);
  const auto number = static_cast<std::size_t>(timer.number);
  if (assignment == nullptr || !assignment->response || !clock || clock->stopped) return;
  if (number >= assignment->response->steps.size()) return;
  see(names::response(*assignment, assignment->response->steps[number]));
}

void Watcher::see_assignment(const engine::HistoryEntry& entry) {
  const auto told = assignment::read_detail(entry.detail);
  const model::Assignment* assignment =
      told ? world_.model().find_assignment(told->assignment) : nullptr;
  if (assignment == nullptr) return;
  for (const model::AssignmentRule& rule : assignment->rules) {
    if (rule.id == told->rule) see(names::assignment(*assignment, rule));
  }
  for (const model::Recycle& recycle : assignment->recycle) {
    if (recycle.id == told->recycle) see(names::recycle(*assignment, recycle));
  }
}

void Watcher::see_arrival(const engine::HistoryEntry& entry) {
  const auto told = json::parse(entry.detail);
  const json::Value* source = told ? told->find("source") : nullptr;
  const json::Value* found = told ? told->find("found") : nullptr;
  if (source == nullptr || found == nullptr || !source->is_string()) return;
  const std::string_view how = found->kind == json::Value::Kind::True ? "found" : "new";
  if (const model::Webhook* webhook = world_.model().find_webhook(source->text)) {
    see(names::arrival(*webhook, how));
  } else if (const model::PublicForm* form = world_.model().find_form(source->text)) {
    see(names::arrival(*form, how));
  }
}

void Watcher::see_timer(const engine::Timer& timer) {
  const model::Entity* entity = world_.model().find_entity(timer.entity);
  const std::optional<engine::Record> record =
      entity == nullptr ? std::nullopt : world_.look()->find_record(*entity, timer.record);
  if (!record) return;
  if (timer.kind == engine::Timer::Kind::Response) return see_response(timer, *entity);
  if (timer.kind > engine::Timer::Kind::TaskDeadline) return;
  if (timer.kind != engine::Timer::Kind::TaskDeadline) {
    const model::Stage* stage = model::stage_of(*entity, record->values);
    const bool is_limit = timer.kind == engine::Timer::Kind::DwellLimit;
    if (stage != nullptr) see(names::dwell(*entity, *stage, is_limit));
    return;
  }
  const auto view = world_.look();
  const auto task = view->find_task(timer.task);
  const auto process = task ? view->find_process(task->process) : std::nullopt;
  const model::ApprovalChain* chain =
      process ? world_.model().find_approval(process->chain) : nullptr;
  if (chain == nullptr || task->step >= process->steps.size()) return;
  const model::ApprovalStep* step = find_step(*chain, process->steps[task->step].id);
  const auto number = static_cast<std::size_t>(timer.number);
  if (step == nullptr || number >= step->within.size()) return;
  see(names::deadline(*chain, *step, step->within[number]));
}

void Watcher::see_record(const Named& named) {
  see_history(named);
  see_processes(named);
}

void Watcher::see_history(const Named& named) {
  std::int64_t& known = known_[{named.entity->index, named.id}];
  std::int64_t newest = known;
  for (const engine::HistoryEntry& entry :
       world_.look()->history(named.entity->name, named.id, 0, 256)) {
    if (entry.sequence <= known) break;
    newest = std::max(newest, entry.sequence);
    see_stage_change(named, entry);
    see_assignment(entry);
    see_arrival(entry);
    if (entry.action == "move_refused") see_refused_move(named, entry.detail);
  }
  known = newest;
}

void Watcher::see_stage_change(const Named& named, const engine::HistoryEntry& entry) {
  const engine::Record record = world_.record(named);
  const model::Lifecycle* lifecycle = model::lifecycle_of(*named.entity, record.values);
  if (lifecycle == nullptr || entry.changes.empty()) return;
  const auto changes = json::parse(entry.changes);
  if (!changes) return;
  if (const json::Value* items = changes->find("checklist")) {
    for (const model::Stage& stage : lifecycle->stages) {
      for (const model::ChecklistItem& item : stage.checklist) {
        const json::Value* to = items->find("to");
        if (to == nullptr) continue;
        const std::vector<std::string> ticked = texts_of(*to);
        const bool is_ticked = std::find(ticked.begin(), ticked.end(), item.code) != ticked.end();
        if (is_ticked && !item.required) see(names::item(*named.entity, stage, item));
      }
    }
  }
  const std::string& field = named.entity->fields[named.entity->stage_fields->stage].name;
  const json::Value* change = changes->find(field);
  if (change == nullptr) return;
  const auto to = model::stage_index(*lifecycle, text_in(*change, "to"));
  if (!to) return;
  see(names::stage(*named.entity, *lifecycle, lifecycle->stages[*to]));
  const auto from = model::stage_index(*lifecycle, text_in(*change, "from"));
  if (!from) return;
  const model::Stage& left = lifecycle->stages[*from];
  for (const model::Transition& transition : left.to) {
    if (transition.to == *to) see(names::move(*named.entity, *lifecycle, left, transition));
  }
}

void Watcher::see_refused_move(const Named& named, const std::string& text) {
  for (const model::Lifecycle& lifecycle : named.entity->lifecycles) {
    for (const model::Stage& stage : lifecycle.stages) {
      for (const model::Criterion& one : stage.entry) {
        if (says(one.say, text)) see(names::criterion(*named.entity, stage, one, true));
      }
    }
  }
}

void Watcher::see_processes(const Named& named) {
  for (const engine::Process& process : world_.processes(named)) {
    const model::ApprovalChain* chain = world_.model().find_approval(process.chain);
    if (chain == nullptr) continue;
    see(names::outcome(*chain, engine::process_state_name(process.state)));
    for (const engine::ProcessStep& one : process.steps) {
      const model::ApprovalStep* step = find_step(*chain, one.id);
      const bool is_reached =
          one.state != engine::StepState::Pending && one.state != engine::StepState::Cancelled;
      if (step == nullptr || !is_reached) continue;
      see(names::step(*chain, *step, one.state != engine::StepState::Skipped));
    }
  }
}

// Decision tables that are asked for this record, over its present values: which of their rules
// hit.
void Watcher::see_decisions(const Named& named, const engine::Actor& actor) {
  const engine::Record record = world_.record(named);
  const auto view = world_.look();
  const auto people = world_.engine().directory();
  const permissions::Moment moment{.view = *view,
                                   .people = *people,
                                   .organization = *people,
                                   .now = world_.now(),
                                   .zone = world_.model().app.time_zone};
  const permissions::RelatedRecords related(world_.engine().gate(), moment);
  const feel::Environment environment{.now = moment.now, .zone = moment.zone, .records = &related};
  model::Variables variables =
      permissions::variables_of(world_.model(), *named.entity, record, actor.account);
  const feel::Value person(feel::RecordRef{actor.account});
  for (const model::Decision& decision : world_.model().decisions) {
    for (std::size_t i = 0; i < decision.tables.size(); ++i) {
      const model::Decision::Place& place = decision.places[i];
      const std::shared_ptr<const decision::Table>& table = decision.tables[i];
      if (place.entity != named.entity->index || table == nullptr) continue;
      const feel::Expression expression = decision::as_expression(table);
      const feel::Value more[] = {person, feel::Value()};
      const auto ask = [&](std::span<const feel::Value* const> slots) {
        feel::Evaluation evaluation(environment, slots);
        decision::TableTrace trace;
        decision::evaluate(*table, evaluation, &trace);
        for (const std::size_t hit : trace.hits) see(names::decision(decision.name, hit));
      };
      if (place.line_of) {
        const feel::Value& rows = record.values[*place.line_of];
        if (rows.is_null()) continue;
        for (const feel::Value& row : rows.list()) {
          ask(variables.for_line(expression, row.list()));
        }
      } else {
        ask(variables.with_more(expression, more));
      }
    }
  }
}

void Watcher::see_unmet(const Named& named, const lifecycle::MoveCheck& check) {
  const engine::Record record = world_.record(named);
  const model::Lifecycle* lifecycle = model::lifecycle_of(*named.entity, record.values);
  if (lifecycle == nullptr) return;
  for (const lifecycle::Unmet& unmet : check.unmet) {
    for (const model::Stage& stage : lifecycle->stages) {
      for (const model::Criterion& one : stage.entry) {
        if (is_same_place(one.where, unmet.where)) {
          see(names::criterion(*named.entity, stage, one, true));
        }
      }
      for (const model::Criterion& one : stage.exit) {
        if (is_same_place(one.where, unmet.where)) {
          see(names::criterion(*named.entity, stage, one, false));
        }
      }
      for (const model::ChecklistItem& item : stage.checklist) {
        const bool is_it = unmet.kind == lifecycle::Unmet::Kind::Item && unmet.item == item.code;
        if (is_it) see(names::item(*named.entity, stage, item));
      }
    }
  }
}

void Watcher::see_refusal(const model::Entity& entity, const engine::Refusal& refusal) {
  for (const engine::FieldProblem& problem : refusal.fields) {
    const std::string text = render(problem.message, Language::English);
    for (const model::Rule& rule : entity.rules) {
      // A rule without a sentence is told by the general one and the field that it is about.
      const bool is_general = rule.say.empty() && problem.message.text == &texts::kRuleBroken &&
                              (!problem.field || rule.fields == std::vector{*problem.field});
      if (is_general || says(rule.say, text)) see(names::rule(entity, rule));
    }
  }
}

void Watcher::see_rights(const engine::Actor& actor, const model::Entity& entity,
                         model::Action action) {
  for (const std::size_t role : actor.roles) {
    const model::Role& one = world_.model().roles[role];
    if (one.grants[entity.index].rule(action) == nullptr) continue;
    see(names::right(one, entity, action));
  }
}

void Watcher::see_expectations(const Step::Expect& expect, const engine::Actor& actor) {
  for (const auto& [what, wanted] : expect.that) {
    const std::size_t dot = what.find('.');
    const Named* named = dot == std::string::npos ? nullptr : world_.find(what.substr(0, dot));
    if (named == nullptr) continue;
    const std::string word = what.substr(dot + 1);
    if (word == "hidden_from") {
      for (const std::string& person : texts_of(wanted.value)) {
        const auto other = world_.actor(person);
        if (other) see_rights(*other, *named->entity, model::Action::View);
      }
    }
    if (word != "cannot" && word != "why") continue;
    const auto standing = world_.engine().standing(actor, *named->entity, named->id);
    if (!standing) continue;
    for (const lifecycle::MoveCheck& check : standing->moves) see_unmet(*named, check);
    const std::vector<std::string> not_possible = texts_of(wanted.value);
    for (std::size_t i = 0; word == "cannot" && i < model::kActionCount; ++i) {
      const auto action = static_cast<model::Action>(i);
      const std::string name(model::action_name(action));
      if (std::find(not_possible.begin(), not_possible.end(), name) != not_possible.end()) {
        see_rights(actor, *named->entity, action);
      }
    }
  }
}

}  // namespace formwork::scenario

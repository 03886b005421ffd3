#include "engine/scenario/random_steps.h"

#include <algorithm>

#include "engine/scenario/perform.h"

namespace formwork::scenario {
namespace {

// Later records are of more interest than those that lie far back, and the one of the step before
// is of the most: what takes many steps happens to a record only while people stay with it.
constexpr std::size_t kRecent = 24;
constexpr unsigned kStayPercent = 80;

bool gives_up(const lifecycle::MoveCheck& move) {
  return move.to->final && move.to->final != model::Final::Won;
}

}  // namespace

RandomSteps::RandomSteps(World& world, Dice& dice)
    : world_(world), dice_(dice), values_(world, dice) {}

model::ScenarioStep RandomSteps::next() {
  constexpr unsigned kCreate = 10;
  constexpr unsigned kPass = 6;
  const Named* named = record();
  if (named == nullptr || dice_.chance(kCreate)) return create();
  if (dice_.chance(kPass)) {
    static const std::vector<std::string> kTimes{"PT30M", "PT30M", "PT8H", "PT8H", "P1D",
                                                 "P1D",   "P3D",   "P8D",  "P30D"};
    calendar::Period period = *calendar::parse_period(dice_.pick(kTimes));
    period.business = dice_.chance(25);
    return by(person(), Step::Pass{period});
  }
  const std::size_t what = dice_.below(100);
  if (what < 22) return edit(*named);
  if (what < 50) return move(*named);
  if (what < 58) return check(*named);
  if (what < 88) {
    if (const Named* asked = record_with_process()) return decide(*asked);
    return move(*named);
  }
  return others(*named);
}

const std::string& RandomSteps::person() { return dice_.pick(world_.model().people).name; }

// Whoever has the right, more often than not.
std::string RandomSteps::person_who_may(model::Action action, const model::Entity& entity) {
  constexpr int kTries = 8;
  std::string who = person();
  for (int i = 0; i < kTries; ++i) {
    const auto actor = world_.actor(who);
    if (actor && world_.engine().gate().may(*actor, action, entity)) break;
    who = person();
  }
  return who;
}

// More happens to records that have stages.
const model::Entity& RandomSteps::entity() {
  const model::Entity& one = dice_.pick(world_.model().entities);
  return one.lifecycles.empty() ? dice_.pick(world_.model().entities) : one;
}

// What has to be there before it, because a required field leads to it.
const model::Entity& RandomSteps::first_needed(const model::Entity& entity) {
  const model::Entity* needed = &entity;
  const auto is_there = [&](std::size_t target) {
    return std::any_of(world_.records().begin(), world_.records().end(),
                       [&](const Named& named) { return named.entity->index == target; });
  };
  for (std::size_t i = 0; i < world_.model().entities.size(); ++i) {
    const model::Entity* before = needed;
    for (const fields::Field& field : before->fields) {
      const auto needs = [&](const fields::Field& one) {
        return one.required && one.type->column == fields::Column::Record && !is_there(one.target);
      };
      if (needs(field)) needed = &world_.model().entities[field.target];
      for (const fields::Field& column : field.fields) {
        if (needs(column)) needed = &world_.model().entities[column.target];
      }
    }
    if (needed == before) break;
  }
  return *needed;
}

// Deleted or in its last stage: hardly anything happens to it any more.
bool RandomSteps::is_over(const Named& named) {
  const engine::Record record = world_.record(named);
  const model::Stage* stage = model::stage_of(*named.entity, record.values);
  return record.deleted_at || (stage != nullptr && stage->final);
}

const Named* RandomSteps::record() {
  const std::vector<Named>& records = world_.records();
  if (records.empty()) return nullptr;
  const bool is_at_hand = focus_ < records.size() && !is_over(records[focus_]);
  if (is_at_hand && dice_.chance(kStayPercent)) return &records[focus_];
  constexpr int kTries = 8;
  for (int i = 0; i < kTries; ++i) {
    focus_ = records.size() - 1 - dice_.below(std::min(records.size(), kRecent));
    if (!records[focus_].entity->lifecycles.empty() && !is_over(records[focus_])) break;
  }
  return &records[focus_];
}

// One that is under way before one that has ended.
const Named* RandomSteps::record_with_process() {
  const std::vector<Named>& records = world_.records();
  std::vector<const Named*> asked;
  std::vector<const Named*> ended;
  const std::size_t first = records.size() - std::min(records.size(), kRecent);
  for (std::size_t i = first; i < records.size(); ++i) {
    if (records[i].entity->lifecycles.empty()) continue;
    const auto process = world_.process(records[i]);
    if (process) (process->is_under_way() ? asked : ended).push_back(&records[i]);
  }
  if (!asked.empty()) return dice_.pick(asked);
  return ended.empty() || !dice_.chance(20) ? nullptr : dice_.pick(ended);
}

RandomSteps::Step RandomSteps::by(std::string who, Step::Action action) {
  return {.as = std::move(who),
          .action = std::move(action),
          .refused = false,
          .refusal = {},
          .where = {}};
}

RandomSteps::Step RandomSteps::create() {
  const model::Entity& made = first_needed(entity());
  std::string who = person_who_may(model::Action::Create, made);
  Step::Create step{.entity = made.index,
                    .with = values_.of(made, true, who),
                    .call_it = made.name + std::to_string(++made_)};
  return mended(by(std::move(who), std::move(step)));
}

// Values for which the step would be refused are drawn again, as somebody does who reads what the
// form says.
RandomSteps::Step RandomSteps::mended(Step step) {
  constexpr int kTries = 5;
  constexpr unsigned kGiveUpPercent = 8;
  const auto actor = world_.actor(step.as);
  for (int i = 0; actor && i < kTries && !dice_.chance(kGiveUpPercent); ++i) {
    const auto hitch = rehearse(step, *actor, world_);
    if (!hitch || !hitch->refusal || hitch->entity == nullptr) break;
    model::PlacedValues& with = std::holds_alternative<Step::Create>(step.action)
                                    ? std::get<Step::Create>(step.action).with
                                    : std::get<Step::Edit>(step.action).with;
    for (const engine::FieldProblem& problem : hitch->refusal->fields) {
      if (!problem.field) continue;
      const fields::Field& field = hitch->entity->fields[*problem.field];
      std::erase_if(with, [&](const auto& one) { return one.first == field.name; });
      if (fields::takes_input(field))
        with.emplace_back(field.name, model::PlacedValue{values_.good(field), {}});
    }
  }
  return step;
}

// Somebody who has to do with the record, more often than not.
std::string RandomSteps::who_cares(const Named& named) {
  const engine::Record record = world_.record(named);
  const auto directory = world_.engine().directory();
  if (named.entity->owner && dice_.chance(60)) {
    const feel::Value& owner = record.values[*named.entity->owner];
    if (!owner.is_null()) return directory->account_name(owner.record().id);
  }
  if (dice_.chance(25)) return directory->account_name(record.created_by);
  constexpr int kTries = 4;
  std::string who = person();
  for (int i = 0; i < kTries; ++i) {
    const auto actor = world_.actor(who);
    if (actor) {
      const auto standing = world_.engine().standing(*actor, *named.entity, named.id);
      if (standing && standing->may_edit) break;
    }
    who = person();
  }
  return who;
}

RandomSteps::Step RandomSteps::edit(const Named& named) {
  std::string who = who_cares(named);
  Step::Edit step{.record = named.name, .with = values_.of(*named.entity, false, who)};
  return mended(by(std::move(who), std::move(step)));
}

// Somebody for whom there is a move, if such a one is found quickly.
std::string RandomSteps::person_who_moves(const Named& named) {
  constexpr int kTries = 4;
  std::string who = who_cares(named);
  for (int i = 0; i < kTries; ++i) {
    const auto actor = world_.actor(who);
    const auto standing = actor ? world_.engine().standing(*actor, *named.entity, named.id)
                                : Expected<engine::Standing, engine::Refusal>(engine::Standing());
    if (standing && !standing->moves.empty()) break;
    who = person();
  }
  return who;
}

RandomSteps::Step RandomSteps::move(const Named& named) {
  if (named.entity->lifecycles.empty()) return edit(named);
  std::string who = person_who_moves(named);
  const auto actor = world_.actor(who);
  Step::Move step{.record = named.name,
                  .to = dice_.pick(dice_.pick(named.entity->lifecycles).stages).name,
                  .comment = {}};
  if (actor && dice_.chance(90)) {
    const auto standing = world_.engine().standing(*actor, *named.entity, named.id);
    if (standing && !standing->moves.empty()) {
      // Giving up is always possible, and would soon be all that ever happens.
      const lifecycle::MoveCheck* drawn = &dice_.pick(standing->moves);
      for (int i = 0; i < 3 && (gives_up(*drawn) || !drawn->allowed_role); ++i) {
        drawn = &dice_.pick(standing->moves);
      }
      const lifecycle::MoveCheck& move = *drawn;
      if (!move.unmet.empty() && dice_.chance(70)) return mend(named, std::move(who), move);
      step.to = move.to->name;
      const bool is_asked = move.transition != nullptr && move.transition->needs_comment;
      if (is_asked) step.comment = "because";
    }
  }
  return by(std::move(who), std::move(step));
}

// Does what keeps the record from a move: ticks what is to be ticked, or fills in what is asked
// for.
RandomSteps::Step RandomSteps::mend(const Named& named, std::string who,
                                    const lifecycle::MoveCheck& move) {
  Step::Check ticks{.record = named.name, .items = {}, .done = true};
  Step::Edit edit{.record = named.name, .with = {}};
  for (const lifecycle::Unmet& unmet : move.unmet) {
    if (!unmet.item.empty()) ticks.items.push_back(unmet.item);
    if (!unmet.field) continue;
    const fields::Field& field = named.entity->fields[*unmet.field];
    const bool is_known = std::any_of(edit.with.begin(), edit.with.end(),
                                      [&](const auto& one) { return one.first == field.name; });
    if (!is_known && fields::takes_input(field)) {
      edit.with.emplace_back(field.name, model::PlacedValue{values_.good(field), {}});
    }
  }
  if (!ticks.items.empty() && (edit.with.empty() || dice_.chance(50))) {
    return by(std::move(who), std::move(ticks));
  }
  if (edit.with.empty()) edit.with = values_.of(*named.entity, false, who);
  return mended(by(std::move(who), std::move(edit)));
}

RandomSteps::Step RandomSteps::check(const Named& named) {
  const engine::Record record = world_.record(named);
  const model::Stage* stage = model::stage_of(*named.entity, record.values);
  if (stage == nullptr || stage->checklist.empty()) return move(named);
  Step::Check step{.record = named.name, .items = {}, .done = dice_.chance(85)};
  for (const model::ChecklistItem& item : stage->checklist) step.items.push_back(item.code);
  return by(who_cares(named), std::move(step));
}

std::string RandomSteps::step_of(const engine::Process& process) {
  if (process.steps.empty() || dice_.chance(50)) return "submitter";
  return dice_.pick(process.steps).id;
}

RandomSteps::Step RandomSteps::decide(const Named& named) {
  static const std::vector<std::string> kActions{
      "approve", "approve",   "approve",  "approve",  "approve", "reject",
      "return",  "return",    "transfer", "withdraw", "urge",    "add_approver",
      "read",    "take_back", "resubmit", "resubmit"};
  const std::vector<engine::Process> processes = world_.processes(named);
  const engine::Process& process = processes.front();
  Step::Decide step{.action = dice_.pick(kActions),
                    .record = named.name,
                    .comment = "because",
                    .to = {},
                    .where = {},
                    .with = {}};
  if (step.action == "transfer" || step.action == "add_approver") step.to = person();
  if (step.action == "return") step.to = step_of(process);
  if (step.action == "add_approver") {
    static const std::vector<std::string> kPlaces{"before", "after", "alongside"};
    step.where = dice_.pick(kPlaces);
  }
  const auto directory = world_.engine().directory();
  std::vector<std::string> asked;
  for (const engine::Task& task : process.tasks) {
    if (task.state == engine::TaskState::Open) {
      asked.push_back(directory->account_name(task.assignee));
    }
  }
  const bool as_submitter = step.action == "withdraw" || step.action == "urge";
  std::string who = person();
  if (as_submitter && dice_.chance(70)) {
    who = directory->account_name(process.submitter);
  } else if (!asked.empty() && dice_.chance(80)) {
    who = dice_.pick(asked);
  }
  return by(std::move(who), std::move(step));
}

RandomSteps::Step RandomSteps::others(const Named& named) {
  switch (dice_.below(11)) {
    case 0:
    case 8:
      return by(person(), Step::Assign{.record = named.name, .to = {}});
    case 9:
      if (!named.entity->pools.empty()) return release(named);
      return by(who_cares(named), Step::Comment{.record = named.name, .text = "noted"});
    case 10:
      return by(who_cares(named), Step::Comment{.record = named.name, .text = "noted"});
    case 1:
    case 2:
      return by(person(), Step::Assign{.record = named.name, .to = person()});
    case 3:
    case 4:
      return by(person(), Step::Delegate{.to = person(), .during = *calendar::parse_period("P3D")});
    case 5:
      return edit(named);
    default: {
      const bool is_deleted = world_.record(named).deleted_at.has_value();
      return by(who_cares(named), Step::Remove{.record = named.name, .restore = is_deleted});
    }
  }
}

RandomSteps::Step RandomSteps::release(const Named& named) {
  return by(who_cares(named), Step::Release{.record = named.name,
                                            .pool = dice_.pick(named.entity->pools).name,
                                            .comment = "because"});
}

}  // namespace formwork::scenario

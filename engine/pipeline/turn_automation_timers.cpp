// The part of a Turn that is about automations which a time sets off.
#include <algorithm>
#include <charconv>

#include "dsl/model/scope.h"
#include "engine/automations/trigger.h"
#include "engine/automations/waiting.h"
#include "engine/permissions/related_records.h"
#include "engine/pipeline/automation_timers.h"
#include "engine/pipeline/turn.h"
#include "engine/pipeline/turn_rule.h"
#include "engine/records/rights.h"

namespace formwork::engine {
namespace {

using automations::Event;
using Kind = model::Trigger::Kind;

constexpr std::size_t kBatch = 1'000;

bool changes(const records::Decision& decision, std::size_t field) {
  return std::find(decision.changed.begin(), decision.changed.end(), field) !=
         decision.changed.end();
}

// The trigger that the timer was set for; null: the model has it no more.
const model::Trigger* trigger_of(const model::Automation& automation, const Timer& timer,
                                 Kind kind) {
  const auto number = static_cast<std::size_t>(timer.number);
  if (!automation.enabled || number >= automation.on.size()) return nullptr;
  const model::Trigger& trigger = automation.on[number];
  return trigger.kind == kind ? &trigger : nullptr;
}

// Up to which record a schedule has come; 0: it begins.
RecordId record_in(const std::string& payload) {
  RecordId record = 0;
  std::from_chars(payload.data(), payload.data() + payload.size(), record);
  return record;
}

}  // namespace

void Turn::follow_dates(const Decision& decision) {
  const model::Entity& entity = *decision.entity;
  if (decision.action == "deleted") {
    for (const Timer& timer : transaction_.timers_of(entity.name, decision.after.id)) {
      const bool is_ours = timer.kind == Timer::Kind::Date || timer.kind == Timer::Kind::Delayed;
      if (is_ours) transaction_.delete_timer(timer.id);
    }
    return;
  }
  for (const model::Automation* automation : listeners_.with_dates(entity)) {
    const bool concerns =
        decision.action == "restored" ||
        std::any_of(automation->on.begin(), automation->on.end(), [&](const auto& trigger) {
          return trigger.kind == Kind::Date && changes(decision, trigger.field);
        });
    if (concerns) set_date_timers(*automation, decision);
  }
}

// Those to come are set anew; one whose date was entered now may have passed already and fires all
// the same.
void Turn::set_date_timers(const model::Automation& automation, const Decision& decision) {
  const Record& record = decision.after;
  const std::string& entity = decision.entity->name;
  const Carried carried = carried_to_dates();
  transaction_.delete_timers_of_record(entity, record.id, Timer::Kind::Date, automation.name);
  engine::set_date_timers(transaction_, automation, record, model_, situation_.now, carried);
  for (std::size_t i = 0; i < automation.on.size(); ++i) {
    const model::Trigger& trigger = automation.on[i];
    if (trigger.kind != Kind::Date || !changes(decision, trigger.field)) continue;
    const auto times = automations::date_times(trigger, record.values[trigger.field], model_);
    if (!times || times->due > situation_.now) continue;
    if (!automations::still_counts(trigger, *times, situation_.now)) continue;
    transaction_.insert_timer({.due_at = times->due,
                               .kind = Timer::Kind::Date,
                               .entity = entity,
                               .record = record.id,
                               .number = static_cast<std::int64_t>(i),
                               .rule = automation.name,
                               .payload = times->due < carried.before ? carried.payload : ""});
  }
}

// A date that automations set again and again to what is now would run for ever, each time as a
// chain of its own. One that comes an hour or more behind the one that this chain began with gets
// somewhere: also where that was long ago, and what nobody ran for is made up for.
Carried Turn::carried_to_dates() const {
  std::vector<std::string> path = path_here();
  if (path.empty()) return {};
  const Instant now = situation_.now;
  const std::optional<Instant> due = rule_ != nullptr ? rule_->event.due : std::nullopt;
  const Instant since = due ? std::min(*due, now) : now;
  return {.before = {since.microseconds + kNearMicros},
          .payload = automations::to_payload({.path = std::move(path)})};
}

void Turn::drop_delayed(const model::Entity& entity, RecordId record, std::string_view left) {
  if (!listeners_.waits_in_stages(entity)) return;
  for (const Timer& timer : transaction_.timers_of(entity.name, record)) {
    if (timer.kind != Timer::Kind::Delayed) continue;
    if (automations::from_payload(timer.payload).stage == left) transaction_.delete_timer(timer.id);
  }
}

void Turn::on_delayed(const Timer& timer) {
  const model::Automation* automation = model_.find_automation(timer.rule);
  if (automation == nullptr || !automation->enabled) return;
  automations::Waiting waiting = automations::from_payload(timer.payload);
  Event event{.entity = model_.find_entity(timer.entity), .record = timer.record};
  const bool fits = automation->entity ? event.entity == &model_.entities[*automation->entity]
                                       : event.entity == nullptr;
  if (!fits) return;
  event.deleted = waiting.deleted;
  event.actor = waiting.actor;
  event.cause = waiting.cause;
  event.path = std::move(waiting.path);
  event.due = waiting.due;
  woken_.push_back({.triggered = {.automation = automation,
                                  .trigger = std::move(waiting.trigger),
                                  .stage = std::move(waiting.stage),
                                  .has_waited = true},
                    .event = std::move(event)});
}

void Turn::on_date(const Timer& timer) {
  const model::Automation* automation = model_.find_automation(timer.rule);
  if (automation == nullptr || !automation->entity) return;
  const model::Trigger* trigger = trigger_of(*automation, timer, Kind::Date);
  const model::Entity& entity = model_.entities[*automation->entity];
  if (trigger == nullptr || timer.entity != entity.name) return;
  woken_.push_back(
      {.triggered = {.automation = automation,
                     .trigger = automations::trigger_text(*trigger, *automation, model_),
                     .stage = {},
                     .has_waited = false},
       .event = {.entity = &entity,
                 .record = timer.record,
                 .path = automations::from_payload(timer.payload).path,
                 .due = timer.due_at}});
}

void Turn::on_cron(const Timer& timer) {
  const model::Automation* automation = model_.find_automation(timer.rule);
  if (automation == nullptr) return;
  const model::Trigger* trigger = trigger_of(*automation, timer, Kind::Cron);
  if (trigger == nullptr) return;
  if (automation->entity && wake_some(*automation, *trigger, timer)) return;
  // From now on: what was missed while nothing ran is made up for once.
  set_cron_timers(transaction_, *automation, model_, situation_.now,
                  static_cast<std::size_t>(timer.number));
  if (automation->entity) return;
  woken_.push_back(
      {.triggered = {.automation = automation,
                     .trigger = automations::trigger_text(*trigger, *automation, model_),
                     .stage = {},
                     .has_waited = false},
       .event = {}});
}

// Each record gets its own timer, due now, so that each is a chain of its own. A large table is
// gone through by portions: the schedule's timer comes again behind those of a portion, with the
// last record, so that what others wait for waits for one portion at most. Meanwhile the schedule
// has no next time, and what would have come is left out.
bool Turn::wake_some(const model::Automation& automation, const model::Trigger& trigger,
                     const Timer& timer) {
  try {
    const auto last = wake_behind(record_in(timer.payload), automation, trigger);
    if (!last) return false;
    Timer next = timer;
    next.due_at = situation_.now;
    next.payload = std::to_string(*last);
    transaction_.insert_timer(next);
    return true;
  } catch (const store::TooMuchToExamine& too_much) {
    Run run{.at = situation_.now, .automation = automation.name, .outcome = RunOutcome::Failed};
    run.trigger = automations::trigger_text(trigger, automation, model_);
    run.reason = automation.each->text() + ": " + too_much.what();
    transaction_.insert_run(run);
    return false;
  }
}

// The last one, when there may be more behind it.
std::optional<RecordId> Turn::wake_behind(RecordId begin, const model::Automation& automation,
                                          const model::Trigger& trigger) {
  const model::Entity& entity = model_.entities[*automation.entity];
  const permissions::RelatedRecords related(situation_.gate, records::moment_of(situation_));
  const std::vector<store::FilterSlot> slots = store::rule_slots(*model_.scopes, entity);
  store::Query query{.entity = &entity, .sort = {}, .limit = kBatch};
  query.sort.column = model::ColumnRef::of(model::SystemColumn::Id);
  query.after = store::Position{.value = feel::Value(feel::Number(begin)), .id = begin};
  if (automation.each) {
    query.filter = store::Filter{
        .expression = &*automation.each,
        .scope = &model_.scopes->of(entity),
        .slots = slots,
        .user = {},
        .environment = {
            .now = situation_.now, .zone = situation_.showing.zone, .records = &related}};
  }
  Timer timer{.due_at = automation.after ? model_.calendar().add(situation_.now, *automation.after)
                                         : situation_.now,
              .kind = Timer::Kind::Delayed,
              .entity = entity.name,
              .rule = automation.name};
  timer.payload =
      automations::to_payload({.trigger = automations::trigger_text(trigger, automation, model_)});
  const std::vector<Record> found = transaction_.list(query);
  for (const Record& record : found) {
    timer.record = record.id;
    transaction_.insert_timer(timer);
  }
  return found.size() < kBatch ? std::nullopt : std::optional(found.back().id);
}

}  // namespace formwork::engine

// What automations did and what they would do. The latter is carried out in a piece of work that is
// then undone, so that it is what they would do and not what somebody thinks that they would.
#include <array>

#include "engine/automations/texts.h"
#include "engine/automations/trigger.h"
#include "engine/pipeline/submit.h"
#include "engine/pipeline/turn.h"

namespace formwork::engine {
namespace {

using automations::Event;

// So many of the newest runs of an automation are counted.
constexpr std::size_t kRunsCounted = 100;

constexpr std::array<std::string_view, 7> kTriggers{"created", "updated",  "deleted", "restored",
                                                    "moved",   "assigned", "released"};

std::string present_stage(const model::Entity& entity, const Record& record) {
  if (!entity.stage_fields) return {};
  const feel::Value& stage = record.values[entity.stage_fields->stage];
  return stage.is_null() ? std::string() : stage.string();
}

// As if that had happened just now and led to the record as it is.
Event event_of(std::string_view trigger, const model::Entity& entity, const Record& record) {
  Event event{.entity = &entity, .record = record.id};
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    if (!record.values[i].is_null()) event.changed.push_back(i);
  }
  event.created = trigger == "created";
  event.deleted = trigger == "deleted";
  event.restored = trigger == "restored";
  event.assigned = trigger == "assigned" ||
                   (event.created && entity.owner && !record.values[*entity.owner].is_null());
  event.released = trigger == "released";
  if (trigger == "updated") event.before = record;
  if (event.created || trigger == "moved") event.entered = present_stage(entity, record);
  // From where it came is not known; somebody who listens for leaving it is about to be told.
  if (trigger == "moved") event.left = event.entered;
  return event;
}

Refusal unknown_trigger(const std::string& trigger) {
  std::string known;
  for (const std::string_view name : kTriggers) {
    known += (known.empty() ? "" : ", ") + std::string(name);
  }
  return refusal_of(RefusalKind::Invalid, automations::texts::kUnknownTrigger,
                    {{"trigger", trigger}, {"known", known}});
}

bool is_known(std::string_view trigger) {
  return std::find(kTriggers.begin(), kTriggers.end(), trigger) != kTriggers.end();
}

std::string words_of(const Trial& trial, const model::Model& model) {
  if (!trial.trigger.empty()) return "dry run: " + trial.trigger;
  const model::Automation& automation = *trial.automation;
  return "dry run: " + automations::trigger_text(automation.on.front(), automation, model);
}

Expected<std::vector<Run>, Refusal> try_out(const Trial& trial, Turn& turn,
                                            store::Transaction& transaction,
                                            const model::Model& model) {
  if (!is_known(trial.trigger) && !(trial.trigger.empty() && trial.automation != nullptr)) {
    return Unexpected(unknown_trigger(trial.trigger));
  }
  Event event;
  if (trial.entity != nullptr) {
    const auto record = transaction.find_record(*trial.entity, trial.record);
    if (!record || record->deleted_at) {
      return Unexpected(permissions::not_found(*trial.entity, std::to_string(trial.record)));
    }
    event = event_of(trial.trigger, *trial.entity, *record);
  }
  const std::string words = words_of(trial, model);
  // A chain without end is among what there is to see.
  static_cast<void>(turn.try_out(std::move(event), trial.automation, words).has_value());
  return turn.chain().log;
}

}  // namespace

Expected<permissions::Some<Run>, Refusal> Engine::runs(const Actor& actor,
                                                       const store::RunQuery& query) {
  if (!gate_.is_admin(actor)) return Unexpected(gate_.explain_admin());
  store::RunQuery one_more = query;
  one_more.limit += 1;
  permissions::Some<Run> some{.lines = store_->read()->runs(one_more)};
  if (some.lines.size() > query.limit) {
    some.lines.resize(query.limit);
    some.next = some.lines.back().id;
  }
  return some;
}

Expected<Run, Refusal> Engine::find_run(const Actor& actor, RunId id) {
  if (!gate_.is_admin(actor)) return Unexpected(gate_.explain_admin());
  std::optional<Run> run = store_->read()->find_run(id);
  if (run) return std::move(*run);
  return Unexpected(refusal_of(RefusalKind::NotFound, automations::texts::kNoSuchRun,
                               {{"id", std::to_string(id)}}));
}

Expected<std::vector<AutomationState>, Refusal> Engine::automations(const Actor& actor) {
  if (!gate_.is_admin(actor)) return Unexpected(gate_.explain_admin());
  const std::unique_ptr<store::View> view = store_->read();
  std::vector<AutomationState> states;
  for (const model::Automation& automation : model_->automations) {
    AutomationState state{.automation = &automation};
    const std::vector<Run> newest =
        view->runs({.automation = automation.name, .limit = kRunsCounted});
    for (const Run& run : newest) ++state.runs[static_cast<std::size_t>(run.outcome)];
    if (!newest.empty()) state.last = newest.front();
    states.push_back(std::move(state));
  }
  return states;
}

Expected<std::vector<Run>, Refusal> Engine::dry_run(const Actor& actor, const Trial& trial) {
  if (!gate_.is_admin(actor)) return Unexpected(gate_.explain_admin());
  std::optional<Expected<std::vector<Run>, Refusal>> result;
  const store::Commit commit = store_->submit_and_wait([&](store::Transaction& transaction) {
    in_turn(actor, transaction,
            [&](Turn& turn) { result.emplace(try_out(trial, turn, transaction, *model_)); });
    return false;
  });
  if (commit != store::Commit::RolledBack || !result) return Unexpected(refusal_of(commit));
  return std::move(*result);
}

}  // namespace formwork::engine

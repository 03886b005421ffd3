#include "engine/pipeline/automation_timers.h"

#include <algorithm>
#include <limits>

#include "engine/automations/trigger.h"
#include "engine/pipeline/startup.h"

namespace formwork::engine {
namespace {

using Kind = model::Trigger::Kind;

constexpr std::size_t kAll = std::numeric_limits<std::int32_t>::max();

bool has(const model::Automation& automation, Kind kind) {
  return std::any_of(automation.on.begin(), automation.on.end(),
                     [&](const model::Trigger& trigger) { return trigger.kind == kind; });
}

void delete_timers(store::Transaction& transaction, const std::string& rule, Timer::Kind kind) {
  for (const Timer& timer : transaction.timers_of_rule(rule, kAll)) {
    if (timer.kind == kind) transaction.delete_timer(timer.id);
  }
}

std::string timers_of(const model::Automation& automation) {
  return "the timers of automation " + automation.name;
}

void keep_cron(store::Store& store, const model::Automation& automation, const model::Model& model,
               Instant now) {
  const std::string definition =
      automation.enabled ? automations::cron_definition(automation) : std::string();
  const std::string setting = "cron." + automation.name;
  if (store.read()->find_setting(setting).value_or("") == definition) return;
  write_at_start(store, timers_of(automation), [&](store::Transaction& transaction) {
    delete_timers(transaction, automation.name, Timer::Kind::Cron);
    if (automation.enabled) set_cron_timers(transaction, automation, model, now);
    transaction.put_setting(setting, definition);
  });
}

// The definition is kept last: what was interrupted is done anew.
void keep_dates(store::Store& store, const model::Automation& automation, const model::Model& model,
                Instant now) {
  const std::string definition = automations::date_definition(automation, model);
  const std::string setting = "date." + automation.name;
  if (store.read()->find_setting(setting).value_or("") == definition) return;
  const std::string what = timers_of(automation);
  write_at_start(store, what, [&](store::Transaction& transaction) {
    delete_timers(transaction, automation.name, Timer::Kind::Date);
  });
  if (!definition.empty()) {
    write_at_start(store, what, model.entities[*automation.entity],
                   [&](store::Transaction& transaction, const Record& record) {
                     set_date_timers(transaction, automation, record, model, now);
                   });
  }
  write_at_start(store, what, [&](store::Transaction& transaction) {
    transaction.put_setting(setting, definition);
  });
}

// The automations whose timers the store keeps, as one text: "beat,daily,".
std::string kept_names(const model::Model& model) {
  std::string names;
  for (const model::Automation& automation : model.automations) {
    if (has(automation, Kind::Cron) || has(automation, Kind::Date)) names += automation.name + ",";
  }
  return names;
}

// One that the app has no more leaves nothing behind: its timers would not follow the records, and
// be wrong when it comes back.
void forget_others(store::Store& store, const model::Model& model) {
  constexpr std::string_view kSetting = "automation.timers";
  const std::string names = kept_names(model);
  const std::string before = store.read()->find_setting(kSetting).value_or("");
  if (before == names) return;
  write_at_start(store, "the timers of automations", [&](store::Transaction& transaction) {
    for (std::size_t begin = 0; begin < before.size();) {
      const std::size_t end = before.find(',', begin);
      const std::string name = before.substr(begin, end - begin);
      begin = end + 1;
      if (("," + names).find("," + name + ",") != std::string::npos) continue;
      delete_timers(transaction, name, Timer::Kind::Cron);
      delete_timers(transaction, name, Timer::Kind::Date);
      transaction.put_setting("cron." + name, "");
      transaction.put_setting("date." + name, "");
    }
    transaction.put_setting(kSetting, names);
  });
}

}  // namespace

void set_cron_timers(store::Transaction& transaction, const model::Automation& automation,
                     const model::Model& model, Instant now, std::optional<std::size_t> only) {
  for (std::size_t i = 0; i < automation.on.size(); ++i) {
    const model::Trigger& trigger = automation.on[i];
    if (trigger.kind != Kind::Cron || (only && *only != i)) continue;
    transaction.insert_timer({.due_at = trigger.cron->next(now, *model.app.time_zone),
                              .kind = Timer::Kind::Cron,
                              .number = static_cast<std::int64_t>(i),
                              .rule = automation.name});
  }
}

void set_date_timers(store::Transaction& transaction, const model::Automation& automation,
                     const Record& record, const model::Model& model, Instant now,
                     const Carried& carried) {
  for (std::size_t i = 0; i < automation.on.size(); ++i) {
    const model::Trigger& trigger = automation.on[i];
    if (trigger.kind != Kind::Date) continue;
    const auto times = automations::date_times(trigger, record.values[trigger.field], model);
    if (!times || times->due <= now) continue;
    transaction.insert_timer({.due_at = times->due,
                              .kind = Timer::Kind::Date,
                              .entity = model.entities[*automation.entity].name,
                              .record = record.id,
                              .number = static_cast<std::int64_t>(i),
                              .rule = automation.name,
                              .payload = times->due < carried.before ? carried.payload : ""});
  }
}

void keep_automation_timers(store::Store& store, const model::Model& model, Instant now) {
  forget_others(store, model);
  for (const model::Automation& automation : model.automations) {
    if (has(automation, Kind::Cron)) keep_cron(store, automation, model, now);
    if (has(automation, Kind::Date)) keep_dates(store, automation, model, now);
  }
}

}  // namespace formwork::engine

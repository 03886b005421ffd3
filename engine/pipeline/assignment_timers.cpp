#include "engine/pipeline/assignment_timers.h"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "engine/pipeline/startup.h"
#include "engine/records/assignment.h"

namespace formwork::engine {
namespace {

using Kind = Timer::Kind;

constexpr std::size_t kAll = std::numeric_limits<std::int32_t>::max();

// No step has this place: the timer of the promise.
constexpr std::int64_t kPromise = -1;

// The promise is made to each owner anew.
std::string promise_to(AccountId owner) { return "promise " + std::to_string(owner); }

// What decides when it comes.
std::string key_of(const calendar::Period& after) {
  return calendar::to_string(after) + (after.business ? " business" : "");
}

std::string key_of(const model::ResponseStep& step) { return key_of(step.after); }

std::string key_of(const model::Recycle& rule) { return rule.id + " " + key_of(rule.after); }

template <class Rule>
const Rule* rule_of(const std::vector<Rule>& rules, const Timer& timer) {
  const auto number = static_cast<std::size_t>(timer.number);
  if (number >= rules.size() || key_of(rules[number]) != timer.payload) return nullptr;
  return &rules[number];
}

template <class Rule>
std::string definition_of(const std::vector<Rule>& rules) {
  std::string text;
  for (const Rule& rule : rules) text += key_of(rule) + ";";
  return text;
}

std::string response_definition(const model::Assignment& assignment, const model::Model& model) {
  if (!assignment.response) return {};
  const model::Entity& entity = model.entities[assignment.entity];
  return (find_late_listener(model, entity) ? "promise;" : "") +
         definition_of(assignment.response->steps);
}

// The timers of a kind that a record has by an assignment, which are taken away.
std::vector<Timer> take_timers(store::Transaction& transaction, const model::Entity& entity,
                               RecordId record, Kind kind, const model::Assignment& assignment) {
  std::vector<Timer> timers = transaction.timers_of(entity.name, record);
  std::erase_if(timers, [&](const Timer& timer) {
    return timer.kind != kind || timer.rule != assignment.name;
  });
  for (const Timer& timer : timers) transaction.delete_timer(timer.id);
  return timers;
}

// Sets the timers of one record in place of those it has.
class Setting {
 public:
  Setting(store::Transaction& transaction, const model::Assignment& assignment,
          const Record& record, const model::Model& model, Instant now)
      : transaction_(transaction),
        assignment_(assignment),
        entity_(model.entities[assignment.entity]),
        record_(record),
        model_(model),
        now_(now) {}

  void set_response(const ResponseClock& clock, bool keeps) {
    begin(Kind::Response, keeps);
    if (!clock.running_since || !assignment_.response) return;
    set_promise();
    const auto& steps = assignment_.response->steps;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      set(static_cast<std::int64_t>(i), key_of(steps[i]),
          records::reaches(clock, steps[i].after, now_, model_));
    }
  }

  void set_recycling(bool keeps) {
    begin(Kind::Recycle, keeps);
    if (!is_worked_on(entity_, record_)) return;
    const feel::Value& since = record_.values[entity_.assignment_fields->assigned_at];
    const Instant got_it = since.is_null() ? now_ : since.instant();
    for (std::size_t i = 0; i < assignment_.recycle.size(); ++i) {
      const Instant due = model_.calendar().add(got_it, assignment_.recycle[i].after);
      set(static_cast<std::int64_t>(i), key_of(assignment_.recycle[i]), std::max(due, now_));
    }
  }

 private:
  void begin(Kind kind, bool keeps) {
    kind_ = kind;
    old_ = take_timers(transaction_, entity_, record_.id, kind, assignment_);
    if (!keeps) old_.clear();
  }

  // A clock that goes on behind its promise has broken it before.
  void set_promise() {
    if (!find_late_listener(model_, entity_)) return;
    const feel::Value& by = record_.values[*entity_.assignment_fields->respond_by];
    std::optional<Instant> due;
    if (!by.is_null() && by.instant() > now_) due = by.instant();
    set(kPromise, promise_to(records::owner_of(entity_, record_)), due);
  }

  void set(std::int64_t number, std::string key, std::optional<Instant> due) {
    const auto same = std::find_if(old_.begin(), old_.end(),
                                   [&](const Timer& timer) { return timer.payload == key; });
    if (same != old_.end()) due = same->due_at;
    if (!due) return;
    transaction_.insert_timer({.due_at = *due,
                               .kind = kind_,
                               .entity = entity_.name,
                               .record = record_.id,
                               .number = number,
                               .rule = assignment_.name,
                               .payload = std::move(key)});
  }

  store::Transaction& transaction_;
  const model::Assignment& assignment_;
  const model::Entity& entity_;
  const Record& record_;
  const model::Model& model_;
  Instant now_;
  Kind kind_ = Kind::Response;
  std::vector<Timer> old_;  // which keep their times where the model has them still
};

// Brings the timers of all records in line with the model, at a start.
class Keeper {
 public:
  Keeper(store::Store& store, const model::Model& model, Instant now)
      : store_(store), model_(model), now_(now) {}

  // The definitions are kept last: what was interrupted is done anew.
  void keep(const model::Assignment& assignment) {
    const std::string what = "the timers of assignment " + assignment.name;
    const std::string response = response_definition(assignment, model_);
    const std::string recycling = definition_of(assignment.recycle);
    const bool has_response = keeps(response_setting(assignment.name), response);
    const bool has_recycling = keeps(recycle_setting(assignment.name), recycling);
    if (has_response && has_recycling) return;
    write_at_start(store_, what, model_.entities[assignment.entity],
                   [&](store::Transaction& transaction, const Record& record) {
                     Setting setting(transaction, assignment, record, model_, now_);
                     if (!has_response) set_response(setting, transaction, assignment, record);
                     if (!has_recycling) setting.set_recycling(true);
                   });
    write_at_start(store_, what, [&](store::Transaction& transaction) {
      transaction.put_setting(response_setting(assignment.name), response);
      transaction.put_setting(recycle_setting(assignment.name), recycling);
    });
  }

  // One that the app has no more, or for another entity, leaves nothing behind: its timers would
  // not follow the records, and be wrong when it comes back.
  void forget_others() {
    constexpr std::string_view kSetting = "assignment.timers";
    const std::string names = kept_names();
    const std::string before = store_.read()->find_setting(kSetting).value_or("");
    if (before == names) return;
    write_at_start(store_, "the timers of assignments", [&](store::Transaction& transaction) {
      for (std::size_t begin = 0; begin < before.size();) {
        const std::size_t end = before.find(',', begin);
        const std::string name = before.substr(begin, end - begin);
        begin = end + 1;
        if (("," + names).find("," + name + ",") == std::string::npos) {
          forget(transaction, name.substr(0, name.find(' ')));
        }
      }
      transaction.put_setting(kSetting, names);
    });
  }

 private:
  static std::string response_setting(const std::string& name) { return "response." + name; }

  static std::string recycle_setting(const std::string& name) { return "recycle." + name; }

  bool keeps(const std::string& setting, const std::string& definition) {
    return store_.read()->find_setting(setting).value_or("") == definition;
  }

  void set_response(Setting& setting, store::Transaction& transaction,
                    const model::Assignment& assignment, const Record& record) {
    const std::string& entity = model_.entities[assignment.entity].name;
    // A record that is older than its clock has none until somebody gets it.
    const auto clock = transaction.find_response_clock(entity, record.id);
    setting.set_response(clock.value_or(ResponseClock{}), true);
  }

  // "territory lead,": assignments with timers, and of which entity.
  std::string kept_names() const {
    std::string names;
    for (const model::Assignment& assignment : model_.assignments) {
      if (!assignment.response && assignment.recycle.empty()) continue;
      names += assignment.name + " " + model_.entities[assignment.entity].name + ",";
    }
    return names;
  }

  static void forget(store::Transaction& transaction, const std::string& name) {
    for (const Timer& timer : transaction.timers_of_rule(name, kAll)) {
      const bool is_its = timer.kind == Kind::Response || timer.kind == Kind::Recycle;
      if (is_its) transaction.delete_timer(timer.id);
    }
    transaction.put_setting(response_setting(name), "");
    transaction.put_setting(recycle_setting(name), "");
  }

  store::Store& store_;
  const model::Model& model_;
  Instant now_;
};

}  // namespace

bool is_worked_on(const model::Entity& entity, const Record& record) {
  return records::owner_of(entity, record) != 0 && !records::is_closed(entity, record) &&
         !record.deleted_at;
}

const model::ResponseStep* step_of(const model::Assignment& assignment, const Timer& timer) {
  return assignment.response ? rule_of(assignment.response->steps, timer) : nullptr;
}

std::optional<LateListener> find_late_listener(const model::Model& model,
                                               const model::Entity& entity) {
  for (const model::Automation& automation : model.automations) {
    if (!automation.enabled || automation.entity != entity.index) continue;
    for (const model::Trigger& trigger : automation.on) {
      const bool listens = trigger.kind == model::Trigger::Kind::Overdue &&
                           trigger.overdue == model::OverdueEvent::Response;
      if (listens) return LateListener{&automation, &trigger};
    }
  }
  return std::nullopt;
}

bool is_of_promise(const Timer& timer, AccountId owner) {
  return timer.number == kPromise && timer.payload == promise_to(owner);
}

const model::Recycle* recycle_of(const model::Assignment& assignment, const Timer& timer) {
  return rule_of(assignment.recycle, timer);
}

void set_response_timers(store::Transaction& transaction, const model::Assignment& assignment,
                         const Record& record, const ResponseClock& clock,
                         const model::Model& model, Instant now, bool keeps_steps) {
  Setting(transaction, assignment, record, model, now).set_response(clock, keeps_steps);
}

void set_recycle_timers(store::Transaction& transaction, const model::Assignment& assignment,
                        const Record& record, const model::Model& model, Instant now) {
  Setting(transaction, assignment, record, model, now).set_recycling(false);
}

void keep_assignment_timers(store::Store& store, const model::Model& model, Instant now) {
  Keeper keeper(store, model, now);
  keeper.forget_others();
  for (const model::Assignment& assignment : model.assignments) keeper.keep(assignment);
}

}  // namespace formwork::engine

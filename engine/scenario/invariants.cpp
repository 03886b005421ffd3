#include "engine/scenario/invariants.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "engine/records/output.h"

namespace formwork::scenario {
namespace {

constexpr std::string_view kNotStuck = "no record is stuck";
constexpr std::string_view kOnce = "nobody decides twice in a seat";
constexpr std::string_view kNoOrphans = "every open task has an open process and a record";
constexpr std::string_view kWaits = "a process that is under way waits for somebody";
constexpr std::string_view kOwnerOrPool = "a record has an owner, or waits in a pool, or neither";
constexpr std::string_view kClock = "the response clock and its fields agree";
constexpr std::string_view kTimers = "every timer belongs to something";
constexpr std::string_view kEnds = "automations come to an end";
constexpr std::string_view kReplay = "history, replayed, gives the record";

class Inspector {
 public:
  Inspector(const Named& named, World& world)
      : named_(named), world_(world), record_(world.record(named)) {}

  std::vector<Broken> run() {
    const std::vector<engine::Process> processes = world_.processes(named_);
    for (const engine::Process& process : processes) check_process(process);
    check_stuck(processes);
    check_owner();
    check_clock();
    check_timers();
    check_runs();
    check_replay();
    return std::move(broken_);
  }

 private:
  void report(std::string_view invariant, std::string what) {
    broken_.push_back({invariant, std::move(what)});
  }

  std::string name() const { return world_.name_of(named_); }

  void check_process(const engine::Process& process) {
    const std::string of = "the approval `" + process.chain + "` of " + name();
    bool is_asked = false;
    std::set<std::tuple<std::size_t, std::size_t, engine::AccountId>> decided;
    for (const engine::Task& task : process.tasks) {
      const bool is_open =
          task.kind != engine::TaskKind::Copy &&
          (task.state == engine::TaskState::Open || task.state == engine::TaskState::Waiting);
      if (is_open && !process.is_under_way()) {
        report(kNoOrphans, of + " has ended, and somebody is still asked");
      }
      is_asked = is_asked || (is_open && task.state == engine::TaskState::Open);
      const bool is_decision = task.state == engine::TaskState::Done && task.decided_by != 0 &&
                               (task.outcome == engine::TaskOutcome::Approved ||
                                task.outcome == engine::TaskOutcome::Rejected);
      if (is_decision && !decided.insert({task.step, task.seat, task.decided_by}).second) {
        report(kOnce, world_.engine().directory()->account_name(task.decided_by) +
                          " decided twice in one seat of " + of);
      }
    }
    if (!process.is_under_way()) return;
    if (record_.deleted_at) report(kNoOrphans, of + " goes on, and the record is deleted");
    const bool is_held = std::any_of(process.steps.begin(), process.steps.end(), [](auto& step) {
      return step.state == engine::StepState::Held;
    });
    if (!is_asked && !is_held) report(kWaits, of + " is under way, and nobody is asked");
  }

  // Something may come of it: by somebody's move, a task, a timer, or a new owner.
  void check_stuck(const std::vector<engine::Process>& processes) {
    const model::Stage* stage = model::stage_of(*named_.entity, record_.values);
    if (stage == nullptr || stage->final || record_.deleted_at) return;
    const bool is_under_way = std::any_of(processes.begin(), processes.end(),
                                          [](const auto& one) { return one.is_under_way(); });
    if (is_under_way || !world_.look()->timers_of(named_.entity->name, named_.id).empty()) return;
    bool may_be_edited = false;
    bool may_move_after_edit = false;
    for (const model::Person& person : world_.model().people) {
      const auto actor = world_.actor(person.name);
      if (!actor) continue;
      const auto standing = world_.engine().standing(*actor, *named_.entity, named_.id);
      if (!standing) continue;
      if (standing->may_assign || standing->may_claim) return;
      may_be_edited = may_be_edited || standing->may_edit;
      for (const lifecycle::MoveCheck& move : standing->moves) {
        if (move.is_possible()) return;
        const bool lacks_values = move.transition != nullptr && move.allowed_role && !move.other;
        may_move_after_edit = may_move_after_edit || lacks_values;
      }
    }
    if (may_be_edited && may_move_after_edit) return;
    report(kNotStuck, name() + " is stuck in `" + stage->name +
                          "`: no move for anybody, no task and no timer");
  }

  bool has(std::optional<std::size_t> field) const {
    return field && !record_.values[*field].is_null();
  }

  void check_owner() {
    const auto& kept = named_.entity->assignment_fields;
    if (!kept) return;
    const bool is_owned = has(named_.entity->owner);
    if (is_owned && has(kept->pool)) {
      report(kOwnerOrPool, name() + " has an owner and is in a pool all the same");
    }
    if (is_owned != has(kept->assigned_at)) {
      report(kOwnerOrPool, name() + (is_owned ? " has an owner since never"
                                              : " was given to somebody, and nobody has it"));
    }
  }

  // `respond_by` is there as long as the clock runs for somebody, and afterwards when there was an
  // answer.
  void check_clock() {
    const auto& kept = named_.entity->assignment_fields;
    if (!kept || !kept->respond_by || record_.deleted_at) return;
    const auto clock = world_.look()->find_response_clock(named_.entity->name, named_.id);
    const bool runs = clock && clock->running_since && !clock->stopped;
    if (has(kept->respond_by) && !runs && !has(kept->responded_at)) {
      report(kClock, name() + " says when somebody has to answer, and no clock runs");
    }
    if (runs && !has(kept->respond_by)) {
      report(kClock, "the clock of " + name() + " runs, and it does not say until when");
    }
    if (runs && !has(named_.entity->owner)) {
      report(kClock, "the clock of " + name() + " runs for nobody");
    }
  }

  void check_timers() {
    using Kind = engine::Timer::Kind;
    for (const engine::Timer& timer : world_.look()->timers_of(named_.entity->name, named_.id)) {
      const bool is_of_automation = timer.kind == Kind::Delayed || timer.kind == Kind::Date;
      const bool is_of_assignment = timer.kind == Kind::Response || timer.kind == Kind::Recycle;
      const bool belongs =
          (!is_of_automation || world_.model().find_automation(timer.rule) != nullptr) &&
          (!is_of_assignment || world_.model().find_assignment(timer.rule) != nullptr);
      if (!belongs) {
        report(kTimers, "a timer of " + name() + " is for " + timer.rule + ", which is not there");
      }
      const bool lives_on = timer.kind == Kind::Response || timer.kind == Kind::Recycle;
      if (lives_on && !has(named_.entity->owner)) {
        report(kTimers, "a timer of " + name() + " waits for an owner that it does not have");
      }
    }
  }

  void check_runs() {
    const auto stopped = world_.look()->runs({.entity = named_.entity->name,
                                              .record = named_.id,
                                              .outcome = engine::RunOutcome::Stopped,
                                              .limit = 1});
    if (!stopped.empty()) {
      report(kEnds, "automations went on without an end: " + stopped.front().reason);
    }
  }

  static std::string text_of(const json::Value& value) {
    std::string text;
    json::Writer writer(text);
    json::write(writer, value);
    return text;
  }

  void check_replay() {
    std::map<std::string, std::string> replayed;
    bool is_deleted = false;
    std::int64_t version = 0;
    auto entries = world_.look()->history(named_.entity->name, named_.id, 0, 10'000);
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
      if (entry->action == "deleted") is_deleted = true;
      if (entry->action == "restored") is_deleted = false;
      version = std::max(version, entry->version);
      if (entry->changes.empty()) continue;
      const json::Value changes = json::parse(entry->changes).value();
      for (const json::Value::Member& change : changes.members) {
        const json::Value* to = change.second.find("to");
        if (to != nullptr) replayed[change.first] = text_of(*to);
      }
    }
    compare(replayed);
    if (is_deleted != record_.deleted_at.has_value()) {
      report(kReplay, "history and " + name() + " disagree whether it is deleted");
    }
    if (version != record_.version) {
      report(kReplay, "history ends with version " + std::to_string(version) + " of " + name() +
                          ", which has version " + std::to_string(record_.version));
    }
  }

  void compare(const std::map<std::string, std::string>& replayed) {
    const auto people = world_.engine().directory();
    for (std::size_t i = 0; i < named_.entity->fields.size(); ++i) {
      const fields::Field& field = named_.entity->fields[i];
      std::string actual;
      json::Writer writer(actual);
      records::write_value(writer, field, record_.values[i], *people);
      const auto known = replayed.find(field.name);
      const std::string expected = known == replayed.end() ? "null" : known->second;
      if (actual == expected) continue;
      report(kReplay, "history says " + expected + " of " + name() + "." + field.name +
                          ", which is " + actual);
    }
  }

  const Named& named_;
  World& world_;
  const engine::Record record_;
  std::vector<Broken> broken_;
};

}  // namespace

std::vector<Broken> broken_invariants(const Named& named, World& world) {
  return Inspector(named, world).run();
}

std::vector<std::string> broken_invariants(World& world) {
  std::vector<std::string> texts;
  for (const Named& named : world.records()) {
    for (Broken& broken : broken_invariants(named, world)) texts.push_back(std::move(broken.what));
  }
  return texts;
}

}  // namespace formwork::scenario

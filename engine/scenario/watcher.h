// Watches a scenario and notes what it exercises, from what can be seen from outside: history,
// processes, timers and refusals.
#pragma once

#include <map>
#include <optional>

#include "engine/scenario/perform.h"
#include "engine/scenario/play.h"

namespace formwork::scenario {

class Watcher {
 public:
  // Both must outlive it.
  Watcher(World& world, Coverage& coverage);
  ~Watcher();
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;

  // Before a step is performed or an expectation is checked, while the record is as the step finds
  // it.
  void before(const model::ScenarioStep& step, const engine::Actor& actor);
  // `hitch` is null when it was done.
  void after(const model::ScenarioStep& step, const engine::Actor& actor, const Hitch* hitch);

 private:
  void see(std::string name) { coverage_.seen.insert(std::move(name)); }

  void see_timer(const engine::Timer& timer);
  void see_response(const engine::Timer& timer, const model::Entity& entity);
  // What automations did since it was asked last; whether they did anything.
  bool see_runs();
  void see_run(const engine::Run& run);
  void see_assignment(const engine::HistoryEntry& entry);
  void see_arrival(const engine::HistoryEntry& entry);
  void see_record(const Named& named);
  void see_history(const Named& named);
  void see_stage_change(const Named& named, const engine::HistoryEntry& entry);
  void see_refused_move(const Named& named, const std::string& text);
  void see_processes(const Named& named);
  void see_decisions(const Named& named, const engine::Actor& actor);
  void see_unmet(const Named& named, const lifecycle::MoveCheck& check);
  void see_refusal(const model::Entity& entity, const engine::Refusal& refusal);
  void see_rights(const engine::Actor& actor, const model::Entity& entity, model::Action action);
  void see_expectations(const model::ScenarioStep::Expect& expect, const engine::Actor& actor);

  World& world_;
  Coverage& coverage_;
  std::map<std::pair<std::size_t, engine::RecordId>, std::int64_t> known_;  // last entry of history
  engine::RunId last_run_ = 0;
};

}  // namespace formwork::scenario

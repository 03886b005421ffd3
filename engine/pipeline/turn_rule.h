// What the actions of an automation have done, in a turn whose actor is the rule.
#pragma once

#include "engine/pipeline/turn.h"

namespace formwork::engine {

// Beyond these the whole chain is refused.
inline constexpr std::size_t kMostDeep = 16;
inline constexpr std::size_t kMostRuns = 1'000;
inline constexpr std::size_t kMostChanges = 10'000;

// Dates that automations set less than so far ahead go on with the chain (dsl/lint/loops/leads.h).
inline constexpr std::int64_t kNearMicros = 3600 * kMicrosPerSecond;

// The rule itself: it has no account and no rights are asked of it.
const Actor& rule_actor();

class Turn::RuleDoing final : public automations::Doing {
 public:
  // `turn` acts by `rule`; `teller` is that of the whole chain, so that nobody is told the same
  // thing twice.
  RuleDoing(Turn& turn, const Rule& rule, Teller& teller);

  const records::Situation& situation() const override { return turn_.situation_; }

  const records::Situation& asking() const override { return asking_; }

  std::optional<Record> find(const model::Entity& entity, RecordId id) override;
  std::vector<Record> list(const store::Query& query) override;
  std::optional<RecordId> find_match(const model::Entity& entity,
                                     std::span<const std::size_t> fields,
                                     std::span<const feel::Value> values) override;
  Expected<Outcome, Refusal> change(const Intent& intent) override;
  Expected<void, Refusal> enter(const model::Entity& entity, const Record& record,
                                std::size_t stage, const std::string& comment) override;
  std::vector<automations::Told> tell(const automations::Occasion& occasion,
                                      const automations::Telling& telling) override;
  void send(OutboxMessage message) override;
  void give(ToDo todo) override;

  // Whether something was refused because the chain is beyond its budget.
  bool is_over() const { return is_over_; }

 private:
  std::optional<Refusal> refuse_over();
  std::string rule_name() const;

  Turn& turn_;
  const Rule& rule_;
  Teller& teller_;
  const Actor asker_;
  const records::Situation asking_;
  bool is_over_ = false;
};

// `a → b → a`: from where the circle begins that the last one closes, else all of it.
std::string path_text(const std::vector<std::string>& path, const std::string& last);

}  // namespace formwork::engine

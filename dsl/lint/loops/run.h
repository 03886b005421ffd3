// One run of an automation, as far as it matters to what one of its actions leads to.
#pragma once

#include <optional>

#include "dsl/lint/loops/triggers.h"

namespace formwork::lint {

// Where a walk stands: a record that an automation is about to be run for.
struct State {
  Facts facts;
  std::optional<Facts> old;  // what it was before, when that is known
  bool is_new = false;       // nothing changed: `old` is null

  explicit State(const model::Entity& entity) : facts(entity) {}

  bool operator==(const State&) const = default;

  Before before() const { return {.facts = old ? &*old : nullptr, .is_null = is_new}; }
};

// What an action did, and what is so when all of the automation is done.
struct Passage {
  Happening happening;
  Facts end;  // of the record that the automation is about
};

class Runner {
 public:
  explicit Runner(const Ground& ground) : ground_(ground), conditions_(ground) {}

  // Whether the automation may run there, and what is so then.
  bool begin(const model::Automation& automation, std::optional<std::size_t> changed, State& state);

  // Nothing when that action is not reached, or when nothing comes of it.
  std::optional<Passage> run(const model::Automation& automation, std::size_t action,
                             const State& state);

  const Ground& ground() const { return ground_; }

 private:
  std::optional<Happening> act(const model::Automation& automation,
                               const model::AutomationAction& action, Facts& facts);

  const Ground& ground_;
  Conditions conditions_;
};

}  // namespace formwork::lint

// The mutation check: an app with one condition, step or rule taken out must fail at least one of
// its scenarios. What no scenario misses is either not tested or not needed.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/scenario/play.h"

namespace formwork::testing {

struct Mutant {
  std::string what;      // "criterion quote.sendable entry: count(items) > 0", as coverage calls it
  std::string exercise;  // of coverage: scenarios that exercise this are the first to notice
  std::string entity;    // or else those that have to do with it
  Span where;
  // Null when the app does not compile without it, which is noticing it, too.
  std::function<std::shared_ptr<const model::Model>()> make;
};

// Takes out, one at a time: criteria, conditions of moves, steps, rules of entities and of roles,
// required items of checklists and fields required from a stage on, approval steps, deadlines,
// dwell times, moves, and rules of decisions; of automations each trigger, condition, wait, action
// and what it writes or whom it tells; of webhooks and forms each value and how they find records;
// of assignments rules, limits, turns, steps of the response clock and what goes back to pools.
// `recompile` makes a model of changed sources.
using Recompile =
    std::function<std::shared_ptr<const model::Model>(std::vector<SourcePtr> sources)>;
std::vector<Mutant> make_mutants(const std::shared_ptr<const model::Model>& model,
                                 const Recompile& recompile);

// Those that no scenario notices, in the order of the documents: what was taken out, and where it
// stood.
struct Survivors {
  std::size_t mutants = 0;
  std::vector<std::string> lines;
};

Survivors find_survivors(const std::shared_ptr<const model::Model>& model,
                         const std::vector<Mutant>& mutants, const scenario::MakeStore& make_store);

}  // namespace formwork::testing

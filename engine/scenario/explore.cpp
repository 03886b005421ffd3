#include "engine/scenario/explore.h"

#include <algorithm>

#include "engine/scenario/invariants.h"
#include "engine/scenario/perform.h"
#include "engine/scenario/random_steps.h"
#include "engine/scenario/scenario_text.h"
#include "engine/scenario/start.h"
#include "engine/scenario/watcher.h"

namespace formwork::scenario {
namespace {

using Step = model::ScenarioStep;
using ModelPtr = std::shared_ptr<const model::Model>;

// How often a walk is played again to make it shorter.
constexpr std::size_t kAttempts = 300;

class Explorer {
 public:
  Explorer(const ModelPtr& model, const Walk& walk, const MakeStore& make_store, Coverage* coverage)
      : model_(model),
        walk_(walk),
        make_store_(make_store),
        world_(model, make_store(model), beginning({}, *model)),
        dice_(walk.seed),
        steps_(world_, dice_) {
    if (coverage == nullptr) return;
    coverage->all.merge(what_to_cover(*model));
    watcher_.emplace(world_, *coverage);
  }

  Explored run() {
    while (explored_.steps < walk_.steps && !explored_.violation) take(steps_.next());
    explored_.records = world_.records().size();
    return std::move(explored_);
  }

 private:
  void take(Step step) {
    const auto actor = world_.actor(step.as);
    if (!actor) return;
    ++explored_.steps;
    if (watcher_) watcher_->before(step, *actor);
    const auto done = perform(step, *actor, world_);
    if (watcher_) watcher_->after(step, *actor, done ? nullptr : &done.error());
    if (!done) {
      ++explored_.refused;
      return;
    }
    if (std::holds_alternative<Step::Decide>(step.action)) ++explored_.decisions;
    taken_.push_back(std::move(step));
    look(taken_.back());
  }

  // Refused steps change nothing, and others change their own record alone, but for time.
  void look(const Step& step) {
    const Named* subject = subject_of(step, world_);
    if (std::holds_alternative<Step::Create>(step.action)) subject = &world_.records().back();
    if (subject != nullptr) {
      judge(broken_invariants(*subject, world_));
      return;
    }
    for (const Named& named : world_.records()) {
      if (!explored_.violation) judge(broken_invariants(named, world_));
    }
  }

  void judge(const std::vector<Broken>& broken) {
    if (broken.empty()) return;
    const std::string_view invariant = broken.front().invariant;
    const std::vector<Step> shortest = shrink(taken_, invariant);
    explored_.violation =
        Violation{.invariant = std::string(invariant) + ", but " + broken.front().what,
                  .scenario = write(shortest, invariant),
                  .seed = walk_.seed};
  }

  bool still_breaks(const std::vector<Step>& steps, std::string_view invariant) {
    ++attempts_;
    World world(model_, make_store_(model_), beginning({}, *model_));
    for (const Step& step : steps) {
      const auto actor = world.actor(step.as);
      // What is left out may make a later step impossible: then it is left out, too.
      if (actor) static_cast<void>(perform(step, *actor, world).has_value());
    }
    for (const Named& named : world.records()) {
      for (const Broken& broken : broken_invariants(named, world)) {
        if (broken.invariant == invariant) return true;
      }
    }
    return false;
  }

  // Leaves out whatever it goes without: halves first, then smaller pieces.
  std::vector<Step> shrink(std::vector<Step> steps, std::string_view invariant) {
    for (std::size_t size = std::max<std::size_t>(1, steps.size() / 2);; size /= 2) {
      for (std::size_t at = 0; at < steps.size() && attempts_ < kAttempts;) {
        std::vector<Step> fewer(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(at));
        const std::size_t end = std::min(steps.size(), at + size);
        fewer.insert(fewer.end(), steps.begin() + static_cast<std::ptrdiff_t>(end), steps.end());
        if (still_breaks(fewer, invariant)) {
          steps = std::move(fewer);
        } else {
          at = end;
        }
      }
      if (size <= 1) return steps;
    }
  }

  // As it would be written by hand: steps that are refused by now left out, `as` only where it
  // changes.
  std::string write(const std::vector<Step>& steps, std::string_view invariant) {
    model::Scenario scenario;
    scenario.name = std::string(invariant);
    World world(model_, make_store_(model_), beginning({}, *model_));
    std::string acts;
    for (Step step : steps) {
      const auto actor = world.actor(step.as);
      if (!actor || !perform(step, *actor, world)) continue;
      if (scenario.as.empty()) scenario.as = step.as;
      if (scenario.steps.empty()) acts = step.as;
      if (step.as == acts) {
        step.as.clear();
      } else {
        acts = step.as;
      }
      scenario.steps.push_back(std::move(step));
    }
    json::Value truth;
    truth.kind = json::Value::Kind::True;
    scenario.steps.push_back({.as = {},
                              .action = Step::Expect{{{"sound", {truth, {}}}}},
                              .refused = false,
                              .refusal = {},
                              .where = {}});
    return to_yaml(scenario, *model_);
  }

  const ModelPtr model_;
  const Walk walk_;
  const MakeStore& make_store_;
  World world_;
  Dice dice_;
  RandomSteps steps_;
  std::optional<Watcher> watcher_;
  std::vector<Step> taken_;
  Explored explored_;
  std::size_t attempts_ = 0;
};

}  // namespace

Explored explore(const std::shared_ptr<const model::Model>& model, const Walk& walk,
                 const MakeStore& make_store, Coverage* coverage) {
  if (model->people.empty() || model->entities.empty()) return {};
  return Explorer(model, walk, make_store, coverage).run();
}

}  // namespace formwork::scenario

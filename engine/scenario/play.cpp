#include "engine/scenario/play.h"

#include <algorithm>

#include "dsl/diagnostics/codes.h"
#include "engine/scenario/cases.h"
#include "engine/scenario/expectations.h"
#include "engine/scenario/perform.h"
#include "engine/scenario/start.h"
#include "engine/scenario/values.h"
#include "engine/scenario/watcher.h"

namespace formwork::scenario {
namespace {

using Step = model::ScenarioStep;

std::string lines(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : "\n") + part;
  return text;
}

class Player {
 public:
  Player(const Case& one, World& world, Watcher* watcher)
      : case_(one), world_(world), watcher_(watcher), acts_(one.scenario.as) {}

  std::vector<Diagnostic> play() {
    for (const Step& step : case_.scenario.steps) {
      if (!step.as.empty()) acts_ = step.as;
      if (!play_step(step)) break;
    }
    return std::move(failures_);
  }

 private:
  // False: what comes behind it makes no sense any more.
  bool play_step(const Step& step) {
    const std::optional<engine::Actor> actor = world_.actor(acts_);
    if (!actor) {
      const std::string who = acts_.empty() ? "nobody acts" : "`" + acts_ + "` has no account";
      fail(codes::kScenarioImpossible, step.where, who + (acts_.empty() ? "" : " that is open"),
           "say who acts: `as: ` and one of the people of the app");
      return false;
    }
    if (watcher_ != nullptr) watcher_->before(step, *actor);
    if (const auto* expect = std::get_if<Step::Expect>(&step.action)) {
      if (watcher_ != nullptr) watcher_->after(step, *actor, nullptr);
      check(*expect, *actor);
      return true;
    }
    const auto done = perform(step, *actor, world_);
    if (watcher_ != nullptr) watcher_->after(step, *actor, done ? nullptr : &done.error());
    if (step.refused) return check_refusal(step, done ? nullptr : &done.error());
    if (done) return true;
    blame(step, done.error());
    return false;
  }

  void check(const Step::Expect& expect, const engine::Actor& actor) {
    for (const auto& [what, wanted] : expect.that) {
      for (Disappointment& one : check_expectation(what, wanted, actor, world_)) {
        fail(codes::kScenarioFailed, wanted.where, std::move(one.message), std::move(one.notes));
      }
    }
  }

  std::string who_does(const Step& step) const {
    return "`" + describe(step, world_.model()) + "` by " + acts_;
  }

  void blame(const Step& step, const Hitch& hitch) {
    if (!hitch.refusal) {
      fail(codes::kScenarioImpossible, hitch.where ? hitch.where : step.where, hitch.fault, {});
      return;
    }
    std::vector<std::string> reasons = sentences(*hitch.refusal, hitch.entity, world_.model(), 0);
    const std::string first = reasons.front();
    reasons.erase(reasons.begin());
    fail(codes::kScenarioRefused, step.where, who_does(step) + " was refused: " + first,
         lines(reasons));
  }

  // The step had to be refused, with these texts somewhere in the refusal, in any of the app's
  // locales.
  bool check_refusal(const Step& step, const Hitch* hitch) {
    if (hitch == nullptr) {
      fail(codes::kScenarioGranted, step.where,
           "expected " + who_does(step) + " to be refused, but it was done", {});
      return false;
    }
    std::string all = hitch->fault;
    std::vector<std::string> first{hitch->fault};
    if (hitch->refusal) {
      first = sentences(*hitch->refusal, hitch->entity, world_.model(), 0);
      for (std::size_t i = 0; i < world_.model().app.locales.size(); ++i) {
        all += "\n" + lines(sentences(*hitch->refusal, hitch->entity, world_.model(), i));
      }
    }
    bool says_all = true;
    for (const model::PlacedValue& text : step.refusal) {
      if (all.find(shown(text.value)) != std::string::npos) continue;
      says_all = false;
      fail(codes::kScenarioFailed, text.where,
           "expected the refusal of " + who_does(step) + " to say `" + shown(text.value) +
               "`, but it does not",
           lines(first));
    }
    return says_all;
  }

  void fail(std::string_view code, const Span& where, std::string message, std::string notes) {
    Diagnostic failure{.code = code,
                       .severity = Severity::Error,
                       .where = where,
                       .message = std::move(message),
                       .remedy = std::move(notes),
                       .related = {}};
    if (case_.row) failure.related.push_back({case_.row, "in this case"});
    failures_.push_back(std::move(failure));
  }

  const Case& case_;
  World& world_;
  Watcher* watcher_;
  std::string acts_;
  std::vector<Diagnostic> failures_;
};

Result play_case(const std::shared_ptr<const model::Model>& model, const Case& one,
                 const MakeStore& make_store, Coverage* coverage) {
  World world(model, make_store(model), beginning(one.scenario, *model));
  std::optional<Watcher> watcher;
  if (coverage != nullptr) watcher.emplace(world, *coverage);
  Result result{.name = one.scenario.name, .passed = true, .failures = {}};
  result.failures = Player(one, world, watcher ? &*watcher : nullptr).play();
  result.passed = result.failures.empty();
  return result;
}

}  // namespace

// Monday, 2 March 2026, 09:00 in the app's zone, unless the scenario says when.
Instant beginning(const model::Scenario& scenario, const model::Model& model) {
  constexpr std::int64_t kNine = 9 * 3600 * kNanosPerSecond;
  return scenario.at.value_or(
      model.app.time_zone->to_instant({Date{2026, 3, 2}, TimeOfDay{kNine}}));
}

std::vector<Result> play(const std::shared_ptr<const model::Model>& model,
                         const model::Scenario& scenario, const MakeStore& make_store,
                         Coverage* coverage) {
  if (coverage != nullptr) coverage->all.merge(what_to_cover(*model));
  std::vector<Result> results;
  for (const Case& one : cases_of(scenario)) {
    results.push_back(play_case(model, one, make_store, coverage));
  }
  return results;
}

}  // namespace formwork::scenario

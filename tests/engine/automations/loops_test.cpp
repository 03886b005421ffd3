// The rule sets that the compiler refuses as loops do loop, and those that it lets pass end: each
// is run here without that check.
#include <doctest/doctest.h>

#include "tests/dsl/lint/rule_sets.h"
#include "tests/support/app.h"

namespace formwork::testing {
namespace {

std::string text_of(const RuleSet& set) {
  std::string text;
  for (const SourcePtr& source : set.sources) {
    text += (text.empty() ? "" : "---\n") + std::string(source->text());
  }
  return text;
}

// Does what the comments of a rule set say.
class Play {
 public:
  explicit Play(const RuleSet& set) : app_(text_of(set)), actor_(app_.actor("clerk")) {
    for (const std::string& person : set.people) app_.actor(person, {"clerk"});
  }

  Outcome take(const std::string& step) {
    const std::size_t blank = step.find(' ');
    const std::string verb = step.substr(0, blank);
    const std::string rest = step.substr(blank + 1);
    if (verb == "create") return create(rest);
    if (verb == "edit") return app_.update(actor_, made_.entity->name, made_.id, version(), rest);
    if (verb == "move") {
      return run(engine::MoveRecord{made_.entity, made_.id, std::nullopt, rest, {}});
    }
    const auto to = app_.engine.directory()->find_account(rest);
    return run(engine::AssignRecord{.entity = made_.entity, .id = made_.id, .to = to});
  }

  // While nobody runs.
  void miss(const std::string& time) {
    app_.clock.advance(
        DaysDuration::from_microseconds(end_of(time).microseconds - app_.clock.now().microseconds));
  }

  void pass(const std::string& time) {
    const Instant end = end_of(time);
    for (auto next = app_.engine.next_timer(); next && *next <= end;
         next = app_.engine.next_timer()) {
      const std::int64_t step = next->microseconds - app_.clock.now().microseconds;
      if (step > 0) app_.clock.advance(DaysDuration::from_microseconds(step));
      app_.engine.fire_timers();
    }
  }

  std::vector<engine::Run> runs(engine::RunOutcome outcome) {
    return app_.engine.store().read()->runs({.outcome = outcome, .limit = 1'000});
  }

  std::string record() { return app_.json_of(actor_, made_.entity->name, made_.id); }

  bool has_record() const { return made_.entity != nullptr; }

  std::int64_t count(const char* entity) {
    return app_.engine.store().read()->count({.entity = &app_.entity(entity)}, 1'000);
  }

 private:
  struct Made {
    const model::Entity* entity = nullptr;
    engine::RecordId id = 0;
  };

  Instant end_of(const std::string& time) {
    return app_.engine.model().calendar().add(app_.clock.now(), *calendar::parse_period(time));
  }

  Outcome create(const std::string& what) {
    const std::size_t blank = what.find(' ');
    const std::string entity = what.substr(0, blank);
    auto outcome = app_.create(actor_, entity, what.substr(blank + 1));
    if (outcome) made_ = {&app_.entity(entity), outcome->record.id};
    return outcome;
  }

  Outcome run(engine::Intent intent) {
    return app_.run({.actor = actor_, .intent = std::move(intent), .once = {}});
  }

  std::int64_t version() {
    return app_.engine.store().read()->find_record(*made_.entity, made_.id)->version;
  }

  App app_;
  engine::Actor actor_;
  Made made_;
};

// All but the last one, which begins the loop.
void prepare(const RuleSet& set, Play& play) {
  for (std::size_t i = 0; i + 1 < set.steps.size(); ++i) {
    CAPTURE(set.steps[i]);
    const Outcome outcome = play.take(set.steps[i]);
    REQUIRE_MESSAGE(outcome, code_of(outcome));
  }
}

// Where rules form several circles another one than the check tells may be taken.
void check_path(const std::string& path) {
  CAPTURE(path);
  CHECK(path.find(" → ") != std::string::npos);
}

TEST_CASE("every loop that is refused is cut off when it is run all the same") {
  std::size_t count = 0;
  for (const RuleSet& set : rule_sets("loops")) {
    if (set.steps.empty()) continue;
    CAPTURE(set.file);
    ++count;
    Play play(set);
    prepare(set, play);
    const std::string before = play.has_record() ? play.record() : "";
    const std::int64_t deals = play.count("deal");
    const std::int64_t accounts = play.count("account");
    const Outcome outcome = play.take(set.steps.back());
    if (set.pass.empty()) {
      CHECK(code_of(outcome) == "automation.runaway");
      if (play.has_record()) CHECK(play.record() == before);
      CHECK(play.count("deal") == deals);
      CHECK(play.count("account") == accounts);
    } else {
      CHECK_MESSAGE(outcome, code_of(outcome));
      play.pass(set.pass);
    }
    const auto stopped = play.runs(engine::RunOutcome::Stopped);
    REQUIRE(stopped.size() == 1);
    check_path(stopped.front().reason);
  }
  CHECK(count >= 14);
}

TEST_CASE("dates that come later and later are no chain, also when they were missed") {
  for (const char* next : {"due + duration(\"P1D\")", "now() + duration(\"PT6H\")"}) {
    CAPTURE(next);
    RuleSet set;
    set.sources = {
        compile::read_source("tests/dsl/lint/ground.yaml"),
        std::make_shared<const Source>(
            "rules.yaml", "automation: again\nof: deal\non: { date: due }\ndo:\n  - set: { due: '" +
                              std::string(next) + "' }\n")};
    Play play(set);
    REQUIRE(play.take(R"(create deal {"name": "A", "due": "2026-03-02T09:30:00+08:00"})"));
    play.pass("P40D");
    const std::size_t before = play.runs(engine::RunOutcome::Done).size();
    CHECK(before >= 40);
    play.miss("P40D");
    play.pass("PT1H");
    CHECK(play.runs(engine::RunOutcome::Done).size() > before);
    CHECK(play.runs(engine::RunOutcome::Stopped).empty());
  }
}

TEST_CASE("every rule set that passes runs to an end") {
  for (const RuleSet& set : rule_sets("near_misses")) {
    CAPTURE(set.file);
    Play play(set);
    prepare(set, play);
    const Outcome outcome = play.take(set.steps.back());
    CHECK_MESSAGE(outcome, code_of(outcome));
    if (!set.pass.empty()) play.pass(set.pass);
    CHECK(play.runs(engine::RunOutcome::Stopped).empty());
    CHECK(play.runs(engine::RunOutcome::Failed).empty());
  }
}

}  // namespace
}  // namespace formwork::testing

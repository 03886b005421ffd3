// Walks find what was planted, and what they print shows it again.
#include "engine/scenario/explore.h"

#include <doctest/doctest.h>

#include "tests/engine/scenario/deals_app.h"

namespace formwork::testing {
namespace {

// Whoever comes into `limbo` stays there: nobody has the role of its only move.
constexpr std::string_view kTrap = R"(app: trap
label: Trap
locales: [en]
time_zone: Asia/Shanghai
currency: CNY
---
people:
  li.lei: { name: Li Lei, roles: [clerk] }
  han.mei: { name: Han Mei, roles: [clerk] }
---
entity: job
label: Job
title: [name]
fields:
  name: { type: text, required: true, label: Name }
lifecycle:
  stages:
    open: { label: Open, to: [work] }
    work: { label: Work, to: [open, limbo, done] }
    limbo: { label: Limbo, to: [ { stage: done, roles: [boss] } ] }
    done: { label: Done, final: won }
---
role: clerk
label: Clerk
on: { job: { view: true, create: true, edit: true } }
---
role: boss
label: Boss
on: { job: { view: true, edit: true } }
)";

TEST_CASE("a walk finds a stage that traps records, and prints the shortest way into it") {
  const auto model = compile_app(kTrap);
  const scenario::Explored explored =
      scenario::explore(model, {.seed = 3, .steps = 500}, scratch_stores());
  REQUIRE(explored.violation.has_value());
  CHECK(explored.violation->seed == 3);
  CHECK(explored.violation->invariant.starts_with("no record is stuck, but job"));
  CHECK(explored.violation->invariant.find("is stuck in `limbo`: no move for anybody, no task and "
                                           "no timer") != std::string::npos);
  const std::string text = explored.violation->scenario;
  CAPTURE(text);
  const auto again = compile_app(std::string(kTrap) + "---\n" + text);
  REQUIRE(again->scenarios.size() == 1);
  CHECK(again->scenarios[0].steps.size() == 4);  // create, two moves, and what is expected
  const auto results = scenario::play(again, again->scenarios[0], scratch_stores());
  REQUIRE(results.size() == 1);
  REQUIRE(results[0].failures.size() == 1);
  CHECK(results[0].failures[0].message.starts_with("expected what always holds, but job"));
}

TEST_CASE("the same seed walks the same way") {
  const auto model = compile_app(kDeals);
  const auto walk = [&](std::uint64_t seed) {
    return scenario::explore(model, {.seed = seed, .steps = 150}, scratch_stores());
  };
  const scenario::Explored one = walk(11);
  const scenario::Explored two = walk(11);
  CHECK(one.steps == 150);
  CHECK(one.refused == two.refused);
  CHECK(one.records == two.records);
  CHECK(one.decisions == two.decisions);
}

TEST_CASE("a walk of an app without a flaw breaks nothing") {
  const auto model = compile_app(kDeals);
  scenario::Coverage coverage;
  const scenario::Explored explored =
      scenario::explore(model, {.seed = 5, .steps = 1'000}, scratch_stores(), &coverage);
  CHECK_MESSAGE(!explored.violation, explored.violation->invariant, "\n",
                explored.violation->scenario);
  CHECK(explored.decisions > 5);
  CHECK(explored.refused < explored.steps);
  CHECK(coverage.seen.contains("move deal: draft → review"));
}

}  // namespace
}  // namespace formwork::testing

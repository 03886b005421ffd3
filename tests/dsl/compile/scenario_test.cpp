// What a scenario document becomes in the model.
#include <doctest/doctest.h>

#include "dsl/compile/compile.h"

namespace formwork::compile {
namespace {

using Step = model::ScenarioStep;

constexpr const char* kApp = R"(
app: sales
time_zone: Asia/Shanghai
---
entity: quote
title: name
fields:
  name: { type: text, required: true }
  owner: { type: user }
  discount: { type: percent }
lifecycle:
  stages:
    draft: { checklist: { call: Call }, to: [review] }
    review: { approval: discounts, approved: done, rejected: draft }
    done: { final: won }
---
role: sales
on:
  quote: { view: true, create: true, edit: true, approve: true, assign: true }
---
approval: discounts
of: quote
why: They cost
steps: [{ id: manager, why: They know, approvers: role sales }]
---
people:
  li.lei: { name: Li Lei, roles: [sales] }
  han.mei: { name: Han Mei, roles: [sales] }
---
scenario: what is played
)";

model::Scenario compile_scenario(const std::string& text) {
  Diagnostics diagnostics;
  const auto source = std::make_shared<const Source>("app.yaml", kApp + text);
  const auto model = compile({{source}, ""}, diagnostics);
  std::string findings;
  for (const Diagnostic& diagnostic : diagnostics.all()) findings += to_text(diagnostic);
  CHECK(findings == "");
  REQUIRE(model != nullptr);
  REQUIRE(model->scenarios.size() == 1);
  return model->scenarios.front();
}

// The action of the step behind the one that creates `q`.
template <class Action>
Action action_of(const std::string& step) {
  const model::Scenario scenario = compile_scenario(
      "as: li.lei\nsteps:\n  - { create: quote, with: { name: A }, call_it: q }\n  - " + step);
  REQUIRE(scenario.steps.size() == 2);
  REQUIRE(std::holds_alternative<Action>(scenario.steps[1].action));
  return std::get<Action>(scenario.steps[1].action);
}

TEST_CASE("a scenario begins with somebody at a moment of the app's zone or of an offset") {
  const std::string steps = "\nsteps: [{ create: quote, with: { name: A } }]";
  const auto moment = parse_instant("2026-03-02T01:00:00Z");
  CHECK(compile_scenario("as: li.lei\nat: 2026-03-02T09:00" + steps).at == moment);
  CHECK(compile_scenario("as: li.lei\nat: 2026-03-02T02:00+01:00" + steps).at == moment);
  const model::Scenario scenario = compile_scenario("as: li.lei" + steps);
  CHECK(scenario.at == std::nullopt);
  CHECK(scenario.as == "li.lei");
  CHECK(scenario.name == "what is played");
}

TEST_CASE("who acts stands on a step, or on a line before it") {
  const model::Scenario scenario = compile_scenario(R"(
steps:
  - as: li.lei
  - create: quote
    with: { name: A }
    call_it: q
  - { as: han.mei, edit: q, with: { discount: 0.2 } }
  - delete: q
)");
  REQUIRE(scenario.steps.size() == 3);
  CHECK(scenario.steps[0].as == "li.lei");
  CHECK(scenario.steps[1].as == "han.mei");
  CHECK(scenario.steps[2].as == "");
}

TEST_CASE("each step becomes its action") {
  const auto edit = action_of<Step::Edit>("{ edit: q, with: { discount: 0.2 } }");
  CHECK(edit.record == "q");
  REQUIRE(edit.with.size() == 1);
  CHECK(edit.with[0].first == "discount");
  CHECK(edit.with[0].second.value.kind == json::Value::Kind::Number);
  CHECK(edit.with[0].second.where.text() == "0.2");
  CHECK(action_of<Step::Remove>("delete: q").restore == false);
  CHECK(action_of<Step::Remove>("restore: q").restore == true);
  CHECK(action_of<Step::Move>("move: { q: review }").to == "review");
  const auto move = action_of<Step::Move>("{ move: q, to: review, comment: Now }");
  CHECK(move.record == "q");
  CHECK(move.to == "review");
  CHECK(move.comment == "Now");
  CHECK(action_of<Step::Check>("check: { q: call }").items == std::vector<std::string>{"call"});
  CHECK(action_of<Step::Check>("uncheck: { q: [call] }").done == false);
  CHECK(action_of<Step::Assign>("claim: q").to == "");
  CHECK(action_of<Step::Assign>("assign: { q: han.mei }").to == "han.mei");
  CHECK(action_of<Step::Delegate>("delegate: { to: han.mei, for: P7D }").during.days == 7);
  CHECK(action_of<Step::Leave>("leave: { person: li.lei, hand_over_to: han.mei }").hand_over_to ==
        "han.mei");
  CHECK(action_of<Step::Pass>("pass: P2D").time.business == false);
  CHECK(action_of<Step::Pass>("pass: { business: PT8H }").time.business == true);
  const auto expect = action_of<Step::Expect>("expect: { q.stage: draft, waiting_for: [] }");
  REQUIRE(expect.that.size() == 2);
  CHECK(expect.that[0].first == "q.stage");
}

TEST_CASE("decisions say what they need") {
  const auto transfer = action_of<Step::Decide>("{ transfer: q, to: han.mei, comment: Please }");
  CHECK(transfer.action == "transfer");
  CHECK(transfer.record == "q");
  CHECK(transfer.to == "han.mei");
  CHECK(transfer.comment == "Please");
  CHECK(action_of<Step::Decide>("{ add_approver: q, to: han.mei, where: after }").where == "after");
  CHECK(action_of<Step::Decide>("{ return: q, to: manager, comment: Why }").to == "manager");
  CHECK(action_of<Step::Decide>("{ approve: q, with: { discount: 0.1 } }").with.size() == 1);
  for (const char* action : {"reject", "withdraw", "take_back", "urge", "resubmit", "read"}) {
    CHECK(action_of<Step::Decide>(std::string(action) + ": q").action == action);
  }
}

TEST_CASE("a refusal may have texts to be found in it") {
  const auto step_of = [](const std::string& refused) {
    return compile_scenario("as: li.lei\nsteps: [{ create: quote, refused: " + refused + " }]")
        .steps.front();
  };
  CHECK_FALSE(step_of("false").refused);
  CHECK(step_of("true").refused);
  CHECK(step_of("true").refusal.empty());
  CHECK(step_of("Fill in the name").refusal.size() == 1);
  const Step step = step_of("[name, needed]");
  CHECK(step.refused);
  REQUIRE(step.refusal.size() == 2);
  CHECK(step.refusal[1].value.text == "needed");
}

TEST_CASE("cases are rows of values with their places, and texts keep their columns") {
  const model::Scenario scenario = compile_scenario(R"(
as: li.lei
cases:
  - { discount: 0.1, who: han.mei }
  - { discount: 0.3, who: li.lei }
steps:
  - { create: quote, with: { name: "At {discount}", discount: "{discount}" }, call_it: q }
  - { as: "{who}", move: { q: review } }
)");
  REQUIRE(scenario.cases.size() == 2);
  CHECK(scenario.cases[1].at("discount").value.kind == json::Value::Kind::Number);
  CHECK(scenario.cases[1].at("who").where.text() == "li.lei");
  CHECK(scenario.steps[1].as == "{who}");
  const auto& create = std::get<Step::Create>(scenario.steps[0].action);
  CHECK(create.with[0].second.value.text == "At {discount}");
  CHECK(create.call_it == "q");
}

}  // namespace
}  // namespace formwork::compile

// Whatever is taken out of the CRM, one of its scenarios misses it.
#include <algorithm>

#include <doctest/doctest.h>

#include "tests/engine/scenario/leads_app.h"
#include "tests/support/app_folders.h"
#include "tests/support/mutation/mutants.h"
#include "tests/support/scratch_store.h"

namespace formwork::testing {
namespace {

Survivors survivors_of(const std::vector<SourcePtr>& sources) {
  const auto model = compile_sources(sources);
  REQUIRE(model != nullptr);
  const auto recompile = [](std::vector<SourcePtr> changed) {
    return compile_sources(std::move(changed));
  };
  return find_survivors(model, make_mutants(model, recompile), scratch_stores());
}

TEST_CASE("no condition, step or rule of the CRM can go without a scenario that misses it") {
  const Survivors survivors = survivors_of(sources_of_app("templates/crm"));
  std::string lines;
  for (const std::string& line : survivors.lines) lines += "\n  " + line;
  MESSAGE(survivors.mutants, " mutants");
  CHECK_MESSAGE(survivors.lines.empty(), lines);
}

constexpr std::string_view kLittle = R"(---
scenario: a deal goes to the manager when it has an amount
as: li.lei
steps:
  - create: deal
    with: { name: Pumps, owner: li.lei, note: urgent, discount: 0.3 }
    call_it: d
  - check: { d: [call] }
  - move: { d: review }
    refused: [Enter an amount]
  - edit: d
    with: { amount: 5000 }
  - move: { d: review }
  - expect: { waiting_for: [han.mei], d.size: large }
  - as: han.mei
    approve: d
  - expect: { waiting_for: [role finance] }
)";

TEST_CASE("what no scenario tests survives, and what one tests does not") {
  const Survivors survivors = survivors_of(
      {std::make_shared<const Source>("app.yaml", std::string(kDeals) + std::string(kLittle))});
  const auto survives = [&](const std::string& what) {
    return std::any_of(survivors.lines.begin(), survivors.lines.end(),
                       [&](const std::string& line) { return line.ends_with(": " + what); });
  };
  for (const char* noticed :
       {"criterion deal.draft exit: amount > 0", "step discount.manager", "step discount.finance",
        "move deal: draft → review", "decision size rule 2"}) {
    CHECK_MESSAGE(!survives(noticed), noticed);
  }
  for (const char* untested :
       {"rule deal: discount <= 0.5", "required item deal.draft: call",
        "required_from of deal.note", "when of step discount.finance", "move deal: draft → lost",
        "deadline deal.draft dwell limit", "deadline discount.manager PT8H remind",
        "right sales: deal view", "decision size rule 1"}) {
    CHECK_MESSAGE(survives(untested), untested);
  }
}

constexpr std::string_view kArrival = R"(---
scenario: a lead comes in and is called
as: han.mei
steps:
  - post: { webhook: ads, body: { type: lead.created, data: { company: Acme, email: a@acme.example, score: 70 } } }
    call_it: l
  - expect: { l.owner: li.lei, notified: { li.lei: [Acme is there] } }
  - pass: PT30M
  - pass: PT2H
  - expect: { l.pool: public }
)";

TEST_CASE("what automations and assignments do is missed only where a scenario asks for it") {
  const Survivors survivors = survivors_of(
      {std::make_shared<const Source>("app.yaml", std::string(kLeads) + std::string(kArrival))});
  const auto survives = [&](const std::string& what) {
    return std::any_of(survivors.lines.begin(), survivors.lines.end(),
                       [&](const std::string& line) { return line.ends_with(": " + what); });
  };
  for (const char* noticed : {"automation assign_lead", "automation greet", "action greet.1 notify",
                              "assignment territory.hot", "response territory PT2H release"}) {
    CHECK_MESSAGE(!survives(noticed), noticed);
  }
  for (const char* untested :
       {"when of automation assign_lead", "action greet.2 task", "action greet.3 tag",
        "when of action greet.3 tag", "automation convert", "action convert.4 webhook",
        "assignment territory.rule 2", "response territory PT30M remind",
        "recycle territory.idle"}) {
    CHECK_MESSAGE(survives(untested), untested);
  }
}

TEST_CASE("an app that is only copied is the same app") {
  const auto model = compile_app(std::string(kDeals) + std::string(kLittle));
  const Mutant same{
      "nothing", {}, {}, {}, [model] { return std::make_shared<const model::Model>(*model); }};
  CHECK(find_survivors(model, {same}, scratch_stores()).lines == Words{"nothing"});
}

}  // namespace
}  // namespace formwork::testing

// What a scenario exercises is seen, and what it does not is not.
#include <doctest/doctest.h>

#include "tests/engine/scenario/deals_app.h"

namespace formwork::testing {
namespace {

TEST_CASE("there is to cover whatever a scenario can exercise") {
  const auto all = scenario::what_to_cover(*compile_app(kDeals));
  for (const char* name : {"stage deal: draft",
                           "stage deal: won",
                           "move deal: draft → review",
                           "move deal: draft → lost",
                           "criterion deal.draft exit: amount > 0",
                           "item deal.draft: call",
                           "item deal.draft: mail",
                           "deadline deal.draft dwell warn",
                           "deadline deal.draft dwell limit",
                           "step discount.manager applies",
                           "step discount.finance applies",
                           "step discount.finance does not apply",
                           "outcome discount approved",
                           "outcome discount rejected",
                           "outcome discount withdrawn",
                           "deadline discount.manager PT8H remind",
                           "deadline discount.manager P2D escalate",
                           "rule deal: discount <= 0.5",
                           "right sales: deal view",
                           "right sales: deal edit",
                           "right sales: deal claim",
                           "decision size rule 1",
                           "decision size rule 2"}) {
    CHECK_MESSAGE(all.contains(name), name);
  }
  CHECK_FALSE(all.contains("step discount.manager does not apply"));
  CHECK_FALSE(all.contains("right lead: deal view"));
  CHECK(all.size() == 23 + 2);  // the stages review and lost
}

std::set<std::string> seen(std::string_view steps) {
  scenario::Coverage coverage;
  REQUIRE(played("scenario: it\n" + std::string(kReady) + std::string(steps), &coverage) == "");
  std::set<std::string> known;
  for (const std::string& name : coverage.seen) {
    if (coverage.all.contains(name)) known.insert(name);
  }
  return known;
}

TEST_CASE("a scenario without moves covers the first stage and the rules that hit") {
  CHECK(seen("") == std::set<std::string>{"stage deal: draft", "decision size rule 2"});
}

TEST_CASE("moves, approvals and refusals are seen") {
  const auto names = seen(R"(
  - check: { d: [mail] }
  - edit: d
    with: { amount: 0, discount: 0.3 }
  - uncheck: { d: [call] }
  - move: { d: review }
    refused: true
  - edit: d
    with: { discount: 0.7 }
    refused: true
  - as: lin.tao
    expect: { d.cannot: [claim] }
  - edit: d
    with: { amount: 9 }
    refused: true
  - as: li.lei
    edit: d
    with: { amount: 9 }
  - check: { d: [call] }
  - move: { d: review }
  - pass: PT9H
  - as: han.mei
    approve: d
  - as: zhao.min
    reject: d
    comment: too cheap
)");
  for (const char* name :
       {"move deal: draft → review", "stage deal: review", "criterion deal.draft exit: amount > 0",
        "item deal.draft: call", "item deal.draft: mail", "rule deal: discount <= 0.5",
        "right sales: deal view", "decision size rule 1", "decision size rule 2",
        "deadline discount.manager PT8H remind", "step discount.finance applies",
        "outcome discount rejected"}) {
    CHECK_MESSAGE(names.contains(name), name);
  }
  CHECK_FALSE(names.contains("step discount.finance does not apply"));
  CHECK_FALSE(names.contains("deadline deal.draft dwell warn"));
}

}  // namespace
}  // namespace formwork::testing

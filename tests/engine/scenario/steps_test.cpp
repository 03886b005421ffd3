// Each kind of step, done and refused.
#include <doctest/doctest.h>

#include "tests/engine/scenario/deals_app.h"

namespace formwork::testing {
namespace {

using Messages = Words;

TEST_CASE("records are created, edited, deleted and restored") {
  CHECK(messages(R"(
  - edit: d
    with: { amount: 700, items: [ { what: pump, qty: 2 } ] }
  - expect: { d.amount: 700, d.items: [ { what: pump, qty: 2 } ] }
  - as: han.mei
    delete: d
  - expect: { d.history: [created, updated, deleted] }
  - restore: d
  - expect: { d.history: [deleted, restored] }
)") == Messages{});
  CHECK(messages("  - delete: d\n") ==
        Messages{"`delete d` by li.lei was refused: your roles do not let you delete Deal; "
                 "Lead may"});
}

TEST_CASE("values name records and people of the scenario") {
  CHECK(messages(R"(
  - create: customer
    with: { name: Acme }
    call_it: acme
  - edit: d
    with: { customer: acme, owner: li.lei }
  - expect: { d.customer: acme, d.owner: li.lei }
)") == Messages{});
}

TEST_CASE("values that cannot be read are refused together with whatever else is wrong") {
  CHECK(messages(R"(
  - edit: d
    with: { amount: lots, discount: 0.6 }
    refused: [No deal at half price, Amount]
)") == Messages{});
}

TEST_CASE("a move is made or refused with every reason") {
  CHECK(messages(R"(
  - move: { d: review }
  - expect: { d.stage: review }
)") == Messages{});
  CHECK(messages(R"(
  - edit: d
    with: { amount: 0 }
  - uncheck: { d: [call] }
  - move: { d: review }
    refused: [Enter an amount, 请填写金额, Customer called]
  - move: d
    to: lost
    refused: true
  - as: han.mei
    move: { d: lost }
  - expect: { d.stage: lost, d.final: lost }
)") == Messages{});
}

TEST_CASE("approvals are decided, returned, transferred, taken back and withdrawn") {
  CHECK(messages(R"(
  - move: { d: review }
  - expect: { waiting_for: [han.mei] }
  - as: lin.tao
    approve: d
    refused: true
  - as: han.mei
    return: d
    to: submitter
    comment: the note is too short
  - expect: { d.approval: returned, waiting_for: li.lei }
  - as: li.lei
    resubmit: d
  - as: han.mei
    add_approver: d
    to: zhao.min
    where: after
  - approve: d
  - expect: { d.waiting_for: [zhao.min] }
  - as: zhao.min
    approve: d
  - expect: { d.stage: won, d.approval: approved, d.steps: { manager: approved, finance: skipped } }
)") == Messages{});
  CHECK(messages(R"(
  - move: { d: review }
  - withdraw: d
  - expect: { d.stage: draft, d.approval: withdrawn, d.history: [submitted, withdrawn] }
)") == Messages{});
}

TEST_CASE("records are claimed and assigned") {
  CHECK(messages(R"(
  - as: han.mei
    assign: { d: lin.tao }
  - expect: { d.owner: lin.tao }
  - as: li.lei
    claim: d
    refused: true
)") == Messages{});
}

TEST_CASE("whoever is delegated to decides, and leavers' tasks are handed over") {
  CHECK(messages(R"(
  - move: { d: review }
  - as: han.mei
    delegate: { to: lin.tao, for: P2D }
  - as: lin.tao
    expect: { tasks: 1 }
  - as: zhao.min
    leave: { person: han.mei, hand_over_to: qian.lei }
  - expect: { waiting_for: [qian.lei] }
)") == Messages{});
}

TEST_CASE("time passes from timer to timer") {
  CHECK(messages(R"(
  - pass: P4D
  - expect: { d.stage: draft, d.overdue: false }
  - pass: P7D
  - expect: { d.stage: lost, d.history: [dwell_warned, dwell_expired] }
)") == Messages{});
  CHECK(messages(R"(
  - move: { d: review }
  - pass: P3D
  - expect: { waiting_for: [han.mei, role finance], d.history: [reminded, escalated] }
)") == Messages{});
}

TEST_CASE("a step that should be refused and is not ends the scenario") {
  CHECK(messages(R"(
  - move: { d: review }
    refused: true
  - expect: { d.stage: lost }
)") == Messages{"expected `move d to review` by li.lei to be refused, but it was done"});
}

TEST_CASE("a refusal that says something else is told with what it says") {
  const Messages found = messages(R"(
  - edit: d
    with: { discount: 0.6 }
    refused: [too cheap]
)");
  REQUIRE(found.size() == 1);
  CHECK(
      found[0].starts_with("expected the refusal of `edit d` by li.lei to say `too cheap`, but "
                           "it does not\n"));
  CHECK(found[0].find("No deal at half price") != std::string::npos);
}

TEST_CASE("nobody who left can act") {
  CHECK(messages(R"(
  - leave: { person: lin.tao, hand_over_to: li.lei }
  - as: lin.tao
    edit: d
    with: { amount: 1 }
)") == Messages{"`lin.tao` has no account that is open\nsay who acts: `as: ` and one of the people "
                "of the app"});
}

TEST_CASE("failures are printed with their place") {
  CHECK(played("scenario: it\n" + std::string(kReady) + "  - expect: { d.stage: review }\n") ==
        "error[scenario.failed]: expected d.stage to be `review`, but it is `draft`\n"
        "   --> app.yaml:114:24\n"
        "    |\n"
        "114 |   - expect: { d.stage: review }\n"
        "    |                        ^^^^^^\n");
}

TEST_CASE("a table of cases plays the scenario for each row and names the row that fails") {
  const std::string found = played(R"(scenario: finance looks from a fifth on
as: li.lei
cases:
  - { discount: 0.1, finance: skipped }
  - { discount: 0.3, finance: skipped }
steps:
  - create: deal
    with: { name: Pumps, owner: li.lei, amount: 10, discount: "{discount}", note: "at {discount}" }
    call_it: d
  - check: { d: [call] }
  - move: { d: review }
  - as: han.mei
    approve: d
  - expect: { d.note: "at {discount}", d.steps: { finance: "{finance}" } }
)");
  CHECK(found.find("expected step `finance` of d to be `skipped`, but it is `open`") !=
        std::string::npos);
  CHECK(found.find("app.yaml:111:17: in this case") != std::string::npos);
}

}  // namespace
}  // namespace formwork::testing

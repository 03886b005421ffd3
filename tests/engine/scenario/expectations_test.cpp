// Each expectation, met and missed, with what is said when it is missed.
#include <doctest/doctest.h>

#include "tests/engine/scenario/deals_app.h"

namespace formwork::testing {
namespace {

using Messages = Words;

// The first lines of what a missed expectation says; empty when it is met.
Messages expecting(std::string_view what, std::string_view before = "") {
  Messages found = messages(std::string(before) + "  - expect: { " + std::string(what) + " }\n");
  for (std::string& message : found) message = message.substr(0, message.find('\n'));
  return found;
}

constexpr std::string_view kSubmit = "  - move: { d: review }\n";

TEST_CASE("fields are compared as values of their types") {
  CHECK(expecting("d.amount: 5000, d.discount: 0.10, d.customer: null, d.size: large").empty());
  CHECK(expecting("d.amount: 1") == Messages{"expected d.amount to be `1`, but it is `5000.00`"});
  CHECK(expecting("d.owner: han.mei") ==
        Messages{"expected d.owner to be `han.mei`, but it is `li.lei`"});
}

TEST_CASE("every line of an expectation is checked by itself") {
  CHECK(expecting("d.stage: won, d.note: urgent, d.name: Valves") ==
        Messages{"expected d.stage to be `won`, but it is `draft`",
                 "expected d.name to be `Valves`, but it is `Pumps`"});
}

TEST_CASE("system columns can be expected") {
  CHECK(
      expecting("d.created_by: li.lei, d.id: 1, d.created_at: 2026-03-02T09:00:00+08:00").empty());
  CHECK(expecting("d.created_by: han.mei") ==
        Messages{"expected d.created_by to be `han.mei`, but it is `li.lei`"});
}

TEST_CASE("lines are compared by the columns that are named") {
  constexpr std::string_view kItems =
      "  - edit: d\n    with: { items: [ { what: pump }, { what: hose, qty: 3 } ] }\n";
  CHECK(expecting("d.items: [ { qty: 1 }, { what: hose } ]", kItems).empty());
  CHECK(expecting("d.items: [ { qty: 2 }, { what: hose } ]", kItems) ==
        Messages{"expected d.items to be `[{qty: 2}, {what: hose}]`, but it is `[{what: pump, "
                 "qty: 1}, {what: hose, qty: 3}]`"});
}

TEST_CASE("who is waited for is compared as a whole") {
  CHECK(expecting("waiting_for: [han.mei], d.waiting_for: han.mei", kSubmit).empty());
  CHECK(expecting("waiting_for: [role finance]", kSubmit) ==
        Messages{"expected d to wait for qian.lei and zhao.min, but it waits for han.mei"});
  CHECK(expecting("waiting_for: [li.lei]") ==
        Messages{"expected something to wait for li.lei, but it waits for nobody"});
}

TEST_CASE("the state of an approval and of its steps can be expected") {
  CHECK(expecting("d.approval: running, d.steps: { manager: open, finance: pending }", kSubmit)
            .empty());
  CHECK(expecting("d.approval: running") ==
        Messages{"expected d.approval to be `running`, but it is `nothing`"});
  CHECK(expecting("d.approval: approved", kSubmit) ==
        Messages{"expected d.approval to be `approved`, but it is `running`"});
  CHECK(expecting("d.steps: { manager: approved }", kSubmit) ==
        Messages{"expected step `manager` of d to be `approved`, but it is `open`"});
}

TEST_CASE("history is expected in its order, with gaps") {
  CHECK(expecting("d.history: [created, checked, submitted]", kSubmit).empty());
  CHECK(expecting("d.history: [checked, created]") ==
        Messages{"expected the history of d to have `created` behind `checked`, but it is created "
                 "and checked"});
}

TEST_CASE("what somebody can and cannot do is expected of whoever acts") {
  CHECK(expecting("d.can: [edit, move review], d.cannot: [delete, move lost, assign]").empty());
  CHECK(expecting("d.can: [approve], d.cannot: [edit]",
                  "  - move: { d: review }\n  - as: han.mei\n") ==
        Messages{"expected han.mei not to be able to `edit` with d, but that is possible"});
  CHECK(expecting("d.can: [delete]") ==
        Messages{"expected li.lei to be able to `delete` with d, but possible is view, edit, "
                 "check, move and move review"});
}

TEST_CASE("who sees a record can be expected") {
  CHECK(expecting("d.visible_to: [li.lei, han.mei], d.hidden_from: lin.tao").empty());
  CHECK(expecting("d.visible_to: lin.tao, d.hidden_from: [han.mei]") ==
        Messages{"expected d to be visible to lin.tao, but it is hidden",
                 "expected d to be hidden from han.mei, but it is visible"});
}

TEST_CASE("open tasks are counted for whoever acts") {
  CHECK(expecting("tasks: 0", kSubmit).empty());
  CHECK(expecting("tasks: 0", "  - move: { d: review }\n  - as: han.mei\n") ==
        Messages{"expected han.mei to have 0 open tasks, but there is 1"});
}

TEST_CASE("being overdue can be expected") {
  CHECK(expecting("d.overdue: false").empty());
  CHECK(expecting("d.overdue: true") == Messages{"expected d to be overdue, but it is not"});
  CHECK(expecting("d.overdue: false", "  - move: { d: review }\n  - pass: P3D\n") ==
        Messages{"expected d not to be overdue, but it is"});
}

TEST_CASE("reasons can be expected in any language of the app") {
  constexpr std::string_view kNoAmount = "  - edit: d\n    with: { amount: 0 }\n";
  CHECK(expecting("d.why: [Enter an amount, 请填写金额, amount = 0]", kNoAmount).empty());
  CHECK(expecting("d.why: [Enter an amount]") ==
        Messages{"expected d to be kept by `Enter an amount`, but nothing keeps it"});
  CHECK(expecting("d.why: [Send flowers]", kNoAmount) ==
        Messages{"expected d to be kept by `Send flowers`, but no reason says so"});
}

TEST_CASE("what always holds can be expected") { CHECK(expecting("sound: true", kSubmit).empty()); }

}  // namespace
}  // namespace formwork::testing

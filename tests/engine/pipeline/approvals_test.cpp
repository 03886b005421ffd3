// Approvals through the whole engine: what a submission leads to, what is written, what time does.
// Every single action in every state is tested in tests/engine/approvals.
#include <doctest/doctest.h>

#include "engine/audit/chain.h"
#include "tests/support/office_app.h"

namespace formwork::engine {
namespace {

using formwork::testing::code_of;
using formwork::testing::Office;
using formwork::testing::Words;
using formwork::testing::words_of;

TEST_CASE("a quote goes to the manager, then to finance and the boss as it deserves (1.15, 2.17)") {
  Office app;
  const RecordId small = app.quote();
  REQUIRE(app.move("lin", small, "review"));
  CHECK(app.waiting(small) == "zhou");
  REQUIRE(app.approve("zhou", small));
  CHECK(app.stage(small) == "ready");
  CHECK(app.process(small).state == ProcessState::Approved);

  const RecordId large = app.quote(R"({"amount":"5000","discount":"0.25","terms":"net"})");
  REQUIRE(app.move("lin", large, "review"));
  REQUIRE(app.approve("zhou", large));
  CHECK(app.waiting(large) == "sun wu");
  REQUIRE(app.approve("sun", large));
  CHECK(app.waiting(large) == "wu");
  REQUIRE(app.approve("wu", large));
  CHECK(app.waiting(large) == "gu");
  REQUIRE(app.approve("gu", large));
  CHECK(app.stage(large) == "ready");
}

TEST_CASE("history names what each entry was caused by, and stays one chain") {
  Office app;
  const RecordId id = app.quote();
  REQUIRE(app.move("lin", id, "review"));
  REQUIRE(app.approve("zhou", id));
  const auto entries = app.engine.reader(app.who("gu")).history(app.entity("quote"), id, 0, 100);
  REQUIRE(entries);
  const HistoryEntry& moved = entries->front();
  CHECK(moved.action == "moved");
  CHECK(moved.actor_name == "zhou");
  REQUIRE(moved.caused_by != 0);
  bool found = false;
  for (const HistoryEntry& entry : *entries) {
    found = found || (entry.sequence == moved.caused_by &&
                      entry.detail.find("manager") != std::string::npos);
  }
  CHECK(found);
  CHECK_FALSE(audit::verify(*app.engine.store().read()).broken_at);
}

TEST_CASE("an approved quote whose next stage refuses stays, says why, and goes on by hand") {
  Office app;
  const RecordId id = app.quote(R"({"amount":"500","discount":"0.05"})");
  REQUIRE(app.move("lin", id, "review"));
  REQUIRE(app.approve("zhou", id));
  CHECK(app.stage(id) == "review");
  CHECK(app.process(id).state == ProcessState::Approved);
  CHECK(app.history(id).ends_with("move_refused"));
  CHECK(code_of(app.move("lin", id, "ready")) == "move.unmet");
  REQUIRE(app.set("lin", id, R"({"terms":"net"})"));
  CHECK(app.move("lin", id, "ready"));
}

TEST_CASE("a change of what the approvers saw voids exactly their steps, also afterwards (2.60)") {
  Office app;
  const RecordId id = app.quote(R"({"amount":"500","discount":"0.15","terms":"net"})");
  REQUIRE(app.move("lin", id, "review"));
  REQUIRE(app.approve("zhou", id));
  CHECK(app.waiting(id) == "sun wu");
  REQUIRE(app.set("lin", id, R"({"note":"nobody reads this"})"));
  CHECK(app.waiting(id) == "sun wu");
  REQUIRE(app.set("lin", id, R"({"discount":"0.2"})"));
  CHECK(app.waiting(id).find("zhou") != std::string::npos);
  REQUIRE(app.approve("zhou", id));
  REQUIRE(app.approve("sun", id));
  REQUIRE(app.approve("wu", id));
  CHECK(app.stage(id) == "ready");
  REQUIRE(app.set("lin", id, R"({"discount":"0.22"})"));
  CHECK(app.stage(id) == "review");
  CHECK(app.process(id).state == ProcessState::Running);
}

TEST_CASE("what was approved stays as it is once the record is closed") {
  Office app;
  const RecordId id = app.quote();
  REQUIRE(app.move("lin", id, "review"));
  REQUIRE(app.approve("zhou", id));
  REQUIRE(app.move("lin", id, "sent"));
  const auto changed = app.set("lin", id, R"({"discount":"0.3"})");
  CHECK(words_of(changed, app.entity("quote")) ==
        Words{"/discount Discount: was approved under Discount, and the record is closed: it stays "
              "as it is"});
  CHECK(app.set("lin", id, R"({"note":"fine"})"));
}

TEST_CASE(
    "an approver changes what the step lets change, together with the decision, and nothing else") {
  Office app;
  const RecordId id = app.quote(R"({"amount":"500","discount":"0.05"})");
  REQUIRE(app.move("lin", id, "review"));
  const model::Entity& quote = app.entity("quote");
  const std::size_t terms = model::field_index(quote, "terms").value();
  const std::size_t amount = model::field_index(quote, "amount").value();
  const auto refused =
      app.act("zhou", {.task = app.task("zhou", id),
                       .action = TaskAction::Approve,
                       .values = {{amount, feel::Value(feel::Number(std::int64_t{1}))}}});
  CHECK(code_of(refused) == "record.invalid");
  CHECK(app.act("zhou", {.task = app.task("zhou", id),
                         .action = TaskAction::Approve,
                         .values = {{terms, feel::Value("net 30")}}}));
  CHECK(app.stage(id) == "ready");
  CHECK(app.record(id).values[terms].string() == "net 30");
}

TEST_CASE(
    "a decision that brings new values counts for them, and those before it are asked again") {
  std::string yaml(formwork::testing::kOffice);
  const std::string all = "mode: all";
  yaml.replace(yaml.find(all), all.size(), "mode: in_order\n    edit: [discount]");
  Office app(formwork::testing::compile_app(yaml));
  const RecordId id = app.quote(R"({"amount":"500","discount":"0.25","terms":"net"})");
  REQUIRE(app.move("lin", id, "review"));
  REQUIRE(app.approve("zhou", id));
  REQUIRE(app.approve("sun", id));
  const std::size_t discount = model::field_index(app.entity("quote"), "discount").value();
  REQUIRE(app.act("wu", {.task = app.task("wu", id),
                         .action = TaskAction::Approve,
                         .values = {{discount, feel::Value(feel::Number::from_scaled(15, 2))}}}));
  CHECK(app.waiting(id) == "sun zhou");
  REQUIRE(app.approve("zhou", id));
  REQUIRE(app.approve("sun", id));
  CHECK(app.stage(id) == "ready");
}

TEST_CASE(
    "deadlines remind, escalate and at last decide, and history tells time-out from approval "
    "(2.48)") {
  Office app;
  const RecordId id = app.quote();
  REQUIRE(app.move("lin", id, "review"));
  app.pass(9);  // 8 working hours from 09:00 to 18:00 are over at 17:00
  CHECK(app.history(id).ends_with("reminded"));
  app.pass(24);
  CHECK(app.waiting(id) == "gu zhou");
  app.pass(4 * 24);
  CHECK(app.stage(id) == "ready");
  CHECK(app.process(id).steps[0].state == StepState::Passed);
  CHECK(app.history(id).find("passed") != std::string::npos);
  CHECK(app.history(id).find(" approved") == std::string::npos);
  CHECK_FALSE(app.engine.next_timer());
}

TEST_CASE("withdrawing brings it back, deleting ends it, and neither leaves a task") {
  Office app;
  const RecordId id = app.quote();
  REQUIRE(app.move("lin", id, "review"));
  const TaskId task = app.task("zhou", id);
  REQUIRE(app.act("lin", {.task = task, .action = TaskAction::Withdraw}));
  CHECK(app.stage(id) == "draft");
  CHECK(app.waiting(id).empty());
  CHECK(code_of(app.act("zhou", {.task = task, .action = TaskAction::Approve})) != "");
  REQUIRE(app.move("lin", id, "review"));
  REQUIRE(app.remove(app.who("zhou"), "quote", id, app.record(id).version));
  const store::TaskQuery todo{.assignees = {app.who("zhou").account}};
  CHECK(app.engine.store().read()->count_tasks(todo, 10) == 0);
}

TEST_CASE("a decision on a record that has changed since it was looked at is told so") {
  Office app;
  const RecordId id = app.quote();
  REQUIRE(app.move("lin", id, "review"));
  const std::int64_t seen = app.record(id).version;
  REQUIRE(app.set("lin", id, R"({"note":"x"})"));
  CHECK(code_of(app.act("zhou", {.task = app.task("zhou", id),
                                 .action = TaskAction::Approve,
                                 .expected_version = seen})) == "record.stale");
}

TEST_CASE("whoever acts for somebody decides in their place for that time only (A13)") {
  Office app;
  const RecordId id = app.quote();
  REQUIRE(app.move("lin", id, "review"));
  const TaskId task = app.task("zhou", id);
  const ActOnTask approve{.task = task, .action = TaskAction::Approve};
  CHECK(code_of(app.act("wu", approve)) != "");
  REQUIRE(app.run({.actor = app.who("zhou"),
                   .intent = Delegate{.to = app.who("wu").account,
                                      .starts_at = app.clock.now(),
                                      .ends_at = {app.clock.now().microseconds + kMicrosPerDay}},
                   .once = {}}));
  REQUIRE(app.act("wu", approve));
  CHECK(app.stage(id) == "ready");
  const auto done = app.engine.store().read()->find_task(task);
  CHECK(done->assignee == app.who("zhou").account);
  CHECK(done->decided_by == app.who("wu").account);
}

TEST_CASE("the tasks of somebody who leaves go to whoever takes over (A33)") {
  Office app;
  const RecordId id = app.quote();
  REQUIRE(app.move("lin", id, "review"));
  REQUIRE(app.engine.close_account("zhou", "wu"));
  CHECK(app.waiting(id) == "wu");
}

TEST_CASE("where a record stands: moves with reasons, the route to come, what one may do") {
  Office app;
  const RecordId id = app.quote(R"({"amount":"5000","discount":"0.05","terms":"net"})");
  auto standing = app.engine.standing(app.who("lin"), app.entity("quote"), id);
  REQUIRE(standing);
  REQUIRE(standing->moves.size() == 2);
  CHECK(standing->moves[0].is_possible());
  REQUIRE(standing->routes.size() == 1);
  REQUIRE(standing->routes[0].steps.size() == 3);
  CHECK(standing->routes[0].steps[0].applies);
  CHECK_FALSE(standing->routes[0].steps[1].applies);
  CHECK(standing->routes[0].steps[1].reason == "discount > 0.1: discount = 0.05");
  CHECK(standing->routes[0].steps[2].applies);
  CHECK(code_of(formwork::testing::Outcome(
            Unexpected(app.engine.standing(app.who("xu"), app.entity("quote"), id).error()))) ==
        "record.not-found");
  REQUIRE(app.move("lin", id, "review"));
  standing = app.engine.standing(app.who("zhou"), app.entity("quote"), id);
  REQUIRE(standing->processes.size() == 1);
  REQUIRE_FALSE(standing->processes[0].tasks.empty());
  const auto detail = app.engine.task(app.who("zhou"), app.task("zhou", id));
  REQUIRE(detail);
  CHECK(std::find(detail->may.begin(), detail->may.end(), TaskAction::Approve) !=
        detail->may.end());
  CHECK(code_of(formwork::testing::Outcome(Unexpected(
            app.engine.task(app.who("xu"), app.task("zhou", id)).error()))) == "task.not-found");
}

}  // namespace
}  // namespace formwork::engine

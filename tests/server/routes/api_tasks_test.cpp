// The inbox, decisions and approvers over the API.
#include <doctest/doctest.h>

#include "tests/server/routes/office_client.h"

namespace formwork::routes {
namespace {

const std::string kTasks = "/api/v1/tasks";

TEST_CASE("the inbox lists what waits, with what it is about") {
  OfficeClient client;
  const std::string quote = client.submitted();
  const auto inbox = client.json("zhou", Method::Get, kTasks);
  CHECK(at(inbox, "tasks") == "1");
  CHECK(at(inbox, "next") == "-");
  const json::Value& line = inbox.find("tasks")->elements[0];
  CHECK(members_of(line) == "task step record process");
  CHECK(members_of(*line.find("task")) ==
        "id kind state outcome step seat place assignee reason added_by decided_by comment "
        "opened_at due_at closed_at read_at urged_at urged");
  CHECK(at(line, "task/kind") == "decide");
  CHECK(at(line, "task/state") == "open");
  CHECK(at(line, "task/outcome") == "-");
  CHECK(at(line, "task/step") == "manager");
  CHECK(at(line, "task/assignee") == "zhou");
  CHECK(at(line, "task/reason") == "manager of owner");
  CHECK(at(line, "task/opened_at") == "2026-03-02T01:00:00Z");
  CHECK(at(line, "task/due_at") != "-");
  CHECK(at(line, "step/id") == "manager");
  CHECK(at(line, "step/edits/0") == "terms");
  CHECK(at(line, "record/title") == "Ink");
  CHECK(at(line, "process/chain") == "discount");
  CHECK(at(line, "process/submitter") == "lin");
  CHECK(at(client.json("lin", Method::Get, kTasks), "tasks") == "0");
  CHECK(at(client.json("xu", Method::Get, kTasks + "?box=done"), "tasks") == "0");
}

TEST_CASE("boxes hold what was decided, what was started, and copies") {
  OfficeClient client;
  client.submitted();
  const auto started = client.json("lin", Method::Get, kTasks + "?box=started");
  CHECK(at(started, "processes") == "1");
  CHECK(at(started, "processes/0/process/state") == "running");
  CHECK(at(started, "processes/0/process/steps/0/tasks/0/assignee") == "zhou");
  CHECK(at(started, "processes/0/record/id") == "1");
  CHECK(at(client.json("zhou", Method::Get, kTasks + "?box=started"), "processes") == "0");
  REQUIRE(client.decide("zhou", R"({"action":"approve"})").status == 200);
  CHECK(at(client.json("zhou", Method::Get, kTasks), "tasks") == "0");
  const auto done = client.json("zhou", Method::Get, kTasks + "?box=done");
  CHECK(at(done, "tasks/0/task/outcome") == "approved");
  CHECK(at(client.json("zhou", Method::Get, kTasks + "?box=copies&unread=true"), "tasks") == "0");
  CHECK(at(client.json("gu", Method::Get, kTasks + "?box=held"), "processes") == "0");
}

TEST_CASE("the inbox is paged by its cursor") {
  OfficeClient client;
  for (int i = 0; i < 3; ++i) client.submitted();
  const auto first = client.json("zhou", Method::Get, kTasks + "?limit=2");
  CHECK(at(first, "tasks") == "2");
  const std::string next = at(first, "next");
  REQUIRE(next != "-");
  const auto second = client.json("zhou", Method::Get, kTasks + "?limit=2&cursor=" + next);
  CHECK(at(second, "tasks") == "1");
  CHECK(at(second, "next") == "-");
  CHECK(at(second, "tasks/0/record/id") == "3");
}

TEST_CASE("parameters of the inbox that mean nothing are refused together") {
  OfficeClient client;
  const auto refused =
      client.api("zhou", Method::Get, kTasks + "?box=trash&limit=0&cursor=x&unread=si&bx=todo");
  CHECK(refused.status == 400);
  const auto problem = json::parse(refused.content());
  REQUIRE(problem);
  CHECK(at(*problem, "type") == "urn:formwork:problem:query.invalid");
  CHECK(at(*problem, "errors") == "5");
  CHECK(holds(refused, "todo, done, copies, started, held"));
  CHECK(client.send(Method::Get, kTasks).status == 401);
}

TEST_CASE("a task tells what it is about, what may be done, and the way to come") {
  OfficeClient client;
  client.submitted();
  const std::string id = client.task("zhou");
  const auto task = client.json("zhou", Method::Get, kTasks + "/" + id);
  CHECK(members_of(task) == "task step return_to record values process");
  CHECK(at(task, "task/id") == id);
  CHECK(at(task, "task/may/0") == "approve");
  CHECK(at(task, "task/may/1") == "reject");
  CHECK(at(task, "step/shows/0") == "amount");
  CHECK(at(task, "values/amount") == "500.00");
  CHECK(at(task, "process/to_come/0/id") == "finance");
  CHECK(at(task, "process/to_come/0/reason").find("0.15") != std::string::npos);
  CHECK(client.api("xu", Method::Get, kTasks + "/" + id).status == 404);
  CHECK(client.api("zhou", Method::Get, kTasks + "/99").status == 404);
  CHECK(client.api("zhou", Method::Get, kTasks + "/x").status == 404);
  CHECK(client.send(Method::Get, kTasks + "/" + id).status == 401);
}

TEST_CASE("a decision answers with the record and the approval as they are now") {
  OfficeClient client;
  client.submitted(R"("amount":"500","discount":"0.05")");
  const auto decided = client.decide(
      "zhou", R"({"action":"approve","comment":"fine","values":{"terms":"net 30"},"version":3})");
  CAPTURE(decided.content());
  CHECK(decided.status == 200);
  const auto answer = json::parse(decided.content());
  REQUIRE(answer);
  CHECK(members_of(*answer) == "record process");
  CHECK(at(*answer, "record/stage") == "ready");
  CHECK(at(*answer, "record/terms") == "net 30");
  CHECK(at(*answer, "process/state") == "approved");
  CHECK(at(*answer, "process/steps/0/tasks/0/comment") == "fine");
}

TEST_CASE("a decision that is sent again under its key happens once") {
  OfficeClient client;
  client.submitted();
  const std::string address = kTasks + "/" + client.task("zhou") + "/decisions";
  const Headers key{{"Idempotency-Key", "decision-1"}};
  const auto first = client.api("zhou", Method::Post, address, R"({"action":"approve"})", key);
  const auto second = client.api("zhou", Method::Post, address, R"({"action":"approve"})", key);
  CHECK(first.status == 200);
  CHECK(second.status == 200);
  CHECK(second.content() == first.content());
  CHECK(client.api("zhou", Method::Post, address, R"({"action":"approve"})").status == 409);
}

TEST_CASE("every action of a task has its door") {
  OfficeClient client;
  const std::string quote = client.submitted();
  CHECK(client.decide("zhou", R"({"action":"add_approver","to":"gu","place":"after"})").status ==
        200);
  CHECK(client.decide("zhou", R"({"action":"approve"})").status == 200);
  CHECK(client.decide("gu", R"({"action":"transfer","to":"wu","comment":"away"})").status >= 200);
  const std::string by_me = client.task("zhou", "done");
  CHECK(
      client
          .api("lin", Method::Post, kTasks + "/" + by_me + "/decisions", R"({"action":"withdraw"})")
          .status == 200);
  CHECK(holds(client.api("lin", Method::Get, quote), R"("stage":"draft")"));
}

TEST_CASE("a returned approval waits for its submitter, who submits it again") {
  OfficeClient client;
  client.submitted();
  CHECK(client.decide("zhou", R"({"action":"return","comment":"cheaper","resume":true})").status ==
        200);
  const auto mine = client.json("lin", Method::Get, kTasks);
  CHECK(at(mine, "tasks/0/task/kind") == "resubmit");
  CHECK(at(mine, "tasks/0/step") == "-");
  const auto again = client.decide("lin", R"({"action":"resubmit"})");
  CHECK(again.status == 200);
  CHECK(holds(again, R"("round":2)"));
}

TEST_CASE("what is wrong with a decision is said at its place") {
  OfficeClient client;
  client.submitted();
  const auto nothing = client.decide("zhou", "{}");
  CHECK(nothing.status == 422);
  CHECK(holds(nothing, R"("pointer":"/action","field":"action","code":"field.required")"));
  const auto odd = client.decide(
      "zhou",
      R"({"action":"nod","place":"under","to":"bob","resume":1,"values":[],"version":"a","x":1})");
  CHECK(odd.status == 422);
  const auto problem = json::parse(odd.content());
  REQUIRE(problem);
  CHECK(at(*problem, "errors") == "7");
  CHECK(holds(odd, "approve, reject, return, transfer"));
  const auto values =
      client.decide("zhou", R"({"action":"approve","values":{"terms":7,"color":"red"}})");
  CHECK(values.status == 422);
  CHECK(holds(values, R"("pointer":"/values/terms")"));
  CHECK(holds(values, R"("pointer":"/values/color")"));
  const auto forbidden = client.decide("zhou", R"({"action":"approve","values":{"amount":"1"}})");
  CHECK(forbidden.status == 422);
  CHECK(holds(forbidden, R"("pointer":"/values/amount")"));
  const auto stale = client.decide("zhou", R"({"action":"approve","version":1})");
  CHECK(stale.status == 412);
  const auto unsaid = client.decide("zhou", R"({"action":"reject"})");
  CHECK(unsaid.status >= 409);
  CHECK(holds(client.api("zhou", Method::Get, kTasks + "/" + client.task("zhou")),
              R"("state":"open")"));
}

TEST_CASE("who may not decide is refused, and who may not see finds nothing") {
  OfficeClient client;
  client.submitted();
  const std::string address = kTasks + "/" + client.task("zhou") + "/decisions";
  const std::string yes = R"({"action":"approve"})";
  CHECK(client.api("sun", Method::Post, address, yes).status == 403);
  CHECK(client.api("xu", Method::Post, address, yes).status == 404);
  CHECK(client.send(Method::Post, address, {}, yes).status == 401);
  Headers session{client.cookie_of("zhou"), {"Content-Type", "application/json"}};
  CHECK(client.send(Method::Post, address, session, yes).status == 403);
  session.push_back({"X-CSRF-Token", client.proof_of("zhou")});
  CHECK(client.send(Method::Post, address, session, yes).status == 200);
}

TEST_CASE("a step that found nobody is given an approver") {
  std::string yaml(testing::kOffice);
  const std::string_view wanted = "approval: discount\nof: quote\n";
  yaml.replace(yaml.find(wanted), wanted.size(), "approval: discount\nof: quote\non_empty: hold\n");
  OfficeClient client(yaml);
  REQUIRE(client.app.engine.change_account("lin", {.manager = ""}));
  client.submitted();
  const auto held = client.json("gu", Method::Get, kTasks + "?box=held");
  REQUIRE(at(held, "processes") == "1");
  CHECK(at(held, "processes/0/process/steps/0/state") == "held");
  const std::string approvers =
      "/api/v1/processes/" + at(held, "processes/0/process/id") + "/approvers";
  const std::string named = R"({"step":"manager","to":"zhou"})";
  CHECK(client.api("lin", Method::Post, approvers, named).status == 403);
  CHECK(client.api("xu", Method::Post, approvers, named).status == 404);
  CHECK(client.api("gu", Method::Post, "/api/v1/processes/77/approvers", named).status == 404);
  CHECK(client.api("gu", Method::Post, approvers, R"({"step":"manager"})").status == 422);
  const auto granted = client.api("gu", Method::Post, approvers, named);
  CHECK(granted.status == 200);
  CHECK(holds(granted, R"("assignee":"zhou")"));
  CHECK(client.task("zhou") != "");
}

}  // namespace
}  // namespace formwork::routes

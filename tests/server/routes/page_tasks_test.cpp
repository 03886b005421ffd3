// The inbox, a task's page, the record with its stages, and the start page, asked for by those who
// may and those who may not.
#include <doctest/doctest.h>

#include "tests/server/routes/office_client.h"

namespace formwork::routes {
namespace {

TEST_CASE("the inbox shows a task to whom it waits for, and to nobody else") {
  OfficeClient client;
  client.submitted();
  const std::string task = "/tasks/" + client.task("zhou");
  const auto inbox = client.get("zhou", "/tasks");
  CHECK(inbox.status == 200);
  CHECK(holds(inbox, "href=\"" + task + "\""));
  CHECK(holds(inbox, "<span class=\"count\">1</span>"));
  const auto others = client.get("xu", "/tasks");
  CHECK(others.status == 200);
  CHECK_FALSE(holds(others, task));
  CHECK_FALSE(holds(others, "class=\"count\""));
}

TEST_CASE("a task's page has its panel for the approver, and is none for strangers") {
  OfficeClient client;
  client.submitted();
  const std::string task = "/tasks/" + client.task("zhou");
  const auto mine = client.get("zhou", task);
  CHECK(mine.status == 200);
  CHECK(holds(mine, "name=\"action\" value=\"approve\""));
  CHECK(client.get("xu", task).status == 404);
  CHECK(client.get("zhou", "/tasks/99").status == 404);
  CHECK(client.get("zhou", "/tasks/x").status == 404);
  const auto unknown = client.send(Method::Get, task, {});
  CHECK(unknown.status == 303);
  CHECK(std::string(unknown.header("Location")).starts_with("/sign-in"));
}

TEST_CASE("boxes show what their name says, and unknown ones are the first") {
  OfficeClient client;
  client.submitted();
  const auto mine = client.get("lin", "/tasks?box=mine");
  CHECK(mine.status == 200);
  CHECK(holds(mine, "href=\"/quote/1#s-approval-1\""));
  CHECK(holds(mine, "aria-current=\"page\">By me"));
  CHECK(holds(client.get("lin", "/tasks?box=bin"), "aria-current=\"page\">To do"));
  for (const std::string box : {"done", "copies", "held"}) {
    CAPTURE(box);
    CHECK(client.get("zhou", "/tasks?box=" + box).status == 200);
  }
}

TEST_CASE("a record's page shows its stage, its approval, and what its submitter may do") {
  OfficeClient client;
  client.submitted();
  const auto mine = client.get("lin", "/quote/1");
  CHECK(mine.status == 200);
  CHECK(holds(mine, "aria-current=\"step\""));
  CHECK(holds(mine, "id=\"s-approval-1\""));
  CHECK(holds(mine, "value=\"withdraw\""));
  CHECK(client.get("xu", "/quote/1").status == 404);
  // Whoever is asked may see it, and decides on the task's page.
  const auto asked = client.get("zhou", "/quote/1");
  CHECK(asked.status == 200);
  CHECK(holds(asked, "href=\"/tasks/" + client.task("zhou") + "\""));
  CHECK_FALSE(holds(asked, "value=\"withdraw\""));
}

TEST_CASE("the start page is everybody's own work") {
  OfficeClient client;
  client.submitted();
  CHECK(holds(client.get("zhou", "/"), "href=\"/tasks/" + client.task("zhou") + "\""));
  CHECK(holds(client.get("lin", "/"), "href=\"/quote/1#s-approval-1\""));
  CHECK_FALSE(holds(client.get("xu", "/"), "/quote/1"));
}

}  // namespace
}  // namespace formwork::routes

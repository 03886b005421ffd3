// Delegations and the forecast over the API.
#include <doctest/doctest.h>

#include "tests/server/routes/office_client.h"

namespace formwork::routes {
namespace {

const std::string kDelegations = "/api/v1/delegations";

TEST_CASE("for a time somebody else decides, and then no longer") {
  OfficeClient client;
  client.submitted();
  const auto made = client.api("zhou", Method::Post, kDelegations,
                               R"({"to":"wu","ends_at":"2026-03-05T00:00:00+08:00"})");
  CAPTURE(made.content());
  CHECK(made.status == 201);
  CHECK(made.header("Location") == kDelegations + "/1");
  CHECK(made.content() == R"({"id":1,"from":"zhou","to":"wu","starts_at":"2026-03-02T01:00:00Z",)"
                          R"("ends_at":"2026-03-04T16:00:00Z","active":true})");
  CHECK(at(client.json("wu", Method::Get, kDelegations), "delegations/0/from") == "zhou");
  CHECK(at(client.json("zhou", Method::Get, kDelegations), "delegations/0/to") == "wu");
  CHECK(at(client.json("gu", Method::Get, kDelegations), "delegations") == "0");
  CHECK(at(client.json("wu", Method::Get, "/api/v1/tasks"), "tasks/0/task/assignee") == "zhou");
  CHECK(client.api("gu", Method::Delete, kDelegations + "/1").status == 404);
  CHECK(client.api("zhou", Method::Delete, kDelegations + "/1").status == 204);
  CHECK(at(client.json("zhou", Method::Get, kDelegations), "delegations") == "0");
  CHECK(at(client.json("wu", Method::Get, "/api/v1/tasks"), "tasks") == "0");
}

TEST_CASE("a delegation to nobody, to oneself or into the past is refused") {
  OfficeClient client;
  const auto nothing = client.api("zhou", Method::Post, kDelegations, "{}");
  CHECK(nothing.status == 422);
  CHECK(holds(nothing, R"("pointer":"/to")"));
  CHECK(holds(nothing, R"("pointer":"/ends_at")"));
  const auto odd =
      client.api("zhou", Method::Post, kDelegations, R"({"to":"wu","ends_at":"tomorrow"})");
  CHECK(holds(odd, "request.not-an-instant"));
  const auto post = [&](const std::string& body) {
    return client.api("zhou", Method::Post, kDelegations, body).status;
  };
  CHECK(post(R"({"to":"zhou","ends_at":"2026-03-05T00:00:00Z"})") >= 409);
  CHECK(post(R"({"to":"wu","ends_at":"2026-03-01T00:00:00Z"})") >= 409);
  CHECK(client.send(Method::Post, kDelegations, {}, "{}").status == 401);
  CHECK(client.send(Method::Get, kDelegations).status == 401);
}

TEST_CASE("nobody gives more delegations than an account needs") {
  OfficeClient client;
  const std::string body = R"({"to":"wu","ends_at":"2026-03-05T00:00:00+08:00"})";
  for (int i = 0; i < 50; ++i) {
    REQUIRE(client.api("zhou", Method::Post, kDelegations, body).status == 201);
  }
  const auto refused = client.api("zhou", Method::Post, kDelegations, body);
  CHECK(refused.status == 409);
  CHECK(holds(refused, "delegation.too-many"));
  CHECK(client.api("lin", Method::Post, kDelegations, body).status == 201);
  CHECK(client.api("zhou", Method::Delete, kDelegations + "/7").status == 204);
  CHECK(client.api("zhou", Method::Post, kDelegations, body).status == 201);
}

TEST_CASE("the forecast says what fires when, on which record, by which rule") {
  OfficeClient client;
  client.quote();
  client.submitted();
  const auto forecast = client.json("zhou", Method::Get, "/api/v1/forecast");
  CHECK(members_of(forecast) == "until timers next");
  CHECK(at(forecast, "until") == "2026-03-09T01:00:00Z");
  REQUIRE(at(forecast, "timers") == "3");
  CHECK(members_of(forecast.find("timers")->elements[0]) ==
        "at kind what record stage chain step assignee assignment automation rule");
  CHECK(at(forecast, "timers/0/kind") == "task_deadline");
  CHECK(at(forecast, "timers/0/at") == "2026-03-02T09:00:00Z");
  CHECK(at(forecast, "timers/0/chain") == "discount");
  CHECK(at(forecast, "timers/0/step") == "manager");
  CHECK(at(forecast, "timers/0/assignee") == "zhou");
  CHECK(at(forecast, "timers/0/what").starts_with("reminds zhou"));
  CHECK(at(forecast, "timers/1/kind") == "dwell_warning");
  CHECK(at(forecast, "timers/1/record/id") == "1");
  CHECK(at(forecast, "timers/1/stage/name") == "draft");
  CHECK(at(forecast, "timers/2/kind") == "dwell_limit");
  CHECK(at(forecast, "timers/2/what").find("moves from") == 0);
  CHECK(at(forecast, "timers/2/rule").starts_with("app.yaml:"));
  const auto chinese = client.json("zhou", Method::Get, "/api/v1/forecast?lang=zh-CN");
  CHECK(at(chinese, "timers/0/what").starts_with("提醒"));
  CHECK(at(client.json("zhou", Method::Get, "/api/v1/forecast?days=1"), "timers") == "1");
  CHECK(at(client.json("xu", Method::Get, "/api/v1/forecast"), "timers") == "0");
}

TEST_CASE("the forecast goes on behind its cursor, and knows its parameters") {
  OfficeClient client;
  client.quote();
  client.submitted();
  const std::string address = "/api/v1/forecast?limit=2&entity=quote";
  const auto first = client.json("zhou", Method::Get, address);
  CHECK(at(first, "timers") == "2");
  const auto second = client.json("zhou", Method::Get, address + "&cursor=" + at(first, "next"));
  CHECK(at(second, "timers") == "1");
  CHECK(at(second, "timers/0/kind") == "dwell_limit");
  CHECK(at(second, "next") == "-");
  CHECK(client.api("zhou", Method::Get, "/api/v1/forecast?entity=invoice").status == 404);
  for (const std::string wrong : {"days=0", "days=367", "cursor=12", "limit=x", "day=2"}) {
    CAPTURE(wrong);
    CHECK(client.api("zhou", Method::Get, "/api/v1/forecast?" + wrong).status == 400);
  }
  CHECK(client.send(Method::Get, "/api/v1/forecast").status == 401);
}

}  // namespace
}  // namespace formwork::routes

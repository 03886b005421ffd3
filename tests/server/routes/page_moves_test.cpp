// The forms of stages, tasks and absences, as a browser without script sends them.
#include <doctest/doctest.h>

#include "tests/server/routes/office_client.h"

namespace formwork::routes {
namespace {

std::string location_of(const http::Response& response) {
  return std::string(response.header("Location"));
}

TEST_CASE("a granted move leads back to the record, and says so") {
  OfficeClient client;
  client.quote();
  const auto moved = client.post("lin", "/quote/1/move", "to=review&_version=2");
  CHECK(moved.status == 303);
  CHECK(location_of(moved) == "/quote/1?saved=moved");
  CHECK(holds(client.api("lin", Method::Get, "/api/v1/records/quote/1"), R"("stage":"review")"));
}

TEST_CASE("a refused move shows the record again, with what is missing and what was typed") {
  OfficeClient client;
  REQUIRE(client.api("lin", Method::Post, "/api/v1/records/quote", R"({"name":"Ink"})").status ==
          201);
  const auto refused = client.post("lin", "/quote/1/move", "to=review&comment=please&_version=1");
  CHECK(refused.status == 409);
  CHECK(holds(refused, "Say what it costs"));
  const auto chinese = client.post("lin", "/quote/1/move?lang=zh-CN", "to=review&_version=1");
  CHECK(holds(chinese, "请填写金额"));
  const auto stale = client.post("lin", "/quote/1/move", "to=dropped&comment=no&_version=7");
  CHECK(stale.status == 409);
  CHECK(holds(stale, "<html"));
}

TEST_CASE("moves of those who may not, see nothing, or prove nothing are refused") {
  OfficeClient client;
  client.quote();
  const std::string drop = "to=dropped&comment=lost";
  CHECK(client.post("sun", "/quote/1/move", drop).status == 403);
  CHECK(client.post("xu", "/quote/1/move", drop).status == 404);
  CHECK(client.post("lin", "/quote/x/move", drop).status == 404);
  CHECK(client.post("lin", "/nothing/1/move", drop).status == 404);
  const Headers form{{"Content-Type", "application/x-www-form-urlencoded"}};
  const auto unknown = client.send(Method::Post, "/quote/1/move", form, drop);
  CHECK(unknown.status == 303);
  CHECK(location_of(unknown).starts_with("/sign-in"));
  Headers unproven = form;
  unproven.push_back(client.cookie_of("lin"));
  CHECK(client.send(Method::Post, "/quote/1/move", unproven, drop).status == 403);
  const Headers json{client.cookie_of("lin"), {"Content-Type", "application/json"}};
  CHECK(client.send(Method::Post, "/quote/1/move", json, "{}").status == 400);
}

TEST_CASE("checklist, owner and claim have their forms") {
  OfficeClient client;
  client.quote();
  const auto ticked = client.post("lin", "/quote/1/checklist", "item=printed&done=true");
  CHECK(ticked.status == 303);
  CHECK(location_of(ticked) == "/quote/1?saved=changed");
  CHECK(client.post("lin", "/quote/1/checklist", "item=spelled&done=false").status == 303);
  CHECK(holds(client.api("lin", Method::Get, "/api/v1/records/quote/1"),
              R"("checklist":["printed"])"));
  CHECK(client.post("sun", "/quote/1/checklist", "item=spelled&done=true").status == 403);
  CHECK(client.post("zhou", "/quote/1/assign", "to=").status == 422);
  CHECK(client.post("zhou", "/quote/1/assign", "to=bob").status == 422);
  CHECK(client.post("lin", "/quote/1/assign", "to=xu").status == 403);
  const auto assigned = client.post("zhou", "/quote/1/assign", "to=xu&comment=yours");
  CHECK(location_of(assigned) == "/quote/1?saved=assigned");
  CHECK(client.post("lin", "/quote/1/claim", "").status == 404);
  CHECK(client.post("xu", "/quote/1/claim", "").status >= 403);
}

TEST_CASE("a decision leads on to the inbox, or to where the form says") {
  OfficeClient client;
  client.submitted(R"("amount":"5000","discount":"0.05")");
  const std::string first = "/tasks/" + client.task("zhou");
  const auto approved =
      client.post("zhou", first, "action=approve&comment=fine&terms=net&_version=3");
  CHECK(approved.status == 303);
  CHECK(location_of(approved) == "/tasks?saved=approved");
  CHECK(holds(client.api("lin", Method::Get, "/api/v1/records/quote/1"), R"("terms":"net")"));
  const auto rejected = client.post("gu", "/tasks/" + client.task("gu"),
                                    "action=reject&comment=no&next=/quote/1?lang%3Den");
  CHECK(rejected.status == 303);
  CHECK(location_of(rejected) == "/quote/1?lang=en&saved=rejected");
  client.submitted();
  const auto elsewhere = client.post("zhou", "/tasks/" + client.task("zhou"),
                                     "action=approve&next=https://evil.example/");
  CHECK(location_of(elsewhere).starts_with("/"));
  CHECK_FALSE(location_of(elsewhere).starts_with("//"));
}

TEST_CASE("a refused decision shows the task again with what was typed") {
  OfficeClient client;
  client.submitted();
  const std::string task = "/tasks/" + client.task("zhou");
  const auto nobody = client.post("zhou", task, "action=transfer&to=bob&comment=keep+this");
  CHECK(nobody.status == 422);
  CHECK(holds(nobody, "here is no user bob"));
  CHECK(holds(nobody, "keep this"));
  CHECK(client.post("zhou", task, "comment=hm").status == 422);
  const auto silent = client.post("zhou", task, "action=reject");
  CHECK(silent.status >= 409);
  CHECK(silent.status <= 422);
  CHECK(client.post("zhou", task, "action=approve&_version=1").status == 409);
  CHECK(client.post("sun", task, "action=approve").status == 403);
  CHECK(client.post("xu", task, "action=approve").status == 404);
  CHECK(client.post("zhou", "/tasks/99", "action=approve").status == 404);
  CHECK(client.post("zhou", task, "action=approve&terms=net").status == 303);
}

TEST_CASE("a form returns, adds approvers, transfers and withdraws as it says") {
  OfficeClient client;
  client.submitted();
  CHECK(location_of(client.post("zhou", "/tasks/" + client.task("zhou"),
                                "action=add_approver&to=gu&place=before&comment=look")) ==
        "/tasks?saved=approver-added");
  CHECK(location_of(client.post("gu", "/tasks/" + client.task("gu"), "action=approve")) ==
        "/tasks?saved=approved");
  CHECK(location_of(client.post("zhou", "/tasks/" + client.task("zhou"),
                                "action=return&step=&resume=true&comment=cheaper&terms=")) ==
        "/tasks?saved=returned");
  CHECK(location_of(client.post("lin", "/tasks/" + client.task("lin"), "action=resubmit")) ==
        "/tasks?saved=resubmitted");
  CHECK(location_of(client.post("lin", "/tasks/" + client.task("zhou"), "action=withdraw")) ==
        "/tasks?saved=withdrawn");
}

TEST_CASE("a time of absence is given in whole days and ends when one says so") {
  OfficeClient client;
  const auto made = client.post("zhou", "/delegations", "to=wu&starts=2026-03-02&ends=2026-03-04");
  CHECK(made.status == 303);
  CHECK(location_of(made) == "/tasks?saved=delegated");
  const auto list = client.json("zhou", Method::Get, "/api/v1/delegations");
  CHECK(at(list, "delegations/0/starts_at") == "2026-03-02T01:00:00Z");
  CHECK(at(list, "delegations/0/ends_at") == "2026-03-04T16:00:00Z");
  CHECK(client.post("zhou", "/delegations", "to=wu&starts=2026-03-02").status == 422);
  CHECK(client.post("zhou", "/delegations", "to=bob&starts=2026-03-02&ends=2026-03-04").status ==
        422);
  CHECK(client.post("zhou", "/delegations", "to=wu&starts=2026-02-01&ends=2026-02-02").status >=
        409);
  CHECK(client.post("gu", "/delegations/1/end", "").status == 404);
  const auto ended = client.post("zhou", "/delegations/1/end", "");
  CHECK(location_of(ended) == "/tasks?saved=delegation-ended");
  CHECK(at(client.json("zhou", Method::Get, "/api/v1/delegations"), "delegations") == "0");
}

TEST_CASE("the page of preferences holds absences to the same") {
  OfficeClient client;
  CHECK(holds(client.get("lin", "/preferences"), "maxlength=\"500\""));
  const std::string days = "starts=2026-03-02&ends=2026-03-04&reason=";
  const auto refused = client.post("lin", "/absences", days + std::string(501, 'x'));
  CHECK(refused.status == 422);
  CHECK(holds(refused, "at most 500 characters"));
  for (int i = 0; i < 50; ++i) {
    REQUIRE(client.post("lin", "/absences", days).status == 303);
  }
  const auto one_more = client.post("lin", "/absences", days);
  CHECK(one_more.status == 409);
  CHECK(holds(one_more, "50 absences"));
}

}  // namespace
}  // namespace formwork::routes

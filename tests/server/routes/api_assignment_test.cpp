// Owners over the API: dispatch, claims, release, absences, and why somebody has a record.
#include <doctest/doctest.h>

#include "tests/server/routes/office_client.h"

namespace formwork::routes {
namespace {

constexpr std::string_view kLeads = R"(
app: leads
locales: [en, zh-CN]
time_zone: Asia/Shanghai
currency: CNY
---
role: sales
on: { lead: { view: true, create: true, edit: owner = user, claim: owner = null } }
---
role: manager
on:
  lead: { view: true, create: true, edit: true, assign: true }
  budget: { view: true, create: true }
---
role: finance
on: { lead: { view: true } }
---
role: boss
on: { lead: { view: true } }
---
entity: lead
title: name
fields:
  name: { type: text, required: true }
  region: { type: text }
  touched_at: { type: date_time }
  waiting: { type: boolean }
  budget: { type: reference, to: budget }
  owner: { type: user }
---
entity: budget
title: amount
fields: { amount: { type: number, scale: 0 } }
---
assignment: territory
of: lead
why: Territories
pools: { public: { label: Public, claims_per_day: 1 } }
rules:
  - { id: east, when: region = "east", why: { en: Close by, zh-CN: 就近 }, to: { role: sales, else: public } }
  - { id: large, when: budget.amount > 5, why: Money, to: { role: manager } }
  - otherwise: { pool: public }
response: { done: touched_at != null, pause: waiting, within: PT30M, steps: { PT15M: remind } }
)";

const std::string kLead = "/api/v1/records/lead";

class LeadClient : public OfficeClient {
 public:
  LeadClient() : OfficeClient(kLeads) {}

  std::string lead(const std::string& region) {
    const auto made =
        api("zhou", Method::Post, kLead, R"({"name":"n","region":")" + region + R"("})");
    if (made.status != 201) throw std::runtime_error(std::string(made.content()));
    return std::string(made.header("Location"));
  }

  int post(std::string_view who, const std::string& address, const std::string& body = {}) {
    return api(who, Method::Post, address, body).status;
  }
};

TEST_CASE("dispatch by an assignment tells the owner, and why tells by which rule") {
  LeadClient client;
  const std::string lead = client.lead("east");
  CHECK(client.post("lin", lead + "/assign", R"({"by":"territory"})") == 403);
  CHECK(client.post("zhou", lead + "/assign", R"({"by":"territory"})") == 200);
  CHECK(client.post("zhou", lead + "/assign", R"({"by":"territory","except":["xu"]})") == 200);
  CHECK(at(client.json("xu", Method::Get, lead), "owner") == "lin");
  CHECK(client.post("zhou", lead + "/assign", R"({"by":"territory","except":["xu","lin"]})") ==
        200);
  const auto why = client.json("xu", Method::Get, lead + "/why");
  CHECK(at(why, "owner/account") == "-");
  CHECK(at(why, "owner/pool") == "public");
  CHECK(at(why, "owner/action") == "released");
  CHECK(client.post("zhou", lead + "/assign", R"({"by":"territory","except":["xu"]})") == 200);
  const auto told = client.json("xu", Method::Get, lead + "/why");
  CHECK(at(told, "owner/account") == "lin");
  CHECK(at(told, "owner/since") == "2026-03-02T01:00:00Z");
  CHECK(at(told, "owner/by") == "zhou");
  CHECK(at(told, "owner/assignment") == "territory");
  CHECK(at(told, "owner/rule") == "east");
  CHECK(at(told, "owner/why") == "Close by");
  CHECK(at(told, "owner/condition") == R"(region = "east": region = "east")");
  CHECK(at(told, "owner/picked") == "round_robin");
  CHECK(at(told, "owner/passed_over/0/account") == "xu");
  CHECK(at(told, "owner/passed_over/0/because") == "excepted");
}

TEST_CASE("a condition that reads what one may not see is told to nobody but those who may") {
  LeadClient client;
  const auto made = client.api("zhou", Method::Post, "/api/v1/records/budget", R"({"amount":"7"})");
  REQUIRE(made.status == 201);
  const auto lead = client.api("zhou", Method::Post, kLead, R"({"name":"n","budget":"1"})");
  REQUIRE(lead.status == 201);
  const std::string address(lead.header("Location"));
  REQUIRE(client.post("zhou", address + "/assign", R"({"by":"territory"})") == 200);
  const auto open = client.json("zhou", Method::Get, address + "/why");
  CHECK(at(open, "owner/rule") == "large");
  CHECK(at(open, "owner/condition") == "budget.amount > 5: budget.amount = 7");
  const auto closed = client.json("sun", Method::Get, address + "/why");
  CHECK(at(closed, "owner/rule") == "large");
  CHECK(at(closed, "owner/condition") == "-");
  const auto told = [&](std::string_view who) {
    return std::string(client.api(who, Method::Get, address + "/history").content());
  };
  CHECK(told("zhou").find("budget.amount = 7") != std::string::npos);
  CHECK(told("sun").find("budget.amount") == std::string::npos);
  CHECK(told("sun").find(R"("rule":"large")") != std::string::npos);
}

TEST_CASE("what cannot be dispatched says why") {
  LeadClient client;
  const std::string lead = client.lead("east");
  const auto unknown = client.api("zhou", Method::Post, lead + "/assign", R"({"by":"teritory"})");
  CHECK(unknown.status == 422);
  CHECK(holds(unknown, "request.no-such-assignment"));
  const auto odd =
      client.api("zhou", Method::Post, lead + "/assign", R"({"by":"territory","except":"xu"})");
  CHECK(holds(odd, "request.list-expected"));
  const auto nobody = client.api("zhou", Method::Post, lead + "/assign",
                                 R"({"by":"territory","except":["nobody"]})");
  CHECK(nobody.status == 422);
  const auto nothing = client.api("zhou", Method::Post, lead + "/assign", "{}");
  CHECK(holds(nothing, R"("pointer":"/to")"));
  CHECK(client.send(Method::Post, lead + "/assign", {}, "{}").status == 401);
}

TEST_CASE("claimed, released and claimed again: the pool's limit of a day holds") {
  LeadClient client;
  const std::string lead = client.lead("west");
  CHECK(client.post("zhou", lead + "/assign", R"({"by":"territory"})") == 200);
  CHECK(client.post("sun", lead + "/claim") == 403);
  CHECK(client.post("lin", lead + "/claim") == 200);
  CHECK(client.post("xu", lead + "/claim") == 409);
  CHECK(client.post("xu", lead + "/release", R"({"pool":"public"})") == 403);
  const auto wrong = client.api("lin", Method::Post, lead + "/release", R"({"pool":"publik"})");
  CHECK(wrong.status == 409);
  CHECK(holds(wrong, "release.no-such-pool"));
  const auto let_go =
      client.api("lin", Method::Post, lead + "/release", R"({"pool":"public","comment":"ill"})");
  CHECK(let_go.status == 200);
  CHECK(holds(let_go, R"("pool":"public")"));
  CHECK(at(client.json("lin", Method::Get, lead + "/why"), "owner/comment") == "ill");
  const auto again = client.api("lin", Method::Post, lead + "/claim");
  CHECK(again.status == 409);
  CHECK(holds(again, "assign.quota"));
  CHECK(holds(client.api("lin", Method::Post, lead + "/claim?lang=zh-CN"), "已达每日上限"));
  CHECK(client.post("xu", lead + "/claim") == 200);
}

TEST_CASE("the response clock runs, pauses, is late and is met") {
  LeadClient client;
  const std::string lead = client.lead("east");
  CHECK(at(client.json("lin", Method::Get, lead + "/why"), "response") == "-");
  REQUIRE(client.post("zhou", lead + "/assign", R"({"to":"lin"})") == 200);
  const auto state = [&] {
    return at(client.json("lin", Method::Get, lead + "/why"), "response/state");
  };
  const auto set = [&](const std::string& body) {
    const auto now = client.api("zhou", Method::Get, lead);
    return client
        .api("zhou", Method::Patch, lead, body, {{"If-Match", std::string(now.header("ETag"))}})
        .status;
  };
  CHECK(state() == "running");
  client.app.clock.advance(DaysDuration{.seconds = 600});
  CHECK(set(R"({"waiting":true})") == 200);
  CHECK(state() == "paused");
  client.app.clock.advance(DaysDuration{.seconds = 6000});
  CHECK(set(R"({"waiting":false})") == 200);
  const auto why = client.json("lin", Method::Get, lead + "/why");
  CHECK(at(why, "response/used") == "PT10M");
  CHECK(at(why, "response/within") == "PT30M");
  CHECK(at(why, "response/respond_by") == "2026-03-02T03:10:00Z");
  client.app.clock.advance(DaysDuration{.seconds = 1201});
  CHECK(state() == "late");
  CHECK(set(R"({"touched_at":"2026-03-02T03:10:01Z"})") == 200);
  CHECK(state() == "late");
  CHECK(client.post("zhou", lead + "/assign", R"({"to":"xu"})") == 200);
  CHECK(state() == "met");
}

TEST_CASE("somebody who is away is told so, and gets no work until the absence ends") {
  LeadClient client;
  const std::string absences = "/api/v1/absences";
  const auto made = client.api("lin", Method::Post, absences,
                               R"({"ends_at":"2026-03-05T00:00:00+08:00","reason":"ill"})");
  CHECK(made.status == 201);
  CHECK(made.header("Location") == absences + "/1");
  CHECK(made.content() == R"({"id":1,"account":"lin","starts_at":"2026-03-02T01:00:00Z",)"
                          R"("ends_at":"2026-03-04T16:00:00Z","reason":"ill","active":true})");
  CHECK(at(client.json("lin", Method::Get, absences), "absences/0/id") == "1");
  CHECK(at(client.json("xu", Method::Get, absences), "absences") == "0");
  const std::string lead = client.lead("east");
  CHECK(client.post("zhou", lead + "/assign", R"({"by":"territory"})") == 200);
  const auto why = client.json("zhou", Method::Get, lead + "/why");
  CHECK(at(why, "owner/account") == "xu");
  CHECK(at(why, "owner/passed_over/0/because") == "absent");
  CHECK(client.api("xu", Method::Delete, absences + "/1").status == 404);
  CHECK(client.api("lin", Method::Delete, absences + "/1").status == 204);
  CHECK(at(client.json("lin", Method::Get, absences), "absences") == "0");
  CHECK(client.api("lin", Method::Post, absences, "{}").status == 422);
  CHECK(client.send(Method::Get, absences).status == 401);
}

TEST_CASE("absences take no more memory than people need") {
  LeadClient client;
  const std::string absences = "/api/v1/absences";
  const auto with_reason = [](const std::string& reason) {
    return R"({"ends_at":"2026-03-05T00:00:00+08:00","reason":")" + reason + "\"}";
  };
  std::string reason;
  for (int i = 0; i < 500; ++i) reason += "病";
  CHECK(client.api("lin", Method::Post, absences, with_reason(reason)).status == 201);
  const auto long_one = client.api("lin", Method::Post, absences, with_reason(reason + "。"));
  CHECK(long_one.status == 422);
  CHECK(holds(long_one, "absence.reason-too-long"));
  CHECK(holds(long_one, "at most 500 characters"));
  for (int i = 1; i < 50; ++i) {
    REQUIRE(client.api("lin", Method::Post, absences, with_reason("")).status == 201);
  }
  const auto one_more = client.api("lin", Method::Post, absences, with_reason(""));
  CHECK(one_more.status == 409);
  CHECK(holds(one_more, "absence.too-many"));
  CHECK(at(client.json("lin", Method::Get, absences), "absences") == "50");
  // Others have their own, and what has ended does not count.
  CHECK(client.api("xu", Method::Post, absences, with_reason("")).status == 201);
  CHECK(client.api("lin", Method::Delete, absences + "/1").status == 204);
  CHECK(client.api("lin", Method::Post, absences, with_reason("")).status == 201);
  client.app.clock.advance(DaysDuration{4 * 86'400, 0});
  CHECK(client.api("lin", Method::Post, absences, R"({"ends_at":"2026-03-09T00:00:00Z"})").status ==
        201);
}

}  // namespace
}  // namespace formwork::routes

// What automations did and would do, and comments, over the API.
#include <doctest/doctest.h>

#include "tests/server/routes/client.h"
#include "tests/support/crm_app.h"

namespace formwork::routes {
namespace {

constexpr std::string_view kMark = R"(---
automation: mark
label: { en: Mark the big ones, zh-CN: 标记大客户 }
why: { en: They come first, zh-CN: 优先处理 }
on: [created, { updated: budget }]
of: lead
when: budget >= 1000
do: { set: { tier: '"hot"' } }
---
automation: sleepy
on: { cron: "0 9 * * MON-FRI" }
enabled: false
do: { create: account, with: { name: '"beat"' } }
)";

class CrmClient : public Client {
 public:
  CrmClient() : Client(std::string(testing::kCrm) + std::string(kMark)) {}

  void fill() {
    REQUIRE(app.create(app.actor("sales"), "lead", R"({"company":"Acme","budget":"5000"})"));
    REQUIRE(app.create(app.actor("sales"), "lead", R"({"company":"Small","budget":"5"})"));
  }
};

TEST_CASE("those who run the app see how each automation stands") {
  CrmClient client;
  client.fill();
  const auto all = client.api("boss", Method::Get, "/api/v1/automations");
  CHECK(all.status == 200);
  CHECK(holds(all, R"("name":"mark","label":"Mark the big ones","why":"They come first",)"
                   R"("entity":"lead","triggers":["created","updated: budget"],"enabled":true)"));
  CHECK(holds(all, R"("runs":{"done":1,"declined":1,"skipped":0,"waiting":0,"failed":0,)"));
  CHECK(holds(all, R"("name":"sleepy")"));
  CHECK(holds(all, R"("entity":null,"triggers":["cron: 0 9 * * MON-FRI"],"enabled":false)"));
  CHECK(client.api("sales", Method::Get, "/api/v1/automations").status == 403);
  CHECK(client.send(Method::Get, "/api/v1/automations").status == 401);
}

TEST_CASE("runs are told newest first, by outcome and record, and one by one") {
  CrmClient client;
  client.fill();
  const auto runs = client.api("boss", Method::Get, "/api/v1/automations/mark/runs");
  CHECK(runs.content().find(R"("outcome":"declined","reason":"budget >= 1000: budget = 5)") <
        runs.content().find(R"("outcome":"done")"));
  CHECK(holds(runs, R"("actions":[{"action":"set","did":"tier = \"hot\""}])"));
  CHECK(holds(runs, R"("trigger":"created")"));
  CHECK(holds(runs, R"("actor":"sales")"));
  const auto done = client.api("boss", Method::Get, "/api/v1/runs?outcome=done");
  CHECK_FALSE(holds(done, "declined"));
  const auto of = client.api("boss", Method::Get, "/api/v1/runs?entity=lead&record=2");
  CHECK_FALSE(holds(of, R"("outcome":"done")"));
  CHECK(holds(client.api("boss", Method::Get, "/api/v1/runs?limit=1"), R"("next":"2")"));
  CHECK(holds(client.api("boss", Method::Get, "/api/v1/runs/1"), R"("id":1,)"));
  CHECK(holds(client.api("boss", Method::Get, "/api/v1/runs/99"), "run.unknown"));
  CHECK(client.api("sales", Method::Get, "/api/v1/runs").status == 403);
  CHECK(client.api("sales", Method::Get, "/api/v1/runs/1").status == 403);
}

TEST_CASE("runs are found by a record and its entity, and by neither of them alone") {
  CrmClient client;
  client.fill();
  const auto ask = [&](const std::string& parameters) {
    return client.api("boss", Method::Get, "/api/v1/runs?" + parameters);
  };
  const auto entity = ask("entity=lead");
  CHECK(entity.status == 400);
  CHECK(holds(entity, R"("pointer":"/record","field":"record","code":"query.entity-and-record")"));
  const auto record = ask("record=1");
  CHECK(record.status == 400);
  CHECK(holds(record, R"("pointer":"/entity")"));
  CHECK(holds(ask("entity=lead&record=one"), "query.record"));
  CHECK(ask("entity=lead&record=0").status == 400);
  CHECK(client.api("boss", Method::Get, "/api/v1/automations/mark/runs?record=1").status == 400);
  CHECK(holds(ask("entity=lead&record=1"), R"("outcome":"done")"));
  CHECK(holds(ask("entity=lead&record=99"), R"("runs":[])"));
}

TEST_CASE("a dry run answers with runs that were not kept") {
  CrmClient client;
  client.fill();
  const auto tried =
      client.api("boss", Method::Post, "/api/v1/automations/mark/dry-run", R"({"record":2})");
  CHECK(tried.status == 200);
  CHECK(holds(tried, R"("outcome":"declined")"));
  const auto all = client.api("boss", Method::Post, "/api/v1/automations/all/dry-run",
                              R"({"entity":"lead","record":1,"trigger":"created"})");
  CHECK(holds(all, R"("automation":"mark")"));
  CHECK_FALSE(holds(client.api("boss", Method::Get, "/api/v1/runs"), R"("id":3,)"));
  const auto path = std::string("/api/v1/automations/mark/dry-run");
  CHECK(client.api("boss", Method::Post, path, "{}").status == 422);
  CHECK(client.api("boss", Method::Post, path, R"({"record":77})").status == 404);
  CHECK(holds(client.api("boss", Method::Post, path, R"({"record":1,"trigger":"odd"})"),
              "automation.unknown-trigger"));
  CHECK(
      holds(client.api("boss", Method::Post, "/api/v1/automations/none/dry-run", R"({"record":1})"),
            "automation.unknown"));
  CHECK(client.api("sales", Method::Post, path, R"({"record":1})").status == 403);
}

TEST_CASE("a comment goes into history, and needs something to say") {
  CrmClient client;
  client.fill();
  const auto said = client.api("sales", Method::Post, "/api/v1/records/lead/1/comments",
                               R"({"text":"Call again"})");
  CHECK(said.status == 200);
  const auto history = client.api("sales", Method::Get, "/api/v1/records/lead/1/history");
  CHECK(holds(history, R"("action":"commented")"));
  CHECK(holds(history, "Call again"));
  CHECK(holds(history, R"("cause":"automation")"));
  CHECK(client.api("sales", Method::Post, "/api/v1/records/lead/1/comments", R"({"text":" "})")
            .status == 422);
  CHECK(client.api("sales", Method::Post, "/api/v1/records/lead/1/comments", "{}").status == 422);
  CHECK(client.api("guest", Method::Post, "/api/v1/records/lead/1/comments", R"({"text":"x"})")
            .status == 403);
}

TEST_CASE("history on the page names the automation, and schedules are in the admin's forecast") {
  CrmClient client;
  client.fill();
  const auto page = client.get("sales", "/lead/1");
  CHECK(holds(page, "Mark the big ones"));
  CHECK(holds(page, "Automation"));
}

TEST_CASE("the pages of automations do not tell others which there are") {
  CrmClient client;
  for (const std::string name : {"mark", "nothing"}) {
    CAPTURE(name);
    const auto page = client.get("sales", "/admin/automations/" + name);
    const auto tried = client.post("sales", "/admin/automations/" + name + "/dry-run", "record=1");
    CHECK(page.status == 403);
    CHECK(tried.status == 403);
    CHECK_FALSE(holds(page, name));
    CHECK_FALSE(holds(tried, name));
  }
  CHECK(client.get("boss", "/admin/automations/mark").status == 200);
  CHECK(client.get("boss", "/admin/automations/nothing").status == 404);
}

}  // namespace
}  // namespace formwork::routes

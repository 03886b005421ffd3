// The pool: what is in it, what is left to claim today, and claims from its page.
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
on: { lead: { view: true, create: true, edit: true, assign: true } }
---
role: finance
on: { lead: { view: true } }
---
role: boss
on: {}
---
entity: lead
label: { en: Lead, zh-CN: 线索 }
plural: { en: Leads, zh-CN: 线索 }
title: name
fields:
  name: { type: text, required: true }
  owner: { type: user }
---
entity: memo
title: name
fields: { name: { type: text } }
---
assignment: territory
of: lead
why: Territories
pools:
  public: { label: { en: Public pool, zh-CN: 公海 }, claims_per_day: 2 }
  key: { label: Key accounts }
rules:
  - otherwise: { pool: public }
)";

class PoolClient : public OfficeClient {
 public:
  PoolClient() : OfficeClient(kLeads) {
    for (const char* name : {"Acme", "Best", "Cool", "Dune"}) {
      const auto made = api("zhou", Method::Post, "/api/v1/records/lead",
                            R"({"name":")" + std::string(name) + R"("})");
      if (made.status != 201) throw std::runtime_error(std::string(made.content()));
      release(std::string(made.header("Location")), "public");
    }
  }

  void release(const std::string& address, const std::string& pool) {
    const auto assigned = api("zhou", Method::Post, address + "/assign", R"({"to":"zhou"})");
    if (assigned.status != 200) throw std::runtime_error(std::string(assigned.content()));
    const auto let_go =
        api("zhou", Method::Post, address + "/release", R"({"pool":")" + pool + R"("})");
    if (let_go.status != 200) throw std::runtime_error(std::string(let_go.content()));
  }

  http::Response claim(std::string_view who, const std::string& id) {
    return post(who, "/lead/" + id + "/claim", "");
  }
};

TEST_CASE("the pool page says what is left to claim today, in both languages") {
  PoolClient client;
  const auto page = client.get("lin", "/lead/pool");
  CHECK(page.status == 200);
  CHECK(holds(page, "Public pool: 2 of 2 claims left today"));
  CHECK_FALSE(holds(page, "Key accounts:"));
  CHECK(holds(page, "action=\"/lead/1/claim\""));
  const auto claimed = client.claim("lin", "1");
  CHECK(claimed.status == 303);
  CHECK(claimed.header("Location") == "/lead/1?saved=claimed");
  const auto after = client.get("lin", "/lead/pool");
  CHECK(holds(after, "Public pool: 1 of 2 claims left today"));
  CHECK_FALSE(holds(after, "action=\"/lead/1/claim\""));
  CHECK_FALSE(holds(after, " disabled"));
  CHECK(
      holds(client.get("lin", "/lead/pool?lang=zh-CN"), "公海：今天还可领取 1 条，每天最多 2 条"));
  CHECK(holds(client.get("xu", "/lead/pool"), "Public pool: 2 of 2 claims left today"));
}

TEST_CASE("at none left the buttons are disabled with the reason, and the server refuses as well") {
  PoolClient client;
  client.release("/api/v1/records/lead/4", "key");
  REQUIRE(client.claim("lin", "1").status == 303);
  REQUIRE(client.claim("lin", "2").status == 303);
  const auto page = client.get("lin", "/lead/pool");
  CHECK(holds(page,
              "<p class=\"head__meta\" id=\"quota-public\">Public pool: your 2 claims of today "
              "are used up; claim more tomorrow</p>"));
  const std::string_view content = page.content();
  const auto of = [&](const std::string& id) {
    const auto form = content.find("action=\"/lead/" + id + "/claim\"");
    return content.substr(form, content.find("</form>", form) - form);
  };
  CHECK(of("3").find("disabled aria-describedby=\"quota-public\"") != std::string_view::npos);
  CHECK(of("4").find("disabled") == std::string_view::npos);
  CHECK(holds(client.get("lin", "/lead/pool?lang=zh-CN"), "公海：今天的 2 条已领完，请明天再领取"));
  const auto record = client.get("lin", "/lead/3");
  CHECK(holds(record, "disabled aria-describedby=\"quota-public\""));
  CHECK(holds(record, "are used up"));
  const auto refused = client.claim("lin", "3");
  CHECK(refused.status == 409);
  CHECK(holds(refused, "You have claimed 2 from Public pool today"));
  CHECK(client.claim("lin", "4").status == 303);
  // Refused claims were not counted, and tomorrow begins anew by the app's calendar: 09:00 is now.
  client.app.clock.advance(DaysDuration{.seconds = 15 * 3600});
  CHECK(holds(client.get("lin", "/lead/pool"), "Public pool: 2 of 2 claims left today"));
  CHECK(client.claim("lin", "3").status == 303);
}

TEST_CASE("the API says the same") {
  PoolClient client;
  REQUIRE(client.claim("lin", "1").status == 303);
  CHECK(client.api("lin", Method::Get, "/api/v1/pools/lead").content() ==
        R"({"pools":[{"name":"public","label":"Public pool","claims_per_day":2,"left_today":1,)"
        R"("max_open":null},{"name":"key","label":"Key accounts","claims_per_day":null,)"
        R"("left_today":null,"max_open":null}]})");
  CHECK(client.api("zhou", Method::Get, "/api/v1/pools/memo").status == 403);
  CHECK(client.api("gu", Method::Get, "/api/v1/pools/lead").status == 403);
  CHECK(client.api("lin", Method::Get, "/api/v1/pools/leads").status == 404);
  CHECK(client.send(Method::Get, "/api/v1/pools/lead").status == 401);
}

TEST_CASE("who may not claim gets no buttons, and what has no pool no page") {
  PoolClient client;
  const auto page = client.get("sun", "/lead/pool");
  CHECK(page.status == 200);
  CHECK_FALSE(holds(page, "/claim\""));
  CHECK(client.claim("sun", "1").status == 403);
  CHECK(client.get("gu", "/lead/pool").status == 403);
  CHECK(client.get("lin", "/memo/pool").status == 404);
  CHECK(client.send(Method::Get, "/lead/pool").status == 303);
  const Headers form{client.cookie_of("lin"),
                     {"Content-Type", "application/x-www-form-urlencoded"},
                     {"Sec-Fetch-Site", "same-origin"}};
  CHECK(client.send(Method::Post, "/lead/1/claim", form, "").status == 403);
  CHECK(client.claim("lin", "99").status == 404);
  REQUIRE(client.claim("xu", "1").status == 303);
  CHECK(client.claim("lin", "1").status == 409);
}

TEST_CASE("an empty pool says so") {
  PoolClient client;
  for (const std::string id : {"1", "2"}) REQUIRE(client.claim("lin", id).status == 303);
  for (const std::string id : {"3", "4"}) REQUIRE(client.claim("xu", id).status == 303);
  CHECK(holds(client.get("lin", "/lead/pool"), "The pool is empty"));
  CHECK(holds(client.get("lin", "/lead/pool?lang=zh-CN"), "公海里没有记录"));
}

}  // namespace
}  // namespace formwork::routes

// Everything that is refused: which status, in which words, as JSON and as a page.
#include <doctest/doctest.h>

#include "tests/server/routes/client.h"

namespace formwork::routes {
namespace {

struct Scenario {
  std::string name;
  std::string_view role;
  Method method;
  std::string target;
  std::string body;
  Headers headers;
  int status;
  std::vector<std::string> wanted;
  std::vector<std::string> unwanted = {};
};

constexpr std::string_view kProblem = "application/problem+json";

void make_records(Client& client) {
  const auto boss = client.app.actor("boss");
  REQUIRE(client.app.create(boss, "customer", R"({"name":"Acme"})"));
  REQUIRE(client.app.create(boss, "ticket", R"({"subject":"first"})"));
  REQUIRE(client.app.update(boss, "ticket", 1, 1, R"({"subject":"second"})"));
}

const std::string kTickets = "/api/v1/records/ticket";
const std::string kTicket = "/api/v1/records/ticket/1";

Headers seen(const std::string& etag) { return {{"If-Match", etag}}; }

std::vector<Scenario> value_scenarios() {
  return {
      {"unknown field",
       "boss",
       Method::Post,
       kTickets,
       R"({"subject":"a","subjet":"b"})",
       {},
       422,
       {R"("type":"urn:formwork:problem:record.invalid")", R"("pointer":"/subjet")",
        R"("code":"field.unknown")", "did you mean `subject`?"}},
      {"wrong type",
       "boss",
       Method::Post,
       kTickets,
       R"({"subject":7})",
       {},
       422,
       {R"("pointer":"/subject")", "this is a number"}},
      {"missing required",
       "boss",
       Method::Post,
       kTickets,
       "{}",
       {},
       422,
       {R"("field":"subject","code":"field.required","detail":"Subject: enter a value")"}},
      {"every problem at once",
       "boss",
       Method::Post,
       kTickets,
       R"({"amount":-1,"customer":9,"items":[{"qty":0}]})",
       {},
       422,
       {R"("pointer":"/subject")", R"("pointer":"/amount")", R"("pointer":"/customer")",
        R"("pointer":"/items/0/qty")", R"("pointer":"/items/0/what")"}},
      {"duplicate unique",
       "boss",
       Method::Post,
       "/api/v1/records/customer",
       R"({"name":"Acme"})",
       {},
       422,
       {R"("code":"field.duplicate-of")", "already in use by Acme"}},
      {"set by the engine",
       "boss",
       Method::Patch,
       kTicket,
       R"({"number":"T-1"})",
       seen("\"2\""),
       422,
       {R"("code":"field.set-by-engine")"}},
      {"in Chinese",
       "boss",
       Method::Post,
       kTickets + "?lang=zh-CN",
       "{}",
       {},
       422,
       {"主题：请填写"},
       {"enter a value"}},
  };
}

std::vector<Scenario> version_scenarios() {
  return {
      {"stale version",
       "boss",
       Method::Patch,
       kTicket,
       R"({"subject":"x"})",
       seen("\"1\""),
       412,
       {R"("current_version":2)", "This Ticket was saved by boss first"}},
      {"missing version",
       "boss",
       Method::Patch,
       kTicket,
       R"({"subject":"x"})",
       {},
       428,
       {"If-Match"}},
      {"missing version of a deletion", "boss", Method::Delete, kTicket, "", {}, 428, {"If-Match"}},
      {"version without quotes",
       "boss",
       Method::Patch,
       kTicket,
       "{}",
       seen("2"),
       400,
       {"request.malformed-version"}},
      {"weak version",
       "boss",
       Method::Patch,
       kTicket,
       "{}",
       seen("W/\"2\""),
       400,
       {"request.malformed-version"}},
      {"any version",
       "boss",
       Method::Patch,
       kTicket,
       "{}",
       seen("*"),
       400,
       {"request.malformed-version"}},
      {"version with a tail",
       "boss",
       Method::Delete,
       kTicket,
       "",
       seen("\"2x\""),
       400,
       {"request.malformed-version"}},
      {"restoring what is not deleted",
       "boss",
       Method::Post,
       kTicket + "/restore",
       "",
       seen("\"2\""),
       409,
       {"record.not-deleted"}},
  };
}

std::vector<Scenario> body_scenarios() {
  const Headers text{{"Content-Type", "text/plain"}};
  return {
      {"malformed JSON",
       "boss",
       Method::Post,
       kTickets,
       R"({"subject":)",
       {},
       400,
       {"request.malformed-json", "at byte 11"}},
      {"a key twice",
       "boss",
       Method::Post,
       kTickets,
       R"({"subject":"a","subject":"b"})",
       {},
       400,
       {"request.malformed-json", "subject"}},
      {"an array", "boss", Method::Post, kTickets, "[]", {}, 400, {"request.not-an-object"}},
      {"another type",
       "boss",
       Method::Post,
       kTickets,
       "subject=a",
       text,
       415,
       {"application/json", "text/plain"}},
      {"no type", "boss", Method::Post, kTickets, "", {}, 415, {"this is -"}},
      {"a merge patch is a type for changes only",
       "boss",
       Method::Post,
       kTickets,
       "{}",
       {{"Content-Type", "application/merge-patch+json"}},
       415,
       {"request.content-type"}},
      {"malformed key",
       "boss",
       Method::Post,
       kTickets,
       "{}",
       {{"Idempotency-Key", "a b"}},
       400,
       {"request.malformed-key"}},
      {"malformed query",
       "boss",
       Method::Get,
       kTickets + "?x=%ff",
       "",
       {},
       400,
       {"request.malformed-query"}},
      {"malformed query in the language that was chosen before",
       "boss",
       Method::Get,
       kTickets + "?x=%ff",
       "",
       {{"Cookie", "formwork-lang=zh-CN"}},
       400,
       {"地址中的参数无法识别"}},
  };
}

std::vector<Scenario> address_scenarios() {
  return {
      {"unknown entity",
       "boss",
       Method::Get,
       "/api/v1/records/tickt",
       "",
       {},
       404,
       {"The app has no entity tickt; did you mean `ticket`?"}},
      {"unknown entity in Chinese",
       "boss",
       Method::Get,
       "/api/v1/records/tickt?lang=zh-CN",
       "",
       {},
       404,
       {"应用没有实体 tickt；是否应为 `ticket`？"}},
      {"an entity that is not open to one is not suggested",
       "nobody",
       Method::Get,
       "/api/v1/records/tickt",
       "",
       {},
       404,
       {"no entity tickt"},
       {"did you mean"}},
      {"no such record", "boss", Method::Get, kTickets + "/9", "", {}, 404, {"record.not-found"}},
      {"a number with a zero before it",
       "boss",
       Method::Get,
       kTickets + "/01",
       "",
       {},
       404,
       {"record.not-found"}},
      {"no number", "boss", Method::Get, kTickets + "/one", "", {}, 404, {"record.not-found"}},
      {"no permission to see",
       "nobody",
       Method::Get,
       kTicket,
       "",
       {},
       403,
       {"record.forbidden", "Boss, Clerk, Guest may"},
       {"second"}},
      {"no permission to change",
       "guest",
       Method::Patch,
       kTicket,
       R"({"subject":"x"})",
       seen("\"2\""),
       403,
       {"Boss, Clerk may"}},
      {"no permission to create",
       "guest",
       Method::Post,
       kTickets,
       R"({"amount":"x"})",
       {},
       403,
       {"record.forbidden"},
       {"errors"}},
      {"no permission to delete",
       "clerk",
       Method::Delete,
       kTicket,
       "",
       seen("\"2\""),
       403,
       {"record.forbidden"}},
      {"no permission to see the deleted",
       "clerk",
       Method::Get,
       kTickets + "?deleted=true",
       "",
       {},
       403,
       {"record.forbidden"}},
      {"unknown path",
       "boss",
       Method::Get,
       "/api/v1/nothing",
       "",
       {},
       404,
       {"request.no-such-path"}},
      {"unknown file",
       "boss",
       Method::Get,
       "/api/v1/files/9",
       "",
       {},
       404,
       {"request.no-such-path"}},
  };
}

void check_scenarios(const std::vector<Scenario>& scenarios) {
  Client client;
  make_records(client);
  const std::string before = client.app.json_of(client.app.actor("boss"), "ticket", 1);
  for (const Scenario& scenario : scenarios) {
    CAPTURE(scenario.name);
    const http::Response response = client.api(scenario.role, scenario.method, scenario.target,
                                               scenario.body, scenario.headers);
    CAPTURE(response.content());
    CHECK(response.status == scenario.status);
    CHECK(response.header("Content-Type") == kProblem);
    CHECK(holds(response, "\"status\":" + std::to_string(scenario.status)));
    CHECK(holds(response, R"("request_id":"00112233445566778899aabbccddeeff")"));
    for (const std::string& text : scenario.wanted) {
      CAPTURE(text);
      CHECK(holds(response, text));
    }
    for (const std::string& text : scenario.unwanted) {
      CAPTURE(text);
      CHECK_FALSE(holds(response, text));
    }
  }
  CHECK(client.app.json_of(client.app.actor("boss"), "ticket", 1) == before);
  CHECK_FALSE(
      client.app.engine.reader(client.app.actor("boss")).record(client.app.entity("ticket"), 2));
}

TEST_CASE("the API names each wrong value") { check_scenarios(value_scenarios()); }

TEST_CASE("the API wants the version that was seen") { check_scenarios(version_scenarios()); }

TEST_CASE("the API refuses bodies that it cannot read, saying where") {
  check_scenarios(body_scenarios());
}

TEST_CASE("the API refuses what is not there and what is not allowed") {
  check_scenarios(address_scenarios());
}

TEST_CASE("without a session the API answers 401 and a page leads to sign-in") {
  Client client;
  const http::Response api = client.send(Method::Get, kTickets);
  CHECK(api.status == 401);
  CHECK(api.header("WWW-Authenticate") == "Bearer");
  CHECK(holds(api, "session.required"));
  const http::Response page = client.send(Method::Get, "/ticket?sort=-due");
  CHECK(page.status == 303);
  CHECK(page.header("Location") == "/sign-in?next=%2Fticket%3Fsort%3D-due");
  // What a POST would have changed cannot be repeated by a link.
  CHECK(client.send(Method::Post, "/ticket/new?x=1").header("Location") ==
        "/sign-in?next=%2Fticket%2Fnew");
}

TEST_CASE("a token that proves nobody does not fall back to the cookie") {
  Client client;
  for (const char* header : {"Bearer wrong", "Bearer ", "Basic Zm9vOmJhcg==", "x"}) {
    CAPTURE(header);
    const Headers headers{client.cookie_of("boss"), {"Authorization", header}};
    CHECK(client.send(Method::Get, kTickets, headers).status == 401);
  }
}

TEST_CASE("what was refused before any route has the id of its request") {
  testing::App app{testing::kDesk};
  Application application(app.engine, {.origin = {}, .version = "test"});
  http::Options options;
  application.configure(options);
  http::Request request;
  request.request_id = "00112233445566778899aabbccddeeff";
  const http::Refusal refusal{400, "there must be exactly one Host field"};
  const std::string problem(options.error_page(refusal, request).content());
  CHECK(problem.find(R"("type":"urn:formwork:problem:http.400")") != std::string::npos);
  CHECK(problem.find(R"("request_id":"00112233445566778899aabbccddeeff")") != std::string::npos);
}

TEST_CASE("a wrong method is told which ones would do, each once") {
  Client client;

  struct Row {
    Method method;
    std::string target;
    std::string allow;
  };

  for (const Row& row : {
           Row{Method::Put, kTicket, "GET, HEAD, PATCH, DELETE"},
           Row{Method::Delete, kTickets, "GET, HEAD, POST"},
           Row{Method::Get, kTicket + "/restore", "POST"},
           Row{Method::Patch, "/ticket/new", "GET, HEAD, POST"},
           Row{Method::Post, "/", "GET, HEAD"},
       }) {
    CAPTURE(row.target);
    Headers headers{client.cookie_of("boss")};
    const http::Response response = client.send(row.method, row.target, headers);
    CHECK(response.status == 405);
    CHECK(response.header("Allow") == row.allow);
  }
}

TEST_CASE("a change by cookie needs the proof of its session and a browser of ours") {
  Client client;
  make_records(client);
  const std::string proof = (client.session_of("boss"), client.proof_of("boss"));

  struct Row {
    std::string name;
    Headers headers;
    int status;
  };

  for (const Row& row : {
           Row{"no proof", {}, 403},
           Row{"empty proof", {{"X-CSRF-Token", ""}}, 403},
           Row{"wrong proof", {{"X-CSRF-Token", "x" + proof}}, 403},
           Row{"another's proof", {{"X-CSRF-Token", client.proof_of("clerk")}}, 403},
           Row{"cross-site", {{"X-CSRF-Token", proof}, {"Sec-Fetch-Site", "cross-site"}}, 403},
           Row{"same-site", {{"X-CSRF-Token", proof}, {"Sec-Fetch-Site", "same-site"}}, 403},
           Row{"another origin", {{"X-CSRF-Token", proof}, {"Origin", "http://evil.example"}}, 403},
           Row{"null origin", {{"X-CSRF-Token", proof}, {"Origin", "null"}}, 403},
           Row{"https origin", {{"X-CSRF-Token", proof}, {"Origin", "https://crm.example"}}, 403},
           Row{"ours", {{"X-CSRF-Token", proof}, {"Origin", "http://crm.example"}}, 201},
           Row{"ours, no origin", {{"X-CSRF-Token", proof}}, 201},
       }) {
    CAPTURE(row.name);
    Headers headers = row.headers;
    headers.push_back(client.cookie_of("boss"));
    headers.push_back({"Content-Type", "application/json"});
    CHECK(client.send(Method::Post, kTickets, headers, R"({"subject":"a"})").status == row.status);
  }
}

TEST_CASE("forms need the proof that stands in them") {
  Client client;
  make_records(client);
  const auto post = [&](const std::string& target, const std::string& pairs, Headers headers) {
    headers.push_back(client.cookie_of("boss"));
    headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    return client.send(Method::Post, target, headers, pairs).status;
  };
  const std::string proof = "_csrf=" + client.proof_of("boss");
  for (const std::string target : {"/ticket/new", "/ticket/1/edit", "/ticket/1/delete",
                                   "/ticket/1/restore", "/ticket/check", "/sign-out"}) {
    CAPTURE(target);
    CHECK(post(target, "subject=a&_version=2", {}) == 403);
    CHECK(post(target, "subject=a&_version=2&_csrf=x", {}) == 403);
    CHECK(post(target, "_version=2&" + proof, {{"Sec-Fetch-Site", "cross-site"}}) == 403);
    CHECK(post(target, "_version=2&" + proof, {{"Origin", "http://evil.example"}}) == 403);
  }
  CHECK(client.app.json_of(client.app.actor("boss"), "ticket", 1).find(R"("version":2)") !=
        std::string::npos);
}

TEST_CASE("pages refuse in the same words as the API") {
  Client client;
  make_records(client);

  struct Row {
    std::string_view role;
    std::string target;
    int status;
    std::string wanted;
  };

  for (const Row& row : {
           Row{"boss", "/tickt", 404, "the app has no entity tickt"},
           Row{"boss", "/ticket/9", 404, "There is no Ticket 9"},
           Row{"boss", "/ticket/x/edit", 404, "There is no Ticket x"},
           Row{"boss", "/a/b/c/d", 404, "There is nothing at this address"},
           Row{"boss", "/files/9", 404, "There is nothing at this address"},
           Row{"nobody", "/ticket", 403, "Your roles do not let you view Tickets"},
           Row{"nobody", "/ticket/1", 403, "Boss, Clerk, Guest may"},
           Row{"guest", "/ticket/new", 403, "Your roles do not let you create Tickets"},
           Row{"guest", "/ticket/1/edit", 403, "Your roles do not let you edit Tickets"},
           Row{"clerk", "/ticket/1/delete", 403, "Your roles do not let you delete Tickets"},
       }) {
    CAPTURE(row.target);
    const http::Response response = client.get(row.role, row.target);
    CHECK(response.status == row.status);
    CHECK(response.header("Content-Type") == "text/html; charset=utf-8");
    std::string wanted = row.wanted;
    if (wanted.starts_with("the")) wanted[0] = 'T';
    CHECK(holds(response, wanted));
    CHECK_FALSE(holds(response, "second"));
  }
}

TEST_CASE("pages of refusal are made for many at once") {
  Client client;
  const Headers cookie{client.cookie_of("guest")};
  std::vector<std::future<int>> refused;
  for (int thread = 0; thread < 8; ++thread) {
    refused.push_back(std::async(std::launch::async, [&client, &cookie] {
      int count = 0;
      for (int i = 0; i < 50; ++i) {
        count += client.send(Method::Get, "/ticket/new", cookie).status == 403 ? 1 : 0;
      }
      return count;
    }));
  }
  for (std::future<int>& count : refused) CHECK(count.get() == 50);
}

TEST_CASE("readiness is asked for, not changed") {
  Client client;
  CHECK(client.send(Method::Get, "/readyz").status == 200);
  CHECK(client.send(Method::Head, "/readyz").status == 200);
  CHECK(client.send(Method::Post, "/readyz").status == 405);
}

TEST_CASE("a form in another form than a form's is refused") {
  Client client;
  const Headers headers{client.cookie_of("boss"), {"Content-Type", "application/json"}};
  CHECK(client.send(Method::Post, "/ticket/new", headers, "{}").status == 400);
  const Headers parts{client.cookie_of("boss"), {"Content-Type", "multipart/form-data"}};
  CHECK(client.send(Method::Post, "/ticket/new", parts, "x").status == 400);
}

}  // namespace
}  // namespace formwork::routes

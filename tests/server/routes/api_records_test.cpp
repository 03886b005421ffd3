// Records over the API: versions, keys, pages of lists, filters, history, files.
#include <algorithm>
#include <random>
#include <set>

#include <doctest/doctest.h>

#include "engine/command/sha256.h"
#include "tests/server/routes/client.h"

namespace formwork::routes {
namespace {

const std::string kTickets = "/api/v1/records/ticket";

json::Value parsed(const http::Response& response) {
  auto body = json::parse(response.content());
  REQUIRE(body);
  return std::move(*body);
}

std::vector<std::string> ids_of(const json::Value& page) {
  std::vector<std::string> ids;
  for (const json::Value& record : page.find("records")->elements) {
    ids.push_back(record.find("id")->text);
  }
  return ids;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : " ") + text;
  return all;
}

TEST_CASE("a record is created, read, changed, deleted and restored with its ETag") {
  Client client;
  const auto created = client.api("boss", Method::Post, kTickets, R"({"subject":"a"})");
  CHECK(created.status == 201);
  CHECK(created.header("Location") == kTickets + "/1");
  CHECK(created.header("ETag") == "\"1\"");
  CHECK(holds(created, R"("created_by":"boss")"));
  const std::string one = kTickets + "/1";
  const auto read = client.api("boss", Method::Get, one);
  CHECK(read.content() == created.content());
  CHECK(client.api("boss", Method::Head, one).header("ETag") == "\"1\"");
  const auto changed =
      client.api("boss", Method::Patch, one, R"({"subject":"b"})",
                 {{"If-Match", "\"1\""}, {"Content-Type", "application/merge-patch+json"}});
  CHECK(changed.status == 200);
  CHECK(changed.header("ETag") == "\"2\"");
  CHECK(client.api("boss", Method::Delete, one, "", {{"If-Match", "\"2\""}}).status == 204);
  CHECK(client.api("clerk", Method::Get, one).status == 404);
  CHECK(client.api("boss", Method::Get, one).header("ETag") == "\"3\"");
  const auto back = client.api("boss", Method::Post, one + "/restore", "", {{"If-Match", "\"3\""}});
  CHECK(back.status == 200);
  CHECK(back.header("ETag") == "\"4\"");
  CHECK(client.api("clerk", Method::Get, one).status == 200);
}

TEST_CASE("If-None-Match spares what is known") {
  Client client;
  REQUIRE(client.api("boss", Method::Post, kTickets, R"({"subject":"a"})").status == 201);
  for (const auto& [tag, status] : {std::pair{"\"1\"", 304},
                                    {"W/\"1\"", 304},
                                    {"\"0\", \"1\"", 304},
                                    {"*", 304},
                                    {"\"2\"", 200},
                                    {"1", 200},
                                    {"\"11\"", 200}}) {
    CAPTURE(tag);
    const auto response =
        client.api("boss", Method::Get, kTickets + "/1", "", {{"If-None-Match", tag}});
    CHECK(response.status == status);
    CHECK(response.header("ETag") == "\"1\"");
    CHECK(response.content().empty() == (status == 304));
  }
}

TEST_CASE("a repeated request under its key is answered as the first, and does nothing") {
  Client client;
  const Headers key{{"Idempotency-Key", "import-7"}};
  const auto post = [&](const std::string& target, const std::string& body) {
    return client.api("boss", Method::Post, target, body, key);
  };
  const auto first = post(kTickets, R"({"subject":"a"})");
  CHECK(first.status == 201);
  const auto second = post(kTickets, R"({"subject":"a"})");
  CHECK(second.status == 201);
  CHECK(second.content() == first.content());
  CHECK(second.header("Location") == first.header("Location"));
  CHECK(second.header("ETag") == first.header("ETag"));
  const auto other = post(kTickets, R"({"subject":"b"})");
  CHECK(other.status == 422);
  CHECK(holds(other, "request.key-reused"));
  CHECK(holds(post("/api/v1/records/memo", R"({"text":"a"})"), "request.key-reused"));
  CHECK(ids_of(parsed(client.api("boss", Method::Get, kTickets))).size() == 1);
  client.app.clock.advance(DaysDuration::from_microseconds(kMicrosPerDay + 1));
  CHECK(post(kTickets, R"({"subject":"a"})").header("Location") == kTickets + "/2");
}

// Tickets with ties and empty places in every column.
void make_tickets(Client& client, int count) {
  std::mt19937 random(3);
  const auto boss = client.app.actor("boss");
  const auto clerk = client.app.actor("clerk");
  for (int i = 0; i < count; ++i) {
    std::string body = R"({"subject":"s)" + std::to_string(random() % 4) + "\"";
    if (random() % 3 != 0) body += R"(,"amount":")" + std::to_string(random() % 3) + ".50\"";
    if (random() % 3 != 0) body += R"(,"due":"2026-03-0)" + std::to_string(random() % 3 + 1) + "\"";
    if (random() % 2 != 0) body += R"(,"region":"north")";
    if (random() % 2 != 0) body += R"(,"owner":"boss")";
    if (random() % 2 != 0) body += R"(,"urgent":true)";
    body += R"(,"items":[{"what":"ink"}]})";
    if (random() % 2 != 0) client.app.clock.advance(DaysDuration::from_microseconds(1));
    REQUIRE(client.app.create(random() % 2 != 0 ? boss : clerk, "ticket", body));
  }
}

TEST_CASE("cursors lead through every record once, in any order, with ties and empty places") {
  Client client;
  make_tickets(client, 37);
  for (const std::string column :
       {"id", "version", "created_at", "created_by", "updated_at", "updated_by", "subject",
        "amount", "due", "region", "urgent", "number", "hours", "code"}) {
    for (const std::string direction : {"", "-"}) {
      const std::string sort = direction + column;
      CAPTURE(sort);
      const json::Value whole =
          parsed(client.api("boss", Method::Get, kTickets + "?limit=200&sort=" + sort));
      REQUIRE(whole.find("records") != nullptr);
      const std::vector<std::string> expected = ids_of(whole);
      CHECK(std::set<std::string>(expected.begin(), expected.end()).size() == 37);
      std::vector<std::string> walked;
      std::string cursor;
      do {
        const auto response = client.api("boss", Method::Get,
                                         kTickets + "?limit=5&sort=" + sort + "&cursor=" + cursor);
        CAPTURE(response.content());
        REQUIRE(response.status == 200);
        const json::Value page = parsed(response);
        for (const std::string& id : ids_of(page)) walked.push_back(id);
        cursor = page.find("next")->text;
      } while (!cursor.empty());
      CHECK(joined(walked) == joined(expected));
    }
  }
}

TEST_CASE("records that the program itself wrote can be walked by who wrote them") {
  Client client;
  engine::Actor program;
  program.roles = client.app.actor("boss").roles;
  for (int i = 0; i < 3; ++i) {
    REQUIRE(client.app.create(program, "ticket", R"({"subject":"a"})"));
  }
  const json::Value first =
      parsed(client.api("boss", Method::Get, kTickets + "?limit=2&sort=created_by"));
  CHECK(joined(ids_of(first)) == "1 2");
  const json::Value second =
      parsed(client.api("boss", Method::Get,
                        kTickets + "?limit=2&sort=created_by&cursor=" + first.find("next")->text));
  CHECK(joined(ids_of(second)) == "3");
}

TEST_CASE("a cursor that was tampered with or belongs to another order is refused, never a fault") {
  Client client;
  make_tickets(client, 12);
  const json::Value page =
      parsed(client.api("boss", Method::Get, kTickets + "?limit=5&sort=amount"));
  const std::string cursor = page.find("next")->text;
  const auto hex = [](std::string_view text) { return engine::to_hex(text); };
  for (const std::string& query :
       {"sort=due&cursor=" + cursor, "sort=-amount&cursor=" + cursor, "cursor=" + cursor,
        "sort=amount&cursor=" + cursor + "0", "sort=amount&cursor=" + cursor.substr(2),
        std::string("cursor=zz"), std::string("cursor=00"), "sort=amount&cursor=" + hex("[]"),
        "sort=amount&cursor=" + hex(R"(["amount","1.234",1])"),
        "sort=amount&cursor=" + hex(R"(["amount",{},1])"),
        "sort=amount&cursor=" + hex(R"(["amount","1e999",1])"),
        "sort=amount&cursor=" + hex(R"(["amount","99999999999999999999999",1])"),
        "sort=id&cursor=" + hex(R"(["id","99999999999999999999999",1])"),
        "sort=created_by&cursor=" + hex(R"(["created_by","boss",1])"),
        "sort=amount&cursor=" + hex(R"(["amount","1.00",-1])"),
        "sort=amount&cursor=" + hex(R"(["amount","1.00","x"])"),
        "cursor=" + std::string(5000, 'a')}) {
    CAPTURE(query);
    const auto response = client.api("boss", Method::Get, kTickets + "?" + query);
    CHECK(response.status == 400);
    CHECK(holds(response, "query.cursor"));
  }
}

struct Search {
  std::string query;
  std::string ids;
};

TEST_CASE("lists are filtered by equality, range and emptiness") {
  Client client;
  for (const char* body : {
           R"({"subject":"a","amount":"10","due":"2026-03-01","region":"north","owner":"boss"})",
           R"({"subject":"b","amount":"20.50","due":"2026-03-02","urgent":true,"tags":["red"]})",
           R"({"subject":"c","amount":"30","region":"south","tags":["red","blue"]})",
           R"({"subject":"报价","hours":null})",
       }) {
    const auto made = client.api("boss", Method::Post, kTickets, body);
    CAPTURE(made.content());
    REQUIRE(made.status == 201);
    client.app.clock.advance({.seconds = kSecondsPerDay});
  }
  for (const Search& search : {
           Search{"", "1 2 3 4"},
           Search{"subject=b", "2"},
           Search{"subject=%E6%8A%A5%E4%BB%B7", "4"},
           Search{"amount=20.5", "2"},
           Search{"amount.from=20.50", "2 3"},
           Search{"amount.to=20.50", "1 2"},
           Search{"amount.from=15&amount.to=25", "2"},
           Search{"amount.empty=true", "4"},
           Search{"amount.empty=false", "1 2 3"},
           Search{"hours.empty=true", "4"},
           Search{"due.from=2026-03-02", "2"},
           Search{"region=north", "1"},
           Search{"owner=boss", "1"},
           Search{"owner.empty=true", "2 3 4"},
           Search{"urgent=true", "2"},
           Search{"urgent=false", "1 3 4"},
           Search{"tags=red", "2 3"},
           Search{"tags=blue", "3"},
           Search{"tags=red&tags=blue", "3"},
           Search{"number=T-2026-0003", "3"},
           Search{"id=2", "2"},
           Search{"version=1", "1 2 3 4"},
           Search{"created_by=boss", "1 2 3 4"},
           Search{"created_at.from=2026-03-03", "2 3 4"},
           Search{"created_at.to=2026-03-03", "1 2"},
           Search{"created_at.from=2026-03-03T01:00:00Z&created_at.to=2026-03-04T01:00:00Z", "2 3"},
           Search{"region=north&urgent=true", ""},
           Search{"deleted=false", "1 2 3 4"},
           Search{"deleted=true", ""},
       }) {
    CAPTURE(search.query);
    const auto response = client.api("boss", Method::Get, kTickets + "?sort=id&" + search.query);
    CAPTURE(response.content());
    REQUIRE(response.status == 200);
    CHECK(joined(ids_of(parsed(response))) == search.ids);
  }
}

TEST_CASE("a question that a list cannot answer is refused and says why") {
  Client client;

  struct Row {
    std::string query;
    std::string wanted;
  };

  for (const Row& row : {
           Row{"subjet=a", R"(subjet: is not a field to filter by; did you mean `subject`?)"},
           Row{"amount=x", "query.invalid"},
           Row{"amount.from=", "to find empty ones send amount.empty=true"},
           Row{"region=west", "query.invalid"},
           Row{"urgent=maybe", "query.invalid"},
           Row{"owner=nobody.knows", "query.invalid"},
           Row{"amount.empty=perhaps", "query.true-or-false"},
           Row{"deleted=perhaps", "query.true-or-false"},
           Row{"items=1", "query.not-filterable"},
           Row{"files=1", "query.not-filterable"},
           Row{"sort=wat", "query.unknown-field"},
           Row{"sort=items", "query.not-sortable"},
           Row{"sort=owner", "query.not-sortable"},
           Row{"sort=-files", "query.not-sortable"},
           Row{"fields=subject,wat", "query.unknown-field"},
           Row{"fields=items", "query.not-in-lists"},
           Row{"limit=0", "is a whole number from 1 to 200"},
           Row{"limit=201", "query.limit"},
           Row{"limit=x", "query.limit"},
           Row{"lang=en&saved=created", R"("field":"saved")"},
       }) {
    CAPTURE(row.query);
    const auto response = client.api("boss", Method::Get, kTickets + "?" + row.query);
    CAPTURE(response.content());
    CHECK(response.status == 400);
    CHECK(holds(response, "\"status\":400"));
    CHECK(holds(response, row.wanted));
  }
}

TEST_CASE("a list takes a hundred conditions and refuses one more, at both doors") {
  Client client;
  std::string query = "?amount.from=1";
  for (int i = 1; i < 100; ++i) query += "&amount.from=1";
  CHECK(client.api("boss", Method::Get, kTickets + query).status == 200);
  CHECK(client.get("boss", "/ticket" + query).status == 200);
  query += "&amount.from=1";
  const auto refused = client.api("boss", Method::Get, kTickets + query);
  CHECK(refused.status == 400);
  CHECK(holds(refused, "query.too-many-conditions"));
  CHECK(client.get("boss", "/ticket" + query).status == 422);
}

TEST_CASE("a body of countless mistakes is answered with the first two hundred") {
  Client client;
  std::string body = R"({"x":0)";
  for (int i = 0; i < 5000; ++i) body += R"(,"x)" + std::to_string(i) + R"(":0)";
  const auto refused = client.api("boss", Method::Post, kTickets, body + "}");
  CHECK(refused.status == 422);
  const json::Value problem = parsed(refused);
  // And what is required and was not sent.
  CHECK(problem.find("errors")->elements.size() == 201);
}

TEST_CASE("a list shows the fields that were asked for, and line items only with the record") {
  Client client;
  REQUIRE(client.api("boss", Method::Post, kTickets, R"({"subject":"a","items":[{"what":"x"}]})")
              .status == 201);
  const auto few = client.api("boss", Method::Get, kTickets + "?fields=subject,created_at");
  CHECK(few.content() == R"({"records":[{"id":1,"version":1,"created_at":"2026-03-02T01:00:00Z",)"
                         R"("subject":"a"}],"next":null})");
  const auto all = client.api("boss", Method::Get, kTickets);
  CHECK(holds(all, R"("urgent":false)"));
  CHECK_FALSE(holds(all, "items"));
  CHECK(holds(client.api("boss", Method::Get, kTickets + "/1"), R"("items":[{"what":"x")"));
}

TEST_CASE("the deleted are listed for those who may restore them") {
  Client client;
  REQUIRE(client.api("boss", Method::Post, kTickets, R"({"subject":"a"})").status == 201);
  REQUIRE(client.api("boss", Method::Delete, kTickets + "/1", "", {{"If-Match", "\"1\""}}).status ==
          204);
  CHECK(ids_of(parsed(client.api("boss", Method::Get, kTickets))).empty());
  CHECK(ids_of(parsed(client.api("boss", Method::Get, kTickets + "?deleted=true"))).size() == 1);
  CHECK(client.api("clerk", Method::Get, kTickets + "?deleted=true").status == 403);
}

TEST_CASE("whoever may create a record but not see it is told no field of it") {
  Client client;
  const auto created = client.api("sender", Method::Post, kTickets, R"({"subject":"hush"})");
  CHECK(created.status == 201);
  CHECK(holds(created, R"("id":1,"version":1)"));
  CHECK_FALSE(holds(created, "subject"));
  CHECK_FALSE(holds(created, "T-2026"));
}

TEST_CASE("history is given newest first, in portions, to those who see the record") {
  Client client;
  const auto boss = client.app.actor("boss");
  REQUIRE(client.app.create(boss, "memo", R"({"text":"0"})"));
  for (int i = 1; i <= 120; ++i) {
    REQUIRE(client.app.update(boss, "memo", 1, i, R"({"text":")" + std::to_string(i) + "\"}"));
  }
  const std::string history = "/api/v1/records/memo/1/history";
  const json::Value first = parsed(client.api("boss", Method::Get, history));
  REQUIRE(first.find("entries")->elements.size() == 100);
  CHECK(first.find("entries")->elements[0].find("version")->text == "121");
  const json::Value* change = first.find("entries")->elements[0].find("changes")->find("text");
  CHECK(change->find("from")->text == "119");
  CHECK(change->find("to")->text == "120");
  const json::Value rest =
      parsed(client.api("boss", Method::Get, history + "?before=" + first.find("next")->text));
  CHECK(rest.find("entries")->elements.size() == 21);
  CHECK(rest.find("entries")->elements.back().find("action")->text == "created");
  CHECK(rest.find("next")->is_null());
  CHECK(client.api("clerk", Method::Get, history).status == 403);
}

TEST_CASE("a file is uploaded, attached, and downloaded by those who see its record") {
  Client client;
  const auto upload = client.api("clerk", Method::Post, "/api/v1/files?name=%E5%9B%BE%22.png",
                                 "<script>", {{"Content-Type", "image/png"}});
  CHECK(upload.status == 201);
  CHECK(upload.header("Location") == "/api/v1/files/1");
  CHECK(upload.content() == R"({"id":1,"name":"图\".png","media_type":"image/png","size":8})");
  CHECK(client.api("boss", Method::Get, "/api/v1/files/1").status == 404);
  REQUIRE(client.api("clerk", Method::Post, kTickets, R"({"subject":"a","files":[1]})").status ==
          201);
  for (const std::string target : {"/api/v1/files/1", "/files/1"}) {
    CAPTURE(target);
    const auto file = client.api("guest", Method::Get, target);
    CHECK(file.status == 200);
    CHECK(file.content() == "<script>");
    CHECK(file.header("Content-Type") == "application/octet-stream");
    CHECK(file.header("Content-Disposition") == "attachment; filename*=UTF-8''%E5%9B%BE%22.png");
    CHECK(client.api("sender", Method::Get, target).status == 404);
    CHECK(client.send(Method::Get, target).status != 200);
  }
}

}  // namespace
}  // namespace formwork::routes

// Webhooks that come in: who may send, what becomes of it, and that once is once.
#include <thread>

#include <doctest/doctest.h>

#include "tests/server/routes/intake_client.h"

namespace formwork::routes {
namespace {

constexpr const char* kLead =
    R"({"type":"lead.created","data":{"company":"Star","city":"Jinan","budget":"1250.50",)"
    R"("wanted":"2026-05-01","contact":{"email":"li@star.cn","phone":"13800138000"}}})";

std::string lead_with(const std::string& data) {
  return R"({"type":"lead.created","data":{)" + data + "}}";
}

}  // namespace

TEST_CASE("a signed webhook makes a record of what its map says") {
  IntakeClient client;
  const auto response = client.hook("ads?campaign=spring", "msg_1", kLead, {{"X-Code", "A-1"}});
  CHECK(response.status == 200);
  CHECK(response.body == R"({"id":1,"entity":"lead","found":false})");
  for (const auto& [field, expected] : std::initializer_list<std::pair<const char*, const char*>>{
           {"company", R"("Star")"},
           {"email", R"("li@star.cn")"},
           {"mobile", R"("+8613800138000")"},
           {"city", R"("JINAN")"},
           {"budget", R"("1250.50")"},
           {"wanted_on", R"("2026-05-01")"},
           {"source", R"("ads")"},
           {"campaign", R"("spring")"},
           {"came_at", R"("2026-03-02T01:00:00Z")"},
           {"code", R"("A-1")"},
           {"consent", "null"}}) {
    CAPTURE(field);
    CHECK(client.value(1, field) == expected);
  }
  CHECK(client.history(1) ==
        std::vector<std::string>{R"(created by webhook {"source":"ads","found":false})"});
}

TEST_CASE("what does not come in is left to the defaults of the entity") {
  IntakeClient client;
  CHECK(client.hook("keeping", "msg_1", R"({"company":"Star"})").status == 200);
  CHECK(client.value(1, "source") == R"("manual")");
  CHECK(client.value(1, "email") == "null");
}

TEST_CASE("a webhook without a good signature is refused, and nothing is said of why it is not") {
  IntakeClient client;
  const Instant now = client.app.clock.now();
  const std::string signature = engine::sign_webhook(client.secret, "msg_1", now, kLead);
  const std::string time = engine::webhook_timestamp(now);

  struct Row {
    Headers headers;
    const char* type;
  };

  for (const Row& row : {
           Row{{}, "webhook.signature"},
           Row{{{"webhook-id", "msg_1"}, {"webhook-timestamp", time}}, "webhook.signature"},
           Row{{{"webhook-id", "msg_2"},
                {"webhook-timestamp", time},
                {"webhook-signature", signature}},
               "webhook.signature"},
           Row{{{"webhook-id", std::string(300, 'x')},
                {"webhook-timestamp", time},
                {"webhook-signature", signature}},
               "webhook.signature"},
           Row{{{"webhook-id", "msg_1"},
                {"webhook-timestamp", "1614265330"},
                {"webhook-signature", signature}},
               "webhook.old"},
       }) {
    Headers headers = row.headers;
    headers.push_back({"Content-Type", "application/json"});
    const auto response = client.send(Method::Post, "/hooks/ads", headers, kLead);
    CHECK(response.status == 401);
    CHECK(type_of(response) == row.type);
  }
  // A webhook whose secret nobody has given looks the same.
  CHECK(type_of(client.hook("silent", "msg_1", R"({"company":"Star"})")) == "webhook.signature");
  CHECK(client.count() == 0);
}

TEST_CASE("while the secret is changed the one before still signs, and after a day no more") {
  IntakeClient client;
  client.app.engine.set_secret("shared", "the secret that comes next", DaysDuration{86'400, 0});
  CHECK(client.hook("ads", "msg_1", kLead).status == 200);
  const engine::Secret before = client.secret;
  client.secret.current = "the secret that comes next";
  CHECK(client.hook("ads", "msg_2", kLead).status == 200);
  client.secret = before;
  client.app.clock.advance(DaysDuration{86'400, 0});
  CHECK(type_of(client.hook("ads", "msg_3", kLead)) == "webhook.signature");
  CHECK(client.app.engine.remove_secret("shared"));
  CHECK_FALSE(client.app.engine.remove_secret("shared"));
  client.secret.current = "the secret that comes next";
  CHECK(type_of(client.hook("ads", "msg_4", kLead)) == "webhook.signature");
}

TEST_CASE("addresses, methods and bodies that are none of a webhook are refused") {
  IntakeClient client;
  for (const char* name : {"nobody", "erp"}) {
    const auto response = client.hook(name, "msg_1", kLead);
    CHECK(response.status == 404);
    CHECK(type_of(response) == "webhook.unknown");
  }
  CHECK(client.send(Method::Get, "/hooks/ads").status == 405);
  CHECK(type_of(client.send(Method::Get, "/hooks/ads")) == "request.method");
  const auto unreadable = client.hook("ads", "msg_1", R"({"type":)");
  CHECK(unreadable.status == 400);
  CHECK(type_of(unreadable) == "webhook.unreadable");
  const std::string body = kLead;
  const auto now = client.app.clock.now();
  const auto other =
      client.send(Method::Post, "/hooks/ads",
                  {{"Content-Type", "text/plain"},
                   {"webhook-id", "m"},
                   {"webhook-timestamp", engine::webhook_timestamp(now)},
                   {"webhook-signature", engine::sign_webhook(client.secret, "m", now, body)}},
                  body);
  CHECK(other.status == 415);
  const auto ignored = client.hook("ads", "msg_1", R"({"type":"lead.deleted"})");
  CHECK(ignored.status == 202);
  CHECK(type_of(ignored) == "webhook.ignored");
  CHECK(client.count() == 0);
}

TEST_CASE(
    "values that a record cannot hold are named with their field and their place in the body") {
  IntakeClient client;
  const auto response = client.hook(
      "ads", "msg_1",
      lead_with(R"("city":"nowhere","budget":"lots","contact":{"email":"li at star","phone":5})"));
  CHECK(response.status == 422);
  CHECK(type_of(response) == "record.invalid");
  const auto parsed = json::parse(response.content());
  REQUIRE(parsed);
  std::vector<std::string> lines;
  for (const json::Value& error : parsed->find("errors")->elements) {
    const json::Value* saw = error.find("saw");
    lines.push_back(error.find("field")->text + " " + error.find("pointer")->text + " " +
                    error.find("code")->text + (saw == nullptr ? "" : " " + saw->text));
  }
  CHECK(lines ==
        std::vector<std::string>{
            "company /data/company field.required",
            R"(email /data/contact/email field.email-blank body.data.contact.email = "li at star")",
            R"(mobile /data/contact/phone field.wrong-type body.data.contact.phone = 5)",
            R"(budget /data/budget field.not-a-number body.data.budget = "lots")"});
  CHECK(client.count() == 0);
}

TEST_CASE(
    "the same webhook again gets the first answer, and another body under its id is refused") {
  IntakeClient client;
  const auto first = client.hook("ads", "msg_1", kLead);
  client.app.clock.advance(DaysDuration{600, 0});
  const auto again = client.hook("ads", "msg_1", kLead);
  CHECK(again.status == 200);
  CHECK(again.body == first.body);
  CHECK(client.count() == 1);
  CHECK(client.history(1).size() == 1);
  const auto other = client.hook("ads", "msg_1", lead_with(R"("company":"Moon")"));
  CHECK(other.status == 422);
  CHECK(type_of(other) == "request.key-reused");
  // Another webhook has ids of its own.
  CHECK(client.hook("keeping", "msg_1", R"({"company":"Moon"})").status == 200);
  CHECK(client.count() == 2);
}

TEST_CASE("what was refused is tried anew, since nothing was done") {
  IntakeClient client;
  CHECK(client.hook("refusing", "msg_1", R"({"email":"li@star.cn"})").status == 422);
  CHECK(client.hook("refusing", "msg_1", R"({"email":"li@star.cn","company":"Star"})").status ==
        200);
}

TEST_CASE("32 posts of one webhook at once make one record") {
  IntakeClient client;
  std::vector<std::thread> threads;
  std::vector<std::string> answers(32);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    threads.emplace_back([&client, &answers, i] {
      answers[i] = client.hook("keeping", "msg_1", R"({"company":"Star"})").body;
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& answer : answers) {
    CHECK(answer == R"({"id":1,"entity":"lead","found":false})");
  }
  CHECK(client.count() == 1);
  CHECK(client.history(1).size() == 1);
}

TEST_CASE("a record is found by any set of match, in order, and takes over what found says") {
  IntakeClient client;
  client.hook("ads?campaign=spring", "msg_1",
              lead_with(R"("company":"Star","city":"Jinan","contact":{"email":"li@star.cn"})"));
  SUBCASE("fill: what it has empty, and what is always replaced") {
    const auto response =
        client.hook("ads?campaign=summer", "msg_2",
                    lead_with(R"("company":"Other","budget":7,"contact":{"email":"li@star.cn"})"));
    CHECK(response.body == R"({"id":1,"entity":"lead","found":true})");
    CHECK(client.value(1, "company") == R"("Star")");
    CHECK(client.value(1, "budget") == R"("7.00")");
    CHECK(client.value(1, "campaign") == R"("summer")");
    CHECK(client.history(1) ==
          std::vector<std::string>{R"(updated by webhook {"source":"ads","found":true})",
                                   R"(arrived_again by webhook {"source":"ads","found":true})",
                                   R"(created by webhook {"source":"ads","found":false})"});
  }
  SUBCASE("by the second set, which has to agree as a whole") {
    CHECK(client.hook("ads", "msg_2", lead_with(R"("company":"Star","city":"Beijing")")).body ==
          R"({"id":2,"entity":"lead","found":false})");
    CHECK(client.hook("ads", "msg_3", lead_with(R"("company":"Star","city":"jinan")")).body ==
          R"({"id":1,"entity":"lead","found":true})");
    CHECK(client.history(1).front() == R"(arrived_again by webhook {"source":"ads","found":true})");
  }
  SUBCASE("replace: all that came, and nothing that did not") {
    CHECK(client.hook("replacing", "msg_2", R"({"company":"Moon","email":"li@star.cn"})").status ==
          200);
    CHECK(client.value(1, "company") == R"("Moon")");
    CHECK(client.value(1, "city") == R"("JINAN")");
  }
  SUBCASE("keep: nothing, but that it came again") {
    CHECK(client.hook("keeping", "msg_2", R"({"company":"Moon","email":"li@star.cn"})").status ==
          200);
    CHECK(client.value(1, "company") == R"("Star")");
    CHECK(client.history(1).front() ==
          R"(arrived_again by webhook {"source":"keeping","found":true})");
  }
  SUBCASE("refuse: the request") {
    const auto response =
        client.hook("refusing", "msg_2", R"({"company":"M","email":"li@star.cn"})");
    CHECK(response.status == 409);
    CHECK(type_of(response) == "record.exists");
    CHECK(client.history(1).size() == 1);
  }
  SUBCASE("the address as it is kept, not as it is written") {
    CHECK(client.hook("keeping", "msg_2", R"({"company":"M","email":"li@STAR.cn"})").body ==
          R"({"id":1,"entity":"lead","found":true})");
  }
}

TEST_CASE("rules of the entity hold, and a value that is taken does not tell by whom") {
  IntakeClient client;
  CHECK(client.hook("ads", "msg_1", kLead, {{"X-Code", "A-1"}}).status == 200);
  const auto taken =
      client.hook("ads", "msg_2", lead_with(R"("company":"Moon")"), {{"X-Code", "A-1"}});
  CHECK(taken.status == 422);
  CHECK(holds(taken, "field.duplicate\""));
  CHECK_FALSE(holds(taken, "Star"));
  const auto rule = client.hook("replacing", "msg_3", R"({"company":"M","city":"Nowhere"})");
  CHECK(rule.status == 422);
  CHECK(holds(rule, "Nowhere is no city"));
}

TEST_CASE("FEEL sees neither the signature nor cookies among the headers") {
  IntakeClient client(std::string(kIntakeApp) + R"(---
webhook: nosy
receive:
  secret: shared
  create: lead
  map:
    company: 'string join(for name in ["cookie", "authorization", "webhook-signature", "webhook-id"] return string(get value(headers, name)), "/")'
)");
  CHECK(client.hook("nosy", "msg_1", "{}", {{"Cookie", "a=b"}, {"Authorization", "Bearer c"}})
            .status == 200);
  CHECK(client.value(1, "company") == R"("msg_1")");
}

}  // namespace formwork::routes

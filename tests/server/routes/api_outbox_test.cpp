// What leaves the system, over the API.
#include <doctest/doctest.h>

#include "tests/engine/delivery/outbox_app.h"
#include "tests/server/routes/client.h"

namespace formwork::routes {
namespace {

class OutboxClient : public Client {
 public:
  OutboxClient() : Client(testing::kSends) {}

  void queue(const engine::OutboxMessage& message) {
    app.engine.store().submit_and_wait([&](store::Transaction& transaction) {
      transaction.insert_message(message);
      return true;
    });
  }

  // A webhook and a mail, of which the webhook was given up.
  void fill() {
    engine::OutboxMessage hook{.key = "msg_a", .destination = "erp"};
    hook.subject = "note.made";
    hook.body = R"({"type":"note.made"})";
    hook.created_at = hook.due_at = testing::kMonday;
    hook.entity = "note";
    hook.record = 4;
    queue(hook);
    engine::OutboxMessage mail{.key = "msg_b", .destination = "mail"};
    mail.to = "li.lei@example.com";
    mail.subject = "Hello";
    mail.created_at = mail.due_at = testing::kMonday;
    queue(mail);
    const bool noted = app.engine.note_attempts({{.attempt = {.message = 1,
                                                              .at = testing::kMonday,
                                                              .status = 500,
                                                              .problem = "answered 500",
                                                              .milliseconds = 12},
                                                  .state = engine::MessageState::Dead,
                                                  .due_at = testing::kMonday,
                                                  .disables = {}}});
    CHECK(noted);
  }
};

TEST_CASE("those who run the app see what leaves it, newest first, by state and destination") {
  OutboxClient client;
  client.fill();
  const auto all = client.api("boss", Method::Get, "/api/v1/outbox");
  CHECK(all.status == 200);
  CHECK(all.content() ==
        R"({"messages":[{"id":2,"key":"msg_b","destination":"mail","to":"li.lei@example.com",)"
        R"("subject":"Hello","state":"waiting","created_at":"2026-03-02T01:00:00Z",)"
        R"("due_at":"2026-03-02T01:00:00Z","ended_at":null,"attempts":0,"problem":null,)"
        R"("record":null},{"id":1,"key":"msg_a","destination":"erp","to":null,)"
        R"("subject":"note.made","state":"dead","created_at":"2026-03-02T01:00:00Z",)"
        R"("due_at":null,"ended_at":"2026-03-02T01:00:00Z","attempts":1,)"
        R"("problem":"answered 500","record":{"entity":"note","id":4}}],"next":null})");
  const auto one = client.api("boss", Method::Get, "/api/v1/outbox?limit=1");
  CHECK(holds(one, R"("next":"2")"));
  CHECK(holds(client.api("boss", Method::Get, "/api/v1/outbox?limit=1&cursor=2"), R"("id":1,)"));
  const auto dead = client.api("boss", Method::Get, "/api/v1/outbox?state=dead");
  CHECK(holds(dead, "msg_a"));
  CHECK_FALSE(holds(dead, "msg_b"));
  CHECK_FALSE(holds(client.api("boss", Method::Get, "/api/v1/outbox?destination=mail"), "msg_a"));
  const auto odd = client.api("boss", Method::Get, "/api/v1/outbox?state=lost&colour=red");
  CHECK(odd.status == 400);
  CHECK(holds(odd, "waiting, delivered, dead"));
  CHECK(holds(odd, "colour"));
}

TEST_CASE("a message is shown with every attempt, and sent again") {
  OutboxClient client;
  client.fill();
  const auto shown = client.api("boss", Method::Get, "/api/v1/outbox/1");
  CHECK(holds(shown, R"("body":"{\"type\":\"note.made\"}","log":[{"at":"2026-03-02T01:00:00Z",)"
                     R"("status":500,"problem":"answered 500","milliseconds":12}]})"));
  const auto again = client.api("boss", Method::Post, "/api/v1/outbox/1/resend");
  CHECK(again.status == 200);
  CHECK(holds(again, R"("state":"waiting")"));
  CHECK(holds(again, R"("attempts":0)"));
  for (const std::string id : {"3", "0", "x"}) {
    CAPTURE(id);
    CHECK(holds(client.api("boss", Method::Get, "/api/v1/outbox/" + id), "outbox.unknown"));
    CHECK(client.api("boss", Method::Post, "/api/v1/outbox/" + id + "/resend").status == 404);
  }
}

TEST_CASE("a message that waits is given up, over the API and on its page") {
  OutboxClient client;
  client.fill();
  const auto shown = client.get("boss", "/admin/outbox/2");
  CHECK(holds(shown, "action=\"/admin/outbox/2/give-up\""));
  CHECK(holds(shown, "Give this one up"));
  CHECK_FALSE(holds(client.get("boss", "/admin/outbox/1"), "give-up"));
  const auto dead = client.api("boss", Method::Post, "/api/v1/outbox/2/give-up");
  CHECK(dead.status == 200);
  CHECK(holds(dead, R"("state":"dead")"));
  CHECK(holds(dead, R"("ended_at":"2026-03-02T01:00:00Z")"));
  CHECK(holds(dead, R"("problem":"given up by an administrator")"));
  const auto twice = client.api("boss", Method::Post, "/api/v1/outbox/2/give-up");
  CHECK(twice.status == 409);
  CHECK(holds(twice, "outbox.not-waiting"));
  CHECK(client.api("boss", Method::Post, "/api/v1/outbox/9/give-up").status == 404);

  REQUIRE(client.api("boss", Method::Post, "/api/v1/outbox/2/resend").status == 200);
  const auto pressed = client.post("boss", "/admin/outbox/2/give-up", "");
  CHECK(pressed.status == 303);
  CHECK(pressed.header("Location") == "/admin/outbox/2");
  CHECK(holds(client.api("boss", Method::Get, "/api/v1/outbox/2"), R"("state":"dead")"));
  CHECK(client.post("boss", "/admin/outbox/2/give-up", "").status == 409);
  CHECK(client.post("clerk", "/admin/outbox/2/give-up", "").status == 403);
  const Headers unproven{client.cookie_of("boss"),
                         {"Content-Type", "application/x-www-form-urlencoded"}};
  CHECK(client.send(Method::Post, "/admin/outbox/2/give-up", unproven, "").status == 403);
}

TEST_CASE("a destination is held and let go") {
  OutboxClient client;
  client.fill();
  const auto held = client.api("boss", Method::Post, "/api/v1/destinations/erp/disable");
  CHECK(held.content() == R"({"name":"erp","url":"https://erp.example.com/hooks","enabled":false,)"
                          R"("why":"by an administrator","waiting":0,"dead":1})");
  const auto all = client.api("boss", Method::Get, "/api/v1/destinations");
  CHECK(holds(all, R"({"name":"ads","url":"https://ads.example.com/","enabled":true,"why":null,)"
                   R"("waiting":0,"dead":0})"));
  CHECK(holds(all, R"({"name":"mail","url":null,"enabled":true,"why":null,"waiting":1,"dead":0})"));
  const auto back = client.api("boss", Method::Post, "/api/v1/destinations/erp/enable");
  CHECK(holds(back, R"("enabled":true)"));
  const auto unknown = client.api("boss", Method::Post, "/api/v1/destinations/sap/enable");
  CHECK(unknown.status == 404);
  CHECK(holds(unknown, "outbox.no-destination"));
}

TEST_CASE("nobody else learns what leaves the system") {
  OutboxClient client;
  client.fill();
  for (const auto& [method, target] :
       {std::pair{Method::Get, "/api/v1/outbox"}, std::pair{Method::Get, "/api/v1/outbox/1"},
        std::pair{Method::Get, "/api/v1/outbox/99"},
        std::pair{Method::Post, "/api/v1/outbox/1/resend"},
        std::pair{Method::Post, "/api/v1/outbox/2/give-up"},
        std::pair{Method::Get, "/api/v1/destinations"},
        std::pair{Method::Post, "/api/v1/destinations/erp/enable"},
        std::pair{Method::Post, "/api/v1/destinations/sap/disable"}}) {
    CAPTURE(target);
    const auto refused = client.api("clerk", method, target);
    CHECK(refused.status == 403);
    CHECK(holds(refused, "admin.required"));
    CHECK(client.send(method, target).status == 401);
  }
}

}  // namespace
}  // namespace formwork::routes

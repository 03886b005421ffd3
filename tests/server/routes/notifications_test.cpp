// What people are told and have to do, over the API and on pages.
#include <doctest/doctest.h>

#include "tests/server/routes/office_client.h"

namespace formwork::routes {
namespace {

const std::string kNotifications = "/api/v1/notifications";
const std::string kPreferences = "/api/v1/preferences";
const std::string kTodos = "/api/v1/todos";

// Something to do about the first quote; its number.
std::string todo(OfficeClient& client, std::string_view who, std::string title = "Call them") {
  engine::ToDo todo{.assignee = client.app.actor(std::string(who), {}).account,
                    .title = std::move(title),
                    .entity = "quote",
                    .record = 1,
                    .rule = "automation call",
                    .created_at = client.app.clock.now(),
                    .due_at = client.app.clock.now()};
  client.app.engine.store().submit_and_wait([&](store::Transaction& transaction) {
    todo.id = transaction.insert_todo(todo);
    return true;
  });
  return std::to_string(todo.id);
}

TEST_CASE("whoever is asked finds it among the notifications, and reads one or all") {
  OfficeClient client;
  client.submitted();
  const auto list = client.json("zhou", Method::Get, kNotifications);
  CHECK(members_of(list) == "unread notifications next");
  CHECK(at(list, "unread") == "1");
  REQUIRE(at(list, "notifications") == "1");
  CHECK(members_of(list.find("notifications")->elements[0]) ==
        "id at title text rule urgent record read_at");
  CHECK(at(list, "notifications/0/title") == "Ink waits for your approval: Manager");
  CHECK(at(list, "notifications/0/rule") == "approval discount");
  CHECK(at(list, "notifications/0/record/entity") == "quote");
  CHECK(at(list, "notifications/0/record/id") == "1");
  CHECK(at(list, "notifications/0/read_at") == "-");
  CHECK(at(list, "next") == "-");
  CHECK(at(client.json("xu", Method::Get, kNotifications), "notifications") == "0");

  const std::string one = kNotifications + "/" + at(list, "notifications/0/id");
  CHECK(client.api("xu", Method::Post, one + "/read").status == 404);
  CHECK(client.api("zhou", Method::Post, one + "/read").status == 204);
  CHECK(client.api("zhou", Method::Post, kNotifications + "/x/read").status == 404);
  const auto read = client.json("zhou", Method::Get, kNotifications);
  CHECK(at(read, "unread") == "0");
  CHECK(at(read, "notifications/0/read_at") == "2026-03-02T01:00:00Z");
  CHECK(at(client.json("zhou", Method::Get, kNotifications + "?unread=true"), "notifications") ==
        "0");
  CHECK(client.api("zhou", Method::Post, kNotifications + "/read").status == 204);
  CHECK(client.api("zhou", Method::Get, kNotifications + "?unread=1").status == 400);
  CHECK(client.send(Method::Get, kNotifications).status == 401);
  CHECK(client.send(Method::Post, kNotifications + "/read").status == 401);
}

TEST_CASE("a notification with the last number that there could be is not there") {
  OfficeClient client;
  client.submitted();
  const std::string last = "9223372036854775807";
  CHECK(client.api("zhou", Method::Post, kNotifications + "/" + last + "/read").status == 404);
  CHECK(client.post("zhou", "/notifications/" + last + "/read", "").status == 404);
  CHECK(at(client.json("zhou", Method::Get, kNotifications), "unread") == "1");
}

TEST_CASE("notifications go on behind their cursor") {
  OfficeClient client;
  for (int i = 0; i < 3; ++i) client.submitted();
  const auto first = client.json("zhou", Method::Get, kNotifications + "?limit=2");
  CHECK(at(first, "notifications") == "2");
  const auto second =
      client.json("zhou", Method::Get, kNotifications + "?limit=2&cursor=" + at(first, "next"));
  CHECK(at(second, "notifications") == "1");
  CHECK(at(second, "next") == "-");
}

TEST_CASE("preferences are everybody's own, and what is sent takes the place of all") {
  OfficeClient client;
  CHECK(client.api("lin", Method::Get, kPreferences).content() ==
        R"({"mail":true,"quiet_from":null,"quiet_to":null,"digest":"none","digest_at":"09:00"})");
  const std::string wanted =
      R"({"mail":true,"quiet_from":"22:00","quiet_to":"08:00","digest":"daily",)"
      R"("digest_at":"17:30"})";
  const auto put = client.api("lin", Method::Put, kPreferences, wanted);
  CHECK(put.status == 200);
  CHECK(put.content() == wanted);
  CHECK(client.api("lin", Method::Get, kPreferences).content() == wanted);
  CHECK(client.api("xu", Method::Get, kPreferences).content() != wanted);
  CHECK(client.api("lin", Method::Put, kPreferences, R"({"mail":false})").content() ==
        R"({"mail":false,"quiet_from":null,"quiet_to":null,"digest":"none","digest_at":"09:00"})");
  const auto half = client.api("lin", Method::Put, kPreferences, R"({"quiet_from":"22:00"})");
  CHECK(half.status == 422);
  CHECK(holds(half, "preferences.quiet-hours"));
  const auto odd =
      client.api("lin", Method::Put, kPreferences, R"({"digest":"weekly","digest_at":"9"})");
  CHECK(odd.status == 422);
  CHECK(holds(odd, R"("pointer":"/digest")"));
  CHECK(holds(odd, "request.not-a-time"));
  CHECK(client.send(Method::Get, kPreferences).status == 401);
}

TEST_CASE("things to do are listed for their assignee or with their record, and are done") {
  OfficeClient client;
  client.quote();
  const std::string id = todo(client, "lin");
  const auto mine = client.json("lin", Method::Get, kTodos);
  REQUIRE(at(mine, "todos") == "1");
  CHECK(members_of(mine.find("todos")->elements[0]) ==
        "id title assignee rule record created_at due_at done_at done_by");
  CHECK(at(mine, "todos/0/title") == "Call them");
  CHECK(at(mine, "todos/0/assignee") == "lin");
  CHECK(at(client.json("zhou", Method::Get, kTodos), "todos") == "0");
  const std::string of_record = kTodos + "?entity=quote&record=1";
  CHECK(at(client.json("zhou", Method::Get, of_record), "todos") == "1");
  CHECK(at(client.json("xu", Method::Get, of_record), "todos") == "0");
  CHECK(client.api("zhou", Method::Get, kTodos + "?entity=invoice").status == 404);
  CHECK(client.api("xu", Method::Post, kTodos + "/" + id + "/done").status == 404);
  CHECK(client.api("sun", Method::Post, kTodos + "/" + id + "/done").status == 403);
  CHECK(client.api("lin", Method::Post, kTodos + "/" + id + "/done").status == 204);
  CHECK(at(client.json("lin", Method::Get, kTodos), "todos") == "0");
  const auto done = client.json("lin", Method::Get, kTodos + "?done=true");
  CHECK(at(done, "todos/0/done_by") == "lin");
  CHECK(client.send(Method::Get, kTodos).status == 401);
}

TEST_CASE("the bell counts what is unread, and opening one marks it and leads to its record") {
  OfficeClient client;
  client.submitted();
  CHECK(holds(client.get("zhou", "/quote"), "aria-label=\"Notifications, 1 unread\""));
  CHECK(holds(client.get("xu", "/quote"), "aria-label=\"Notifications\""));
  const auto page = client.get("zhou", "/notifications");
  CHECK(page.status == 200);
  CHECK(holds(page, "action=\"/notifications/1/read\""));
  CHECK(holds(page, "Ink waits for your approval: Manager"));
  const auto opened = client.post("zhou", "/notifications/1/read", "");
  CHECK(opened.status == 303);
  CHECK(opened.header("Location") == "/quote/1");
  CHECK(client.post("xu", "/notifications/1/read", "").status == 404);
  const auto read = client.get("zhou", "/notifications");
  CHECK(holds(read, "href=\"/quote/1\""));
  CHECK_FALSE(holds(read, "action=\"/notifications/1/read\""));
  CHECK(holds(client.get("zhou", "/notifications?unread=true"), "Nothing unread"));
  client.submitted();
  CHECK(client.post("zhou", "/notifications/read", "").header("Location") ==
        "/notifications?saved=read");
  CHECK(holds(client.get("zhou", "/quote"), "aria-label=\"Notifications\""));
  CHECK(client.send(Method::Get, "/notifications").status == 303);
}

TEST_CASE("a page's forms change preferences, refuse half of quiet hours and keep what was typed") {
  OfficeClient client;
  const auto page = client.get("lin", "/preferences");
  CHECK(page.status == 200);
  CHECK(holds(page, "No address is known for you"));
  const auto saved = client.post("lin", "/preferences",
                                 "mail=true&digest=hourly&quiet_from=22%3A00&quiet_to=08%3A00"
                                 "&digest_at=09%3A00");
  CHECK(saved.header("Location") == "/preferences?saved=preferences");
  const auto after = client.get("lin", "/preferences");
  CHECK(holds(after, "value=\"hourly\" checked"));
  CHECK(holds(after, "name=\"quiet_from\" value=\"22:00\""));
  const auto refused =
      client.post("lin", "/preferences", "digest=daily&quiet_from=21%3A00&quiet_to=");
  CHECK(refused.status == 422);
  CHECK(holds(refused, "value=\"daily\" checked"));
  CHECK(holds(refused, "value=\"21:00\""));
  CHECK(holds(refused, "Quiet hours need a beginning"));
  const auto unknown = client.send(Method::Post, "/preferences", {}, "digest=none");
  CHECK(unknown.header("Location").starts_with("/sign-in"));
}

TEST_CASE("the pages of notifications and preferences speak both languages") {
  OfficeClient client;
  const auto none = client.get("xu", "/notifications?lang=zh-CN");
  CHECK(holds(none, "暂无通知"));
  CHECK(holds(none, "href=\"/preferences\""));
  client.submitted();
  const auto list = client.get("zhou", "/notifications?lang=zh-CN");
  CHECK(holds(list, "全部标为已读"));
  CHECK(holds(list, "aria-label=\"通知，1 条未读\""));
  CHECK(holds(client.get("zhou", "/notifications"), "Mark all as read"));
  const auto page = client.get("lin", "/preferences?lang=zh-CN");
  for (const char* text :
       {"通知方式", "免打扰时段", "逐条发送", "每小时汇总", "每天汇总", "请假"}) {
    CAPTURE(text);
    CHECK(holds(page, text));
  }
  CHECK(holds(page, "Asia/Shanghai"));
  CHECK(holds(client.get("lin", "/preferences"), "One mail a day"));
  CHECK(holds(client.get("lin", "/preferences"), "No mail in between, unless it is urgent"));
}

TEST_CASE("what cannot be a preference changes nothing") {
  OfficeClient client;
  REQUIRE(client
              .post("lin", "/preferences",
                    "mail=true&digest=daily&quiet_from=22%3A00&quiet_to=08%3A00"
                    "&digest_at=17%3A30")
              .status == 303);
  const std::string kept(client.api("lin", Method::Get, kPreferences).content());
  const auto odd =
      client.post("lin", "/preferences", "digest=daily&quiet_from=25%3A00&quiet_to=08%3A00");
  CHECK(odd.status == 422);
  CHECK(holds(odd, "value=\"25:00\""));
  CHECK(client.post("lin", "/preferences?lang=zh-CN", "digest=daily&quiet_from=22%3A00").status ==
        422);
  CHECK(client.api("lin", Method::Get, kPreferences).content() == kept);
  const auto absence = client.post("lin", "/absences", "starts=2026-02-31&ends=2026-03-05");
  CHECK(absence.status == 422);
  CHECK(client.post("lin", "/absences", "starts=2026-03-08&ends=2026-03-05").status == 409);
  CHECK(client.post("lin", "/absences/77/end", "").status == 404);
}

TEST_CASE("no form about notifications counts without its proof") {
  OfficeClient client;
  client.submitted();
  const Headers form{client.cookie_of("zhou"),
                     {"Content-Type", "application/x-www-form-urlencoded"},
                     {"Sec-Fetch-Site", "same-origin"}};
  for (const char* path :
       {"/notifications/read", "/notifications/1/read", "/preferences", "/absences"}) {
    CAPTURE(path);
    CHECK(client.send(Method::Post, path, form, "digest=hourly").status == 403);
  }
  CHECK(holds(client.get("zhou", "/quote"), "aria-label=\"Notifications, 1 unread\""));
}

TEST_CASE("things to do stand on the start page and with their record, each with its button") {
  OfficeClient client;
  client.quote();
  const std::string id = todo(client, "lin", "Call <them>");
  const auto home = client.get("lin", "/");
  CHECK(holds(home, "Call &lt;them&gt;"));
  CHECK(holds(home, "action=\"/todos/" + id + "/done\""));
  CHECK_FALSE(holds(client.get("xu", "/"), "Call &lt;them&gt;"));
  const auto seen = client.get("sun", "/quote/1");
  CHECK(holds(seen, "Call &lt;them&gt;"));
  CHECK_FALSE(holds(seen, "/todos/" + id + "/done"));
  CHECK(holds(client.get("zhou", "/quote/1"), "/todos/" + id + "/done"));
  const auto done = client.post("lin", "/todos/" + id + "/done", "next=%2Fquote%2F1");
  CHECK(done.header("Location") == "/quote/1?saved=todo-done");
  CHECK_FALSE(holds(client.get("lin", "/"), "Call &lt;them&gt;"));
  CHECK(client.post("xu", "/todos/" + id + "/done", "").status == 404);
}

TEST_CASE("who is away is marked where people are chosen") {
  OfficeClient client;
  client.quote();
  CHECK(holds(client.get("gu", "/quote/1"), ">zhou</option>"));
  REQUIRE(client
              .api("zhou", Method::Post, "/api/v1/delegations",
                   R"({"to":"gu","ends_at":"2026-03-05T00:00:00+08:00"})")
              .status == 201);
  CHECK(holds(client.get("gu", "/quote/1"), ">zhou (away)</option>"));
  CHECK(holds(client.get("gu", "/quote/1/edit"), ">zhou (away)</option>"));
  CHECK(holds(client.get("gu", "/quote/1/edit"), ">xu</option>"));
}

}  // namespace
}  // namespace formwork::routes

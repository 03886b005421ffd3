// The pages of those who run the app: automations, their runs and dry runs, what leaves the system,
// and what comes.
#include <doctest/doctest.h>

#include "tests/server/routes/client.h"
#include "tests/support/crm_app.h"

namespace formwork::routes {
namespace {

constexpr std::string_view kRules = R"(---
automation: mark
label: { en: Mark the big ones, zh-CN: 标记大客户 }
why: { en: They come first, zh-CN: 优先处理 }
on: [created, { updated: budget }]
of: lead
when: budget >= 1000
do: { set: { tier: '"hot"' } }
---
automation: call_hot
label: { en: Call the hot ones, zh-CN: 尽快致电 }
on: { updated: tier }
of: lead
do: { set: { note: '"call"' } }
---
automation: remind
label: { en: Remind in time, zh-CN: 按时提醒 }
on: { date: due_on, before: P1D, at: "09:00" }
of: lead
do: { set: { note: '"due"' } }
---
automation: sleepy
on: { cron: "0 9 * * MON-FRI" }
enabled: false
do: { create: account, with: { name: '"beat"' } }
)";

constexpr std::string_view kSends = R"(
app: sends
locales: [en, zh-CN]
---
entity: note
label: { en: Note, zh-CN: 便笺 }
title: text
fields:
  text: { type: text, required: true }
---
webhook: erp
label: { en: To the ERP, zh-CN: 推送 ERP }
send: { url: "https://erp.example.com/hooks", secret: erp }
---
role: boss
admin: true
on: { note: { view: true, create: true } }
)";

class AdminClient : public Client {
 public:
  AdminClient() : Client(std::string(testing::kCrm) + std::string(kRules)) {}

  void fill() {
    make(R"({"company":"Acme","budget":"5000"})");
    make(R"({"company":"Acme <North>","budget":"5"})");
    make(R"({"company":"Small","due_on":"2026-03-05"})");
  }

  void make(std::string_view json) { REQUIRE(app.create(app.actor("sales"), "lead", json)); }

  // The number of the newest run of that automation.
  std::string run_of(const std::string& automation) {
    const auto runs = json::parse(
        api("boss", Method::Get, "/api/v1/automations/" + automation + "/runs").content());
    return runs->find("runs")->elements.front().find("id")->text;
  }
};

class OutboxClient : public Client {
 public:
  OutboxClient() : Client(kSends) {
    queue({.key = "msg_a",
           .destination = "erp",
           .to = {},
           .subject = "note.made",
           .body = R"({"type":"<note>"})"});
    queue({.key = "msg_b", .destination = "mail", .to = "li.lei@example.com", .subject = "Hello"});
    REQUIRE(app.engine.note_attempts({{.attempt = {.message = 1,
                                                   .at = testing::kMonday,
                                                   .status = 500,
                                                   .problem = "answered 500",
                                                   .milliseconds = 12},
                                       .state = engine::MessageState::Dead,
                                       .due_at = testing::kMonday,
                                       .disables = {}}}));
  }

 private:
  void queue(engine::OutboxMessage message) {
    message.created_at = message.due_at = testing::kMonday;
    app.engine.store().submit_and_wait([&](store::Transaction& transaction) {
      transaction.insert_message(message);
      return true;
    });
  }
};

TEST_CASE("automations are listed with what sets them off and how they ended, in both languages") {
  AdminClient client;
  client.fill();
  const auto page = client.get("boss", "/admin");
  CHECK(page.status == 200);
  CHECK(holds(page, "href=\"/admin/automations/mark\""));
  CHECK(holds(page, "Mark the big ones"));
  CHECK(holds(page, "created<br>changed: Budget"));
  CHECK(holds(page, "date: Due on, 1 day before, at 09:00"));
  CHECK(holds(page, "schedule: 0 9 * * MON-FRI"));
  CHECK(holds(page, ">condition says no</span> 2"));
  CHECK(holds(page, ">off</span>"));
  CHECK(holds(page, "never ran"));
  const auto chinese = client.get("boss", "/admin?lang=zh-CN");
  CHECK(holds(chinese, "标记大客户"));
  CHECK(holds(chinese, "新建时<br>修改：Budget"));
  CHECK(holds(chinese, ">条件不符</span> 2"));
}

TEST_CASE("an app without automations says so") {
  Client client(kSends);
  CHECK(holds(client.get("boss", "/admin"), "This app has no automations"));
  CHECK(holds(client.get("boss", "/admin/runs"), "Nothing has run yet"));
  CHECK(holds(client.get("boss", "/admin/outbox?lang=zh-CN"), "暂无消息"));
  CHECK(holds(client.get("boss", "/admin/forecast"), "Nothing comes in the next seven days"));
}

TEST_CASE("the run log tells which condition said no and with which values, by outcome and page") {
  AdminClient client;
  client.fill();
  const auto all = client.get("boss", "/admin/runs");
  CHECK(holds(all, "budget &gt;= 1000: budget = 5"));
  CHECK(holds(all, "<b>set</b> Tier = Hot"));
  CHECK(holds(all, "Acme &lt;North&gt;"));
  CHECK(holds(all, "changed: Tier"));
  const auto declined = client.get("boss", "/admin/runs?outcome=declined");
  CHECK(holds(declined, "budget = 5"));
  CHECK_FALSE(holds(declined, "<b>set</b>"));
  CHECK(holds(client.get("boss", "/admin/runs?outcome=failed"), "No run with this outcome"));
  CHECK(holds(client.get("boss", "/admin/runs?lang=zh-CN"), "<b>设置</b> Tier = 热"));
  for (int i = 0; i < 60; ++i) client.make(R"({"company":"Many"})");
  const auto first = client.get("boss", "/admin/runs?outcome=declined");
  const std::string_view content = first.content();
  const auto at = content.find("/admin/runs?after=");
  REQUIRE(at != std::string_view::npos);
  std::string next(content.substr(at, content.find('"', at) - at));
  next.replace(next.find("&amp;"), 5, "&");
  CHECK(next.ends_with("&outcome=declined"));
  CHECK(holds(client.get("boss", next), "budget = 5"));
  CHECK(client.get("boss", "/admin/runs?after=x&outcome=odd").status == 200);
}

TEST_CASE("one run shows what led to it and all that the same event set off") {
  AdminClient client;
  client.make(R"({"company":"Acme","budget":"5000"})");
  const auto page = client.get("boss", "/admin/runs/" + client.run_of("call_hot"));
  CHECK(page.status == 200);
  CHECK(holds(page, R"(<b>set</b> Note = "call")"));
  CHECK(holds(page, "href=\"/lead/1\""));
  // Newest first: the automation before it changed the tier, because somebody created the lead.
  const std::string_view content = page.content();
  const auto causes = content.find("What led to it");
  const auto automation = content.find("<b>Mark the big ones</b> changed Tier", causes);
  const auto person = content.find("<b>sales</b> created this", causes);
  CHECK(causes < automation);
  CHECK(automation < person);
  CHECK(person != std::string_view::npos);
  const auto chain = content.find("All that the same event set off");
  CHECK(content.find("step 2", chain) != std::string_view::npos);
  CHECK(content.find("this one", chain) != std::string_view::npos);
  CHECK(content.find("/admin/runs/" + client.run_of("mark"), chain) != std::string_view::npos);
  const auto chinese = client.get("boss", "/admin/runs/1?lang=zh-CN");
  CHECK(holds(chinese, "同一事件触发的全部运行"));
  CHECK(holds(chinese, "起因"));
}

TEST_CASE("a run that a time set off says so") {
  AdminClient client;
  client.fill();
  client.app.clock.advance(DaysDuration{.seconds = 3 * 86'400});
  client.app.engine.fire_timers();
  const auto page = client.get("boss", "/admin/runs/" + client.run_of("remind"));
  CHECK(holds(page, "A time came; nobody did anything."));
}

TEST_CASE("a dry run takes a record from the list, by number or by a part of its name") {
  AdminClient client;
  client.fill();
  const std::string path = "/admin/automations/mark";
  const auto page = client.get("boss", path);
  CHECK(holds(page, "<select class=\"select\" id=\"trial-record\" name=\"record\" required>"));
  CHECK(holds(page, "<option value=\"2\">Acme &lt;North&gt;</option>"));
  const auto before = client.api("boss", Method::Get, "/api/v1/records/lead/2");
  for (const std::string typed : {"2", "2+%C2%B7+Acme", "+2+", "NORTH"}) {
    CAPTURE(typed);
    const auto tried = client.post("boss", path + "/dry-run", "record=" + typed);
    CHECK(tried.status == 200);
    CHECK(holds(tried, "What would happen"));
    CHECK(holds(tried, "budget &gt;= 1000: budget = 5"));
    CHECK(holds(tried, "<option value=\"2\" selected>"));
  }
  const auto tried = client.post("boss", path + "/dry-run?lang=zh-CN", "record=1");
  CHECK(holds(tried, "试运行结果"));
  CHECK(holds(tried, "已执行"));
  CHECK(client.api("boss", Method::Get, "/api/v1/records/lead/2").content() == before.content());
  CHECK_FALSE(holds(client.get("boss", "/admin/runs"), "dry run"));
}

TEST_CASE("of several records that fit one is chosen by a button") {
  AdminClient client;
  client.fill();
  const auto several = client.post("boss", "/admin/automations/mark/dry-run", "record=acme");
  CHECK(several.status == 422);
  CHECK(holds(several, "2 fit “acme”. Choose one:"));
  CHECK(holds(several, "name=\"record\" value=\"1\">1 · Acme</button>"));
  CHECK(holds(several, "name=\"record\" value=\"2\">2 · Acme &lt;North&gt;</button>"));
  CHECK_FALSE(holds(several, "What would happen"));
  for (int i = 0; i < 25; ++i) client.make(R"({"company":"Acme again"})");
  CHECK(holds(client.post("boss", "/admin/automations/mark/dry-run", "record=acme"),
              "More than 20 fit “acme”."));
}

TEST_CASE("what is no record is refused in words, and nothing is tried") {
  AdminClient client;
  client.fill();
  const std::string path = "/admin/automations/mark/dry-run";
  const auto nothing = client.post("boss", path, "record=");
  CHECK(nothing.status == 422);
  CHECK(holds(nothing, "Choose a Lead to try it on"));
  const auto unknown = client.post("boss", path + "?lang=zh-CN", "record=%3Cb%3E");
  CHECK(unknown.status == 422);
  CHECK(holds(unknown, "没有符合“&lt;b&gt;”的"));
  CHECK(client.post("boss", path, "record=" + std::string(500, 'x')).status == 422);
  CHECK(client.post("boss", path, "record=%22+or+true").status == 422);
  const auto gone = client.post("boss", path, "record=77");
  CHECK(gone.status == 422);
  CHECK_FALSE(holds(gone, "What would happen"));
  CHECK(client.post("boss", "/admin/automations/none/dry-run", "record=1").status == 404);
  CHECK(client.get("boss", "/admin/automations/none").status == 404);
  CHECK(client.get("boss", "/admin/runs/999").status == 404);
  CHECK(client.get("boss", "/admin/runs/x").status == 404);
}

TEST_CASE("with many records the control takes text, and its script asks what fits") {
  AdminClient client;
  client.fill();
  for (int i = 0; i < 200; ++i) client.make(R"({"company":"Zebra"})");
  const auto page = client.get("boss", "/admin/automations/mark?record=2");
  CHECK(holds(page, "data-suggest=\"/lead/suggest?find=\""));
  CHECK(holds(page, "value=\"2 · Acme &lt;North&gt;\""));
  CHECK(holds(page, "<option value=\"1 · Acme\">"));
  CHECK(client.get("sales", "/lead/suggest?find=NORTH").content() == R"(["2 · Acme <North>"])");
  CHECK(client.get("sales", "/lead/suggest?find=2+%C2%B7+Ac").content() ==
        R"(["2 · Acme <North>"])");
  CHECK(client.get("sales", "/lead/suggest?find=nothing").content() == "[]");
  CHECK(client.get("sales", "/lead/suggest?find=%22%29+or+true").content() == "[]");
  CHECK(holds(client.get("sales", "/lead/suggest"), "Zebra"));
  CHECK(client.get("guest", "/lead/suggest?find=a").status == 403);
  CHECK(client.get("sales", "/nothing/suggest").status == 404);
  CHECK(client.send(Method::Get, "/lead/suggest?find=a").status == 303);
}

TEST_CASE("from a record an admin comes to the automations that could be tried on it") {
  AdminClient client;
  client.fill();
  const auto record = client.get("boss", "/lead/2");
  CHECK(holds(record, "href=\"/admin?entity=lead&amp;record=2\""));
  CHECK_FALSE(holds(client.get("sales", "/lead/2"), "/admin?entity"));
  const auto list = client.get("boss", "/admin?entity=lead&record=2");
  CHECK(list.status == 200);
  CHECK(holds(list, "Choose an automation to try on Acme &lt;North&gt;."));
  CHECK(holds(list, "href=\"/admin/automations/mark?record=2\""));
  CHECK(holds(list, "href=\"/lead/2\""));
  CHECK_FALSE(holds(list, "sleepy"));
  CHECK(holds(client.get("boss", "/admin/automations/mark?record=2"),
              "<option value=\"2\" selected>"));
  CHECK(client.get("boss", "/admin?entity=lead&record=99").status == 404);
  CHECK(client.get("boss", "/admin?entity=none&record=2").status == 404);
  CHECK(client.get("boss", "/admin?entity=lead").status == 404);
}

TEST_CASE("the outbox shows what was given up, why, and every attempt, and sends it again") {
  OutboxClient client;
  const auto all = client.get("boss", "/admin/outbox");
  CHECK(all.status == 200);
  CHECK(holds(all, "href=\"/admin/outbox/1\""));
  CHECK(holds(all, "given up"));
  CHECK(holds(all, "answered 500"));
  CHECK(holds(all, "li.lei@example.com"));
  CHECK(holds(all, "<b>To the ERP</b>"));
  CHECK(holds(client.get("boss", "/admin/outbox?lang=zh-CN"), "<b>推送 ERP</b>"));
  CHECK(holds(client.get("boss", "/admin/outbox?lang=zh-CN"), "<b>邮件</b>"));
  const auto dead = client.get("boss", "/admin/outbox?state=dead&lang=zh-CN");
  CHECK(holds(dead, "已放弃"));
  CHECK_FALSE(holds(dead, "li.lei@example.com"));
  const auto one = client.get("boss", "/admin/outbox/1");
  CHECK(holds(one, R"({"type":"&lt;note&gt;"})"));
  CHECK(holds(one, "12 ms"));
  CHECK(holds(one, "Send again"));
  CHECK(holds(client.get("boss", "/admin/outbox/2?lang=zh-CN"), "立即发送"));
  const auto sent = client.post("boss", "/admin/outbox/1/resend", "");
  CHECK(sent.status == 303);
  CHECK(sent.header("Location") == "/admin/outbox/1?saved=sent-again");
  CHECK(holds(client.get("boss", "/admin/outbox/1?saved=sent-again"), "It will be sent again."));
  CHECK(holds(client.get("boss", "/admin/outbox?state=dead"), "Nothing here"));
  for (const std::string id : {"9", "0", "x"}) {
    CAPTURE(id);
    CHECK(client.get("boss", "/admin/outbox/" + id).status == 404);
    CHECK(client.post("boss", "/admin/outbox/" + id + "/resend", "").status == 404);
  }
}

TEST_CASE("a destination is disabled and enabled, and says which it is") {
  OutboxClient client;
  const auto off = client.post("boss", "/admin/destinations/erp/disable", "");
  CHECK(off.status == 303);
  CHECK(off.header("Location").starts_with("/admin/outbox?saved="));
  const auto page = client.get("boss", "/admin/outbox");
  CHECK(holds(page, "action=\"/admin/destinations/erp/enable\""));
  CHECK(holds(page, "by an administrator"));
  CHECK(holds(client.get("boss", "/admin/outbox?lang=zh-CN"), "已停用"));
  CHECK(client.post("boss", "/admin/destinations/erp/enable", "").status == 303);
  CHECK(holds(client.get("boss", "/admin/outbox"), "action=\"/admin/destinations/erp/disable\""));
  CHECK(client.post("boss", "/admin/destinations/sap/enable", "").status == 404);
}

TEST_CASE("what comes is told with its record and rule, in both languages") {
  AdminClient client;
  client.fill();
  const auto page = client.get("boss", "/admin/forecast");
  CHECK(page.status == 200);
  CHECK(holds(page, "href=\"/lead/3\""));
  CHECK(holds(page, "Remind in time"));
  CHECK(holds(page, "app.yaml:"));
  CHECK(holds(client.get("boss", "/admin/forecast?lang=zh-CN"), "按时提醒"));
  CHECK_FALSE(holds(page, "more comes later"));
  for (int i = 0; i < 120; ++i) client.make(R"({"company":"Due","due_on":"2026-03-05"})");
  CHECK(holds(client.get("boss", "/admin/forecast"), "These are the first 100; more comes later."));
}

TEST_CASE("nobody else sees or does any of it, and no form without its proof") {
  AdminClient client;
  client.fill();
  for (const std::string path :
       {"/admin", "/admin/runs", "/admin/runs/1", "/admin/automations/mark", "/admin/outbox",
        "/admin/outbox/1", "/admin/forecast", "/admin?entity=lead&record=1"}) {
    CAPTURE(path);
    CHECK(client.get("sales", path).status == 403);
    CHECK_FALSE(holds(client.get("sales", path), "Acme"));
    CHECK(client.send(Method::Get, path).header("Location").starts_with("/sign-in"));
  }
  for (const std::string path :
       {"/admin/automations/mark/dry-run", "/admin/outbox/1/resend",
        "/admin/destinations/mail/disable", "/admin/destinations/mail/enable"}) {
    CAPTURE(path);
    CHECK(client.post("sales", path, "record=1").status == 403);
    CHECK(client.post("sales", path, "record=acme").status == 403);
    const Headers form{client.cookie_of("boss"),
                       {"Content-Type", "application/x-www-form-urlencoded"},
                       {"Sec-Fetch-Site", "same-origin"}};
    CHECK(client.send(Method::Post, path, form, "record=1").status == 403);
    CHECK(client.send(Method::Post, path, form, "record=1&_csrf=wrong").status == 403);
    CHECK(client.send(Method::Post, path, {}, "record=1").status == 303);
  }
}

}  // namespace
}  // namespace formwork::routes

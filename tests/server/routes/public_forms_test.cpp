// Public forms: pages and the API, what they tell and what they do not.
#include <doctest/doctest.h>

#include "tests/server/routes/intake_client.h"

namespace formwork::routes {
namespace {

// What is refused of a lead hangs on what staff know of it.
constexpr std::string_view kGuardedApp = R"(
app: crm
locales: [en, zh-CN]
time_zone: Asia/Shanghai
currency: CNY
---
entity: lead
title: company
fields:
  company: { type: text, required: true, label: { en: Company, zh-CN: 公司 } }
  email: { type: email }
  mobile: { type: phone, region: CN }
  note: { type: text }
  ceiling: { type: number }
  code: { type: text, unique: true }
unique: [email]
rules:
  - require: note = null or ceiling = null
    say: { en: A note goes with no ceiling, zh-CN: 有额度时不能有备注 }
  - require: note = null or note != company
    say: { en: Say something else, zh-CN: 请另写 }
---
role: clerk
on: { lead: { view: true, create: true, edit: true } }
---
form: contact
of: lead
fields: [company, email, mobile, note, code]
match: [email, mobile]
)";

// As strangers see it: what they are answered for an address that is known, and for one that is
// not.
struct Answers {
  http::Response known;
  http::Response unknown;
};

class GuardedForm : public IntakeClient {
 public:
  GuardedForm() : IntakeClient(kGuardedApp) {
    REQUIRE(fill_in("/f/contact", "company=Star&email=li%40star.cn&code=S1").status == 303);
    REQUIRE(
        fill_in("/f/contact", "company=Sun&email=sun%40sun.cn&mobile=13800138000&code=S2").status ==
        303);
    const auto limited = api("clerk", Method::Patch, "/api/v1/records/lead/1", R"({"ceiling":3})",
                             {{"If-Match", "\"1\""}});
    REQUIRE(limited.status == 200);
  }

  Answers ask(const std::string& pairs) {
    return {.known = fill_in("/f/contact", "email=li%40star.cn&" + pairs),
            .unknown = fill_in("/f/contact", "email=no%40body.cn&" + pairs)};
  }
};

// The page with what was typed, without the address that differs.
std::string without_address(const http::Response& response) {
  std::string text(response.content());
  for (const std::string_view address : {"li@star.cn", "no@body.cn"}) {
    for (std::size_t at = 0; (at = text.find(address)) != std::string::npos;) {
      text.erase(at, address.size());
    }
  }
  return text;
}

}  // namespace

TEST_CASE("a public form is a page without signing in, in both languages") {
  IntakeClient client;
  const auto english = client.send(Method::Get, "/f/contact", {{"Accept-Language", "en"}});
  CHECK(english.status == 200);
  for (const char* text :
       {"<h1>Contact us</h1>", "We like to hear from you.", "name=\"company\"", "name=\"consent\"",
        "We answer you and forget it.", "action=\"/f/contact\"", "name=\"_url\"", ">Send<"}) {
    CAPTURE(text);
    CHECK(holds(english, text));
  }
  for (const char* text : {"name=\"source\"", "name=\"_csrf\"", "name=\"city\"", "sign-out"}) {
    CAPTURE(text);
    CHECK_FALSE(holds(english, text));
  }
  CHECK(english.header("Set-Cookie").empty());
  const auto chinese = client.send(Method::Get, "/f/contact", {{"Accept-Language", "zh-CN"}});
  CHECK(holds(chinese, "<h1>联系我们</h1>"));
  const auto chosen = client.send(Method::Get, "/f/contact?lang=zh-CN&utm_source=n");
  CHECK(holds(chosen, "欢迎联系。"));
  CHECK(holds(chosen, "action=\"/f/contact?lang=zh-CN&amp;utm_source=n\""));
  CHECK(client.send(Method::Get, "/f/nothing").status == 404);
}

TEST_CASE("a form that is sent becomes a record, with where its sender came from") {
  IntakeClient client;
  const auto response = client.fill_in("/f/contact?utm_source=news&lang=zh-CN",
                                       "company=Star&email=li%40star.cn&budget=&consent=true");
  CHECK(response.status == 303);
  CHECK(response.header("Location") == "/f/contact/thanks?lang=zh-CN");
  CHECK(client.value(1, "company") == R"("Star")");
  CHECK(client.value(1, "source") == R"("website")");
  CHECK(client.value(1, "campaign") == R"("news")");
  CHECK(client.value(1, "consent") == "true");
  CHECK(client.history(1) ==
        std::vector<std::string>{R"(created by form {"source":"contact","found":false})"});
  const auto thanks = client.send(Method::Get, "/f/contact/thanks");
  CHECK(thanks.status == 200);
  CHECK(holds(thanks, "We have it &amp; answer soon."));
  const auto detail = client.get("clerk", "/lead/1");
  CHECK(holds(detail, "<b>Contact us</b>"));
}

TEST_CASE("an address that a record cannot hold does not keep anybody from sending the form") {
  IntakeClient client;
  const std::string path = "/f/contact?utm_source=" + std::string(500, 'x');
  CHECK(client.fill_in(path, "company=Star").status == 303);
  CHECK(client.value(1, "campaign") == "null");
}

TEST_CASE("a form with mistakes comes back as it was typed, escaped") {
  IntakeClient client;
  const auto response = client.fill_in(
      "/f/contact?utm_source=%22%3E%3Cscript%3E",
      "company=&email=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E&budget=12+apples&source=manual");
  CHECK(response.status == 422);
  for (const char* text : {"There are 3 things to fix", "value=\"12 apples\"",
                           "value=\"&quot;&gt;&lt;script&gt;", "href=\"#f-company\""}) {
    CAPTURE(text);
    CHECK(holds(response, text));
  }
  CHECK_FALSE(holds(response, "<script>alert"));
  CHECK_FALSE(holds(response, "\"><script>"));
  CHECK(client.count() == 0);
}

TEST_CASE("fields that a form does not ask for cannot be sent with it") {
  IntakeClient client;
  CHECK(client.fill_in("/f/contact", "company=Star&source=ads&city=Jinan&_version=4").status ==
        303);
  CHECK(client.value(1, "source") == R"("website")");
  CHECK(client.value(1, "city") == "null");
}

TEST_CASE("somebody who is known already sees the same as everybody else") {
  IntakeClient client;
  CHECK(client.fill_in("/f/contact?utm_source=a", "company=Star&email=li%40star.cn").status == 303);
  const auto again =
      client.fill_in("/f/contact?utm_source=b", "company=Moon&email=li%40star.cn&budget=5");
  CHECK(again.status == 303);
  CHECK(again.header("Location") == "/f/contact/thanks");
  CHECK(client.count() == 1);
  CHECK(client.value(1, "company") == R"("Star")");
  CHECK(client.value(1, "budget") == R"("5.00")");
  CHECK(client.value(1, "campaign") == R"("b")");
  // A unique value of somebody else is refused without saying that there is somebody else.
  CHECK(client.fill_in("/f/contact", "company=A&email=a%40a.cn&code=X").status == 303);
  const auto taken = client.fill_in("/f/contact", "company=B&email=b%40b.cn&code=X");
  CHECK(taken.status == 422);
  CHECK_FALSE(holds(taken, "in use"));
  CHECK(holds(taken, "cannot be taken so"));
}

TEST_CASE("that a known record takes nothing over is told to those who may see it alone") {
  GuardedForm client;
  const Answers page = client.ask("company=Moon&note=Hello");
  CHECK(page.unknown.status == 303);
  CHECK(page.known.status == 303);
  CHECK(page.known.header("Location") == page.unknown.header("Location"));
  CHECK(client.count() == 3);
  CHECK(client.value(1, "note") == "null");
  CHECK(client.value(1, "company") == R"("Star")");
  CHECK(client.history(1).front() ==
        R"(arrived_again by form {"source":"contact","found":true,)"
        R"("reason":"there is 1 thing to fix; A note goes with no ceiling",)"
        R"("comment":"Company: Moon\nNote: Hello"})");
  const auto seen = client.get("clerk", "/lead/1");
  CHECK(holds(seen, "A note goes with no ceiling"));
  CHECK(holds(seen, "Note: Hello"));

  const auto api =
      client.send(Method::Post, "/api/v1/forms/contact", {{"Content-Type", "application/json"}},
                  R"({"company":"Moon","email":"li@star.cn","note":"<b>Again"})");
  CHECK(api.status == 200);
  CHECK(api.body == R"({"sent":true,"thanks":null})");
  CHECK(client.history(1).front().find("<b>Again") != std::string::npos);
  CHECK_FALSE(holds(client.get("clerk", "/lead/1"), "<b>Again"));
}

TEST_CASE("what is wrong with a form is the same for those who are known and those who are not") {
  GuardedForm client;
  for (const std::string pairs :
       {"company=&note=x", "company=Moon&note=Moon", "company=Moon&code=S2", "company=Moon&code=S1",
        "company=Moon&mobile=12"}) {
    CAPTURE(pairs);
    const Answers answers = client.ask(pairs);
    CHECK(answers.known.status == 422);
    CHECK(answers.unknown.status == 422);
    CHECK(without_address(answers.known) == without_address(answers.unknown));
    client.app.clock.advance(DaysDuration{600, 0});
  }
  CHECK(client.count() == 2);
  // Whose address is one record's and whose number another's is thanked as well.
  CHECK(client.fill_in("/f/contact", "company=M&email=li%40star.cn&mobile=13800138000").status ==
        303);
  CHECK(client.fill_in("/f/contact", "company=M&email=no%40body.cn&mobile=13800138000").status ==
        303);
  CHECK(client.count() == 2);
}

TEST_CASE("a form that takes everybody once says so") {
  IntakeClient client;
  CHECK(client.fill_in("/f/once", "company=Star&email=li%40star.cn").status == 303);
  const auto again = client.fill_in("/f/once", "company=Moon&email=li%40star.cn");
  CHECK(again.status == 409);
  CHECK(holds(again, "There is such a Lead already"));
  CHECK(holds(again, "value=\"Moon\""));
  CHECK_FALSE(holds(again, "Star"));
}

TEST_CASE("conditions of fields hold in a form, also while it is filled") {
  IntakeClient client;
  const auto page = client.send(Method::Get, "/f/contact");
  CHECK(holds(page, "data-live=\"/f/contact/live\""));
  CHECK(holds(page, "data-field=\"why\" hidden"));
  const auto live = client.fill_in("/f/contact/live", "company=Star&budget=20000");
  CHECK(live.status == 200);
  CHECK(live.body == R"({"outputs":{},"hidden":[],"required":["why"]})");
  const auto refused = client.fill_in("/f/contact", "company=Star&budget=20000");
  CHECK(refused.status == 422);
  CHECK(holds(refused, "href=\"#f-why\""));
  CHECK(client.fill_in("/f/contact", "company=Star&budget=20000&why=because").status == 303);
}

TEST_CASE("what fills in the field that nobody sees is thanked and forgotten") {
  IntakeClient client;
  const auto response = client.fill_in("/f/contact", "company=Star&_url=http%3A%2F%2Fspam");
  CHECK(response.status == 303);
  CHECK(client.count() == 0);
}

TEST_CASE("another kind of body than a form's is refused") {
  IntakeClient client;
  const auto plain =
      client.send(Method::Post, "/f/contact", {{"Content-Type", "text/plain"}}, "company=Star");
  CHECK(plain.status == 400);
  const auto simple = client.send(Method::Post, "/api/v1/forms/contact",
                                  {{"Content-Type", "text/plain"}}, R"({"company":"Star"})");
  CHECK(simple.status == 415);
  CHECK(client.count() == 0);
}

TEST_CASE("whoever sends too many has to wait, and says nothing to anybody else's time") {
  IntakeClient client;
  int taken = 0;
  http::Response last;
  for (int i = 0; i < 12; ++i) {
    last = client.fill_in("/f/contact", "company=C" + std::to_string(i));
    taken += last.status == 303 ? 1 : 0;
  }
  CHECK(taken == 10);
  CHECK(last.status == 429);
  CHECK(last.header("Retry-After") == "30");
  const auto api = client.send(Method::Post, "/api/v1/forms/contact",
                               {{"Content-Type", "application/json"}}, R"({"company":"Star"})");
  CHECK(api.status == 429);
  CHECK(type_of(api) == "form.throttled");
  client.app.clock.advance(DaysDuration{30, 0});
  CHECK(client.fill_in("/f/contact", "company=Later").status == 303);
}

TEST_CASE("a program sends a form as JSON") {
  IntakeClient client;
  const Headers json{{"Content-Type", "application/json"}, {"Idempotency-Key", "k1"}};
  const std::string path = "/api/v1/forms/contact?utm_source=app";
  const std::string body = R"({"company":"Star","email":"li@star.cn","budget":12})";
  const auto response = client.send(Method::Post, path, json, body);
  CHECK(response.status == 200);
  CHECK(response.body == R"({"sent":true,"thanks":"We have it & answer soon."})");
  CHECK(client.value(1, "campaign") == R"("app")");
  CHECK(client.value(1, "budget") == R"("12.00")");
  CHECK(client.send(Method::Post, path, json, body).body == response.body);
  CHECK(client.count() == 1);

  const auto wrong =
      client.send(Method::Post, "/api/v1/forms/contact", {{"Content-Type", "application/json"}},
                  R"({"compny":"Star","source":"ads","budget":"lots"})");
  CHECK(wrong.status == 422);
  for (const char* text : {R"("pointer":"/compny")", R"("pointer":"/source")",
                           R"("pointer":"/company")", R"("pointer":"/budget")", "did you mean"}) {
    CAPTURE(text);
    CHECK(holds(wrong, text));
  }
  CHECK(type_of(client.send(Method::Post, "/api/v1/forms/nothing",
                            {{"Content-Type", "application/json"}}, "{}")) == "form.unknown");
}

}  // namespace formwork::routes

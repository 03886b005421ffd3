// Public forms: pages and the API, what they tell and what they do not.
#include <doctest/doctest.h>

#include "tests/server/routes/intake_client.h"

namespace formwork::routes {

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

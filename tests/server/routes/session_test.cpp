// Signing in and out, by page and by API, and what keeps strangers and other sites out.
#include <doctest/doctest.h>

#include "server/session/work_queue.h"
#include "tests/server/routes/client.h"

namespace formwork::routes {
namespace {

const Headers kForm{{"Content-Type", "application/x-www-form-urlencoded"},
                    {"Sec-Fetch-Site", "same-origin"}};
const Headers kJson{{"Content-Type", "application/json"}};

http::Response sign_in(Client& client, const std::string& pairs) {
  return client.send(Method::Post, "/sign-in", kForm, pairs);
}

std::string cookie_of(const http::Response& response) {
  const std::string_view cookie = response.header("Set-Cookie");
  return std::string(cookie.substr(0, cookie.find(';')));
}

TEST_CASE("signing in by the page sets a cookie and leads on, locally only") {
  Client client;
  client.app.add_account("li.lei", {"boss"}, "correct horse");

  struct Row {
    std::string next;
    std::string location;
  };

  for (const Row& row : {
           Row{"", "/"},
           Row{"/ticket?sort=-due", "/ticket?sort=-due"},
           Row{"//evil.example", "/"},
           Row{"https://evil.example/", "/"},
           Row{"/\\evil.example", "/"},
           Row{"/a\\b", "/"},
           Row{"/a\nSet-Cookie: x", "/"},
           Row{"javascript:alert(1)", "/"},
           Row{"ticket", "/"},
       }) {
    CAPTURE(row.next);
    std::string next;
    for (const char c : row.next) {
      constexpr std::string_view kDigits = "0123456789ABCDEF";
      const auto byte = static_cast<unsigned char>(c);
      next += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
    const auto response = sign_in(client, "user=li.lei&password=correct+horse&next=" + next);
    CHECK(response.status == 303);
    CHECK(response.header("Location") == row.location);
    const std::string cookie(response.header("Set-Cookie"));
    CHECK(cookie.starts_with("formwork-session="));
    CHECK(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax"));
    CHECK(client.send(Method::Get, "/", {{"Cookie", cookie_of(response)}}).status == 200);
  }
}

TEST_CASE("over TLS the cookie is bound to this host") {
  Client client(testing::kDesk, {.url = "https://crm.example"});
  client.app.add_account("li.lei", {"boss"}, "correct horse");
  const auto response = sign_in(client, "user=li.lei&password=correct+horse");
  const std::string cookie(response.header("Set-Cookie"));
  CHECK(cookie.starts_with("__Host-formwork="));
  CHECK(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"));
  const std::string plain = "formwork-session=" + cookie_of(response).substr(16);
  CHECK(client.send(Method::Get, "/api/v1/session", {{"Cookie", plain}}).status == 401);
}

TEST_CASE("a wrong sign-in keeps the name, never the password, and says one sentence for all") {
  Client client;
  client.app.add_account("li.lei", {"boss"}, "correct horse");
  for (const std::string name : {"li.lei", "nobody"}) {
    CAPTURE(name);
    const auto response = sign_in(client, "user=" + name + "&password=wrong-horse&next=%2Fticket");
    CHECK(response.status == 422);
    CHECK(holds(response, "The user name or the password is not right"));
    CHECK(holds(response, "value=\"" + name + "\""));
    CHECK(holds(response, "/ticket"));
    CHECK_FALSE(holds(response, "wrong-horse"));
    CHECK(response.header("Set-Cookie").empty());
  }
}

TEST_CASE("a name that exists waits like one that does not, also between good sign-ins") {
  for (const std::string name : {"li.lei", "nobody"}) {
    CAPTURE(name);
    Client client;
    client.app.add_account("li.lei", {"boss"}, "correct horse");
    client.app.add_account("han.meimei", {"boss"}, "correct horse");
    for (int i = 0; i < 5; ++i) {
      CHECK(sign_in(client, "user=" + name + "&password=no").status == 422);
      CHECK(sign_in(client, "user=han.meimei&password=correct+horse").status == 303);
    }
    CHECK(sign_in(client, "user=" + name + "&password=no").status == 429);
    CHECK(sign_in(client, "user=han.meimei&password=correct+horse").status == 303);
  }
}

TEST_CASE("work that throws ends neither its queue nor what comes after it") {
  std::promise<void> after;
  auto held = std::make_shared<int>(1);
  const std::weak_ptr<int> released = held;
  {
    session::WorkQueue queue(2);
    CHECK(queue.submit([held = std::move(held)] { throw std::runtime_error("on purpose"); }));
    CHECK(queue.submit([&after, &released] {
      CHECK(released.expired());
      after.set_value();
    }));
  }
  CHECK(after.get_future().wait_for(std::chrono::seconds(0)) == std::future_status::ready);
}

TEST_CASE("guessing is slowed down at both doors alike") {
  Client client;
  client.app.add_account("li.lei", {"boss"}, "correct horse");
  for (int i = 0; i < 5; ++i) CHECK(sign_in(client, "user=li.lei&password=no").status == 422);
  const auto page = sign_in(client, "user=li.lei&password=correct+horse");
  CHECK(page.status == 429);
  CHECK(page.header("Retry-After") == "1");
  CHECK(holds(page, "Too many tries; try again in 1 seconds"));
  const auto api = client.send(Method::Post, "/api/v1/session", kJson,
                               R"({"user":"li.lei","password":"correct horse"})");
  CHECK(api.status == 429);
  CHECK(api.header("Retry-After") == "1");
  CHECK(holds(api, "session.throttled"));
  client.app.clock.advance({.seconds = 1});
  CHECK(sign_in(client, "user=li.lei&password=correct+horse").status == 303);
}

TEST_CASE("signing in by the API gives a cookie and the proof for changes") {
  Client client;
  client.app.add_account("li.lei", {"boss"}, "correct horse");
  const auto response = client.send(Method::Post, "/api/v1/session", kJson,
                                    R"({"user":"li.lei","password":"correct horse"})");
  REQUIRE(response.status == 201);
  const auto body = json::parse(response.content());
  CHECK(body->find("user")->text == "li.lei");
  CHECK(body->find("roles")->elements.front().text == "boss");
  const std::string proof = body->find("csrf_token")->text;
  const http::Header cookie{"Cookie", cookie_of(response)};
  const auto session = client.send(Method::Get, "/api/v1/session", {cookie});
  CHECK(session.content() == response.content());
  const Headers change{cookie, {"X-CSRF-Token", proof}, {"Content-Type", "application/json"}};
  CHECK(client.send(Method::Post, "/api/v1/records/memo", change, R"({"text":"a"})").status == 201);
  CHECK(client.send(Method::Delete, "/api/v1/session", {cookie}).status == 403);
  const auto out = client.send(Method::Delete, "/api/v1/session", change);
  CHECK(out.status == 204);
  CHECK(out.header("Set-Cookie").find("Max-Age=0") != std::string_view::npos);
  CHECK(client.send(Method::Get, "/api/v1/session", {cookie}).status == 401);
}

TEST_CASE("the API refuses a sign-in that it cannot read or that is wrong") {
  Client client;
  client.app.add_account("li.lei", {"boss"}, "correct horse");

  struct Row {
    std::string body;
    int status;
  };

  for (const Row& row :
       {Row{"", 400}, Row{"[]", 400}, Row{"{}", 401}, Row{R"({"user":7,"password":[]})", 401},
        Row{R"({"user":"li.lei","password":"wrong"})", 401}}) {
    CAPTURE(row.body);
    const auto response = client.send(Method::Post, "/api/v1/session", kJson, row.body);
    CHECK(response.status == row.status);
    CHECK(response.header("Set-Cookie").empty());
  }
}

TEST_CASE("no other site signs somebody in") {
  Client client;
  client.app.add_account("li.lei", {"boss"}, "correct horse");
  for (const http::Header& header : {http::Header{"Sec-Fetch-Site", "cross-site"},
                                     http::Header{"Origin", "http://evil.example"}}) {
    CAPTURE(header.name);
    const Headers form{{"Content-Type", "application/x-www-form-urlencoded"}, header};
    CHECK(
        client.send(Method::Post, "/sign-in", form, "user=li.lei&password=correct+horse").status ==
        403);
    const Headers json{{"Content-Type", "application/json"}, header};
    CHECK(client
              .send(Method::Post, "/api/v1/session", json,
                    R"({"user":"li.lei","password":"correct horse"})")
              .status == 403);
  }
}

TEST_CASE("signing out ends the session on the server") {
  Client client;
  const auto cookie = client.cookie_of("boss");
  CHECK(client.send(Method::Get, "/", {cookie}).status == 200);
  const auto out = client.post("boss", "/sign-out", "");
  CHECK(out.status == 303);
  CHECK(out.header("Location") == "/sign-in");
  CHECK(client.send(Method::Get, "/", {cookie}).status == 303);
}

TEST_CASE("a disabled account and an expired session are strangers at the next request") {
  Client client;
  const auto cookie = client.cookie_of("boss");
  const auto status = [&] { return client.send(Method::Get, "/api/v1/session", {cookie}).status; };
  CHECK(status() == 200);
  const auto set_active = [&](bool active) {
    client.app.engine.store().submit_and_wait([&](store::Transaction& transaction) {
      engine::Account account = transaction.find_account("boss").value();
      account.active = active;
      transaction.update_account(account);
      return true;
    });
  };
  set_active(false);
  CHECK(status() == 401);
  set_active(true);
  CHECK(status() == 200);
  client.app.clock.advance({.seconds = 365 * kSecondsPerDay});
  CHECK(status() == 401);
}

TEST_CASE("the language is the address's, then the chosen one, the account's, the browser's") {
  Client client;
  const std::string english = "lang=\"en\"";
  const std::string chinese = "lang=\"zh-CN\"";
  const auto page = [&](const std::string& target, Headers headers) {
    return client.send(Method::Get, target, headers);
  };
  CHECK(holds(page("/sign-in", {}), english));
  CHECK(holds(page("/sign-in", {{"Accept-Language", "zh-TW,en;q=0.5"}}), chinese));
  CHECK(holds(page("/sign-in", {{"Accept-Language", "fr-FR, zh;q=0.9, en;q=0.8"}}), chinese));
  CHECK(holds(page("/sign-in", {{"Accept-Language", "fr-FR"}}), english));
  CHECK(holds(page("/sign-in", {{"Accept-Language", ",;,*"}}), english));
  const auto chosen = page("/sign-in?lang=zh-CN", {{"Accept-Language", "en"}});
  CHECK(holds(chosen, chinese));
  CHECK(chosen.header("Set-Cookie").starts_with("formwork-lang=zh-CN; "));
  CHECK(holds(page("/sign-in", {{"Cookie", "formwork-lang=zh-CN"}}), chinese));
  const std::string session = "formwork-session=" + client.session_of("boss");
  CHECK(holds(page("/", {{"Cookie", session}, {"Accept-Language", "zh-CN"}}), english));
  CHECK(holds(page("/", {{"Cookie", session + "; formwork-lang=zh-CN"}}), chinese));
  CHECK(holds(page("/?lang=klingon", {{"Cookie", session}}), english));
}

TEST_CASE("every answer's headers keep scripts, frames and caches out") {
  Client client;
  const auto names = [](session::Origin origin) {
    testing::App app(testing::kDesk);
    Application application(app.engine, {.origin = std::move(origin), .version = "1"});
    http::Options options;
    application.configure(options);
    std::string all;
    for (const http::Header& header : options.default_headers) {
      all += header.name + ": " + header.value + "\n";
    }
    CHECK(options.body_limit(Method::Post, "/api/v1/records/x") == options.limits.body_bytes);
    CHECK(options.body_limit(Method::Post, "/api/v1/files") > 50'000'000);
    CHECK(options.health().content() == R"({"status":"ok","version":"1"})");
    return all;
  };
  const std::string plain = names({});
  for (const char* wanted :
       {"Content-Security-Policy: default-src 'none';", "frame-ancestors 'none'",
        "X-Content-Type-Options: nosniff", "Referrer-Policy: same-origin",
        "Cross-Origin-Opener-Policy: same-origin", "Cross-Origin-Resource-Policy: same-origin",
        "Cache-Control: no-store"}) {
    CAPTURE(wanted);
    CHECK(plain.find(wanted) != std::string::npos);
  }
  CHECK(plain.find("unsafe") == std::string::npos);
  CHECK(plain.find("Strict-Transport-Security") == std::string::npos);
  CHECK(names({.url = "https://x.example"}).find("Strict-Transport-Security") != std::string::npos);
}

}  // namespace
}  // namespace formwork::routes

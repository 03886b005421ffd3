// Records on pages: forms and what they keep, checks, uploads, lists.
#include <doctest/doctest.h>

#include "tests/server/routes/client.h"

namespace formwork::routes {
namespace {

TEST_CASE("each page answers those who may see it") {
  Client client;
  const auto boss = client.app.actor("boss");
  REQUIRE(client.app.create(boss, "customer", R"({"name":"Acme <b>"})"));
  REQUIRE(client.app.create(boss, "ticket", R"({"subject":"first & best","customer":1})"));
  for (const std::string path : {"/", "/ticket", "/ticket/new", "/ticket/1", "/ticket/1/edit",
                                 "/ticket/1/delete", "/customer", "/customer/1"}) {
    CAPTURE(path);
    const http::Response response = client.get("boss", path);
    CHECK(response.status == 200);
    CHECK(response.header("Content-Type") == "text/html; charset=utf-8");
    CHECK(response.content().starts_with("<!doctype html>"));
    CHECK_FALSE(holds(response, "Acme <b>"));
    CHECK_FALSE(holds(response, "first & best"));
  }
  CHECK(holds(client.get("boss", "/ticket/1"), "Acme &lt;b&gt;"));
  // A guest sees tickets and no customers: the title of one must not come along.
  CHECK_FALSE(holds(client.get("guest", "/ticket/1"), "Acme"));
  CHECK_FALSE(holds(client.get("guest", "/ticket"), "Acme"));
  CHECK_FALSE(holds(client.get("guest", "/"), "Acme"));
}

TEST_CASE("a form creates a record and leads to it") {
  Client client;
  const auto saved = client.post("clerk", "/ticket/new",
                                 "subject=a&amount=12.5&urgent=true&tags=red&tags=blue&"
                                 "items%5B1%5D.what=ink&items%5B1%5D.qty=2&act=save");
  CHECK(saved.status == 303);
  CHECK(saved.header("Location") == "/ticket/1?saved=created");
  const std::string record = client.app.json_of(client.app.actor("boss"), "ticket", 1);
  for (const char* text : {R"("amount":"12.50")", R"("urgent":true)", R"("tags":["red","blue"])",
                           R"("what":"ink","qty":"2","gift":false)"}) {
    CAPTURE(text);
    CHECK(record.find(text) != std::string::npos);
  }
  CHECK(client.app.engine.reader(client.app.actor("boss"))
            .history(client.app.entity("ticket"), 1, 0, 1)
            ->front()
            .cause == "page");
}

TEST_CASE("a refused form keeps what was typed and names each field") {
  Client client;
  const auto refused =
      client.post("clerk", "/ticket/new",
                  "subject=&amount=a+lot&due=soon&code=%3Cb%3E&items%5B4%5D.what=ink&"
                  "items%5B4%5D.qty=many&act=save");
  CHECK(refused.status == 422);
  for (const char* text :
       {"value=\"a lot\"", "value=\"soon\"", "value=\"&lt;b&gt;\"", "value=\"ink\"",
        "value=\"many\"", "id=\"f-subject-err\"", "id=\"f-amount-err\"", "role=\"alert\""}) {
    CAPTURE(text);
    CHECK(holds(refused, text));
  }
  CHECK_FALSE(holds(refused, "value=\"<b>\""));
  CHECK_FALSE(
      client.app.engine.reader(client.app.actor("boss")).record(client.app.entity("ticket"), 1));
}

TEST_CASE("what only the commit finds comes back in the form as well") {
  Client client;
  REQUIRE(client.app.create(client.app.actor("boss"), "customer", R"({"name":"Acme"})"));
  const auto refused = client.post("boss", "/customer/new", "name=Acme&city=Wuxi&act=save");
  CHECK(refused.status == 422);
  CHECK(holds(refused, "value=\"Wuxi\""));
  CHECK(holds(refused, "already in use by Acme"));
}

TEST_CASE("a box for consent must be ticked") {
  Client client;
  const auto refused = client.post("clerk", "/signup/new", "name=a&act=save");
  CHECK(refused.status == 422);
  CHECK(holds(refused, "id=\"f-agreed-err\""));
  CHECK(client.post("clerk", "/signup/new", "name=a&agreed=true&act=save").status == 303);
}

TEST_CASE("a form that comes late shows the conflict and writes nothing") {
  Client client;
  const auto boss = client.app.actor("boss");
  REQUIRE(client.app.create(boss, "ticket", R"({"subject":"a"})"));
  REQUIRE(client.app.update(boss, "ticket", 1, 1, R"({"subject":"theirs"})"));
  const auto late = client.post("clerk", "/ticket/1/edit", "_version=1&subject=mine&act=save");
  CHECK(late.status == 409);
  CHECK(holds(late, "value=\"mine\""));
  CHECK(holds(late, "theirs"));
  CHECK(holds(late, "name=\"_version\" value=\"2\""));
  CHECK(client.app.json_of(boss, "ticket", 1).find("theirs") != std::string::npos);
  const auto again = client.post("clerk", "/ticket/1/edit", "_version=2&subject=mine&act=save");
  CHECK(again.header("Location") == "/ticket/1?saved=changed");
  const auto same = client.post("clerk", "/ticket/1/edit", "_version=3&subject=mine&act=save");
  CHECK(same.header("Location") == "/ticket/1");
}

TEST_CASE("a form without a version is a stale one") {
  Client client;
  REQUIRE(client.app.create(client.app.actor("boss"), "ticket", R"({"subject":"a"})"));
  CHECK(client.post("clerk", "/ticket/1/edit", "subject=b").status == 409);
  CHECK(client.post("boss", "/ticket/1/delete", "").status != 303);
}

TEST_CASE("deleting and restoring lead to where the record is") {
  Client client;
  REQUIRE(client.app.create(client.app.actor("boss"), "ticket", R"({"subject":"a"})"));
  CHECK(client.post("boss", "/ticket/1/delete", "_version=1").header("Location") ==
        "/ticket?saved=deleted");
  CHECK(client.get("clerk", "/ticket/1").status == 404);
  CHECK(client.get("boss", "/ticket/1/edit").status == 303);
  CHECK(client.post("boss", "/ticket/1/restore", "_version=2").header("Location") ==
        "/ticket/1?saved=restored");
  CHECK(client.get("clerk", "/ticket/1").status == 200);
}

TEST_CASE("rows are added and removed without a script, and nothing is checked or saved") {
  Client client;
  const auto added =
      client.post("clerk", "/ticket/new", "subject=&items%5B1%5D.what=ink&act=items.add");
  CHECK(added.status == 200);
  CHECK(holds(added, "items[2].what"));
  CHECK(holds(added, "value=\"ink\""));
  CHECK_FALSE(holds(added, "role=\"alert\""));
  const auto removed = client.post(
      "clerk", "/ticket/new", "items%5B1%5D.what=ink&items%5B2%5D.what=pen&act=items.remove%3A1");
  CHECK(removed.status == 200);
  CHECK_FALSE(holds(removed, "value=\"ink\""));
  CHECK(holds(removed, "value=\"pen\""));
}

TEST_CASE("a check answers for the one field that was left, and writes nothing") {
  Client client;
  REQUIRE(client.app.create(client.app.actor("boss"), "customer", R"({"name":"Acme"})"));

  struct Row {
    std::string_view role;
    std::string target;
    std::string pairs;
    std::string control;  // as the script encodes it
    std::string answer;
  };

  for (const Row& row : {
           Row{"clerk", "/ticket/check", "subject=", "subject",
               R"({"field":"subject","message":"Subject: enter a value"})"},
           Row{"clerk", "/ticket/check", "subject=a", "subject",
               R"({"field":"subject","message":null})"},
           Row{"clerk", "/ticket/check", "subject=&amount=x", "due",
               R"({"field":"due","message":null})"},
           Row{"clerk", "/ticket/check",
               "subject=a&items%5B2%5D.what=&items%5B3%5D.what=ink&items%5B9%5D.qty=0.5",
               "items%5B9%5D.what",
               R"({"field":"items[9].what","message":"Items, line 2, What: enter a value"})"},
           Row{"boss", "/customer/check", "name=Acme", "name",
               R"({"field":"name","message":"Name: is already in use by Acme; open that one or )"
               R"(enter another"})"},
           Row{"boss", "/customer/1/check", "name=Acme&_version=1", "name",
               R"({"field":"name","message":null})"},
           Row{"guest", "/customer/check", "name=Acme", "name",
               R"({"field":"name","message":null})"},
           Row{"clerk", "/ticket/check", "subject=", "%", R"({"field":"","message":null})"},
       }) {
    CAPTURE(row.pairs);
    CAPTURE(row.control);
    const auto response =
        client.post(row.role, row.target, row.pairs, {{"X-Formwork-Check", row.control}});
    CHECK(response.status == 200);
    CHECK(response.content() == row.answer);
  }
  CHECK(client.app.engine.store().read()->count(
            {.entity = &client.app.entity("ticket"), .sort = {}}, 9) == 0);
}

TEST_CASE("the name of a checked field need not be ASCII") {
  Client client(R"(
app: desk
locales: [en]
time_zone: UTC
currency: CNY
---
entity: 客户
fields:
  名称: { type: text, required: true, label: Name }
---
role: boss
on: { 客户: { view: true, create: true } }
)");
  const auto response =
      client.post("boss", "/%E5%AE%A2%E6%88%B7/check",
                  "%E5%90%8D%E7%A7%B0=", {{"X-Formwork-Check", "%E5%90%8D%E7%A7%B0"}});
  CHECK(response.content() == R"({"field":"名称","message":"Name: enter a value"})");
  const auto made =
      client.api("boss", Method::Post, "/api/v1/records/%E5%AE%A2%E6%88%B7", R"({"名称":"a"})");
  CHECK(made.header("Location") == "/api/v1/records/%E5%AE%A2%E6%88%B7/1");
}

TEST_CASE("a save that leaves nothing to see goes on to what there is") {
  Client client;
  CHECK(client.post("sender", "/ticket/new", "subject=a&act=save").header("Location") ==
        "/?saved=created");
}

std::string part(const std::string& disposition, const std::string& type,
                 const std::string& content) {
  std::string text = "--b\r\nContent-Disposition: form-data; " + disposition + "\r\n";
  if (!type.empty()) text += "Content-Type: " + type + "\r\n";
  return text + "\r\n" + content + "\r\n";
}

http::Response post_parts(Client& client, std::string_view role, const std::string& target,
                          const std::string& parts) {
  const Headers headers{client.cookie_of(role),
                        {"Content-Type", "multipart/form-data; boundary=b"},
                        {"Sec-Fetch-Site", "same-origin"}};
  const std::string proof = part("name=\"_csrf\"", "", client.proof_of(role));
  return client.send(Method::Post, target, headers, proof + parts + "--b--\r\n");
}

TEST_CASE("files come with the form, and a refused form keeps those that were accepted") {
  Client client;
  const std::string png = part("name=\"files\"; filename=\"a.png\"", "image/png", "bytes");
  const auto refused =
      post_parts(client, "clerk", "/ticket/new", part("name=\"subject\"", "", "") + png);
  CHECK(refused.status == 422);
  CHECK(holds(refused, "a.png"));
  const auto saved = client.post("clerk", "/ticket/new", "subject=a&files=1&act=save");
  CHECK(saved.header("Location") == "/ticket/1?saved=created");
  const auto direct =
      post_parts(client, "clerk", "/ticket/new", part("name=\"subject\"", "", "b") + png);
  CHECK(direct.header("Location") == "/ticket/2?saved=created");
  CHECK(holds(client.get("guest", "/ticket/2"), "/files/2"));
  CHECK(client.get("guest", "/files/2").content() == "bytes");
}

TEST_CASE("a file of another type or size is refused beside its field") {
  Client client;
  const std::string subject = part("name=\"subject\"", "", "a");
  const auto type =
      post_parts(client, "clerk", "/ticket/new",
                 subject + part("name=\"files\"; filename=\"a.html\"", "text/html", "<script>"));
  CHECK(type.status == 422);
  CHECK(holds(type, "is of type text/html; choose image/*, application/pdf"));
  const auto size = post_parts(
      client, "clerk", "/ticket/new",
      subject + part("name=\"files\"; filename=\"a.png\"", "image/png", std::string(101, 'x')));
  CHECK(size.status == 422);
  CHECK(holds(size, "has 101 bytes; choose files of at most 100"));
}

TEST_CASE("no file is stored for a form that its sender may not send") {
  Client client;
  REQUIRE(client.app.create(client.app.actor("boss"), "ticket", R"({"subject":"a"})"));
  const std::string png = part("name=\"files\"; filename=\"a.png\"", "image/png", "bytes");
  CHECK(post_parts(client, "guest", "/ticket/new", png).status == 403);
  CHECK(post_parts(client, "guest", "/ticket/1/edit", png).status == 403);
  CHECK_FALSE(client.app.engine.store().read()->find_file(1));
}

TEST_CASE("a list page takes filters as people type them and says what it cannot read") {
  Client client;
  const auto boss = client.app.actor("boss");
  REQUIRE(client.app.create(boss, "ticket", R"({"subject":"cheap","amount":"5"})"));
  REQUIRE(client.app.create(boss, "ticket", R"({"subject":"costly","amount":"1500"})"));
  const auto found = client.get("boss", "/ticket?amount.from=1%2C000&region=&sort=amount");
  CHECK(found.status == 200);
  CHECK(holds(found, "costly"));
  CHECK_FALSE(holds(found, "cheap"));
  const auto unread = client.get("boss", "/ticket?amount.from=much");
  CHECK(unread.status == 422);
  CHECK(holds(unread, "much"));
  CHECK(client.get("boss", "/ticket?wat=1").status == 422);
  CHECK(client.get("boss", "/ticket?lang=en&saved=deleted").status == 200);
  // The bin is for those who may empty it: others get the list.
  REQUIRE(client.app.remove(boss, "ticket", 1, 1));
  CHECK(holds(client.get("boss", "/ticket?deleted=true"), "cheap"));
  CHECK_FALSE(holds(client.get("clerk", "/ticket?deleted=true"), "cheap"));
}

TEST_CASE("assets are served to everybody, by their hashed names alone") {
  Client client;
  const auto page = client.send(Method::Get, "/sign-in");
  const std::string_view html = page.content();
  const std::size_t begin = html.find("/assets/");
  REQUIRE(begin != std::string_view::npos);
  const std::string path(html.substr(begin, html.find('"', begin) - begin));
  const auto asset = client.send(Method::Get, path);
  CHECK(asset.status == 200);
  CHECK(asset.header("Cache-Control") == "public, max-age=31536000, immutable");
  CHECK(client.send(Method::Get, "/assets/ui.css").status == 404);
  CHECK(client.send(Method::Post, path).status == 404);
}

}  // namespace
}  // namespace formwork::routes

// `filter=`: conditions in FEEL on lists, over the API and on pages, within what the caller may
// see.
#include <doctest/doctest.h>

#include "server/pages/html.h"
#include "tests/server/routes/client.h"

namespace formwork::routes {
namespace {

std::string list_of(std::string_view entity, std::string_view condition,
                    std::string_view more = "") {
  return "/api/v1/records/" + std::string(entity) +
         "?fields=id&filter=" + pages::encode_query(condition) + std::string(more);
}

// "1 3", or the problem's errors as `code begin-end remedy`.
std::string found(Client& client, std::string_view role, const std::string& target) {
  const http::Response response = client.api(role, Method::Get, target);
  const auto body = json::parse(response.content());
  REQUIRE(body);
  std::string words;
  if (response.status == 200) {
    for (const json::Value& record : body->find("records")->elements) {
      words += (words.empty() ? "" : " ") + record.find("id")->text;
    }
    return words;
  }
  const json::Value* errors = body->find("errors");
  if (errors == nullptr) return body->find("type")->text;
  for (const json::Value& error : errors->elements) {
    if (!words.empty()) words += "; ";
    words += error.find("code")->text;
    if (const json::Value* begin = error.find("begin")) {
      words += " " + begin->text + "-" + error.find("end")->text;
    }
    if (const json::Value* remedy = error.find("remedy")) words += " " + remedy->text;
  }
  return words;
}

void fill(Client& client) {
  REQUIRE(
      client
          .api("boss", Method::Post, "/api/v1/records/customer", R"({"name":"Ada","city":"Rome"})")
          .status == 201);
  for (const std::string ticket :
       {R"({"subject":"one","region":"north","amount":"10.00","due":"2026-03-01","customer":1})",
        R"({"subject":"two","region":"south","amount":"20.00","due":"2026-03-09","tags":["red"]})",
        R"({"subject":"three","amount":"5.50","owner":"boss","tags":["red","blue"]})",
        R"({"subject":"%' OR 1=1 --","urgent":true,"items":[{"what":"a","qty":"3"}]})"}) {
    const auto created = client.api("boss", Method::Post, "/api/v1/records/ticket", ticket);
    INFO(created.content());
    REQUIRE(created.status == 201);
  }
}

TEST_CASE("a list is filtered by a condition in FEEL") {
  Client client;
  fill(client);

  struct Row {
    std::string condition;
    std::string expected;
  };

  for (const Row& row : {
           Row{"amount > 5.5", "1 2"},
           Row{"amount >= 5.5 and not(region = \"north\")", "2 3"},
           Row{"region = null", "3 4"},
           Row{"region != \"north\"", "2 3 4"},
           Row{"due < today()", "1"},
           Row{"due in [today()..today() + duration(\"P10D\")]", "2"},
           Row{"owner = user", "3"},
           Row{"created_by = user and urgent", "4"},
           Row{"created_at > now() - duration(\"P1D\")", "1 2 3 4"},
           Row{"list contains(tags, \"red\") and amount < 10", "3"},
           Row{"contains(subject, \"%' OR\")", "4"},
           Row{"subject = \"x' OR '1'='1\"", ""},
           Row{"customer.city = \"Rome\"", "1"},
           Row{"customer.city = \"Rome\" or amount = 20", "1 2"},
           Row{"sum(for i in items return i.qty) > 2", "4"},
           Row{"count(items) = 0", "1 2 3"},
           Row{"upper case(subject) = \"TWO\"", "2"},
           Row{"amount * 92233720368547758 > 0", "1 2 3"},
           Row{"if urgent then true else amount = 10", "1 4"},
       }) {
    CAPTURE(row.condition);
    CHECK(found(client, "boss", list_of("ticket", row.condition, "&sort=id")) == row.expected);
  }
}

TEST_CASE("a filter goes with the other parameters and from page to page") {
  Client client;
  for (int i = 1; i <= 25; ++i) {
    const std::string body = R"({"subject":"s)" + std::to_string(i) + R"(","amount":")" +
                             std::to_string(i % 7) + R"(","region":")" +
                             (i % 2 == 0 ? "north" : "south") + R"(","code":")" +
                             std::to_string(i) + "\"}";
    REQUIRE(client.api("boss", Method::Post, "/api/v1/records/ticket", body).status == 201);
  }
  // The second one is answered record by record.
  for (const std::string condition :
       {"amount > 1", "amount > 1 and string length(upper case(subject)) > 0"}) {
    CAPTURE(condition);
    for (const std::string sort : {"amount", "-amount", "-id"}) {
      CAPTURE(sort);
      std::string all;
      std::string cursor;
      int pages = 0;
      do {
        const auto page = client.api("boss", Method::Get,
                                     list_of("ticket", condition,
                                             "&region=north&limit=3&sort=" + sort +
                                                 (cursor.empty() ? "" : "&cursor=" + cursor)));
        REQUIRE(page.status == 200);
        const auto body = json::parse(page.content());
        for (const json::Value& record : body->find("records")->elements) {
          all += record.find("id")->text + " ";
        }
        cursor = body->find("next")->text;
        ++pages;
      } while (!cursor.empty());
      const auto whole = found(
          client, "boss", list_of("ticket", condition, "&region=north&limit=200&sort=" + sort));
      CHECK(all == whole + " ");
      CHECK(pages == 3);
    }
  }
}

TEST_CASE("what is wrong with a filter is said with its place and what to write") {
  Client client;

  struct Row {
    std::string condition;
    std::string expected;
  };

  for (const Row& row : {
           Row{"region = \"nort\"", "feel.unknown-option 10-16 did you mean `north`?"},
           Row{"amout > 1", "feel.unknown-name 1-6 did you mean `amount`?"},
           Row{"主题 = 1 and", "feel.syntax 11-11 write a value, a name or a call"},
           Row{"", "query.filter-blank"},
       }) {
    CAPTURE(row.condition);
    CHECK(found(client, "boss", list_of("ticket", row.condition)) == row.expected);
  }
  CHECK(
      found(client, "boss", list_of("ticket", "amount > \"a\"")).starts_with("feel.type-mismatch"));
  CHECK(found(client, "boss", list_of("ticket", "amount + 1")).starts_with("feel.type-mismatch"));
  CHECK(found(client, "boss", list_of("ticket", "urgent", "&filter=urgent")) ==
        "query.filter-twice");
  const std::string longest = "urgent or contains(subject, \"" + std::string(1'969, 'x') + "\")";
  REQUIRE(longest.size() == permissions::kMostFilterBytes);
  CHECK(found(client, "boss", list_of("ticket", longest)) == "");
  CHECK(found(client, "boss", list_of("ticket", longest + " ")) == "query.filter-too-long");
}

TEST_CASE("what a caller may not see does not exist in its filters") {
  Client client;
  fill(client);
  // A guest sees tickets and no customers; a clerk sees both.
  const std::string path = list_of("ticket", "customer.city = \"Rome\"");
  CHECK(found(client, "clerk", path) == "1");
  const std::string hidden = found(client, "guest", path);
  CHECK(hidden.starts_with("feel.unknown-name"));
  // A member that never was is refused in the same words, but for the name.
  std::string invented(
      client.api("guest", Method::Get, list_of("ticket", "customer.cxty = \"Rome\"")).content());
  const std::string refused(client.api("guest", Method::Get, path).content());
  for (std::size_t at = invented.find("cxty"); at != std::string::npos;
       at = invented.find("cxty")) {
    invented.replace(at, 4, "city");
  }
  CHECK(invented == refused);
  CHECK(found(client, "guest", list_of("memo", "text = \"a\"")) ==
        "urn:formwork:problem:record.forbidden");
  // One caller's compiled filter is not another's.
  CHECK(found(client, "clerk", path) == "1");
  CHECK(found(client, "guest", path) == hidden);
}

TEST_CASE("a filter that would cost too much is refused, and says what to do") {
  Client client;
  fill(client);
  const std::string endless =
      "count(for a in 1..1000 return for b in 1..1000 return a + b + amount) > 1";
  CHECK(found(client, "boss", list_of("ticket", endless)) ==
        "urn:formwork:problem:query.filter-too-much");
  CHECK(found(client, "boss", list_of("ticket", "subject = \"none\" and " + endless)) == "");
}

TEST_CASE("a list page takes a condition, keeps it in its links and says what is wrong with it") {
  Client client;
  fill(client);
  const std::string condition = "amount > 6 and region = \"north\"";
  const http::Response page =
      client.get("boss", "/ticket?filter=" + pages::encode_query(condition));
  CHECK(page.status == 200);
  CHECK(holds(page, ">one<"));
  CHECK_FALSE(holds(page, ">two<"));
  CHECK(holds(page, "name=\"filter\""));
  CHECK(holds(page, "value=\"amount &gt; 6 and region = &quot;north&quot;\""));
  CHECK(holds(page, "/ticket?filter=" + pages::encode_query(condition) + "&amp;sort="));
  const http::Response wrong = client.get("boss", "/ticket?filter=amout%3E6");
  CHECK(wrong.status == 422);
  CHECK(holds(wrong, "did you mean `amount`?"));
  CHECK(holds(wrong, "value=\"amout&gt;6\""));
  const http::Response script =
      client.get("boss", "/ticket?filter=" + pages::encode_query("\"<script>alert(1)</script>\""));
  CHECK_FALSE(holds(script, "<script>alert"));
  // A blank one is what a form sends that was left empty.
  CHECK(client.get("boss", "/ticket?filter=").status == 200);
}

}  // namespace
}  // namespace formwork::routes

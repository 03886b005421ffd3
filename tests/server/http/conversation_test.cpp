// Conversations that go well: keep-alive, pipelining, bodies of both kinds, Expect, HEAD, HTTP/1.0.
#include <string>

#include <doctest/doctest.h>

#include "tests/server/http/wire.h"

namespace formwork::http {
namespace {

using testing::echo;
using testing::get;
using testing::post;
using testing::talk;

const std::string kChunked =
    "POST /c HTTP/1.1\r\nHost: example.org\r\nTransfer-Encoding: chunked\r\n\r\n"
    "5;note=x\r\nhello\r\n7\r\n, world\r\n0\r\nTrailer: ignored\r\n\r\n";

TEST_CASE("a request is read alike in whatever pieces it arrives") {
  const std::string text = get("/a%20b?x=%31&y") + post("one=1") + kChunked + get("/last");
  for (const std::size_t bytes : {std::size_t{1}, std::size_t{7}, std::size_t{64}, text.size()}) {
    CAPTURE(bytes);
    const auto result = talk({}, echo, {in_pieces(text, bytes)});
    REQUIRE(result.answers.size() == 4);
    CHECK(result.rest.empty());
    CHECK(result.answers[0].body == "GET /a b ?x=%31&y []");
    CHECK(result.answers[1].body == "POST /form ? [one=1]");
    CHECK(result.answers[2].body == "POST /c ? [hello, world]");
    CHECK(result.answers[3].body == "GET /last ? []");
    CHECK_FALSE(result.server_ended);
  }
}

TEST_CASE("pipelined requests are answered in their order") {
  std::string text;
  for (int i = 0; i < 50; ++i) text += get("/" + std::to_string(i));
  const auto result = talk({}, echo, {{text}});
  REQUIRE(result.answers.size() == 50);
  for (std::size_t i = 0; i < 50; ++i) {
    CHECK(result.answers[i].body == "GET /" + std::to_string(i) + " ? []");
  }
}

TEST_CASE("every answer says its length, its date, its request id and the application's fields") {
  Options options;
  options.default_headers = {{"X-Content-Type-Options", "nosniff"}, {"X-Frame", "default"}};
  options.new_request_id = [] { return std::string("0123456789abcdef0123456789abcdef"); };
  options.now = [] { return Instant{1'795'426'200'000'000}; };
  const auto framed = [](const Request& request, Reply reply) {
    Response response = text_response(200, "hi " + request.request_id.substr(0, 4));
    response.set("X-Frame", "own");
    reply(std::move(response));
  };
  const auto result = talk(options, framed, {{get("/") + "broken\r\n\r\n"}});
  REQUIRE(result.answers.size() == 2);
  const testing::Answer& good = result.answers[0];
  CHECK(good.status == 200);
  CHECK(good.body == "hi 0123");
  CHECK(good.field("Content-Length") == "7");
  CHECK(good.field("Date") == "Mon, 23 Nov 2026 09:30:00 GMT");
  CHECK(good.field("X-Request-Id") == "0123456789abcdef0123456789abcdef");
  CHECK(good.field("X-Content-Type-Options") == "nosniff");
  CHECK(good.field("X-Frame") == "own");
  CHECK(good.head.find("default") == std::string::npos);
  CHECK(good.head.find("Server:") == std::string::npos);
  const testing::Answer& bad = result.answers[1];
  CHECK(bad.status == 400);
  CHECK(bad.field("Content-Type") == "application/problem+json");
  CHECK(bad.field("X-Content-Type-Options") == "nosniff");
  CHECK(bad.field("X-Frame") == "default");
  CHECK(bad.field("X-Request-Id") == "0123456789abcdef0123456789abcdef");
  CHECK(bad.field("Date") == "Mon, 23 Nov 2026 09:30:00 GMT");
  CHECK(bad.field("Connection") == "close");
}

TEST_CASE("HEAD gets the fields of GET and no body") {
  const std::string head = "HEAD /x HTTP/1.1\r\nHost: example.org\r\n\r\n";
  const auto result = talk({}, echo, {{head + head}}, true);
  REQUIRE(result.answers.size() == 2);
  CHECK(result.rest.empty());
  CHECK(result.answers[0].field("Content-Length") == "12");
}

TEST_CASE("an answer of status 204 or 304 has neither length nor body") {
  for (const int status : {204, 304}) {
    const auto handler = [status](const Request&, Reply reply) {
      reply(text_response(status, "must not be sent"));
    };
    const auto result = talk({}, handler, {{get("/") + get("/")}});
    REQUIRE(result.answers.size() == 2);
    CHECK(result.answers[0].field("Content-Length").empty());
    CHECK(result.rest.empty());
  }
}

TEST_CASE("a client that expects 100 gets it before it sends its body") {
  const std::string head =
      "POST /e HTTP/1.1\r\nHost: example.org\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n";
  const auto waits = talk({}, echo, {{head, "abc"}});
  REQUIRE(waits.answers.size() == 2);
  CHECK(waits.answers[0].status == 100);
  CHECK(waits.answers[0].head == "HTTP/1.1 100 Continue\r\n\r\n");
  CHECK(waits.answers[1].body == "POST /e ? [abc]");
  const auto hurries = talk({}, echo, {{head + "abc"}});
  REQUIRE(hurries.answers.size() == 1);
  CHECK(hurries.answers[0].status == 200);
}

TEST_CASE("an expectation other than 100-continue is answered 417") {
  const auto result = talk({}, echo, {{post("abc", "Expect: a-miracle\r\n")}});
  REQUIRE(result.answers.size() == 1);
  CHECK(result.answers[0].status == 417);
  CHECK(result.server_ended);
}

TEST_CASE("a connection is kept or closed as the version and the Connection field say") {
  struct Row {
    std::string request;
    bool kept;
    std::string connection;
  };

  const std::string host = "Host: example.org\r\n";
  for (const Row& row :
       {Row{"GET / HTTP/1.1\r\n" + host + "\r\n", true, ""},
        Row{"GET / HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n", false, "close"},
        Row{"GET / HTTP/1.1\r\n" + host + "Connection: TE, Close\r\n\r\n", false, "close"},
        Row{"GET / HTTP/1.0\r\n\r\n", false, "close"},
        Row{"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true, "keep-alive"}}) {
    CAPTURE(row.request);
    const auto result = talk({}, echo, {{row.request + row.request}});
    CHECK(result.answers.size() == (row.kept ? 2 : 1));
    REQUIRE_FALSE(result.answers.empty());
    CHECK(result.answers[0].status == 200);
    CHECK(result.answers[0].field("Connection") == row.connection);
    CHECK(result.server_ended == !row.kept);
  }
}

TEST_CASE("health is answered while the queue for requests is full") {
  Options options;
  options.limits.requests_in_flight = 0;
  options.health = [] { return text_response(200, "well"); };
  const auto result = talk(options, echo, {{get("/healthz") + get("/other")}});
  REQUIRE(result.answers.size() == 2);
  CHECK(result.answers[0].body == "well");
  CHECK(result.answers[1].status == 503);
}

TEST_CASE("pages are compressed for clients that accept it, and only when it helps") {
  const std::string long_text(4000, 'x');

  struct Row {
    std::string fields;
    std::string type;
    std::size_t bytes;
    bool compressed;
  };

  for (const Row& row :
       {Row{"Accept-Encoding: br, gzip\r\n", "text/html; charset=utf-8", 4000, true},
        Row{"Accept-Encoding: gzip;q=0\r\n", "text/html", 4000, false},
        Row{"", "text/html", 4000, false},
        Row{"Accept-Encoding: gzip\r\n", "image/png", 4000, false},
        Row{"Accept-Encoding: gzip\r\n", "text/html", 1025, true},
        Row{"Accept-Encoding: gzip\r\n", "text/html", 1024, false}}) {
    CAPTURE(row.fields);
    CAPTURE(row.type);
    const auto page = [&](const Request&, Reply reply) {
      Response response = html_response(200, long_text.substr(0, row.bytes));
      response.set("Content-Type", row.type);
      reply(std::move(response));
    };
    const auto result = talk({}, page, {{get("/", row.fields)}});
    REQUIRE(result.answers.size() == 1);
    const testing::Answer& answer = result.answers[0];
    CHECK(answer.field("Content-Encoding") == (row.compressed ? "gzip" : ""));
    CHECK((answer.body.size() < 200) == row.compressed);
    if (row.compressed) CHECK(answer.field("Vary") == "Accept-Encoding");
    Options off;
    off.compress = false;
    CHECK(talk(off, page, {{get("/", row.fields)}}).answers[0].body.size() == row.bytes);
  }
}

}  // namespace
}  // namespace formwork::http

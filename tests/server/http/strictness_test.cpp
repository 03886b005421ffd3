// Requests that two servers could read in two ways: each is answered 400, and the connection
// closed, so that nothing behind it is taken for a request.
#include <string>

#include <doctest/doctest.h>

#include "tests/server/http/wire.h"

namespace formwork::http {
namespace {

using testing::echo;
using testing::get;
using testing::talk;

const std::string kHost = "Host: example.org\r\n";

struct Row {
  std::string why;
  std::string request;
};

const std::vector<Row>& ambiguous_requests() {
  static const std::vector<Row> rows{
      {"no Host", "GET / HTTP/1.1\r\n\r\n"},
      {"two Hosts", "GET / HTTP/1.1\r\n" + kHost + kHost + "\r\n"},
      {"an empty Host", "GET / HTTP/1.1\r\nHost: \r\n\r\n"},
      {"a Host list", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"},
      {"a Host with user", "GET / HTTP/1.1\r\nHost: me@example.org\r\n\r\n"},
      {"a Host with path", "GET / HTTP/1.1\r\nHost: example.org/x\r\n\r\n"},
      {"a Host with a bad port", "GET / HTTP/1.1\r\nHost: example.org:99999\r\n\r\n"},
      {"two Hosts in HTTP/1.0", "GET / HTTP/1.0\r\n" + kHost + kHost + "\r\n"},
      {"both framings", "POST / HTTP/1.1\r\n" + kHost +
                            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {"both framings, the other way", "POST / HTTP/1.1\r\n" + kHost +
                                           "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n"
                                           "0\r\n\r\n"},
      {"two lengths",
       "POST / HTTP/1.1\r\n" + kHost + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"},
      {"two equal lengths",
       "POST / HTTP/1.1\r\n" + kHost + "Content-Length: 1\r\nContent-Length: 1\r\n\r\na"},
      {"a list of lengths", "POST / HTTP/1.1\r\n" + kHost + "Content-Length: 1, 1\r\n\r\na"},
      {"a signed length", "POST / HTTP/1.1\r\n" + kHost + "Content-Length: +1\r\n\r\na"},
      {"a negative length", "POST / HTTP/1.1\r\n" + kHost + "Content-Length: -1\r\n\r\n"},
      {"a hexadecimal length", "POST / HTTP/1.1\r\n" + kHost + "Content-Length: 0x1\r\n\r\na"},
      {"an empty length", "POST / HTTP/1.1\r\n" + kHost + "Content-Length:\r\n\r\n"},
      {"a length beyond 64 bits",
       "POST / HTTP/1.1\r\n" + kHost + "Content-Length: 18446744073709551617\r\n\r\na"},
      {"chunked, identity",
       "POST / HTTP/1.1\r\n" + kHost + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"},
      {"identity", "POST / HTTP/1.1\r\n" + kHost + "Transfer-Encoding: identity\r\n\r\n"},
      {"gzip, chunked",
       "POST / HTTP/1.1\r\n" + kHost + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"},
      {"chunked twice", "POST / HTTP/1.1\r\n" + kHost +
                            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"
                            "0\r\n\r\n"},
      {"chunked, chunked",
       "POST / HTTP/1.1\r\n" + kHost + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"},
      {"quoted chunked",
       "POST / HTTP/1.1\r\n" + kHost + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n"},
      {"an empty coding", "POST / HTTP/1.1\r\n" + kHost + "Transfer-Encoding:\r\n\r\n"},
      {"chunked in HTTP/1.0",
       "POST / HTTP/1.0\r\n" + kHost + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {"a folded line", "GET / HTTP/1.1\r\n" + kHost + "X: a\r\n b\r\n\r\n"},
      {"a folded line with tab", "GET / HTTP/1.1\r\n" + kHost + "X: a\r\n\tb\r\n\r\n"},
      {"a field before the first name", "GET / HTTP/1.1\r\n " + kHost + "\r\n"},
      {"bare LF after the request line", "GET / HTTP/1.1\n" + kHost + "\r\n"},
      {"bare LF after a field", "GET / HTTP/1.1\r\nHost: example.org\nX: a\r\n\r\n"},
      {"bare LF at the end", "GET / HTTP/1.1\r\n" + kHost + "\n"},
      {"bare CR in a value", "GET / HTTP/1.1\r\n" + kHost + "X: a\rTransfer-Encoding: b\r\n\r\n"},
      {"CR CR LF", "GET / HTTP/1.1\r\n" + kHost + "X: a\r\r\n\r\n"},
      {"NUL in a value", "GET / HTTP/1.1\r\n" + kHost + std::string("X: a\0b", 6) + "\r\n\r\n"},
      {"a blank before the colon", "GET / HTTP/1.1\r\nHost : example.org\r\n\r\n"},
      {"a tab before the colon",
       "POST / HTTP/1.1\r\n" + kHost + "Transfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n"},
      {"a field without name", "GET / HTTP/1.1\r\n" + kHost + ": x\r\n\r\n"},
      {"a field without colon", "GET / HTTP/1.1\r\n" + kHost + "X\r\n\r\n"},
      {"a name that is no token", "GET / HTTP/1.1\r\n" + kHost + "X(y): a\r\n\r\n"},
      {"a name with umlaut", "GET / HTTP/1.1\r\n" + kHost + "X\xC3\xA4: a\r\n\r\n"},
      {"an empty line first", "\r\nGET / HTTP/1.1\r\n" + kHost + "\r\n"},
      {"two blanks in the request line", "GET  / HTTP/1.1\r\n" + kHost + "\r\n"},
      {"a blank at the request line's end", "GET / HTTP/1.1 \r\n" + kHost + "\r\n"},
      {"a tab in the request line", "GET\t/ HTTP/1.1\r\n" + kHost + "\r\n"},
      {"no version", "GET /\r\n" + kHost + "\r\n"},
      {"an unknown version", "GET / HTTP/1.2\r\n" + kHost + "\r\n"},
      {"lower-case version", "GET / http/1.1\r\n" + kHost + "\r\n"},
      {"the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
      {"the greeting of TLS",
       "\x16\x03\x01\x02"
       "abcdefgh"},
      {"an asterisk", "OPTIONS * HTTP/1.1\r\n" + kHost + "\r\n"},
      {"a target without slash", "GET x HTTP/1.1\r\n" + kHost + "\r\n"},
      {"another host in the target", "GET http://other.org/ HTTP/1.1\r\n" + kHost + "\r\n"},
      {"a user in the target", "GET http://u@example.org/ HTTP/1.1\r\n" + kHost + "\r\n"},
      {"another scheme", "GET ftp://example.org/ HTTP/1.1\r\n" + kHost + "\r\n"},
      {"a fragment", "GET /a#b HTTP/1.1\r\n" + kHost + "\r\n"},
      {"raw bytes above ASCII", "GET /\xC3\xA4 HTTP/1.1\r\n" + kHost + "\r\n"},
      {"an escaped NUL", "GET /a%00 HTTP/1.1\r\n" + kHost + "\r\n"},
      {"an escaped line end", "GET /a%0d%0ab HTTP/1.1\r\n" + kHost + "\r\n"},
      {"an escaped C1 control", "GET /a%C2%85 HTTP/1.1\r\n" + kHost + "\r\n"},
      {"an escaped slash", "GET /a%2Fb HTTP/1.1\r\n" + kHost + "\r\n"},
      {"an escaped backslash", "GET /a%5cb HTTP/1.1\r\n" + kHost + "\r\n"},
      {"a backslash", "GET /a\\b HTTP/1.1\r\n" + kHost + "\r\n"},
      {"half an escape", "GET /a%2 HTTP/1.1\r\n" + kHost + "\r\n"},
      {"an escape that is none", "GET /a%zz HTTP/1.1\r\n" + kHost + "\r\n"},
      {"an overlong slash", "GET /a%C0%AFb HTTP/1.1\r\n" + kHost + "\r\n"},
      {"a lone surrogate", "GET /%ED%A0%80 HTTP/1.1\r\n" + kHost + "\r\n"},
      {"a dot segment", "GET /a/../b HTTP/1.1\r\n" + kHost + "\r\n"},
      {"an escaped dot segment", "GET /a/%2e%2E/b HTTP/1.1\r\n" + kHost + "\r\n"},
      {"a dot segment at the end", "GET /a/. HTTP/1.1\r\n" + kHost + "\r\n"},
  };
  return rows;
}

TEST_CASE("an ambiguous request gets 400, and nothing behind it is read as a request") {
  for (const Row& row : ambiguous_requests()) {
    CAPTURE(row.why);
    for (const std::size_t bytes : {std::size_t{1}, std::size_t{7}, std::size_t{4096}}) {
      CAPTURE(bytes);
      int calls = 0;
      const auto counting = [&calls](Request request, Reply reply) {
        ++calls;
        echo(std::move(request), std::move(reply));
      };
      const auto result = talk({}, counting, {in_pieces(row.request + get("/smuggled"), bytes)});
      CHECK(result.answers.size() == 1);
      CHECK(result.rest.empty());
      CHECK(calls == 0);
      CHECK(result.server_ended);
      if (result.answers.empty()) continue;
      CHECK(result.answers[0].status == 400);
      CHECK(result.answers[0].field("Connection") == "close");
    }
  }
}

TEST_CASE("a broken chunked body gets 400, and nothing behind it is read as a request") {
  const std::string head = "POST / HTTP/1.1\r\n" + kHost + "Transfer-Encoding: chunked\r\n\r\n";
  for (const std::string& body :
       {std::string("x\r\nabc\r\n0\r\n\r\n"), std::string("3\nabc\r\n0\r\n\r\n"),
        std::string("3\r\nabcd\r\n0\r\n\r\n"), std::string("-3\r\nabc\r\n0\r\n\r\n"),
        std::string("0x3\r\nabc\r\n0\r\n\r\n"),
        std::string("10000000000000000\r\nabc\r\n0\r\n\r\n"), std::string("3 \r\nabc\r\n0\r\n\r\n"),
        std::string("3\r\nabc\n\n0\r\n\r\n"), std::string("0\r\nX y: z\r\n\r\n")}) {
    CAPTURE(body);
    for (const std::size_t bytes : {std::size_t{1}, std::size_t{7}, std::size_t{4096}}) {
      const auto result = talk({}, echo, {in_pieces(head + body + get("/smuggled"), bytes)});
      REQUIRE(result.answers.size() == 1);
      CHECK(result.answers[0].status == 400);
      CHECK(result.server_ended);
    }
  }
}

TEST_CASE("TRACE and CONNECT get 405 with Allow, an unknown method 501") {
  const auto trace = talk({}, echo, {{"TRACE / HTTP/1.1\r\n" + kHost + "\r\n"}});
  REQUIRE(trace.answers.size() == 1);
  CHECK(trace.answers[0].status == 405);
  CHECK(trace.answers[0].field("Allow") == "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  const auto connect = talk({}, echo, {{"CONNECT example.org:80 HTTP/1.1\r\n" + kHost + "\r\n"}});
  REQUIRE(connect.answers.size() == 1);
  CHECK(connect.answers[0].status == 405);
  const auto brew = talk({}, echo, {{"BREW / HTTP/1.1\r\n" + kHost + "\r\n"}});
  REQUIRE(brew.answers.size() == 1);
  CHECK(brew.answers[0].status == 501);
}

TEST_CASE("a target that names the Host itself is taken for its path") {
  const auto result =
      talk({}, echo, {{"GET http://EXAMPLE.org/a?b HTTP/1.1\r\n" + kHost + "\r\n"}});
  REQUIRE(result.answers.size() == 1);
  CHECK(result.answers[0].body == "GET /a ?b []");
}

TEST_CASE("hosts are names, IPv4 addresses and bracketed IPv6 addresses, with or without port") {
  for (const std::string host :
       {"a", "a.example.org:8080", "127.0.0.1:80", "[::1]", "[fe80::1]:443"}) {
    CAPTURE(host);
    const auto result = talk({}, echo, {{"GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n"}});
    REQUIRE(result.answers.size() == 1);
    CHECK(result.answers[0].status == 200);
  }
}

TEST_CASE("a path is decoded once, not twice") {
  const auto result = talk({}, echo, {{get("/%252F/%E6%8A%A5%E4%BB%B7+x")}});
  REQUIRE(result.answers.size() == 1);
  CHECK(result.answers[0].body == "GET /%2F/报价+x ? []");
}

}  // namespace
}  // namespace formwork::http

// Each limit one below and one above, and the answers that say so.
#include <string>

#include <doctest/doctest.h>

#include "server/http/admission.h"
#include "tests/server/http/wire.h"

namespace formwork::http {
namespace {

using testing::echo;
using testing::get;
using testing::post;
using testing::talk;

int status_of(const Options& options, const std::string& request) {
  const auto result = talk(options, echo, {in_pieces(request, 1000)});
  return result.answers.empty() ? 0 : result.answers[0].status;
}

TEST_CASE("the request target is bounded") {
  Options options;
  const std::string longest = "/" + std::string(options.limits.target_bytes - 1, 'a');
  CHECK(status_of(options, get(longest)) == 200);
  CHECK(status_of(options, get(longest + "a")) == 414);
  CHECK(status_of(options, "GET " + longest + std::string(100, 'a')) == 414);
}

TEST_CASE("the header section is bounded in bytes") {
  Options options;
  const std::size_t rest = get("/", "X: \r\n").size();
  const std::string filler(options.limits.header_bytes - rest, 'a');
  CHECK(status_of(options, get("/", "X: " + filler + "\r\n")) == 200);
  CHECK(status_of(options, get("/", "X: " + filler + "a\r\n")) == 431);
}

TEST_CASE("the header section is bounded in fields, also when they are short") {
  Options options;
  std::string fields;
  for (std::size_t i = 1; i < options.limits.header_count; ++i) fields += "a:\r\n";
  CHECK(status_of(options, get("/", fields)) == 200);
  CHECK(status_of(options, get("/", fields + "a:\r\n")) == 431);
}

TEST_CASE("a body is bounded by its route, whether its length is declared or not") {
  Options options;
  options.limits.drained_bytes = 50;
  options.body_limit = [](Method, std::string_view path) -> std::size_t {
    return path == "/form" ? 100 : 200;
  };
  const auto chunked = [](std::string_view path, std::size_t bytes) {
    return "POST " + std::string(path) +
           " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n50\r\n" +
           std::string(80, 'b') + "\r\n" + (bytes - 80 < 10 ? "0" : "") +
           (bytes - 80 == 20 ? "14" : "15") + "\r\n" + std::string(bytes - 80, 'b') +
           "\r\n0\r\n\r\n";
  };
  CHECK(status_of(options, post(std::string(100, 'b'))) == 200);
  CHECK(status_of(options, post(std::string(101, 'b'))) == 413);
  CHECK(status_of(options, chunked("/form", 100)) == 200);
  CHECK(status_of(options, chunked("/form", 101)) == 413);
  CHECK(status_of(options, chunked("/import", 101)) == 200);
}

TEST_CASE(
    "a refused body is thrown away when it is short, and closes the connection when it is long") {
  Options options;
  options.limits.body_bytes = 10;
  options.limits.drained_bytes = 50;
  const auto kept = talk(options, echo, {in_pieces(post(std::string(50, 'b')) + get("/next"), 7)});
  REQUIRE(kept.answers.size() == 2);
  CHECK(kept.answers[0].status == 413);
  CHECK(kept.answers[0].field("Connection").empty());
  CHECK(kept.answers[1].body == "GET /next ? []");
  const auto closed =
      talk(options, echo, {in_pieces(post(std::string(51, 'b')) + get("/next"), 7)});
  REQUIRE(closed.answers.size() == 1);
  CHECK(closed.answers[0].status == 413);
  CHECK(closed.answers[0].field("Connection") == "close");
  CHECK(closed.server_ended);
}

TEST_CASE("a refused body that the client holds back closes the connection without 100") {
  Options options;
  options.limits.body_bytes = 2;
  const std::string head =
      "POST /e HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n";
  const auto result = talk(options, echo, {{head, get("/smuggled")}});
  REQUIRE(result.answers.size() == 1);
  CHECK(result.answers[0].status == 413);
  CHECK(result.answers[0].field("Connection") == "close");
}

TEST_CASE("the bodies of all connections together are bounded") {
  Options options;
  options.limits.buffered_body_bytes = 100;
  CHECK(status_of(options, post(std::string(100, 'b'))) == 200);
  const auto refused = talk(options, echo, {{post(std::string(101, 'b'))}});
  REQUIRE(refused.answers.size() == 1);
  CHECK(refused.answers[0].status == 503);
  CHECK(refused.answers[0].field("Retry-After") == "1");
  std::string many;
  for (int i = 0; i < 5; ++i) many += post(std::string(100, 'b'));
  CHECK(talk(options, echo, {{many}}).answers[4].status == 200);
}

TEST_CASE("requests in flight are bounded, and one too many is told when to come again") {
  Options options;
  options.limits.requests_in_flight = 1;
  CHECK(status_of(options, get("/")) == 200);
  options.limits.requests_in_flight = 0;
  const auto result = talk(options, echo, {{get("/") + get("/")}});
  REQUIRE(result.answers.size() == 2);
  CHECK(result.answers[1].status == 503);
  CHECK(result.answers[1].field("Retry-After") == "1");
  CHECK(result.answers[1].field("Content-Type") == "application/problem+json");
}

TEST_CASE("what surrounds the bytes of a chunked body is bounded") {
  Options options;
  const auto with_extension = [](std::size_t bytes) {
    return "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;x=" +
           std::string(bytes, 'e') + "\r\nb\r\n0\r\n\r\n";
  };
  const std::size_t bound = options.limits.chunk_overhead_bytes;
  CHECK(status_of(options, with_extension(bound - 100)) == 200);
  CHECK(status_of(options, with_extension(40'000)) == 400);
}

TEST_CASE(
    "a client that falls silent is told so inside a request, and left without a word between two") {
  struct Row {
    std::string sent;
    int status;
  };

  for (const Row& row : {Row{"", 0}, Row{get("/"), 200}, Row{"GET / HT", 408},
                         Row{"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab", 408}}) {
    CAPTURE(row.sent);
    Conversation conversation;
    conversation.pieces = {row.sent};
    conversation.hangs_up = false;
    const auto result = talk({}, echo, conversation);
    CHECK((result.answers.empty() ? 0 : result.answers[0].status) == row.status);
    CHECK(result.answers.size() <= 1);
    CHECK(result.server_ended);
  }
}

TEST_CASE("connections are bounded in all, per address and for this machine") {
  Limits limits;
  limits.connections = 4;
  limits.connections_per_address = 1;
  limits.connections_from_loopback = 2;
  Admission admission(limits);
  CHECK(admission.enter("127.0.0.1"));
  CHECK(admission.enter("127.0.0.1"));
  CHECK_FALSE(admission.enter("127.0.0.1"));
  CHECK(admission.enter("2001:db8:0:1::1"));
  CHECK_FALSE(admission.enter("2001:db8:0:1:ffff::2"));
  CHECK(admission.enter("2001:db8:0:2::1"));
  CHECK_FALSE(admission.enter("192.0.2.1"));
  admission.leave("127.0.0.1");
  CHECK(admission.enter("192.0.2.1"));
  CHECK(admission.connections() == 4);
}

TEST_CASE("a budget gives all of an amount or nothing, and takes it back") {
  Budget budget(10);
  Share share(budget);
  CHECK(share.grow_to(10));
  CHECK_FALSE(share.grow_to(11));
  CHECK(budget.used() == 10);
  share.release();
  CHECK(budget.used() == 0);
  CHECK_FALSE(budget.take(11));
  CHECK(budget.take(10));
}

}  // namespace
}  // namespace formwork::http

// Requests damaged at random: whatever arrives, what is written is a row of well-formed answers.
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "server/http/multipart.h"
#include "server/http/query.h"
#include "tests/server/http/wire.h"

namespace formwork::http {
namespace {

using testing::echo;
using testing::get;
using testing::post;
using Random = std::mt19937_64;

constexpr std::uint64_t kSeed = 20261123;
constexpr int kRounds = 4000;

std::size_t below(Random& random, std::size_t bound) {
  return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random);
}

const std::vector<std::string>& seeds() {
  static const std::vector<std::string> texts{
      get("/a?b=c", "Accept-Encoding: gzip\r\nCookie: a=b\r\n") + get("/%E6%8A%A5"),
      post("a=1&b=2", "Content-Type: application/x-www-form-urlencoded\r\n") + get("/"),
      "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n"
      "a\r\n0123456789\r\n0\r\nT: x\r\n\r\n" +
          get("/"),
      "POST /e HTTP/1.1\r\nHost: [::1]:80\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\nabc",
      "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET http://a/b HTTP/1.1\r\nHost: a\r\n\r\n",
  };
  return texts;
}

const std::vector<std::string>& words() {
  static const std::vector<std::string> texts{"\r\n",
                                              "\n",
                                              "\r",
                                              "\r\n\r\n",
                                              ":",
                                              " ",
                                              "\t",
                                              "0\r\n\r\n",
                                              "chunked",
                                              ",",
                                              "HTTP/1.1",
                                              "%00",
                                              "%2f",
                                              "Host: b\r\n",
                                              "Content-Length: 0\r\n",
                                              "Transfer-Encoding: chunked\r\n",
                                              "ffffffffffffffff\r\n",
                                              std::string(1, '\0'),
                                              "\xff"};
  return texts;
}

std::string damaged(std::string text, Random& random) {
  for (std::size_t n = 1 + below(random, 4); n > 0 && !text.empty(); --n) {
    const std::size_t at = below(random, text.size());
    const std::size_t bytes = 1 + below(random, 12);
    switch (below(random, 5)) {
      case 0:
        text[at] = static_cast<char>(below(random, 256));
        break;
      case 1:
        text.erase(at, bytes);
        break;
      case 2:
        text.insert(at, words()[below(random, words().size())]);
        break;
      case 3:
        text.insert(at, text.substr(below(random, text.size()), bytes));
        break;
      default:
        text.resize(at);
        break;
    }
  }
  return text;
}

TEST_CASE("damaged requests are answered well-formed or not at all") {
  Random random(kSeed);
  Options options;
  options.limits.body_bytes = 64;
  options.limits.drained_bytes = 128;
  for (int round = 0; round < kRounds; ++round) {
    const std::string text = damaged(seeds()[below(random, seeds().size())], random);
    Conversation conversation;
    conversation.pieces = in_pieces(text, 1 + below(random, 40));
    conversation.hangs_up = below(random, 2) == 0;
    const auto result = testing::talk(options, echo, conversation);
    INFO("seed ", kSeed, ", round ", round, ": ", text);
    CHECK(result.rest.empty());
    for (const testing::Answer& answer : result.answers) {
      CHECK(!reason_phrase(answer.status).empty() == (answer.status != 100));
      if (answer.status != 100) CHECK(answer.field("X-Request-Id").size() == 32);
    }
  }
}

TEST_CASE("damaged requests are read alike in whatever pieces they arrive") {
  Random random(kSeed + 1);
  Options options;
  options.now = [] { return Instant{0}; };
  options.new_request_id = [] { return std::string(32, '0'); };
  for (int round = 0; round < kRounds / 4; ++round) {
    const std::string text = damaged(seeds()[below(random, 3)], random);
    const std::string once = converse(options, echo, {{text}}).output;
    const std::string bytewise = converse(options, echo, {in_pieces(text, 1)}).output;
    INFO("seed ", kSeed + 1, ", round ", round, ": ", text);
    CHECK(once == bytewise);
  }
}

TEST_CASE("damaged forms are read or refused") {
  Random random(kSeed + 2);
  const std::string head = "Content-Disposition: form-data; name=\"a\"; filename=\"b\"";
  const std::string form = "--XX\r\n" + head + "\r\nContent-Type: a/b\r\n\r\n1\r\n--XX--\r\n";
  int read = 0;
  for (int round = 0; round < kRounds; ++round) {
    const std::string body = damaged(form, random);
    const auto parts = parse_multipart("multipart/form-data; boundary=XX", body);
    if (parts) ++read;
    for (std::size_t i = 0; parts && i < parts->size(); ++i) {
      CHECK((*parts)[i].content.data() >= body.data());
      CHECK((*parts)[i].content.data() + (*parts)[i].content.size() <= body.data() + body.size());
    }
    (void)parse_query(damaged("a=1&b=%E6%8A%A5+x&c", random)).has_value();
  }
  CHECK(read > 0);
  CHECK(read < kRounds);
}

}  // namespace
}  // namespace formwork::http

#include "tests/bench/measure/answer.h"

#include <stdexcept>
#include <string>

#include <doctest/doctest.h>

namespace formwork::bench {
namespace {

TEST_CASE("an answer's head tells status, sizes and fields, whatever their case") {
  const std::string head =
      "HTTP/1.1 503 Service Unavailable\r\ncontent-LENGTH: 5\r\nRetry-After: 1\r\n"
      "Connection: Close\r\nlocation: /api/v1/records/lead/7\r\n\r\n";
  const std::string bytes = head + "busy\n";
  const auto answer = read_answer(bytes);
  REQUIRE(answer);
  CHECK(answer->status == 503);
  CHECK(answer->head_bytes == head.size());
  CHECK(answer->body_bytes == 5);
  CHECK(answer->retry_after);
  CHECK(answer->closes);
  CHECK(answer->location == "/api/v1/records/lead/7");
}

TEST_CASE("a head cut at any byte is not yet an answer") {
  const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  for (std::size_t size = 0; size < head.size(); ++size) {
    CAPTURE(size);
    CHECK_FALSE(read_answer(head.substr(0, size)));
  }
  CHECK(read_answer(head));
}

TEST_CASE("an answer whose end cannot be known is refused rather than guessed") {
  CHECK_THROWS_AS(read_answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
                  std::runtime_error);
  CHECK_THROWS_AS(read_answer("HTTP/1.1 200 OK\r\nContent-Length: 5x\r\n\r\n"), std::runtime_error);
  CHECK_THROWS_AS(read_answer("SSH-2.0-OpenSSH_9.2\r\n\r\n"), std::runtime_error);
  CHECK(read_answer("HTTP/1.1 204 No Content\r\n\r\n"));
}

TEST_CASE("a header field is found by its name alone") {
  const std::string head = "HTTP/1.1 200 OK\r\nX-Set-Cookie: no\r\nset-cookie: id=1; HttpOnly\r\n";
  CHECK(find_header(head, "Set-Cookie") == "id=1; HttpOnly");
  CHECK(find_header(head, "ETag").empty());
}

}  // namespace
}  // namespace formwork::bench

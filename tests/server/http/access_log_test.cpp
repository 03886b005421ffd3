// What the access log says, and how it is carried out.
#include "server/http/access_log.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>

#include <doctest/doctest.h>

#include "tests/server/http/wire.h"

namespace formwork::http {
namespace {

using namespace std::chrono_literals;

AccessEntry entry_with_path(std::string_view path) {
  AccessEntry entry;
  entry.time = Instant{1'795'426'200'000'000};
  entry.request_id = "0123";
  entry.remote = "192.0.2.1";
  entry.method = "GET";
  entry.path = path;
  entry.status = 200;
  entry.body_bytes = 17;
  entry.duration_us = 42;
  return entry;
}

TEST_CASE("an access line is one JSON object whatever the path holds") {
  AccessEntry entry = entry_with_path("/a\"b\\报\n");
  CHECK(access_line(entry) ==
        R"({"time":"2026-11-23T09:30:00Z","request_id":"0123","remote":"192.0.2.1","method":"GET",)"
        R"("path":"/a\"b\\报\n","status":200,"bytes":17,"duration_us":42})"
        "\n");
  entry.user = "li.lei";
  CHECK(access_line(entry).find(R"(,"user":"li.lei"})") != std::string::npos);
}

TEST_CASE("lines reach the sink within the interval, and all of them at the end") {
  std::string written;
  std::promise<void> first;
  std::atomic<bool> told{false};
  {
    AccessLog log(
        [&](std::string_view lines) {
          written += lines;
          if (!told.exchange(true)) first.set_value();
        },
        {.interval = 10ms});
    log.write(entry_with_path("/first"));
    REQUIRE(first.get_future().wait_for(10s) == std::future_status::ready);
    for (int i = 0; i < 1000; ++i) log.write(entry_with_path("/more"));
  }
  CHECK(std::count(written.begin(), written.end(), '\n') == 1001);
}

TEST_CASE("a sink that is stuck costs lines, not memory, and the log says how many") {
  std::promise<void> release;
  auto released = release.get_future().share();
  std::string written;
  std::promise<void> stuck;
  std::atomic<bool> told{false};
  {
    AccessLog log(
        [&](std::string_view lines) {
          if (!told.exchange(true)) stuck.set_value();
          released.wait();
          written += lines;
        },
        {.interval = 1ms, .bound_bytes = 1000});
    log.write(entry_with_path("/"));
    stuck.get_future().wait();
    for (int i = 0; i < 100; ++i) log.write(entry_with_path("/"));
    release.set_value();
  }
  const auto lines = std::count(written.begin(), written.end(), '\n');
  CHECK(lines < 12);
  const std::string told_lines = "{\"dropped_lines\":" + std::to_string(101 - (lines - 1)) + "}\n";
  CHECK(written.find(told_lines) != std::string::npos);
}

TEST_CASE("a sink that throws does not end the process") {
  AccessLog log([](std::string_view) { throw std::runtime_error("disk full"); }, {.interval = 1ms});
  log.write(entry_with_path("/"));
}

TEST_CASE("each answer is logged once, without its query, with the user that the handler names") {
  std::string written;
  Options options;
  options.now = [] { return Instant{1'795'426'200'000'000}; };
  options.new_request_id = [] { return std::string("id"); };
  options.access_log = std::make_shared<AccessLog>([&](std::string_view l) { written += l; });
  const auto handler = [](const Request&, Reply reply) {
    Response response = text_response(201, "made");
    response.log_user = "li.lei";
    reply(std::move(response));
  };
  converse(options, handler, {{testing::get("/leads?name=secret") + "nonsense\r\n"}});
  options.access_log.reset();
  CHECK(written.find("secret") == std::string::npos);
  CHECK(written.starts_with(
      R"({"time":"2026-11-23T09:30:00Z","request_id":"id","remote":"192.0.2.1",)"
      R"("method":"GET","path":"/leads","status":201,"bytes":4,)"));
  CHECK(written.find(R"("user":"li.lei"})") != std::string::npos);
  CHECK(written.find(R"("method":"-","path":"","status":400)") != std::string::npos);
  CHECK(std::count(written.begin(), written.end(), '\n') == 2);
}

}  // namespace
}  // namespace formwork::http

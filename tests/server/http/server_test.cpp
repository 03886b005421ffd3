// The server on a real socket: threads, deadlines, limits on connections, and the end.
#include "server/http/server.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>

#include "tests/server/http/socket_client.h"
#include "tests/server/http/wire.h"

namespace formwork::http {
namespace {

using namespace std::chrono_literals;
using testing::echo;
using testing::get;
using testing::SocketClient;
using Clock = std::chrono::steady_clock;

const std::string kClosing = "Connection: close\r\n";

// Keeps replies until the test wants them answered.
class Parking {
 public:
  void operator()(const Request&, Reply reply) {
    const std::lock_guard lock(mutex_);
    replies_.push_back(std::move(reply));
    parked_.notify_all();
  }

  Reply take() {
    std::unique_lock lock(mutex_);
    parked_.wait(lock, [this] { return !replies_.empty(); });
    Reply reply = std::move(replies_.back());
    replies_.pop_back();
    return reply;
  }

 private:
  std::mutex mutex_;
  std::condition_variable parked_;
  std::vector<Reply> replies_;
};

Handler parked_in(const std::shared_ptr<Parking>& parking) {
  return [parking](const Request& request, Reply reply) { (*parking)(request, std::move(reply)); };
}

bool wait_for(const std::function<bool()>& condition) {
  const auto until = Clock::now() + 10s;
  while (!condition() && Clock::now() < until) std::this_thread::sleep_for(1ms);
  return condition();
}

TEST_CASE("many connections on two threads each get their own answers") {
  Options options;
  options.threads = 2;
  Server server(options, echo);
  REQUIRE(server.start());
  REQUIRE(server.port() != 0);
  std::vector<std::thread> threads;
  std::atomic<int> good{0};
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        SocketClient client(server.port());
        const std::string name = "/" + std::to_string(t) + "-" + std::to_string(i);
        client.send(get(name) + get(name + "-2", kClosing));
        const std::string all = client.read_to_end();
        if (all.find(name + " ?") != std::string::npos &&
            all.find(name + "-2 ?") != std::string::npos) {
          ++good;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(good == 200);
  CHECK(wait_for([&] { return server.connections() == 0; }));
}

TEST_CASE("a handler may answer later, from another thread, in the order of the requests") {
  Options options;
  options.threads = 2;
  std::vector<std::thread> workers;
  std::mutex mutex;
  Server server(options, [&](Request request, Reply reply) {
    auto shared = std::make_shared<Reply>(std::move(reply));
    const std::lock_guard lock(mutex);
    workers.emplace_back([shared, path = request.path] { (*shared)(text_response(200, path)); });
  });
  REQUIRE(server.start());
  SocketClient client(server.port());
  std::string requests;
  for (int i = 100; i < 300; ++i) requests += get("/" + std::to_string(i));
  client.send(requests + get("/last", kClosing));
  std::string rest;
  const auto answers = testing::split_answers(client.read_to_end(), rest);
  REQUIRE(answers.size() == 201);
  for (std::size_t i = 0; i < 200; ++i) CHECK(answers[i].body == "/" + std::to_string(100 + i));
  server.stop();
  for (std::thread& worker : workers) worker.join();
}

TEST_CASE("a reply that is dropped, and a handler that throws, are answered 500 and reported") {
  std::mutex mutex;
  std::vector<std::string> incidents;
  Options options;
  options.on_incident = [&](std::string_view, std::string_view what) {
    const std::lock_guard lock(mutex);
    incidents.emplace_back(what);
  };
  Server server(options, [](const Request& request, Reply reply) {
    if (request.path == "/throw") throw std::runtime_error("the roof is on fire");
    if (request.path == "/odd") throw 42;
    if (request.path == "/header") {
      Response response = text_response(200, "x");
      response.set("X", "a\r\nSet-Cookie: b");
      reply(std::move(response));
    }
  });
  REQUIRE(server.start());
  SocketClient client(server.port());
  client.send(get("/throw") + get("/odd") + get("/drop") + get("/header", kClosing));
  std::string rest;
  const std::string all = client.read_to_end();
  const auto answers = testing::split_answers(all, rest);
  REQUIRE(answers.size() == 4);
  for (const auto& answer : answers) CHECK(answer.status == 500);
  CHECK(all.find("fire") == std::string::npos);
  CHECK(all.find("Set-Cookie") == std::string::npos);
  const std::lock_guard lock(mutex);
  REQUIRE(incidents.size() == 4);
  CHECK(incidents[0] == "the roof is on fire");
}

TEST_CASE("a reply that outlives its server goes nowhere") {
  const auto parking = std::make_shared<Parking>();
  Options options;
  options.limits.stop = 20ms;
  auto server = std::make_unique<Server>(options, parked_in(parking));
  REQUIRE(server->start());
  SocketClient client(server->port());
  client.send(get("/"));
  Reply reply = parking->take();
  const auto begun = Clock::now();
  server.reset();
  CHECK(Clock::now() - begun < 5s);
  CHECK(client.read_to_end().empty());
  reply(text_response(200, "too late"));
}

TEST_CASE("stop closes idle connections at once and lets a request in flight finish") {
  const auto parking = std::make_shared<Parking>();
  Options options;
  options.threads = 2;
  auto server = std::make_unique<Server>(options, parked_in(parking));
  REQUIRE(server->start());
  const std::uint16_t port = server->port();
  SocketClient idle(port);
  SocketClient busy(port);
  busy.send(get("/") + get("/never"));
  Reply reply = parking->take();
  REQUIRE(wait_for([&] { return server->connections() == 2; }));
  std::thread stopping([&] { server->stop(); });
  CHECK(idle.read_to_end().empty());
  CHECK(wait_for([&] { return server->connections() == 1; }));
  reply(text_response(200, "finished"));
  const std::string all = busy.read_to_end();
  CHECK(all.starts_with("HTTP/1.1 200"));
  CHECK(all.find("Connection: close") != std::string::npos);
  CHECK(all.ends_with("finished"));
  stopping.join();
  CHECK(server->connections() == 0);
  CHECK_THROWS(SocketClient(port));
}

TEST_CASE("slow clients meet the deadline of what they are slow at") {
  Options options;
  options.limits.idle = 60ms;
  options.limits.header = 120ms;
  options.limits.body = 120ms;
  Server server(options, echo);
  REQUIRE(server.start());

  struct Row {
    std::string sent;
    std::string answer;
  };

  for (const Row& row :
       {Row{"", ""}, Row{"GET / HT", "HTTP/1.1 408"},
        Row{"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab", "HTTP/1.1 408"}}) {
    CAPTURE(row.sent);
    const auto begun = Clock::now();
    SocketClient client(server.port());
    client.send(row.sent);
    CHECK(client.read_to_end().substr(0, 12) == row.answer);
    const auto taken = Clock::now() - begun;
    CHECK(taken >= (row.sent.empty() ? 60ms : 120ms));
    CHECK(taken < 5s);
  }
}

TEST_CASE("one byte now and then does not prolong the deadline of a header section") {
  Options options;
  options.limits.header = 150ms;
  Server server(options, echo);
  REQUIRE(server.start());
  SocketClient client(server.port());
  const auto begun = Clock::now();
  std::thread dripping([&] {
    for (const char c : get("/", "X-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n")) {
      client.send({&c, 1});
      std::this_thread::sleep_for(10ms);
    }
  });
  CHECK(client.read_to_end().starts_with("HTTP/1.1 408"));
  CHECK(Clock::now() - begun < 700ms);
  dripping.join();
}

TEST_CASE("a client that does not read its answer is cut off") {
  Options options;
  options.limits.write = 80ms;
  Server server(options, [](const Request&, Reply reply) {
    reply(text_response(200, std::string(32 * kMebibyte, 'x')));
  });
  REQUIRE(server.start());
  SocketClient client(server.port());
  client.send(get("/"));
  CHECK(wait_for([&] { return server.connections() == 1; }));
  CHECK(wait_for([&] { return server.connections() == 0; }));
  CHECK(client.read_to_end().size() < 32 * kMebibyte);
}

TEST_CASE("a connection beyond the limit gets 503 with Retry-After and the application's fields") {
  Options options;
  options.limits.connections = 2;
  options.default_headers = {{"X-Content-Type-Options", "nosniff"}};
  Server server(options, echo);
  REQUIRE(server.start());
  auto first = std::make_unique<SocketClient>(server.port());
  const SocketClient second(server.port());
  REQUIRE(wait_for([&] { return server.connections() == 2; }));
  SocketClient third(server.port());
  std::string rest;
  const auto answers = testing::split_answers(third.read_to_end(), rest);
  REQUIRE(answers.size() == 1);
  CHECK(answers[0].status == 503);
  CHECK(answers[0].field("Retry-After") == "1");
  CHECK(answers[0].field("X-Content-Type-Options") == "nosniff");
  first.reset();
  REQUIRE(wait_for([&] { return server.connections() == 1; }));
  SocketClient fourth(server.port());
  fourth.send(get("/", kClosing));
  CHECK(fourth.read_to_end().starts_with("HTTP/1.1 200"));
}

TEST_CASE("a server out of file descriptors serves again once there are some") {
  Server server({}, echo);
  REQUIRE(server.start());
  SocketClient before(server.port());
  before.send(get("/"));
  REQUIRE(before.read_until("[]").ends_with("[]"));
  rlimit old{};
  REQUIRE(getrlimit(RLIMIT_NOFILE, &old) == 0);
  SocketClient waiting(server.port());
  REQUIRE(wait_for([&] { return server.connections() == 2; }));
  // The lowest free descriptor becomes the bound: the peer's own socket is made first, then none is
  // left.
  const int probe = ::socket(AF_INET, SOCK_STREAM, 0);
  rlimit tight = old;
  tight.rlim_cur = static_cast<rlim_t>(probe) + 1;
  ::close(probe);
  REQUIRE(setrlimit(RLIMIT_NOFILE, &tight) == 0);
  SocketClient starved(server.port());
  starved.send(get("/starved", kClosing));
  std::this_thread::sleep_for(120ms);
  CHECK(server.connections() == 2);
  REQUIRE(setrlimit(RLIMIT_NOFILE, &old) == 0);
  CHECK(starved.read_to_end().starts_with("HTTP/1.1 200"));
}

TEST_CASE("an address that cannot be had is said so") {
  Server first({}, echo);
  REQUIRE(first.start());
  Options options;
  options.port = first.port();
  Server second(options, echo);
  const auto started = second.start();
  REQUIRE_FALSE(started);
  CHECK(started.error() == "cannot listen on 127.0.0.1 port " + std::to_string(first.port()) +
                               ": Address already in use");
  Options nowhere;
  nowhere.address = "nowhere";
  CHECK(Server(nowhere, echo).start().error() == "`nowhere` is no IP address");
}

}  // namespace
}  // namespace formwork::http

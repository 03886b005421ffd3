#include "tests/bench/measure/load.h"

#include <array>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/bench/measure/lead.h"

namespace formwork::bench {
namespace {

// A server of one connection that gives the same answer to every request, or none at all.
class OneAnswer {
 public:
  explicit OneAnswer(std::string answer) : answer_(std::move(answer)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(::listen(listener_, 8) == 0);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }

  ~OneAnswer() {
    thread_.join();
    ::close(listener_);
  }

  OneAnswer(const OneAnswer&) = delete;
  OneAnswer& operator=(const OneAnswer&) = delete;

  LoadPlan plan() const {
    LoadPlan plan;
    plan.port = port_;
    plan.connections = 1;
    plan.warm_up = std::chrono::milliseconds(0);
    plan.duration = std::chrono::milliseconds(200);
    plan.write_request = [](std::string& out) { out += request_text("GET", "/"); };
    return plan;
  }

 private:
  // Each read is one request: the generator sends the next only after the answer.
  void serve() {
    const int connection = ::accept(listener_, nullptr, nullptr);
    std::array<char, 4'096> buffer{};
    while (::recv(connection, buffer.data(), buffer.size(), 0) > 0) {
      if (!answer_.empty()) ::send(connection, answer_.data(), answer_.size(), MSG_NOSIGNAL);
    }
    ::close(connection);
  }

  std::string answer_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

TEST_CASE("a run of so many requests counts exactly those, and hands out their locations") {
  const OneAnswer server("HTTP/1.1 201 Created\r\nLocation: /a/1\r\nContent-Length: 3\r\n\r\nabc");
  LoadPlan plan = server.plan();
  std::vector<std::string> locations;
  plan.requests = 25;
  plan.on_location = [&](std::string_view location) { locations.emplace_back(location); };
  const LoadResult result = run_load(plan);
  CHECK(result.statuses == std::map<int, std::uint64_t>{{201, 25}});
  CHECK(result.granted.count() == 25);
  CHECK(locations == std::vector<std::string>(25, "/a/1"));
}

TEST_CASE("in a conversation each request follows from the body of the answer before it") {
  const OneAnswer server("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc");
  LoadPlan plan = server.plan();
  std::vector<std::string> bodies;
  plan.requests = 3;
  plan.write_request = nullptr;
  plan.converse = [&](std::size_t connection, std::string_view body, std::string& out) {
    CHECK(connection == 0);
    bodies.emplace_back(body);
    out += request_text("GET", "/");
  };
  CHECK(run_load(plan).granted.count() == 3);
  CHECK(bodies == std::vector<std::string>{"", "abc", "abc"});
}

TEST_CASE("refusals are counted apart, with those that say when to come back") {
  const OneAnswer server("HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n");
  const LoadResult result = run_load(server.plan());
  CHECK(result.granted.count() == 0);
  CHECK(result.refused.count() > 0);
  CHECK(result.with_retry_after == result.refused.count());
}

TEST_CASE("an open loop goes on offering when the server does not answer") {
  const OneAnswer server("");
  LoadPlan plan = server.plan();
  plan.rate = 1'000;
  plan.last_answers = std::chrono::milliseconds(50);
  const LoadResult result = run_load(plan);
  CHECK(result.offered >= 190);
  CHECK(result.unsent >= result.offered - 1);
  CHECK(result.granted.count() == 0);
}

TEST_CASE("every lead is another person, and 600 bytes on average") {
  std::set<std::string> bodies;
  std::size_t bytes = 0;
  for (std::uint64_t number = 0; number < 1'000; ++number) {
    const std::string body = lead_body(number * 117);
    const std::size_t email = body.find("\"email\"");
    bodies.insert(body.substr(email, body.find(',', email) - email));
    bytes += body.size();
  }
  CHECK(bodies.size() == 1'000);
  CHECK(static_cast<double>(bytes) / 1'000 == doctest::Approx(600).epsilon(0.03));
}

}  // namespace
}  // namespace formwork::bench

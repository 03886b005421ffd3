// kill -9 while webhooks are made and sent: what was committed arrives at least once, under one id,
// and nothing else does.
#include <csignal>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <thread>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/delivery/curl_transport.h"
#include "engine/delivery/deliverer.h"
#include "tests/engine/delivery/outbox_app.h"
#include "tests/engine/store/sqlite_fixture.h"
#include "tests/support/killed.h"
#include "tests/support/receiver.h"
#include "tests/support/rounds.h"

namespace formwork::delivery {
namespace {

using engine::MessageState;
using store::ScratchFolder;
using testing::http_answer;
using testing::OutboxApp;
using testing::Received;
using testing::Receiver;

constexpr std::size_t kEnough = 100;              // arrivals, or the kills show nothing
constexpr std::int64_t kRoundSize = 1'000'000;    // numbers that one round may use
constexpr std::int64_t kUndone = kRoundSize / 2;  // from here on in a round: those not committed
constexpr std::array<std::string_view, 4> kWebhooks{"east", "west", "north", "south"};

// Notes the id and the body of each webhook in a file, in a process of its own: a fork of this one
// must not find threads.
class ReceiverProcess {
 public:
  explicit ReceiverProcess(const std::string& path) : path_(path) {
    int ends[2] = {};
    REQUIRE(::pipe(ends) == 0);
    child_ = ::fork();
    REQUIRE(child_ >= 0);
    if (child_ == 0) serve(ends[1]);
    ::close(ends[1]);
    REQUIRE(::read(ends[0], &port_, sizeof port_) == sizeof port_);
    ::close(ends[0]);
  }

  ~ReceiverProcess() {
    ::kill(child_, SIGKILL);
    int status = 0;
    ::waitpid(child_, &status, 0);
  }

  ReceiverProcess(const ReceiverProcess&) = delete;
  ReceiverProcess& operator=(const ReceiverProcess&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }

  // Of what has arrived so far, the ids by the number that the body is.
  std::map<std::int64_t, std::vector<std::string>> arrived() const {
    std::map<std::int64_t, std::vector<std::string>> ids;
    std::ifstream file(path_);
    std::string id;
    for (std::int64_t number = 0; file >> id >> number;) ids[number].push_back(id);
    return ids;
  }

 private:
  [[noreturn]] void serve(int pipe) {
    std::ofstream file(path_, std::ios::app);
    std::mutex mutex;
    Receiver receiver([&](const Received& got) {
      const std::lock_guard lock(mutex);
      file << got.headers.at("webhook-id") << ' ' << got.body << std::endl;
      return http_answer(204);
    });
    const std::uint16_t port = receiver.port();
    if (::write(pipe, &port, sizeof port) != sizeof port) ::_exit(3);
    ::close(pipe);
    while (true) ::pause();
  }

  std::string path_;
  pid_t child_ = -1;
  std::uint16_t port_ = 0;
};

std::string app_that_sends_to(const ReceiverProcess& receiver) {
  std::vector<std::pair<std::string, std::string>> webhooks;
  for (const std::string_view name : kWebhooks) webhooks.emplace_back(name, receiver.url());
  return testing::sends_to(webhooks);
}

CurlTransport::Options options() {
  return {.policy = AddressPolicy({parse_range("127.0.0.0/8").value()}),
          .mail = {},
          .agent = "Formwork/test",
          .authorities = {}};
}

std::string made(std::int64_t number) { return "made " + std::to_string(number); }

// A change together with its webhook, in one piece of work that is kept or not.
bool change(OutboxApp& app, std::int64_t number, bool keep) {
  std::array<std::byte, 8> chance{};
  engine::system_random().fill(chance);
  std::string key = "msg_";
  for (const std::byte byte : chance) key += std::to_string(std::to_integer<int>(byte)) + ".";
  engine::OutboxMessage message{.key = key};
  message.destination = kWebhooks[static_cast<std::size_t>(number) % kWebhooks.size()];
  message.body = std::to_string(number);
  message.created_at = message.due_at = app.clock.now();
  const auto commit = app.engine.store().submit_and_wait([&](store::Transaction& transaction) {
    transaction.insert_message(message);
    transaction.put_setting(made(number), "");
    return keep;
  });
  return commit == (keep ? store::Commit::Committed : store::Commit::RolledBack);
}

// Changes and sends, and tells the number of each change that was acknowledged, until killed.
[[noreturn]] void work_until_killed(const std::string& yaml, const std::string& path, int pipe,
                                    std::int64_t first) {
  OutboxApp app(yaml, path);
  CurlTransport transport(options());
  Deliverer deliverer(app.engine, transport, engine::system_random(),
                      {.from = std::nullopt, .report = {}});
  app.engine.store().on_messages([&] { transport.wake(); });
  const std::jthread sender([&](const std::stop_token& stop) { deliverer.run(stop); });
  for (std::int64_t number = first;; ++number) {
    if (!change(app, number, true)) ::_exit(3);
    if (::write(pipe, &number, sizeof number) != sizeof number) ::_exit(3);
    if (!change(app, number + kUndone, false)) ::_exit(3);
    ::usleep(1'000);
  }
}

// Sends what is left, also what came to grief when its sender was killed.
void send_the_rest(OutboxApp& app) {
  app.clock.advance(parse_days_duration("P1D").value());
  CurlTransport transport(options());
  Deliverer deliverer(app.engine, transport, app.random, {.from = std::nullopt, .report = {}});
  const auto waits = [&] {
    return !app.engine.messages({}, {.state = MessageState::Waiting, .limit = 1})->lines.empty();
  };
  for (int i = 0; i < 100'000 && waits(); ++i) deliverer.go_on(100'000);
  REQUIRE_FALSE(waits());
}

TEST_CASE("after kills each committed webhook has arrived under one id, and none that was undone") {
  const ScratchFolder folder;
  const ReceiverProcess receiver(folder.file("arrived"));
  const std::string path = folder.file("a.db");
  const std::string yaml = app_that_sends_to(receiver);
  std::mt19937 random(5);
  std::vector<std::int64_t> acknowledged;
  const int kRounds = testing::rounds(20, 200);
  const auto has_enough = [&] { return receiver.arrived().size() > kEnough; };
  for (int round = 0; round < kRounds || (!has_enough() && round < 10 * kRounds); ++round) {
    CAPTURE(round);
    const auto after = static_cast<unsigned>(50'000 + random() % 150'000);
    const std::vector<std::int64_t> numbers = testing::numbers_until_killed(
        after, [&](int pipe) { work_until_killed(yaml, path, pipe, round * kRoundSize + 1); });
    acknowledged.insert(acknowledged.end(), numbers.begin(), numbers.end());
  }
  MESSAGE("before the last start: acknowledged ", acknowledged.size(), ", arrived ",
          receiver.arrived().size());
  OutboxApp app(yaml, path);
  send_the_rest(app);

  const auto arrived = receiver.arrived();
  std::int64_t lost = 0;
  for (const std::int64_t number : acknowledged) lost += arrived.count(number) == 0 ? 1 : 0;
  CHECK(lost == 0);
  std::set<std::string> ids;
  std::int64_t repeats = 0;
  const auto view = app.engine.store().read();
  for (const auto& [number, all] : arrived) {
    CAPTURE(number);
    repeats += static_cast<std::int64_t>(all.size()) - 1;
    // Also one whose acknowledgement was killed is there, if its webhook went out.
    REQUIRE(view->find_setting(made(number)));
    REQUIRE(std::set<std::string>(all.begin(), all.end()).size() == 1);
    ids.insert(all.front());
  }
  CHECK(ids.size() == arrived.size());
  MESSAGE("arrived ", arrived.size(), ", repeated ", repeats);
  CHECK(has_enough());
}

}  // namespace
}  // namespace formwork::delivery

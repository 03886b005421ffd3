// kill -9 while webhooks are made and sent: what was committed arrives at least once, under one id,
// and nothing else does.
#include <algorithm>
#include <csignal>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <thread>
#include <tuple>

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

constexpr std::size_t kEnough = 100;            // arrivals, or the kills show nothing
constexpr std::int64_t kRoundSize = 1'000'000;  // numbers that one round may use

// Each note tells two webhooks. What the second automation sends is undone with it, because its
// next action is refused.
constexpr std::string_view kTells = R"(
---
automation: tell
of: note
on: created
do:
  - webhook: { to: east, event: note.made, data: { n: text } }
  - webhook: { to: west, event: note.made, data: { n: text } }
---
automation: tell_in_vain
of: note
on: created
do:
  - webhook: { to: east, event: note.never, data: { n: text } }
  - set: { text: 'if contains(text, "x") then text else null' }
)";

// By event, path and number.
using Told = std::tuple<std::string, std::string, std::int64_t>;

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

  std::string url(std::string_view path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
  }

  // The ids under which each has arrived so far, in their order.
  std::map<Told, std::vector<std::string>> arrived() const {
    std::map<Told, std::vector<std::string>> ids;
    std::ifstream file(path_);
    std::string id;
    std::string path;
    for (std::string body; file >> id >> path && std::getline(file, body);) {
      const json::Value told = json::parse(body).value();
      ids[{told.find("type")->text, path, std::stoll(told.find("data")->find("n")->text)}]
          .push_back(id);
    }
    return ids;
  }

 private:
  [[noreturn]] void serve(int pipe) {
    std::ofstream file(path_, std::ios::app);
    std::mutex mutex;
    Receiver receiver([&](const Received& got) {
      const std::lock_guard lock(mutex);
      file << got.headers.at("webhook-id") << ' ' << got.target << ' ' << got.body << std::endl;
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
  return testing::sends_to({{"east", receiver.url("/east")}, {"west", receiver.url("/west")}}) +
         std::string(kTells);
}

CurlTransport::Options options() {
  return {.policy = AddressPolicy({parse_range("127.0.0.0/8").value()}),
          .mail = {},
          .agent = "Formwork/test",
          .authorities = {}};
}

// A webhook in a piece of work that is not kept.
bool send_and_undo(OutboxApp& app, std::int64_t number) {
  engine::OutboxMessage message{.key = "msg_undone", .destination = "west"};
  message.body = R"({"type":"note.undone","data":{"n":")" + std::to_string(number) + "\"}}";
  message.created_at = message.due_at = app.clock.now();
  return app.engine.store().submit_and_wait([&](store::Transaction& transaction) {
    transaction.insert_message(message);
    return false;
  }) == store::Commit::RolledBack;
}

// Makes notes and sends, and tells the number of each note that was acknowledged, until killed.
[[noreturn]] void work_until_killed(const std::shared_ptr<const model::Model>& model,
                                    const std::string& path, int pipe, std::int64_t first) {
  OutboxApp app(model, path);
  app.random = testing::SeededRandom(static_cast<unsigned>(first));  // or ids come again
  const engine::Actor boss = app.actor("boss");
  CurlTransport transport(options());
  Deliverer deliverer(app.engine, transport, engine::system_random(),
                      {.from = std::nullopt, .report = {}});
  app.engine.store().on_messages([&] { transport.wake(); });
  const std::jthread sender([&](const std::stop_token& stop) { deliverer.run(stop); });
  for (std::int64_t number = first;; ++number) {
    if (!app.create(boss, "note", R"({"text":")" + std::to_string(number) + "\"}")) ::_exit(3);
    if (::write(pipe, &number, sizeof number) != sizeof number) ::_exit(3);
    if (!send_and_undo(app, number)) ::_exit(3);
    ::usleep(1'000);
  }
}

// The numbers of all notes that there are.
std::set<std::int64_t> numbers_of_notes(OutboxApp& app) {
  std::set<std::int64_t> numbers;
  const model::Entity& note = app.entity("note");
  permissions::Reader reader = app.engine.reader(app.actor("boss"));
  for (engine::RecordId id = 1;; ++id) {
    const auto record = reader.record(note, id);
    if (!record) return numbers;
    numbers.insert(std::stoll(record->values[0].string()));
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
  const auto model = testing::compile_app(app_that_sends_to(receiver));
  std::mt19937 random(5);
  std::set<std::int64_t> acknowledged;
  const int kRounds = testing::rounds(20, 200);
  const auto has_enough = [&] { return receiver.arrived().size() > kEnough; };
  for (int round = 0; round < kRounds || (!has_enough() && round < 10 * kRounds); ++round) {
    const auto after = static_cast<unsigned>(50'000 + random() % 150'000);
    const std::vector<std::int64_t> numbers = testing::numbers_until_killed(
        after, [&](int pipe) { work_until_killed(model, path, pipe, round * kRoundSize + 1); });
    acknowledged.insert(numbers.begin(), numbers.end());
  }
  MESSAGE("acknowledged ", acknowledged.size(), ", arrived until the last kill ",
          receiver.arrived().size());
  OutboxApp app(model, path);
  send_the_rest(app);

  const auto arrived = receiver.arrived();
  const std::set<std::int64_t> notes = numbers_of_notes(app);
  CHECK(std::includes(notes.begin(), notes.end(), acknowledged.begin(), acknowledged.end()));
  std::set<std::string> ids;
  std::int64_t repeats = 0;
  for (const auto& [told, all] : arrived) {
    const auto& [event, webhook, number] = told;
    CAPTURE(number);
    REQUIRE(event == "note.made");
    REQUIRE(notes.count(number) == 1);
    REQUIRE(std::set<std::string>(all.begin(), all.end()).size() == 1);
    ids.insert(all.front());
    repeats += std::ssize(all) - 1;
  }
  CHECK(arrived.size() == 2 * notes.size());
  CHECK(ids.size() == arrived.size());
  MESSAGE("arrived ", arrived.size(), ", repeated ", repeats);
  CHECK(has_enough());
}

}  // namespace
}  // namespace formwork::delivery

// From the outbox to receivers and back, over sockets.
#include <atomic>
#include <chrono>
#include <thread>

#include <doctest/doctest.h>

#include "engine/delivery/curl_transport.h"
#include "engine/delivery/deliverer.h"
#include "tests/engine/delivery/outbox_app.h"
#include "tests/support/receiver.h"

namespace formwork::delivery {
namespace {

using testing::http_answer;
using testing::OutboxApp;
using testing::Received;
using testing::Receiver;
using testing::Words;

CurlTransport::Options options() {
  return {.policy = AddressPolicy({parse_range("127.0.0.0/8").value()}),
          .mail = {},
          .agent = "Formwork/test",
          .authorities = {}};
}

// An app with its webhooks, and what sends for it.
struct Office {
  explicit Office(const std::vector<std::pair<std::string, std::string>>& webhooks)
      : app(testing::sends_to(webhooks)),
        transport(options()),
        deliverer(app.engine, transport, app.random, {.from = std::nullopt, .report = {}}) {}

  // Until so many messages are delivered, or ten seconds have passed.
  bool deliver(std::size_t count) {
    for (int i = 0; i < 200; ++i) {
      const auto done =
          app.engine.messages({}, {.state = engine::MessageState::Delivered, .limit = 1'000});
      if (done->lines.size() >= count) return true;
      deliverer.go_on(50'000);
    }
    return false;
  }

  OutboxApp app;
  CurlTransport transport;
  Deliverer deliverer;
};

Words ids_of(const std::vector<Received>& all) {
  Words ids;
  for (const Received& one : all) ids.push_back(one.headers.at("webhook-id"));
  return ids;
}

TEST_CASE("messages arrive in order, signed, and each once when all goes well") {
  Receiver receiver;
  Office office({{"near", receiver.url()}});
  Words expected;
  for (int i = 1; i <= 20; ++i) {
    office.app.queue("near");
    expected.push_back("msg_" + std::to_string(i));
  }
  CHECK(office.deliver(20));
  CHECK(ids_of(receiver.received()) == expected);
  const auto secret = office.app.engine.store().read()->find_secret("erp");
  for (const Received& got : receiver.received()) {
    const engine::WebhookHead head{.id = got.headers.at("webhook-id"),
                                   .timestamp = got.headers.at("webhook-timestamp"),
                                   .signature = got.headers.at("webhook-signature")};
    CHECK(engine::verify_webhook(*secret, head, got.body, office.app.clock.now()) ==
          engine::Signature::Good);
  }
}

TEST_CASE("a slow and a broken receiver hold nobody else, and get theirs in order later") {
  std::promise<void> over;
  const std::shared_future<void> wait(over.get_future());
  std::atomic<bool> mended = false;
  Receiver slow([wait](const Received&) {
    wait.wait();
    return http_answer(200);
  });
  Receiver broken([&](const Received&) { return http_answer(mended ? 200 : 500, "broken"); });
  Receiver good;
  Office office({{"slow", slow.url()}, {"broken", broken.url()}, {"good", good.url()}});
  for (int i = 0; i < 5; ++i) {
    for (const std::string_view to : {"slow", "broken", "good"}) office.app.queue(to);
  }
  CHECK(office.deliver(5));
  CHECK(ids_of(good.received()) == Words{"msg_3", "msg_6", "msg_9", "msg_12", "msg_15"});
  for (int tries = 0; tries < 1'000 && slow.received().empty(); ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  CHECK(slow.received().size() == 1);
  CHECK(ids_of(broken.received()) == Words{"msg_2"});
  over.set_value();
  CHECK(office.deliver(10));
  mended = true;
  office.app.clock.advance(parse_days_duration("PT7S").value());
  CHECK(office.deliver(15));
  CHECK(ids_of(slow.received()) == Words{"msg_1", "msg_4", "msg_7", "msg_10", "msg_13"});
  CHECK(ids_of(broken.received()) == Words{"msg_2", "msg_2", "msg_5", "msg_8", "msg_11", "msg_14"});
}

TEST_CASE("whoever asks for time gets it, and 410 ends it until somebody enables it again") {
  std::atomic<int> status = 429;
  Receiver receiver(
      [&](const Received&) { return http_answer(status, "", "Retry-After: 60\r\n"); });
  Office office({{"near", receiver.url()}});
  office.app.queue("near");
  while (office.app.message(1).attempts == 0) office.deliverer.go_on(50'000);
  CHECK(office.app.message(1).due_at >=
        Instant{testing::kMonday.microseconds + 60 * kMicrosPerSecond});
  status = 410;
  office.app.clock.advance(parse_days_duration("PT2M").value());
  while (office.app.message(1).attempts == 1) office.deliverer.go_on(50'000);
  CHECK(office.app.destination("near").disabled);
  status = 204;
  office.deliverer.go_on(50'000);
  CHECK(receiver.received().size() == 2);
  CHECK(office.app.enable("near", true) == "");
  // It is due when the answer of 410 had come, which took some of the real time.
  office.app.clock.advance(parse_days_duration("PT1M").value());
  CHECK(office.deliver(1));
}

TEST_CASE("a commit wakes the thread that sends, and a stop ends it") {
  Receiver receiver;
  OutboxApp app(testing::sends_to({{"near", receiver.url()}}));
  CurlTransport transport(options());
  testing::SeededRandom random(3);
  Deliverer deliverer(app.engine, transport, random, {.from = std::nullopt, .report = {}});
  app.engine.store().on_messages([&] { transport.wake(); });
  std::jthread thread([&](const std::stop_token& stop) { deliverer.run(stop); });
  for (int i = 0; i < 30; ++i) {
    app.queue("near");
    for (int tries = 0; tries < 1'000 && app.message(i + 1).attempts == 0; ++tries) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    REQUIRE(app.message(i + 1).state == engine::MessageState::Delivered);
  }
  app.engine.store().on_messages({});
  thread.request_stop();
  thread.join();
  CHECK(receiver.received().size() == 30);
}

}  // namespace
}  // namespace formwork::delivery

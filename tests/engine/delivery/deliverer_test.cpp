// What is sent when, and what is noted of it, with a transport that only remembers.
#include "engine/delivery/deliverer.h"

#include <memory>
#include <new>
#include <utility>

#include <doctest/doctest.h>

#include "engine/command/standard_webhooks.h"
#include "tests/engine/delivery/outbox_app.h"

namespace formwork::delivery {
namespace {

using engine::MessageId;
using engine::MessageState;
using testing::OutboxApp;
using testing::Words;

class RememberingTransport final : public Transport {
 public:
  void start(Parcel parcel) override {
    if (std::exchange(is_out_of_memory, false)) throw std::bad_alloc();
    started.push_back(std::move(parcel));
  }

  std::vector<Answer> wait(std::int64_t) override { return std::exchange(answers, {}); }

  void wake() override {}

  void answer(MessageId message, std::int64_t status) {
    const bool good = status >= 200 && status < 300;
    answers.push_back({.message = message,
                       .status = status,
                       .problem = good ? "" : "answered " + std::to_string(status),
                       .retry_after = {}});
  }

  // Of the messages that were started since it was last asked.
  std::vector<MessageId> take_started() {
    std::vector<MessageId> ids;
    for (const Parcel& parcel : std::exchange(started, {})) ids.push_back(parcel.message);
    return ids;
  }

  std::vector<Parcel> started;
  std::vector<Answer> answers;
  bool is_out_of_memory = false;  // once
};

class Desk : public OutboxApp {
 public:
  explicit Desk(std::optional<Mailbox> from = Mailbox{.name = {}, .address = "crm@example.com"})
      : deliverer(engine, transport, random,
                  {.from = std::move(from),
                   .report = [this](const std::string& what) { reported.push_back(what); }}) {}

  using Ids = std::vector<MessageId>;

  // What is started when the deliverer goes round once.
  Ids go_on() {
    deliverer.go_on(0);
    return transport.take_started();
  }

  Ids answer(MessageId message, std::int64_t status) {
    transport.answer(message, status);
    deliverer.go_on(0);
    return go_on();
  }

  void pass(std::string_view duration) { clock.advance(parse_days_duration(duration).value()); }

  RememberingTransport transport;
  Words reported;
  Deliverer deliverer;
};

using Ids = Desk::Ids;

TEST_CASE("to one webhook messages go one by one in their order, to several at the same time") {
  Desk desk;
  for (const std::string_view to : {"erp", "erp", "ads", "erp", "ads"}) desk.queue(to);
  CHECK(desk.go_on() == Ids{3, 1});  // by the webhooks' names
  CHECK(desk.go_on().empty());
  CHECK(desk.answer(3, 200) == Ids{5});
  CHECK(desk.answer(1, 204) == Ids{2});
  CHECK(desk.answer(2, 200) == Ids{4});
  CHECK(desk.message(1).state == MessageState::Delivered);
  CHECK(desk.message(1).attempts == 1);
  CHECK(desk.message(1).ended_at == testing::kMonday);
  CHECK(desk.message(4).state == MessageState::Waiting);
}

TEST_CASE("one that fails holds those behind it until its turn comes again, and nobody else") {
  Desk desk;
  for (const std::string_view to : {"erp", "erp", "ads", "ads"}) desk.queue(to);
  CHECK(desk.go_on() == Ids{3, 1});  // by the webhooks' names
  CHECK(desk.answer(1, 500).empty());
  CHECK(desk.answer(3, 200) == Ids{4});
  CHECK(desk.message(1).problem == "answered 500");
  CHECK(desk.message(1).due_at > desk.clock.now());
  desk.pass("PT7S");
  CHECK(desk.go_on() == Ids{1});
  CHECK(desk.answer(1, 200) == Ids{2});
  CHECK(desk.message(1).problem.empty());
  REQUIRE(desk.attempts(1).size() == 2);
  CHECK(desk.attempts(1)[0].status == 500);
  CHECK(desk.attempts(1)[1].status == 200);
}

TEST_CASE("the id and the body stay the same over all attempts, the time and signature do not") {
  Desk desk;
  desk.queue("erp");
  std::vector<HttpPost> sent;
  for (int i = 0; i < 2; ++i) {
    desk.pass("PT7S");
    desk.deliverer.go_on(0);
    REQUIRE(desk.transport.started.size() == 1);
    sent.push_back(std::get<HttpPost>(desk.transport.started.front().what));
    desk.transport.started.clear();
    desk.answer(1, 500);
  }
  CHECK(sent[0].url == "https://erp.example.com/hooks");
  CHECK(sent[0].body == sent[1].body);
  REQUIRE(sent[0].headers.size() == 4);
  CHECK(sent[0].headers[0] == "content-type: application/json");
  CHECK(sent[0].headers[1] == "webhook-id: msg_1");
  CHECK(sent[1].headers[1] == "webhook-id: msg_1");
  CHECK(sent[0].headers[2] != sent[1].headers[2]);
  CHECK(sent[0].headers[3] != sent[1].headers[3]);
}

// How many signatures a message gets.
std::size_t count_signatures(Desk& desk) {
  desk.queue("erp");
  desk.deliverer.go_on(0);
  const Parcel parcel = std::move(desk.transport.started.back());
  desk.transport.started.clear();
  desk.answer(parcel.message, 200);
  const std::string& header = std::get<HttpPost>(parcel.what).headers[3];
  return static_cast<std::size_t>(std::count(header.begin(), header.end(), ' '));
}

TEST_CASE("while a secret is changed, messages are signed with both") {
  Desk desk;
  CHECK(count_signatures(desk) == 1);
  desk.rotate("erp", "a new secret of enough bytes", "P1D");
  CHECK(count_signatures(desk) == 2);
  desk.pass("P1D");
  CHECK(count_signatures(desk) == 1);
}

TEST_CASE("after eleven attempts a message is dead, and the next one goes") {
  Desk desk;
  desk.queue("erp");
  desk.queue("erp");
  int attempts = 0;
  Ids started = desk.go_on();
  while (started == Ids{1}) {
    ++attempts;
    started = desk.answer(1, 500);
    if (desk.message(1).state == MessageState::Dead) break;
    desk.pass("P2D");
    started = desk.go_on();
  }
  CHECK(attempts == 11);
  CHECK(started == Ids{2});
  CHECK(desk.message(1).state == MessageState::Dead);
  CHECK(desk.message(1).ended_at);
  desk.answer(2, 200);
  CHECK(desk.resend(1) == "");
  CHECK(desk.message(1).attempts == 0);
  CHECK_FALSE(desk.message(1).ended_at);
  CHECK(desk.go_on() == Ids{1});
  desk.answer(1, 200);
  CHECK(desk.message(1).state == MessageState::Delivered);
  CHECK(desk.attempts(1).size() == 12);
}

TEST_CASE("a message that is given up by hand lets the next one go, and can be sent again") {
  Desk desk;
  desk.queue("erp");
  desk.queue("erp");
  CHECK(desk.go_on() == Ids{1});
  CHECK(desk.answer(1, 500).empty());
  CHECK(desk.go_on().empty());
  CHECK(desk.give_up(1) == "");
  CHECK(desk.message(1).state == MessageState::Dead);
  CHECK(desk.message(1).problem == "given up by an administrator");
  CHECK(desk.message(1).ended_at == desk.clock.now());
  CHECK(desk.go_on() == Ids{2});
  desk.answer(2, 200);
  CHECK(desk.resend(1) == "");
  CHECK(desk.go_on() == Ids{1});
  desk.answer(1, 200);
  CHECK(desk.message(1).state == MessageState::Delivered);
  CHECK(desk.give_up(1) == "outbox.not-waiting");
}

TEST_CASE("a message that is given up while it is on its way is dead, unless it arrives") {
  Desk desk;
  desk.queue("erp");
  desk.queue("ads");
  CHECK(desk.go_on() == Ids{2, 1});  // by the webhooks' names
  CHECK(desk.give_up(1) == "");
  CHECK(desk.give_up(2) == "");
  desk.answer(1, 500);
  desk.answer(2, 200);
  CHECK(desk.message(1).state == MessageState::Dead);
  CHECK(desk.message(1).problem == "given up by an administrator");
  CHECK(desk.attempts(1).size() == 1);
  CHECK(desk.message(2).state == MessageState::Delivered);
  desk.pass("P2D");
  CHECK(desk.go_on().empty());
}

TEST_CASE("410 disables a webhook until it is enabled, and nothing is lost") {
  Desk desk;
  desk.queue("erp");
  desk.queue("erp");
  CHECK(desk.go_on() == Ids{1});
  CHECK(desk.answer(1, 410).empty());
  desk.pass("P1D");
  CHECK(desk.go_on().empty());
  const auto held = desk.destination("erp");
  CHECK(held.disabled);
  CHECK(held.why == "answered 410");
  CHECK(held.waiting == 2);
  CHECK(desk.enable("erp", true) == "");
  CHECK(desk.go_on() == Ids{1});
  CHECK(desk.answer(1, 200) == Ids{2});
}

TEST_CASE("of mail two are on their way at a time, and one that is refused holds nobody") {
  Desk desk;
  for (int i = 0; i < 4; ++i) desk.queue_mail("li.lei@example.com", "Hello");
  CHECK(desk.go_on() == Ids{1, 2});
  CHECK(desk.answer(1, 451) == Ids{3});
  CHECK(desk.answer(2, 250) == Ids{4});
}

TEST_CASE("what is no mail address is given up at once and makes room") {
  Desk desk;
  for (int i = 0; i < 5; ++i) desk.queue_mail("nobody", "Hello");
  desk.queue_mail("li.lei@example.com", "Hello");
  Ids started;
  for (int i = 0; i < 4 && started.empty(); ++i) started = desk.go_on();
  CHECK(started == Ids{6});
  CHECK(desk.message(5).state == MessageState::Dead);
  CHECK(desk.message(5).problem == "this is no mail address: nobody");
}

TEST_CASE("without a mail server mail waits, is not lost, and the log says so once") {
  Desk desk(std::nullopt);
  desk.queue_mail("li.lei@example.com", "Hello");
  desk.queue("erp");
  CHECK(desk.go_on() == Ids{2});
  CHECK(desk.go_on().empty());
  CHECK(desk.reported == Words{"mail waits: the server was started without --smtp"});
  CHECK(desk.message(1).state == MessageState::Waiting);
  CHECK(desk.message(1).attempts == 0);
}

TEST_CASE("no more than sixteen are on their way") {
  Desk desk;
  for (int i = 0; i < 20; ++i) desk.queue("many" + std::to_string(i));
  CHECK(desk.go_on().size() == 16);
  CHECK(desk.deliverer.under_way() == 16);
}

TEST_CASE(
    "without a secret, or a webhook in the app, an attempt fails in words and is made again") {
  Desk desk;
  desk.queue("unsigned");
  desk.queue("gone");
  CHECK(desk.go_on().empty());
  CHECK(desk.message(1).problem ==
        "there is no secret lost; make it with formwork secret set lost");
  CHECK(desk.message(2).problem == "the app has no such outbound webhook any more");
  CHECK(desk.message(1).state == MessageState::Waiting);
  desk.rotate("lost", "a secret of sixteen bytes", "P1D");
  desk.pass("PT7S");
  CHECK(desk.go_on() == Ids{1});
}

TEST_CASE("what is not due yet waits") {
  Desk desk;
  desk.queue("erp", "PT1H");
  CHECK(desk.go_on().empty());
  desk.pass("PT59M");
  CHECK(desk.go_on().empty());
  desk.pass("PT1M");
  CHECK(desk.go_on() == Ids{1});
}

TEST_CASE("a stop lets go, and what was not answered is sent again under the same id") {
  Desk desk;
  desk.queue("erp");
  CHECK(desk.go_on() == Ids{1});
  std::stop_source stop;
  stop.request_stop();
  desk.deliverer.run(stop.get_token());
  CHECK(desk.message(1).state == MessageState::Waiting);
  RememberingTransport transport;
  Deliverer next(desk.engine, transport, desk.random, {.from = std::nullopt, .report = {}});
  next.go_on(0);
  CHECK(transport.take_started() == Ids{1});
}

TEST_CASE(
    "what has left is forgotten after a month, mail that nobody sends is given up after a week") {
  Desk desk(std::nullopt);
  desk.queue("erp");
  desk.go_on();
  desk.answer(1, 204);
  desk.queue("mail");
  const auto sweep_after = [&](std::string_view duration) {
    desk.pass(duration);
    desk.engine.sweep();
    desk.queue("ads", "P365D");  // waits for the writer
  };
  sweep_after("P6D");
  CHECK(desk.message(2).state == MessageState::Waiting);
  sweep_after("P2D");
  CHECK(desk.message(2).state == MessageState::Dead);
  CHECK(desk.message(2).problem.find("--smtp") != std::string::npos);
  sweep_after("P21D");
  CHECK(desk.engine.store().read()->find_message(1));
  sweep_after("P2D");
  CHECK_FALSE(desk.engine.store().read()->find_message(1));
  CHECK(desk.engine.store().read()->find_message(2));
}

TEST_CASE("what could not be started for want of memory is started the next time") {
  Desk desk;
  desk.queue("erp");
  desk.transport.is_out_of_memory = true;
  CHECK_THROWS_AS(desk.go_on(), std::bad_alloc);
  CHECK(desk.go_on() == Ids{1});
}

}  // namespace
}  // namespace formwork::delivery

// When a message is tried again, and when it is given up.
#include "engine/delivery/schedule.h"

#include <doctest/doctest.h>

#include "tests/support/app.h"

namespace formwork::delivery {
namespace {

using engine::MessageState;
using testing::kMonday;
using testing::SeededRandom;

engine::OutboxMessage message_to(std::string_view destination, std::int64_t attempts = 0) {
  engine::OutboxMessage message{.id = 7, .destination = std::string(destination)};
  message.attempts = attempts;
  return message;
}

Answer answer_of(std::int64_t status, std::string problem,
                 std::optional<std::int64_t> retry_after = {}) {
  return {.message = 7,
          .status = status,
          .problem = std::move(problem),
          .retry_after = retry_after,
          .milliseconds = 250};
}

std::int64_t seconds_until(const engine::AttemptMade& made) {
  return (made.due_at.microseconds - kMonday.microseconds) / kMicrosPerSecond;
}

TEST_CASE("waits grow from seconds to a day, each a fifth more or less by chance") {
  constexpr std::int64_t kSeconds[] = {5, 30, 120, 600, 1800, 3600, 10800, 21600, 43200, 86400};
  SeededRandom random(1);
  for (std::int64_t failed = 1; failed <= 10; ++failed) {
    CAPTURE(failed);
    const std::int64_t middle = kSeconds[failed - 1] * kMicrosPerSecond;
    std::int64_t least = middle;
    std::int64_t most = middle;
    for (int i = 0; i < 300; ++i) {
      const std::int64_t wait = back_off_micros(failed, random).value();
      least = std::min(least, wait);
      most = std::max(most, wait);
    }
    CHECK(least >= middle * 8 / 10);
    CHECK(least < middle * 82 / 100);
    CHECK(most <= middle * 12 / 10);
    CHECK(most > middle * 118 / 100);
  }
  CHECK_FALSE(back_off_micros(11, random));
  CHECK_FALSE(back_off_micros(0, random));
}

TEST_CASE("what an answer means for the message") {
  struct Row {
    std::int64_t status;
    std::string_view problem;
    MessageState state;
  };

  SeededRandom random(1);
  for (const Row& row : {
           Row{200, "", MessageState::Delivered},
           Row{204, "", MessageState::Delivered},
           Row{299, "", MessageState::Delivered},
           Row{302, "answered 302", MessageState::Waiting},
           Row{400, "answered 400", MessageState::Waiting},
           Row{404, "answered 404", MessageState::Waiting},
           Row{410, "answered 410", MessageState::Waiting},
           Row{429, "answered 429", MessageState::Waiting},
           Row{500, "answered 500", MessageState::Waiting},
           Row{0, "no connection", MessageState::Waiting},
       }) {
    CAPTURE(row.status);
    const engine::AttemptMade made = verdict(
        message_to("erp"), answer_of(row.status, std::string(row.problem)), kMonday, random);
    CHECK(made.state == row.state);
    CHECK(made.attempt.message == 7);
    CHECK(made.attempt.at == kMonday);
    CHECK(made.attempt.status == row.status);
    CHECK(made.attempt.problem == row.problem);
    CHECK(made.attempt.milliseconds == 250);
    CHECK(made.disables == (row.status == 410 ? "answered 410" : ""));
  }
}

TEST_CASE("after the last wait a message is dead, and one that cannot succeed at once") {
  SeededRandom random(1);
  const Answer broken = answer_of(500, "answered 500");
  CHECK(verdict(message_to("erp", 9), broken, kMonday, random).state == MessageState::Waiting);
  CHECK(verdict(message_to("erp", 10), broken, kMonday, random).state == MessageState::Dead);
  Answer hopeless = answer_of(550, "no such mailbox");
  hopeless.is_final = true;
  CHECK(verdict(message_to("mail"), hopeless, kMonday, random).state == MessageState::Dead);
}

TEST_CASE(
    "whoever is busy says how long, but neither shortens the wait nor stretches it for ever") {
  SeededRandom random(1);
  const auto wait = [&](std::int64_t status, std::optional<std::int64_t> retry_after) {
    return seconds_until(
        verdict(message_to("erp"), answer_of(status, "busy", retry_after), kMonday, random));
  };
  CHECK(wait(429, 90) == 90);
  CHECK(wait(503, 3600) == 3600);
  CHECK(wait(503, 1) >= 4);
  CHECK(wait(503, 1) <= 6);
  CHECK(wait(503, 10'000'000) == 86'400);
  CHECK(wait(500, 3600) <= 6);  // only those two may ask
  CHECK(wait(503, {}) <= 6);
}

TEST_CASE("410 disables a webhook, whose messages wait, but never all mail") {
  SeededRandom random(1);
  const Answer gone = answer_of(410, "answered 410");
  CHECK(verdict(message_to("erp", 10), gone, kMonday, random).state == MessageState::Waiting);
  const engine::AttemptMade mail = verdict(message_to("mail"), gone, kMonday, random);
  CHECK(mail.disables.empty());
}

}  // namespace
}  // namespace formwork::delivery

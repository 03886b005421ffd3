#include "engine/delivery/schedule.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

namespace formwork::delivery {
namespace {

constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kHour = 60 * kMinute;

constexpr std::array<std::int64_t, 10> kWaitSeconds{
    5,         30,        2 * kMinute, 10 * kMinute, 30 * kMinute,
    1 * kHour, 3 * kHour, 6 * kHour,   12 * kHour,   24 * kHour};

// Nobody holds a message longer than that by asking for it.
constexpr std::int64_t kLongestAskedSeconds = 24 * kHour;

constexpr std::int64_t kGone = 410;
constexpr std::int64_t kTooMany = 429;
constexpr std::int64_t kUnavailable = 503;

// From -1 to 1, in millionths.
std::int64_t chance(engine::Random& random) {
  constexpr std::uint64_t kSteps = 2'000'001;
  std::array<std::byte, 8> bytes{};
  random.fill(bytes);
  std::uint64_t number = 0;
  for (const std::byte byte : bytes) number = number << 8U | std::to_integer<std::uint64_t>(byte);
  return static_cast<std::int64_t>(number % kSteps) - 1'000'000;
}

bool is_delivered(const Answer& answer) {
  return answer.problem.empty() && answer.status >= 200 && answer.status < 300;
}

// What the receiver asks for, when it is one of those who may ask.
std::int64_t asked_micros(const Answer& answer) {
  const bool may_ask = answer.status == kTooMany || answer.status == kUnavailable;
  if (!may_ask || !answer.retry_after) return 0;
  return std::clamp<std::int64_t>(*answer.retry_after, 0, kLongestAskedSeconds) * kMicrosPerSecond;
}

}  // namespace

std::optional<std::int64_t> back_off_micros(std::int64_t failed, engine::Random& random) {
  if (failed < 1 || failed > std::ssize(kWaitSeconds)) return std::nullopt;
  const std::int64_t seconds = kWaitSeconds[static_cast<std::size_t>(failed - 1)];
  return seconds * (kMicrosPerSecond + chance(random) / 5);
}

engine::AttemptMade verdict(const engine::OutboxMessage& message, const Answer& answer,
                            Instant began, engine::Random& random) {
  const Instant ended{began.microseconds + answer.milliseconds * 1'000};
  engine::AttemptMade made{.attempt = {.message = message.id,
                                       .at = began,
                                       .status = answer.status,
                                       .problem = answer.problem,
                                       .milliseconds = answer.milliseconds},
                           .state = engine::MessageState::Waiting,
                           .due_at = ended,
                           .disables = {}};
  if (is_delivered(answer)) {
    made.state = engine::MessageState::Delivered;
    return made;
  }
  // Whoever says that nothing is wanted any more may have been asked by mistake: the messages wait
  // until somebody looks.
  if (answer.status == kGone && message.destination != engine::kMailDestination) {
    made.disables = answer.problem;
    return made;
  }
  const auto wait = answer.is_final ? std::nullopt : back_off_micros(message.attempts + 1, random);
  if (!wait) {
    made.state = engine::MessageState::Dead;
    return made;
  }
  made.due_at.microseconds += std::max(*wait, asked_micros(answer));
  return made;
}

}  // namespace formwork::delivery

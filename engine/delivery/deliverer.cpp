#include "engine/delivery/deliverer.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>

#include "engine/delivery/schedule.h"
#include "engine/delivery/webhook.h"

namespace formwork::delivery {
namespace {

using engine::kMailDestination;
using engine::OutboxMessage;

// What becomes due meanwhile is found then at the latest.
constexpr std::int64_t kLongestWait = kMicrosPerSecond;
constexpr std::int64_t kShortestWait = 1'000;
constexpr int kLastSeconds = 5;
// Of the store's list of what is due; more than may be on their way, since some of it is already.
constexpr std::size_t kLookAhead = 64;

bool is_mail(const OutboxMessage& message) { return message.destination == kMailDestination; }

// Before what broke is tried again.
void pause(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  wake.wait_for(lock, stop, std::chrono::microseconds(kLongestWait), [] { return false; });
}

const model::OutboundWebhook* find_webhook(const model::Model& model, std::string_view name) {
  const auto found =
      std::find_if(model.webhooks.begin(), model.webhooks.end(),
                   [&](const model::Webhook& webhook) { return webhook.name == name; });
  return found == model.webhooks.end() ? nullptr : found->outbound();
}

}  // namespace

Deliverer::Deliverer(engine::Engine& engine, Transport& transport, engine::Random& random,
                     Settings settings)
    : engine_(engine), transport_(transport), random_(random), settings_(std::move(settings)) {}

void Deliverer::run(const std::stop_token& stop) {
  const std::stop_callback wake(stop, [this] { transport_.wake(); });
  while (!stop.stop_requested()) {
    try {
      go_on(kLongestWait);
      trouble_.clear();
    } catch (const std::exception& error) {
      report(error.what());
      pause(stop);
    }
  }
  try {
    finish();
  } catch (const std::exception& error) {
    report(error.what());  // what was not noted is sent again
  }
}

void Deliverer::go_on(std::int64_t microseconds) {
  start_due();
  // What could not even be started makes room for what comes behind it.
  const bool has_room = note();
  for (const Answer& answer : transport_.wait(has_room ? 0 : until_next(microseconds))) {
    take(answer);
  }
  note();
}

void Deliverer::start_due() {
  if (under_way_.size() >= settings_.at_once) return;
  const std::unique_ptr<store::View> view = engine_.store().read();
  for (const OutboxMessage& message : view->messages_due(engine_.clock().now(), kLookAhead)) {
    if (under_way_.size() >= settings_.at_once) return;
    if (!may_start(message)) continue;
    under_way_.emplace(message.id, OnItsWay{message, engine_.clock().now()});
    try {
      start(message, *view);
    } catch (...) {
      under_way_.erase(message.id);  // its destination is not to wait for it
      throw;
    }
  }
}

bool Deliverer::may_start(const OutboxMessage& message) {
  if (is_mail(message) && !settings_.from) {
    if (!said_that_mail_waits_) report("mail waits: the server was started without --smtp");
    said_that_mail_waits_ = true;
    return false;
  }
  if (under_way_.contains(message.id)) return false;
  const auto to_the_same = std::count_if(
      under_way_.begin(), under_way_.end(),
      [&](const auto& other) { return other.second.message.destination == message.destination; });
  return static_cast<std::size_t>(to_the_same) < (is_mail(message) ? settings_.mails_at_once : 1);
}

void Deliverer::start(const OutboxMessage& message, store::View& view) {
  const Instant now = engine_.clock().now();
  const auto fail = [&](std::string problem, bool is_final) {
    take({.message = message.id,
          .problem = std::move(problem),
          .is_final = is_final,
          .retry_after = {}});
  };
  if (is_mail(message)) {
    if (!is_mail_address(message.to)) return fail("this is no mail address: " + message.to, true);
    return transport_.start(
        {message.id, Mail{.from = settings_.from->address,
                          .to = message.to,
                          .text = compose_mail(message, *settings_.from, now)}});
  }
  const model::OutboundWebhook* webhook = find_webhook(engine_.model(), message.destination);
  if (webhook == nullptr) return fail("the app has no such outbound webhook any more", false);
  const auto secret = view.find_secret(webhook->secret);
  if (!secret) {
    return fail("there is no secret " + webhook->secret + "; make it with formwork secret set " +
                    webhook->secret,
                false);
  }
  transport_.start({message.id, webhook_request(message, *webhook, *secret, now)});
}

void Deliverer::take(const Answer& answer) {
  const auto found = under_way_.find(answer.message);
  if (found == under_way_.end()) return;
  unnoted_.push_back(verdict(found->second.message, answer, found->second.began, random_));
}

// A message is on its way until that is written.
bool Deliverer::note() {
  if (unnoted_.empty()) return false;
  if (!engine_.note_attempts(unnoted_)) {
    report("what was sent could not be noted; trying again");
    return false;
  }
  for (const engine::AttemptMade& made : unnoted_) under_way_.erase(made.attempt.message);
  unnoted_.clear();
  return true;
}

std::int64_t Deliverer::until_next(std::int64_t at_most) {
  const std::optional<Instant> next = engine_.store().read()->next_message();
  if (!next) return at_most;
  const std::int64_t left = next->microseconds - engine_.clock().now().microseconds;
  // What is due already and was not started waits for something that wakes us.
  if (left <= 0) return at_most;
  return std::min(std::max(left, kShortestWait), at_most);
}

void Deliverer::finish() {
  for (int i = 0; i < kLastSeconds && under_way_.size() > unnoted_.size(); ++i) {
    for (const Answer& answer : transport_.wait(kMicrosPerSecond)) take(answer);
  }
  note();
}

void Deliverer::report(const std::string& what) {
  if (what == trouble_ || !settings_.report) return;
  trouble_ = what;
  settings_.report(what);
}

}  // namespace formwork::delivery

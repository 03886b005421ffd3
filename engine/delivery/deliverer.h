// Sends what waits in the outbox and notes what came of it.
//
// What a commit wrote is sent at least once: the note comes after the answer, so what is cut off in
// between is sent again, under the same id. To one webhook one message is on its way at a time and
// the next one waits for it, so they arrive in order; webhooks do not wait for each other. Mail has
// no order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/delivery/mail.h"
#include "engine/delivery/transport.h"
#include "engine/pipeline/engine.h"

namespace formwork::delivery {

class Deliverer {
 public:
  struct Settings {
    std::optional<Mailbox> from;  // of mail; nothing: mail waits
    std::size_t at_once = 16;     // messages on their way
    std::size_t mails_at_once = 2;
    std::function<void(const std::string&)> report;  // for the log
  };

  // All must outlive it.
  Deliverer(engine::Engine& engine, Transport& transport, engine::Random& random,
            Settings settings);

  // Until a stop is asked for; what is on its way then gets a few seconds more.
  void run(const std::stop_token& stop);

  // Sends what is due and may be sent now, takes what has come back within that time, and notes it.
  void go_on(std::int64_t microseconds);

  std::size_t under_way() const { return under_way_.size(); }

 private:
  struct OnItsWay {
    engine::OutboxMessage message;
    Instant began;
  };

  void start_due();
  bool may_start(const engine::OutboxMessage& message);
  void start(const engine::OutboxMessage& message, store::View& view);
  void take(const Answer& answer);
  bool note();  // whether there was something, and it is written
  std::int64_t until_next(std::int64_t at_most);
  void finish();
  void report(const std::string& what);

  engine::Engine& engine_;
  Transport& transport_;
  engine::Random& random_;
  Settings settings_;
  std::map<engine::MessageId, OnItsWay> under_way_;
  // What the store has not taken yet. Its messages are not sent again meanwhile.
  std::vector<engine::AttemptMade> unnoted_;
  bool said_that_mail_waits_ = false;
  std::string trouble_;  // that was reported last
};

}  // namespace formwork::delivery

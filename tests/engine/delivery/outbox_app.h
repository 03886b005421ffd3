// An app that sends: webhooks with secrets, and messages put into the outbox by hand.
#pragma once

#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/command/standard_webhooks.h"
#include "tests/support/app.h"

namespace formwork::testing {

inline constexpr std::string_view kSends = R"(
app: sends
locales: [en]
---
entity: note
label: { en: Note }
title: [text]
fields:
  text: { type: text, required: true, label: { en: Text } }
---
webhook: erp
send: { url: "https://erp.example.com/hooks", secret: erp }
---
webhook: ads
send: { url: "https://ads.example.com/", secret: erp }
---
webhook: unsigned
send: { url: "https://ads.example.com/", secret: lost }
---
role: boss
admin: true
on:
  note: { view: true, create: true, edit: true, delete: true }
---
role: clerk
on:
  note: { view: true }
)";

// The same with more webhooks that all have the secret `erp`.
inline std::string sends_to(const std::vector<std::pair<std::string, std::string>>& webhooks) {
  std::string yaml(kSends);
  for (const auto& [name, url] : webhooks) {
    yaml += "---\nwebhook: " + name + "\nsend: { url: \"" + url + "\", secret: erp }\n";
  }
  return yaml;
}

inline std::string sends_to_many() {
  std::vector<std::pair<std::string, std::string>> webhooks;
  for (int i = 0; i < 20; ++i) {
    webhooks.emplace_back("many" + std::to_string(i), "https://many.example.com/");
  }
  return sends_to(webhooks);
}

class OutboxApp : public App {
 public:
  explicit OutboxApp(std::string_view yaml = sends_to_many(), const std::string& path = ":memory:")
      : App(yaml, path) {
    rotate("erp", "the first secret of erp", "P1D");
  }

  OutboxApp(std::shared_ptr<const model::Model> model, const std::string& path)
      : App(std::move(model), path) {
    rotate("erp", "the first secret of erp", "P1D");
  }

  // The key is `msg_` and the number that it gets.
  engine::MessageId queue(std::string_view destination, std::string_view later = "PT0S") {
    engine::OutboxMessage message = prepared(destination, later);
    message.subject = "note.made";
    message.body = R"({"type":"note.made"})";
    return put(message);
  }

  engine::MessageId queue_mail(std::string_view to, std::string_view subject,
                               std::string_view body = "Text") {
    engine::OutboxMessage message = prepared(engine::kMailDestination, "PT0S");
    message.to = to;
    message.subject = subject;
    message.body = body;
    return put(message);
  }

  void rotate(std::string_view name, std::string bytes, std::string_view keeps) {
    engine.store().submit_and_wait([&](store::Transaction& transaction) {
      transaction.put_secret(engine::rotate_secret(transaction.find_secret(name), name,
                                                   std::move(bytes), later(keeps)));
      return true;
    });
  }

  engine::OutboxMessage message(engine::MessageId id) {
    return engine.store().read()->find_message(id).value();
  }

  std::vector<engine::Attempt> attempts(engine::MessageId id) {
    return engine.store().read()->attempts(id);
  }

  // The program itself may do all of this. Codes of refusals, empty: granted.
  std::string resend(engine::MessageId id, const engine::Actor& actor = {}) {
    std::promise<std::string> code;
    engine.resend(actor, id, [&](const auto& message) {
      code.set_value(message ? "" : std::string(message.error().message.text->code));
    });
    return code.get_future().get();
  }

  std::string give_up(engine::MessageId id, const engine::Actor& actor = {}) {
    std::promise<std::string> code;
    engine.give_up(actor, id, [&](const auto& message) {
      code.set_value(message ? "" : std::string(message.error().message.text->code));
    });
    return code.get_future().get();
  }

  std::string enable(const std::string& name, bool enabled, const engine::Actor& actor = {}) {
    std::promise<std::string> code;
    engine.enable_destination(actor, name, enabled, [&](const auto& destination) {
      code.set_value(destination ? "" : std::string(destination.error().message.text->code));
    });
    return code.get_future().get();
  }

  engine::Destination destination(std::string_view name) {
    const std::vector<engine::Destination> all = engine.destinations({}).value();
    for (const engine::Destination& one : all) {
      if (one.name == name) return one;
    }
    return {};
  }

 private:
  Instant later(std::string_view duration) const {
    return {clock.now().microseconds + parse_days_duration(duration).value().to_microseconds()};
  }

  engine::OutboxMessage prepared(std::string_view destination, std::string_view delay) const {
    engine::OutboxMessage message{.destination = std::string(destination)};
    message.created_at = clock.now();
    message.due_at = later(delay);
    return message;
  }

  engine::MessageId put(engine::OutboxMessage message) {
    engine::MessageId id = 0;
    message.key = "msg_" + std::to_string(++queued_);
    engine.store().submit_and_wait([&](store::Transaction& transaction) {
      id = transaction.insert_message(message);
      return true;
    });
    return id;
  }

  int queued_ = 0;
};

}  // namespace formwork::testing

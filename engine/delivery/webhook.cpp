#include "engine/delivery/webhook.h"

#include "engine/command/standard_webhooks.h"

namespace formwork::delivery {
namespace {

std::string header(std::string_view name, std::string_view value) {
  return std::string(name) + ": " + std::string(value);
}

}  // namespace

HttpPost webhook_request(const engine::OutboxMessage& message,
                         const model::OutboundWebhook& webhook, const engine::Secret& secret,
                         Instant at) {
  return {.url = webhook.url,
          .headers = {header("content-type", "application/json"),
                      header(engine::kWebhookId, message.key),
                      header(engine::kWebhookTimestamp, engine::webhook_timestamp(at)),
                      header(engine::kWebhookSignature,
                             engine::sign_webhook(secret, message.key, at, message.body))},
          .body = message.body};
}

}  // namespace formwork::delivery

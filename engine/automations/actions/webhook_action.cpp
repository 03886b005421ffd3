// webhook: tells another system, by way of the outbox. The body is that of Standard Webhooks.
#include "dsl/base/json.h"
#include "engine/automations/action.h"
#include "engine/automations/text.h"

namespace formwork::automations {
namespace {

// {"type","timestamp","data":{…,"id","entity"}}
std::string body_of(const model::WebhookAction& webhook, const Occasion& occasion, Doing& doing) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().key("type").string(webhook.event);
  writer.key("timestamp").string(to_rfc3339(doing.situation().now));
  writer.key("data").begin_object();
  bool has_id = false;
  bool has_entity = false;
  for (const auto& [name, value] : webhook.data) {
    has_id = has_id || name == "id";
    has_entity = has_entity || name == "entity";
    writer.key(name);
    write_value(writer, value, occasion, doing);
  }
  if (occasion.entity != nullptr) {
    if (!has_id) writer.key("id").number(occasion.record.id);
    if (!has_entity) writer.key("entity").string(occasion.entity->name);
  }
  writer.end_object().end_object();
  return body;
}

Expected<Done, Refusal> run(const model::AutomationAction& action, Occasion& occasion,
                            Doing& doing) {
  const auto& webhook = std::get<model::WebhookAction>(action.what);
  engine::OutboxMessage message;
  message.destination = doing.situation().gate.model().webhooks[webhook.webhook].name;
  message.subject = webhook.event;
  message.body = body_of(webhook, occasion, doing);
  std::string did = message.destination + ": " + message.body;
  doing.send(std::move(message));
  return Done{.did = std::move(did)};
}

}  // namespace

const ActionType& webhook_action() {
  static const ActionType type{
      .name = "webhook", .alternative = alternative_of<model::WebhookAction>(), .run = run};
  return type;
}

}  // namespace formwork::automations

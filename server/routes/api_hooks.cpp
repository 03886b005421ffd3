#include "server/routes/api_hooks.h"

#include "dsl/base/json.h"
#include "dsl/base/utf8.h"
#include "dsl/feel/json.h"
#include "engine/command/sha256.h"
#include "engine/command/standard_webhooks.h"
#include "server/routes/arrival.h"
#include "server/routes/problem.h"
#include "server/routes/request_texts.h"

namespace formwork::routes {
namespace {

using engine::Outcome;
using engine::Refusal;

constexpr std::size_t kMostIdBytes = 256;

const MessageText* text_of(engine::Signature signature) {
  switch (signature) {
    case engine::Signature::Good:
      return nullptr;
    case engine::Signature::Missing:
      return &texts::kUnsignedWebhook;
    case engine::Signature::Old:
      return &texts::kOldWebhook;
    case engine::Signature::Wrong:
      return &texts::kForgedWebhook;
  }
  return nullptr;
}

// Why it does not come from whom the webhook is for; null: it does. That there is no secret yet
// looks to the sender like a wrong one.
const MessageText* doubt(const model::InboundWebhook& way, const Exchange& exchange) {
  const http::Request& request = exchange.request;
  const engine::WebhookHead head{.id = request.header(engine::kWebhookId),
                                 .timestamp = request.header(engine::kWebhookTimestamp),
                                 .signature = request.header(engine::kWebhookSignature)};
  const auto secret = exchange.engine().find_secret(way.secret);
  engine::Signature signature = engine::Signature::Wrong;
  if (head.id.size() > kMostIdBytes) signature = engine::Signature::Missing;
  if (secret && head.id.size() <= kMostIdBytes) {
    signature =
        engine::verify_webhook(*secret, head, request.body, exchange.engine().clock().now());
  }
  return text_of(signature);
}

Expected<feel::Value, Message> read_body(const http::Request& request) {
  const auto parsed = json::parse(request.body);
  if (!parsed) {
    return Unexpected(Message{
        &texts::kUnreadableWebhook,
        {{"problem", parsed.error().message}, {"offset", std::to_string(parsed.error().offset)}}});
  }
  auto value = feel::from_json(*parsed);
  if (value) return std::move(*value);
  return Unexpected(
      Message{&texts::kUnreadableWebhook, {{"problem", value.error()}, {"offset", "0"}}});
}

std::string answer_to(const Outcome& outcome) {
  std::string body;
  json::Writer(body)
      .begin_object()
      .key("id")
      .number(outcome.record.id)
      .key("entity")
      .string(outcome.entity->name)
      .key("found")
      .boolean(outcome.found)
      .end_object();
  return body;
}

http::Response refused(const Refusal& refusal, const model::Intake& intake,
                       const Exchange& exchange) {
  PointerBase base;
  base.source = [&intake](std::size_t field) { return source_of(intake, field); };
  return problem(refusal, &exchange.engine().model().entities[intake.entity], exchange, base);
}

void take_in(Exchange exchange, const model::Webhook& webhook, const records::Arrival& arrival) {
  const model::Intake& intake = webhook.inbound()->intake;
  engine::Engine& engine = exchange.engine();
  const auto people = engine.directory();
  records::Input input =
      records::read_intake(engine.model().entities[intake.entity], intake, arrival,
                           engine.reading(*people), engine.clock().now());
  engine::Command command{.actor = intake_actor(engine::Cause::Webhook, exchange),
                          .intent = engine::TakeIn{.intake = &intake,
                                                   .values = std::move(input.changes),
                                                   .source = webhook.name,
                                                   .form = {},
                                                   .webhook = webhook.index},
                          .once = {}};
  if (!input.problems.empty()) {
    const Refusal refusal = engine.with_other_problems(command, std::move(input.problems));
    return exchange.answer(refused(refusal, intake, exchange));
  }
  const std::string id(exchange.request.header(engine::kWebhookId));
  command.once = engine::Once{.key = "hook:" + webhook.name + ":" + id,
                              .request_hash = engine::sha256(exchange.request.body),
                              .answer = answer_to};
  auto shared = Exchange::share(std::move(exchange));
  shared->engine().execute(std::move(command),
                           [shared, &intake](Expected<Outcome, Refusal> outcome) {
                             shared->answer(outcome ? http::json_response(200, outcome->answer)
                                                    : refused(outcome.error(), intake, *shared));
                           });
}

}  // namespace

void post_hook(Exchange exchange) {
  const std::string& name = exchange.captures[0];
  const model::Webhook* webhook = exchange.engine().model().find_webhook(name);
  if (webhook == nullptr || webhook->inbound() == nullptr) {
    return exchange.answer(problem(404, {&texts::kNoSuchWebhook, {{"name", name}}}, exchange));
  }
  if (const MessageText* text = doubt(*webhook->inbound(), exchange)) {
    return exchange.answer(problem(401, {text, {}}, exchange));
  }
  const std::string type = to_lower_ascii(exchange.request.content_type());
  if (type != "application/json") {
    Message message{&texts::kContentType, {{"wanted", "application/json"}, {"actual", type}}};
    return exchange.answer(problem(415, message, exchange));
  }
  auto body = read_body(exchange.request);
  if (!body) return exchange.answer(problem(400, body.error(), exchange));
  const records::Arrival arrival = arrival_of(exchange, std::move(*body));
  const auto& when = webhook->inbound()->when;
  const auto people = exchange.engine().directory();
  const fields::Reading reading = exchange.engine().reading(*people);
  if (when && !records::is_wanted(*when, arrival, reading, exchange.engine().clock().now())) {
    return exchange.answer(problem(202, {&texts::kIgnoredWebhook, {}}, exchange));
  }
  take_in(std::move(exchange), *webhook, arrival);
}

}  // namespace formwork::routes

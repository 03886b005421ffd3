#include "server/routes/api_outbox.h"

#include "server/routes/api_request.h"
#include "server/routes/outbox_json.h"
#include "server/routes/problem.h"
#include "server/routes/record_query.h"
#include "server/routes/targets.h"

namespace formwork::routes {
namespace {

// The first one asks for all.
constexpr std::string_view kStates[] = {"", "waiting", "delivered", "dead"};

template <class Write>
http::Response object_response(Write write) {
  std::string body;
  json::Writer writer(body);
  write(writer);
  return http::json_response(200, std::move(body));
}

engine::Engine::Answer<engine::OutboxMessage> answer_with_message(
    std::shared_ptr<Exchange> shared) {
  return [shared](Expected<engine::OutboxMessage, engine::Refusal> message) {
    if (!message) return shared->answer(problem(message.error(), nullptr, *shared));
    shared->answer(object_response([&](json::Writer& writer) { write_message(writer, *message); }));
  };
}

void set_enabled(Exchange exchange, bool enabled) {
  const auto shared = Exchange::share(std::move(exchange));
  shared->engine().enable_destination(
      shared->actor(), shared->captures[0], enabled,
      [shared](Expected<engine::Destination, engine::Refusal> destination) {
        if (!destination) return shared->answer(problem(destination.error(), nullptr, *shared));
        shared->answer(object_response([&](json::Writer& writer) {
          write_destination(writer, *destination, shared->engine().model());
        }));
      });
}

}  // namespace

void api_outbox(Exchange exchange) {
  Parameters parameters(exchange);
  store::MessageQuery query{
      .destination = parameters.text("destination"),
      .state = engine::find_message_state(kStates[parameters.choice("state", kStates)]),
      .before = parameters.cursor("cursor"),
      .limit = parameters.number("limit", kDefaultPage, kLargestPage)};
  if (auto refusal = parameters.refusal()) return exchange.answer(std::move(*refusal));
  const auto found = exchange.engine().messages(exchange.actor(), query);
  if (!found) return exchange.answer(problem(found.error(), nullptr, exchange));
  exchange.answer(object_response([&](json::Writer& writer) {
    writer.begin_object().key("messages").begin_array();
    for (const engine::OutboxMessage& message : found->lines) write_message(writer, message);
    write_next(writer, found->next);
  }));
}

void api_message(Exchange exchange) {
  const std::int64_t id = parse_id(exchange.captures[0]).value_or(0);
  const auto found = exchange.engine().message(exchange.actor(), id);
  if (!found) return exchange.answer(problem(found.error(), nullptr, exchange));
  exchange.answer(object_response([&](json::Writer& writer) { write_message(writer, *found); }));
}

void api_resend(Exchange exchange) {
  const std::int64_t id = parse_id(exchange.captures[0]).value_or(0);
  const auto shared = Exchange::share(std::move(exchange));
  shared->engine().resend(shared->actor(), id, answer_with_message(shared));
}

void api_give_up(Exchange exchange) {
  const std::int64_t id = parse_id(exchange.captures[0]).value_or(0);
  const auto shared = Exchange::share(std::move(exchange));
  shared->engine().give_up(shared->actor(), id, answer_with_message(shared));
}

void api_destinations(Exchange exchange) {
  const auto found = exchange.engine().destinations(exchange.actor());
  if (!found) return exchange.answer(problem(found.error(), nullptr, exchange));
  exchange.answer(object_response([&](json::Writer& writer) {
    writer.begin_object().key("destinations").begin_array();
    for (const engine::Destination& destination : *found) {
      write_destination(writer, destination, exchange.engine().model());
    }
    writer.end_array().end_object();
  }));
}

void api_enable_destination(Exchange exchange) { set_enabled(std::move(exchange), true); }

void api_disable_destination(Exchange exchange) { set_enabled(std::move(exchange), false); }

}  // namespace formwork::routes

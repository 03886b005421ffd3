#include "server/routes/api_delegations.h"

#include "server/routes/api_request.h"
#include "server/routes/problem.h"
#include "server/routes/targets.h"

namespace formwork::routes {
namespace {

using engine::Delegation;
using engine::Outcome;

void write(json::Writer& writer, const Delegation& delegation, const Exchange& exchange) {
  const auto people = exchange.engine().directory();
  const Instant now = exchange.engine().clock().now();
  writer.begin_object().key("id").number(delegation.id);
  writer.key("from").string(people->account_name(delegation.from));
  writer.key("to").string(people->account_name(delegation.to));
  writer.key("starts_at").string(to_rfc3339(delegation.starts_at));
  writer.key("ends_at").string(to_rfc3339(delegation.ends_at));
  writer.key("active").boolean(delegation.starts_at <= now && now < delegation.ends_at);
  writer.end_object();
}

Answers answers_created() {
  return {.remember =
              [](const Exchange& exchange, const Outcome& outcome) {
                Remembered remembered{.id = outcome.delegation->id, .version = 1, .body = {}};
                json::Writer writer(remembered.body);
                write(writer, *outcome.delegation, exchange);
                return remembered;
              },
          .respond =
              [](const Exchange&, const Remembered& remembered) {
                http::Response response = http::json_response(201, remembered.body);
                response.set("Location", "/api/v1/delegations/" + std::to_string(remembered.id));
                return response;
              }};
}

Answers answers_nothing() {
  return {
      .remember = [](const Exchange&, const Outcome&) { return Remembered{}; },
      .respond = [](const Exchange&, const Remembered&) { return http::Response{.status = 204}; }};
}

}  // namespace

void api_delegations(Exchange exchange) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().key("delegations").begin_array();
  for (const Delegation& one : exchange.engine().reader(exchange.actor()).delegations()) {
    write(writer, one, exchange);
  }
  writer.end_array().end_object();
  exchange.answer(http::json_response(200, std::move(body)));
}

void api_delegate(Exchange exchange) {
  const auto body = read_object(exchange, "application/json");
  if (!body) return exchange.answer(body.error());
  Members members(*body, exchange);
  const Instant now = exchange.engine().clock().now();
  engine::Delegate delegate{.to = members.needed_person("to").value_or(0),
                            .starts_at = members.instant("starts_at").value_or(now),
                            .ends_at = members.instant("ends_at").value_or(now)};
  members.need("ends_at");
  if (auto refusal = members.refusal()) return exchange.answer(std::move(*refusal));
  run_once(std::move(exchange), delegate, nullptr, answers_created());
}

void api_end_delegation(Exchange exchange) {
  const std::int64_t id = parse_id(exchange.captures[0]).value_or(0);
  run_once(std::move(exchange), engine::EndDelegation{id}, nullptr, answers_nothing());
}

}  // namespace formwork::routes

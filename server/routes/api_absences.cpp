#include "server/routes/api_absences.h"

#include "server/routes/api_request.h"
#include "server/routes/problem.h"
#include "server/routes/targets.h"

namespace formwork::routes {
namespace {

using engine::Absence;
using engine::Outcome;

void write(json::Writer& writer, const Absence& absence, const Exchange& exchange) {
  const Instant now = exchange.engine().clock().now();
  writer.begin_object().key("id").number(absence.id);
  writer.key("account").string(exchange.engine().directory()->account_name(absence.account));
  writer.key("starts_at").string(to_rfc3339(absence.starts_at));
  writer.key("ends_at").string(to_rfc3339(absence.ends_at));
  writer.key("reason").string(absence.reason);
  writer.key("active").boolean(absence.starts_at <= now && now < absence.ends_at);
  writer.end_object();
}

Answers answers_created() {
  return {.remember =
              [](const Exchange& exchange, const Outcome& outcome) {
                Remembered remembered{.id = outcome.absence->id, .version = 1, .body = {}};
                json::Writer writer(remembered.body);
                write(writer, *outcome.absence, exchange);
                return remembered;
              },
          .respond =
              [](const Exchange&, const Remembered& remembered) {
                http::Response response = http::json_response(201, remembered.body);
                response.set("Location", "/api/v1/absences/" + std::to_string(remembered.id));
                return response;
              }};
}

Answers answers_nothing() {
  return {
      .remember = [](const Exchange&, const Outcome&) { return Remembered{}; },
      .respond = [](const Exchange&, const Remembered&) { return http::Response{.status = 204}; }};
}

}  // namespace

void api_absences(Exchange exchange) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().key("absences").begin_array();
  for (const Absence& one : exchange.engine().reader(exchange.actor()).absences()) {
    write(writer, one, exchange);
  }
  writer.end_array().end_object();
  exchange.answer(http::json_response(200, std::move(body)));
}

void api_be_away(Exchange exchange) {
  const auto body = read_object(exchange, "application/json");
  if (!body) return exchange.answer(body.error());
  Members members(*body, exchange);
  const Instant now = exchange.engine().clock().now();
  engine::AddAbsence absence{.starts_at = members.instant("starts_at").value_or(now),
                             .ends_at = members.instant("ends_at").value_or(now),
                             .reason = members.text("reason")};
  members.need("ends_at");
  if (auto refusal = members.refusal()) return exchange.answer(std::move(*refusal));
  run_once(std::move(exchange), absence, nullptr, answers_created());
}

void api_come_back(Exchange exchange) {
  const std::int64_t id = parse_id(exchange.captures[0]).value_or(0);
  run_once(std::move(exchange), engine::EndAbsence{id}, nullptr, answers_nothing());
}

}  // namespace formwork::routes

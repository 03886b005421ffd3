#include "server/routes/api_session.h"

#include "dsl/base/json.h"
#include "dsl/base/percent.h"
#include "engine/accounts/secret.h"
#include "engine/command/refusal_texts.h"
#include "server/routes/page_errors.h"
#include "server/routes/problem.h"
#include "server/routes/request_texts.h"
#include "server/routes/targets.h"

namespace formwork::routes {
namespace {

std::string member_text(const json::Value& body, std::string_view name) {
  const json::Value* member = body.find(name);
  return member != nullptr && member->is_string() ? member->text : std::string();
}

void write_session(json::Writer& writer, const Exchange& exchange, const engine::Actor& actor,
                   std::string_view proof) {
  writer.begin_object();
  writer.key("user").string(actor.name);
  writer.key("full_name").string(actor.full_name);
  writer.key("roles").begin_array();
  for (const std::size_t role : actor.roles) {
    writer.string(exchange.engine().model().roles[role].name);
  }
  writer.end_array();
  // What a browser's script sends back as X-CSRF-Token with each change.
  if (!proof.empty()) writer.key("csrf_token").string(proof);
  writer.end_object();
}

void answer_signed(Exchange exchange, Expected<engine::Signed, engine::Refusal> result) {
  if (!result) return exchange.answer(problem(result.error(), nullptr, exchange));
  std::string body;
  json::Writer writer(body);
  write_session(writer, exchange, result->actor, accounts::form_proof(result->secret));
  http::Response response = http::json_response(201, std::move(body));
  session::set_session_cookie(response, result->secret, exchange.services.origin);
  response.log_user = result->actor.name;
  exchange.answer(std::move(response));
}

}  // namespace

void sign_in(Exchange exchange, engine::SignIn attempt,
             void (*then)(Exchange, Expected<engine::Signed, engine::Refusal>)) {
  attempt.address = exchange.request.remote_address;
  auto shared = Exchange::share(std::move(exchange));
  const bool queued =
      shared->services.passwords.submit([shared, then, attempt = std::move(attempt)] {
        then(std::move(*shared), shared->engine().sign_in(attempt));
      });
  if (queued) return;
  engine::Refusal busy{engine::RefusalKind::Busy, {&engine::texts::kBusy, {}}, {}, {}, 1};
  then(std::move(*shared), Unexpected(std::move(busy)));
}

void api_sign_in(Exchange exchange) {
  const auto body = json::parse(exchange.request.body);
  if (!body || !body->is_object()) {
    return exchange.answer(problem(400, {&texts::kNotAnObject, {}}, exchange));
  }
  if (session::is_from_elsewhere(exchange.request, exchange.services.origin)) {
    return exchange.answer(problem(403, {&texts::kNoProof, {}}, exchange));
  }
  engine::SignIn attempt{.name = member_text(*body, "user"),
                         .password = member_text(*body, "password"),
                         .address = {},
                         .cause = engine::Cause::Api};
  sign_in(std::move(exchange), std::move(attempt), answer_signed);
}

void api_session(Exchange exchange) {
  std::string body;
  json::Writer writer(body);
  write_session(writer, exchange, exchange.actor(), exchange.caller->proof);
  exchange.answer(http::json_response(200, std::move(body)));
}

void api_sign_out(Exchange exchange) {
  const std::string secret(session::session_secret(exchange.request, exchange.services.origin));
  if (!secret.empty()) exchange.engine().sign_out(secret);
  http::Response response{.status = 204};
  session::clear_session_cookie(response, exchange.services.origin);
  exchange.answer(std::move(response));
}

void api_upload(Exchange exchange) {
  const std::string* name = exchange.parameter("name");
  engine::Upload upload{.name = name == nullptr ? "file" : *name,
                        .media_type = std::string(exchange.request.content_type()),
                        .content = std::move(exchange.request.body)};
  auto shared = Exchange::share(std::move(exchange));
  shared->engine().upload(
      shared->actor(), std::move(upload), [shared](Expected<engine::File, engine::Refusal> file) {
        if (!file) return shared->answer(problem(file.error(), nullptr, *shared));
        std::string body;
        json::Writer writer(body);
        writer.begin_object().key("id").number(file->id).key("name").string(file->name);
        writer.key("media_type").string(file->media_type);
        writer.key("size").number(file->size_bytes).end_object();
        http::Response response = http::json_response(201, std::move(body));
        response.set("Location", "/api/v1/files/" + std::to_string(file->id));
        shared->answer(std::move(response));
      });
}

void api_download(Exchange exchange) {
  const std::optional<std::int64_t> id = parse_id(exchange.captures[0]);
  permissions::Reader reader = exchange.engine().reader(exchange.actor());
  const std::optional<engine::File> file = id ? reader.file(*id) : std::nullopt;
  std::optional<std::string> content = file ? reader.file_content(*id) : std::nullopt;
  if (!content) {
    const Message nothing{&texts::kNoSuchPath, {}};
    const bool is_api = exchange.request.path.starts_with("/api/");
    return exchange.answer(is_api ? problem(404, nothing, exchange)
                                  : error_page(404, nothing, exchange));
  }
  http::Response response;
  response.body = std::move(*content);
  // Always saved, never shown: what people upload must not run as a page of ours.
  response.set("Content-Type", "application/octet-stream");
  response.set("Content-Disposition",
               "attachment; filename*=UTF-8''" + percent_encoded(file->name));
  exchange.answer(std::move(response));
}

}  // namespace formwork::routes

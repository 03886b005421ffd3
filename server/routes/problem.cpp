#include "server/routes/problem.h"

#include "dsl/base/json.h"

namespace formwork::routes {
namespace {

using engine::RefusalKind;

constexpr std::string_view kProblemType = "application/problem+json";

// Types are names, not addresses: docs/reference/problems.md explains each.
void begin(json::Writer& writer, int status, std::string_view code, std::string_view title,
           std::string_view detail, std::string_view request_id) {
  writer.begin_object();
  writer.key("type").string("urn:formwork:problem:" + std::string(code));
  writer.key("title").string(title);
  writer.key("status").number(status);
  writer.key("detail").string(detail);
  writer.key("request_id").string(request_id);
}

// For problems that name no field of an entity.
const model::Entity& no_entity() {
  static const model::Entity none;
  return none;
}

void write_errors(json::Writer& writer, const engine::Refusal& refusal, const model::Entity& entity,
                  const Exchange& exchange, const PointerBase& base) {
  writer.key("errors").begin_array();
  for (const engine::FieldProblem& wrong : refusal.fields) {
    writer.begin_object();
    const bool has_source = wrong.field && base.source;
    const std::string pointer =
        has_source ? base.source(*wrong.field) : engine::pointer_to(wrong, entity);
    const std::string_view prefix = wrong.field ? base.fields : base.names;
    writer.key("pointer").string(pointer.empty() ? pointer : std::string(prefix) + pointer);
    writer.key("field").string(wrong.field ? entity.fields[*wrong.field].name : wrong.name);
    writer.key("code").string(wrong.code.empty() ? wrong.message.text->code : wrong.code);
    writer.key("detail").string(
        engine::describe(wrong, entity, exchange.language(), exchange.locale));
    if (wrong.place) {
      writer.key("begin").number(wrong.place->begin).key("end").number(wrong.place->end);
      writer.key("remedy").string(wrong.remedy);
    }
    if (!wrong.saw.empty()) writer.key("saw").string(wrong.saw);
    writer.end_object();
  }
  writer.end_array();
}

std::string sentence(const Message& message, const Exchange& exchange) {
  std::string text = render(message, exchange.language(), exchange.locale);
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  return text;
}

void write(json::Writer& writer, const engine::Refusal& refusal, int status,
           const model::Entity* entity, const Exchange& exchange, const PointerBase& base) {
  begin(writer, status, refusal.message.text->code, http::reason_phrase(status),
        sentence(refusal.message, exchange), exchange.request.request_id);
  if (refusal.current_version) writer.key("current_version").number(*refusal.current_version);
  if (!refusal.fields.empty()) {
    write_errors(writer, refusal, entity == nullptr ? no_entity() : *entity, exchange, base);
  }
  writer.end_object();
}

}  // namespace

int status_of(RefusalKind kind) {
  switch (kind) {
    case RefusalKind::NotFound:
      return 404;
    case RefusalKind::Forbidden:
      return 403;
    case RefusalKind::Invalid:
      return 422;
    case RefusalKind::Stale:
      return 412;
    case RefusalKind::Conflict:
      return 409;
    case RefusalKind::KeyReused:
      return 422;
    case RefusalKind::SignInRequired:
      return 401;
    case RefusalKind::Throttled:
      return 429;
    case RefusalKind::Busy:
      return 503;
    case RefusalKind::StoreFull:
      return 503;
    case RefusalKind::Failed:
      return 500;
  }
  return 500;
}

http::Response problem(const engine::Refusal& refusal, const model::Entity* entity,
                       const Exchange& exchange, const PointerBase& base) {
  return problem(refusal, status_of(refusal.kind), entity, exchange, base);
}

http::Response problem(const engine::Refusal& refusal, int status, const model::Entity* entity,
                       const Exchange& exchange, const PointerBase& base) {
  std::string body;
  json::Writer writer(body);
  write(writer, refusal, status, entity, exchange, base);
  http::Response response = http::json_response(status, std::move(body), kProblemType);
  if (refusal.retry_after_seconds > 0) {
    response.set("Retry-After", std::to_string(refusal.retry_after_seconds));
  }
  if (refusal.kind == RefusalKind::StoreFull) response.set("Retry-After", "60");
  if (status == 401) response.set("WWW-Authenticate", "Bearer");
  return response;
}

void write_problem(json::Writer& writer, const engine::Refusal& refusal,
                   const model::Entity* entity, const Exchange& exchange) {
  write(writer, refusal, status_of(refusal.kind), entity, exchange, {});
}

http::Response problem(int status, const Message& message, const Exchange& exchange) {
  return http::json_response(status,
                             problem_json(status, message.text->code, http::reason_phrase(status),
                                          sentence(message, exchange), exchange.request.request_id),
                             kProblemType);
}

std::string problem_json(int status, std::string_view code, std::string_view title,
                         std::string_view detail, std::string_view request_id) {
  std::string body;
  json::Writer writer(body);
  begin(writer, status, code, title, detail, request_id);
  writer.end_object();
  return body;
}

}  // namespace formwork::routes

#include "server/routes/page_errors.h"

#include "dsl/base/percent.h"
#include "server/routes/language.h"
#include "server/routes/page_view.h"
#include "server/routes/problem.h"

namespace formwork::routes {
namespace {

std::string sentence(const Message& message, const Exchange& exchange) {
  std::string text = render(message, exchange.language(), exchange.locale);
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  return text;
}

http::Response make_page(const pages::ErrorPage& page, const Exchange& exchange) {
  const pages::Pages& pages = exchange.services.pages;
  if (!exchange.caller) {
    return page_response(page.status, pages.error(exchange.locale, page), exchange);
  }
  const PageView view(exchange);
  return page_response(page.status, pages.error(exchange.locale, page, &view.frame()), exchange);
}

}  // namespace

http::Response error_page(int status, const Message& message, const Exchange& exchange) {
  const std::string text = sentence(message, exchange);
  return make_page({.status = status, .message = text, .request_id = exchange.request.request_id},
                   exchange);
}

http::Response refusal_page(const engine::Refusal& refusal, const model::Entity* entity,
                            const Exchange& exchange) {
  const std::string text = sentence(refusal.message, exchange);
  http::Response response = make_page({.status = status_of(refusal.kind),
                                       .message = text,
                                       .request_id = exchange.request.request_id,
                                       .retry_after_seconds = refusal.retry_after_seconds,
                                       .entity = entity},
                                      exchange);
  if (refusal.retry_after_seconds > 0) {
    response.set("Retry-After", std::to_string(refusal.retry_after_seconds));
  }
  return response;
}

http::Response redirect_to_sign_in(const Exchange& exchange) {
  const bool reads = exchange.request.method == http::Method::Get;
  const std::string next = reads ? exchange.request.target : exchange.request.path;
  return http::redirect_response(303, "/sign-in?next=" + percent_encoded(next));
}

http::Response transport_error(const http::Refusal& refusal, const http::Request& request,
                               const pages::Pages& pages, const engine::Engine& engine) {
  const bool wants_page = !request.path.starts_with("/api/") &&
                          request.header("Accept").find("text/html") != std::string_view::npos;
  if (wants_page) {
    const std::size_t locale = accepted_locale(engine, request.header("Accept-Language"));
    return http::html_response(
        refusal.status,
        pages.error(locale, {.status = refusal.status, .request_id = request.request_id}));
  }
  return http::json_response(
      refusal.status,
      problem_json(refusal.status, "http." + std::to_string(refusal.status),
                   http::reason_phrase(refusal.status), refusal.detail, request.request_id),
      "application/problem+json");
}

}  // namespace formwork::routes

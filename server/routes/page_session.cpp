#include "server/routes/page_session.h"

#include "dsl/base/percent.h"
#include "server/routes/api_session.h"
#include "server/routes/page_errors.h"
#include "server/routes/page_view.h"
#include "server/routes/problem.h"
#include "server/routes/request_texts.h"
#include "server/routes/submission.h"

namespace formwork::routes {
namespace {

std::string wanted_next(const Exchange& exchange) {
  const std::string* next = exchange.parameter("next");
  return next == nullptr ? "/" : session::local_path(*next);
}

http::Response sign_in_page(int status, const Exchange& exchange, const std::string& next,
                            std::string_view name, std::string_view problem) {
  const std::string path = "/sign-in?next=" + percent_encoded(next);
  return page_response(status,
                       exchange.services.pages.sign_in({.locale = exchange.locale,
                                                        .path = path,
                                                        .next = next,
                                                        .name = name,
                                                        .problem = problem,
                                                        .csrf = {}}),
                       exchange);
}

// What was typed is read again from the body, so that nothing else has to travel along.
void answer_signed(Exchange exchange, Expected<engine::Signed, engine::Refusal> result) {
  const Submission submission = read_submission(exchange.request).value_or(Submission{});
  const std::string next = session::local_path(submission.value("next"));
  if (!result) {
    std::string text = render(result.error().message, exchange.language(), exchange.locale);
    if (text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    const int status = result.error().kind == engine::RefusalKind::SignInRequired
                           ? 422
                           : status_of(result.error().kind);
    http::Response response = sign_in_page(status, exchange, next, submission.value("user"), text);
    if (result.error().retry_after_seconds > 0) {
      response.set("Retry-After", std::to_string(result.error().retry_after_seconds));
    }
    return exchange.answer(std::move(response));
  }
  http::Response response = http::redirect_response(303, next);
  session::set_session_cookie(response, result->secret, exchange.services.origin);
  response.log_user = result->actor.name;
  exchange.answer(std::move(response));
}

}  // namespace

void page_sign_in(Exchange exchange) {
  const std::string next = wanted_next(exchange);
  exchange.answer(sign_in_page(200, exchange, next, {}, {}));
}

void post_sign_in(Exchange exchange) {
  const std::optional<Submission> submission = read_submission(exchange.request);
  if (!submission) {
    return exchange.answer(error_page(400, {&texts::kMalformedForm, {}}, exchange));
  }
  if (session::is_from_elsewhere(exchange.request, exchange.services.origin)) {
    return exchange.answer(error_page(403, {&texts::kNoProof, {}}, exchange));
  }
  engine::SignIn attempt{.name = std::string(submission->value("user")),
                         .password = std::string(submission->value("password")),
                         .address = {}};
  sign_in(std::move(exchange), std::move(attempt), answer_signed);
}

void post_sign_out(Exchange exchange) {
  const std::optional<Submission> submission = read_submission(exchange.request);
  const bool meant =
      submission && session::may_change(exchange.request, *exchange.caller,
                                        submission->value("_csrf"), exchange.services.origin);
  if (!meant) return exchange.answer(error_page(403, {&texts::kNoProof, {}}, exchange));
  const std::string secret(session::session_secret(exchange.request, exchange.services.origin));
  exchange.engine().sign_out(secret);
  http::Response response = http::redirect_response(303, "/sign-in");
  session::clear_session_cookie(response, exchange.services.origin);
  exchange.answer(std::move(response));
}

}  // namespace formwork::routes

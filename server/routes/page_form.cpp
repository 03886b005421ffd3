#include "server/routes/page_form.h"

#include <charconv>

#include "engine/command/refusal_texts.h"
#include "server/routes/page_errors.h"
#include "server/routes/page_view.h"
#include "server/routes/request_texts.h"

namespace formwork::routes {
namespace {

using engine::Outcome;
using engine::Refusal;
using engine::RefusalKind;

// The status of the page shown again; nothing where only a page of its own will do.
std::optional<int> status_again(RefusalKind kind) {
  switch (kind) {
    case RefusalKind::Invalid:
      return 422;
    case RefusalKind::Stale:
    case RefusalKind::Conflict:
      return 409;
    case RefusalKind::Forbidden:
      return 403;
    default:
      return std::nullopt;
  }
}

void show_refusal(PageWork& work, const Refusal& refusal) {
  const std::optional<int> status = status_again(refusal.kind);
  if (!status) {
    return work.exchange.answer(refusal_page(refusal, work.entity, work.exchange));
  }
  const pages::RefusedForm refused{.refusal = &refusal, .sent = &work.submission.pairs};
  work.exchange.answer(work.show_again(*status, refused, work.exchange));
}

}  // namespace

std::optional<Submission> accept(Exchange& exchange) {
  std::optional<Submission> submission = read_submission(exchange.request);
  if (!submission) {
    exchange.answer(error_page(400, {&texts::kMalformedForm, {}}, exchange));
    return std::nullopt;
  }
  if (!session::may_change(exchange.request, *exchange.caller, submission->value("_csrf"),
                           exchange.services.origin)) {
    exchange.answer(error_page(403, {&texts::kNoProof, {}}, exchange));
    return std::nullopt;
  }
  return submission;
}

std::int64_t seen_version(const Submission& submission) {
  const std::string_view text = submission.value("_version");
  std::int64_t version = 0;
  std::from_chars(text.data(), text.data() + text.size(), version);
  return version;
}

Expected<engine::AccountId, Refusal> find_person(std::string_view name, const Exchange& exchange) {
  const auto account = exchange.engine().directory()->find_account(name);
  if (account) return *account;
  const MessageText* text = name.empty() ? &texts::kNoPerson : &engine::texts::kNoSuchAccount;
  return Unexpected(
      Refusal{RefusalKind::Invalid, {text, {{"name", std::string(name)}}}, {}, {}, 0});
}

void carry_out(PageWork work, Expected<engine::Intent, Refusal> intent, const std::string& location,
               pages::Done done) {
  if (!intent) return show_refusal(work, intent.error());
  auto shared = std::make_shared<PageWork>(std::move(work));
  engine::Command command{
      .actor = shared->exchange.actor(), .intent = std::move(*intent), .once = {}};
  shared->exchange.engine().execute(
      std::move(command), [shared, location, done](Expected<Outcome, Refusal> outcome) {
        if (outcome) return shared->exchange.answer(see_other(location, done));
        // A page is too much work for the thread that writes for everybody.
        auto refusal = std::make_shared<Refusal>(std::move(outcome.error()));
        const bool queued = shared->exchange.services.slow_pages.submit(
            [shared, refusal] { show_refusal(*shared, *refusal); });
        if (!queued) {
          shared->exchange.answer(refusal_page(*refusal, shared->entity, shared->exchange));
        }
      });
}

}  // namespace formwork::routes

#include "server/routes/page_decisions.h"

#include <algorithm>
#include <array>

#include "engine/records/input.h"
#include "engine/records/validate.h"
#include "server/routes/page_errors.h"
#include "server/routes/page_form.h"
#include "server/routes/page_tasks.h"
#include "server/routes/page_view.h"
#include "server/routes/request_texts.h"
#include "server/routes/targets.h"

namespace formwork::routes {
namespace {

using engine::Refusal;
using engine::RefusalKind;
using engine::TaskAction;
using Wanted = Expected<engine::Intent, Refusal>;

Refusal refused(const MessageText& text) { return {RefusalKind::Invalid, {&text, {}}, {}, {}, 0}; }

engine::AddedPlace place_of(std::string_view name) {
  if (name == "after") return engine::AddedPlace::After;
  if (name == "alongside") return engine::AddedPlace::Alongside;
  return engine::AddedPlace::Before;
}

Expected<engine::Changes, Refusal> read_values(const engine::TaskDetail& detail,
                                               const Submission& form, const Exchange& exchange) {
  const PageView view(exchange);
  const auto fields = pages::decision_fields(view.frame(), detail);
  records::Input input =
      records::read_form(*detail.entity, fields, pages::as_input(*detail.entity, form.pairs),
                         exchange.engine().reading(view.people()));
  if (!input.problems.empty()) return Unexpected(records::invalid(std::move(input.problems)));
  return std::move(input.changes);
}

Wanted read_decision(const engine::TaskDetail& detail, const Submission& form,
                     const Exchange& exchange) {
  const auto action = engine::find_task_action(form.value("action"));
  if (!action) return Unexpected(refused(texts::kNoAction));
  engine::ActOnTask decision{.task = detail.task.id,
                             .action = *action,
                             .comment = std::string(form.value("comment")),
                             .to = {},
                             .place = place_of(form.value("place")),
                             .step = {},
                             .resume = {},
                             .values = {},
                             .expected_version = {}};
  if (*action == TaskAction::Transfer || *action == TaskAction::AddApprover) {
    FW_TRY(decision.to, find_person(form.value("to"), exchange));
  }
  if (*action == TaskAction::Return) {
    decision.step = std::string(form.value("step"));
    const std::string_view resume = form.value("resume");
    if (!resume.empty()) decision.resume = resume == "true";
  }
  // Fields are changed together with approving; the page sends them with every button.
  if (*action == TaskAction::Approve) {
    FW_TRY(decision.values, read_values(detail, form, exchange));
  }
  if (const std::int64_t version = seen_version(form)) decision.expected_version = version;
  return engine::Intent(std::move(decision));
}

std::string way_on(const Submission& form) {
  const std::string_view next = form.value("next");
  return next.empty() ? "/tasks" : session::local_path(next);
}

// The whole days from one to the other, both included, in the app's time zone.
Wanted read_delegation(const Submission& form, const Exchange& exchange) {
  FW_TRY(const engine::AccountId to, find_person(form.value("to"), exchange));
  const auto starts = parse_date(form.value("starts"));
  const auto ends = parse_date(form.value("ends"));
  if (!starts || !ends) return Unexpected(refused(texts::kNoDays));
  const TimeZone& zone = *exchange.engine().model().app.time_zone;
  const Instant begin = zone.to_instant({*starts, {}});
  const Instant end = zone.to_instant({from_days(to_days(*ends) + 1), {}});
  return engine::Intent(engine::Delegate{
      .to = to, .starts_at = std::max(begin, exchange.engine().clock().now()), .ends_at = end});
}

void delegate(Exchange exchange, pages::Done done,
              Wanted (*read)(const Submission&, const Exchange&)) {
  auto submission = accept(exchange);
  if (!submission) return;
  Wanted wanted = read(*submission, exchange);
  carry_out({.exchange = std::move(exchange),
             .submission = std::move(*submission),
             .show_again = inbox_page},
            std::move(wanted), "/tasks", done);
}

}  // namespace

void post_task(Exchange exchange) {
  auto submission = accept(exchange);
  if (!submission) return;
  const std::int64_t id = parse_id(exchange.captures[0]).value_or(0);
  const auto detail = exchange.engine().task(exchange.actor(), id);
  if (!detail) return exchange.answer(refusal_page(detail.error(), nullptr, exchange));
  Wanted wanted = read_decision(*detail, *submission, exchange);
  const auto action = engine::find_task_action(submission->value("action"));
  const std::string location = way_on(*submission);
  carry_out(
      {.exchange = std::move(exchange),
       .submission = std::move(*submission),
       .entity = detail->entity,
       .show_again = [id](int status, const pages::RefusedForm& again,
                          const Exchange& asked) { return task_page(status, id, again, asked); }},
      std::move(wanted), location, action ? pages::done_by(*action) : pages::Done::Nothing);
}

void post_delegation(Exchange exchange) {
  delegate(std::move(exchange), pages::Done::Delegated, read_delegation);
}

void post_end_delegation(Exchange exchange) {
  delegate(std::move(exchange), pages::Done::DelegationEnded,
           [](const Submission&, const Exchange& asked) -> Wanted {
             return engine::Intent(engine::EndDelegation{parse_id(asked.captures[0]).value_or(0)});
           });
}

}  // namespace formwork::routes

#include "server/routes/page_moves.h"

#include "server/routes/page_errors.h"
#include "server/routes/page_form.h"
#include "server/routes/page_records.h"
#include "server/routes/page_view.h"
#include "server/routes/targets.h"

namespace formwork::routes {
namespace {

using Wanted = Expected<engine::Intent, engine::Refusal>;

// What `make` reads from the form, carried out on the record of the address.
template <class Make>
void change(Exchange exchange, pages::Done done, Make make) {
  const auto target = find_target(exchange);
  if (!target) return exchange.answer(refusal_page(target.error(), nullptr, exchange));
  auto submission = accept(exchange);
  if (!submission) return;
  Wanted wanted = make(*target, *submission, exchange);
  const Target at = *target;
  carry_out({.exchange = std::move(exchange),
             .submission = std::move(*submission),
             .entity = at.entity,
             .show_again =
                 [at](int status, const pages::RefusedForm& refused, const Exchange& asked) {
                   return record_page(status, *at.entity, at.id, refused, asked);
                 }},
            std::move(wanted), page_path(*at.entity, at.id), done);
}

Expected<const model::Assignment*, engine::Refusal> find_assignment(std::string_view name,
                                                                    const Target& target,
                                                                    const Exchange& exchange) {
  const model::Assignment* found = exchange.engine().model().find_assignment(name);
  if (found == nullptr || found->entity != target.entity->index) {
    return Unexpected(permissions::not_found(*target.entity, std::string(name)));
  }
  return found;
}

// A form that names no version is about the record as it is.
std::optional<std::int64_t> version_of(const Submission& form) {
  const std::int64_t version = seen_version(form);
  return version > 0 ? std::optional(version) : std::nullopt;
}

}  // namespace

void post_move(Exchange exchange) {
  change(std::move(exchange), pages::Done::Moved,
         [](const Target& target, const Submission& form, const Exchange&) -> Wanted {
           return engine::Intent(engine::MoveRecord{.entity = target.entity,
                                                    .id = target.id,
                                                    .expected_version = version_of(form),
                                                    .to = std::string(form.value("to")),
                                                    .comment = std::string(form.value("comment"))});
         });
}

void post_checklist(Exchange exchange) {
  change(std::move(exchange), pages::Done::Changed,
         [](const Target& target, const Submission& form, const Exchange&) -> Wanted {
           return engine::Intent(engine::CheckItem{.entity = target.entity,
                                                   .id = target.id,
                                                   .item = std::string(form.value("item")),
                                                   .done = form.value("done") == "true"});
         });
}

void post_assign(Exchange exchange) {
  change(
      std::move(exchange), pages::Done::Assigned,
      [](const Target& target, const Submission& form, const Exchange& asked) -> Wanted {
        FW_TRY(const engine::AccountId to, find_person(form.value("to"), asked));
        return engine::Intent(engine::AssignRecord{.entity = target.entity,
                                                   .id = target.id,
                                                   .to = to,
                                                   .comment = std::string(form.value("comment"))});
      });
}

void post_claim(Exchange exchange) {
  change(
      std::move(exchange), pages::Done::Claimed,
      [](const Target& target, const Submission& form, const Exchange&) -> Wanted {
        return engine::Intent(engine::AssignRecord{.entity = target.entity,
                                                   .id = target.id,
                                                   .to = std::nullopt,
                                                   .comment = std::string(form.value("comment"))});
      });
}

void post_dispatch(Exchange exchange) {
  change(std::move(exchange), pages::Done::Assigned,
         [](const Target& target, const Submission& form, const Exchange& asked) -> Wanted {
           FW_TRY(const model::Assignment* by, find_assignment(form.value("by"), target, asked));
           return engine::Intent(
               engine::AssignRecord{.entity = target.entity, .id = target.id, .by = by});
         });
}

void post_release(Exchange exchange) {
  change(
      std::move(exchange), pages::Done::Released,
      [](const Target& target, const Submission& form, const Exchange&) -> Wanted {
        return engine::Intent(engine::ReleaseRecord{.entity = target.entity,
                                                    .id = target.id,
                                                    .pool = std::string(form.value("pool")),
                                                    .comment = std::string(form.value("comment"))});
      });
}

void post_comment(Exchange exchange) {
  change(
      std::move(exchange), pages::Done::Commented,
      [](const Target& target, const Submission& form, const Exchange&) -> Wanted {
        return engine::Intent(engine::CommentRecord{
            .entity = target.entity, .id = target.id, .text = std::string(form.value("comment"))});
      });
}

void post_approver(Exchange exchange) {
  change(std::move(exchange), pages::Done::ApproverAdded,
         [](const Target&, const Submission& form, const Exchange& asked) -> Wanted {
           FW_TRY(const engine::AccountId to, find_person(form.value("to"), asked));
           return engine::Intent(
               engine::NameApprover{.process = parse_id(form.value("process")).value_or(0),
                                    .step = std::string(form.value("step")),
                                    .to = to});
         });
}

}  // namespace formwork::routes

#include "engine/approvals/seating.h"

#include <algorithm>

#include "engine/approvals/asking.h"
#include "engine/approvals/seats.h"

namespace formwork::approvals {

using engine::AccountId;
using model::ApprovalStep;
using model::OnEmpty;
using model::SubmitterSeat;

namespace {

void add_reason(std::string& reasons, const std::string& reason) {
  if (!reasons.empty()) reasons += "; ";
  reasons += reason;
}

class Choice {
 public:
  Choice(const ApprovalStep& step, const Context& context, AccountId submitter)
      : step_(step),
        context_(context),
        submitter_(submitter),
        subject_{.entity = context.entity, .record = context.record, .submitter = submitter} {}

  Seating make();

 private:
  void seat(const Found& found);
  void seat_manager();
  void leave_out(AccountId account, const std::string& why);
  bool is_enough() const;
  void fall_back();
  std::string shortage() const;

  const ApprovalStep& step_;
  const Context& context_;
  AccountId submitter_;
  Subject subject_;
  Seating seating_;
};

Seating Choice::make() {
  if (step_.when) {
    Asking asking(subject_, context_.situation);
    seating_.applies = asking.holds(*step_.when);
    seating_.reason = asking.explain(*step_.when);
    if (!seating_.applies) return std::move(seating_);
  }
  for (const Found& found : find_people(step_.approvers, subject_, context_.situation)) {
    seat(found);
  }
  if (!is_enough()) fall_back();
  return std::move(seating_);
}

void Choice::seat(const Found& found) {
  const bool is_known =
      std::any_of(seating_.people.begin(), seating_.people.end(),
                  [&](const Seated& seated) { return seated.found.account == found.account; });
  if (is_known) return;
  const bool is_own = found.account == submitter_;
  switch (is_own ? context_.chain.submitter : SubmitterSeat::Allow) {
    case SubmitterSeat::Forbid:
      return leave_out(found.account, "submitter: forbid");
    case SubmitterSeat::Manager:
      return seat_manager();
    case SubmitterSeat::Skip:
      seating_.people.push_back({.found = found, .is_skipped = true});
      return;
    case SubmitterSeat::Allow:
      break;
  }
  if (!may_approve(context_, found.account)) return leave_out(found.account, "approve: false");
  seating_.people.push_back({.found = found});
}

// In place of the submitter. Nobody is their own manager, so this goes no deeper.
void Choice::seat_manager() {
  const auto manager = context_.situation.organization.manager_of(submitter_);
  if (!manager || *manager == submitter_) return leave_out(submitter_, "submitter: manager");
  seat({.account = *manager, .why = "manager of submitter"});
}

void Choice::leave_out(AccountId account, const std::string& why) {
  const fields::People& people = *context_.situation.showing.people;
  add_reason(seating_.reason, people.account_name(account) + ": " + why);
}

bool Choice::is_enough() const {
  const auto skipped = static_cast<std::size_t>(
      std::count_if(seating_.people.begin(), seating_.people.end(),
                    [](const Seated& seated) { return seated.is_skipped; }));
  const std::size_t votes = seating_.people.size() - skipped;
  if (votes == 0) return skipped > 0;
  return votes >= needed(step_, votes);
}

void Choice::fall_back() {
  const OnEmpty& on_empty = step_.on_empty ? *step_.on_empty : context_.chain.on_empty;
  seating_.on_empty = on_empty.action;
  seating_.trouble = shortage();
  if (on_empty.action != OnEmpty::Action::Ask) return;
  for (Found& found : find_people(on_empty.to, subject_, context_.situation)) {
    found.why = "on_empty: " + found.why;
    seat(found);
  }
  if (!is_enough()) return;
  add_reason(seating_.reason, seating_.trouble);
  seating_.trouble.clear();
}

// `manager of owner: 0`, and of a quorum how many there should be.
std::string Choice::shortage() const {
  std::string terms;
  for (const model::PeopleTerm& term : step_.approvers.terms) {
    terms += (terms.empty() ? "" : ", ") + term.text;
  }
  const std::size_t need = needed(step_, 0);
  const std::string of = need > 1 ? " < " + std::to_string(need) : std::string();
  return terms + ": " + std::to_string(seating_.people.size()) + of;
}

}  // namespace

bool may_approve(const Context& context, AccountId id) {
  const records::Situation& s = context.situation;
  const engine::Account* account = s.organization.account(id);
  if (account == nullptr || !account->active) return false;
  const engine::Actor actor{.account = id,
                            .name = account->name,
                            .full_name = account->full_name,
                            .roles = permissions::roles_of(*account, s.gate.model()),
                            .locale = account->locale,
                            .cause = engine::Cause::Program};
  return s.gate.may(actor, model::Action::Approve, context.entity, context.record,
                    records::moment_of(s));
}

bool may_be_seated(const Context& context, AccountId submitter, AccountId account) {
  const bool is_barred = account == submitter && context.chain.submitter != SubmitterSeat::Allow;
  return !is_barred && context.situation.organization.is_active(account) &&
         may_approve(context, account);
}

Seating seating_of(const ApprovalStep& step, const Context& context, AccountId submitter) {
  return Choice(step, context, submitter).make();
}

}  // namespace formwork::approvals

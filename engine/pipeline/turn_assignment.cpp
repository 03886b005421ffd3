// What follows for whoever owns a record: the response clock with its steps, recycling, and
// absences.
#include <algorithm>

#include "dsl/base/utf8.h"
#include "engine/assignment/assign.h"
#include "engine/assignment/texts.h"
#include "engine/pipeline/assignment_timers.h"
#include "engine/pipeline/claims.h"
#include "engine/pipeline/notification_texts.h"
#include "engine/pipeline/turn.h"
#include "engine/pipeline/turn_texts.h"
#include "engine/records/assignment.h"
#include "engine/records/conditions.h"

namespace formwork::engine {
namespace {

using assignment::Explanation;
using records::Decision;

// Recycling is asked again so much later.
constexpr calendar::Period kNextDay{.days = 1, .time = {}, .business = false};

bool is_same_run(const ResponseClock& a, const ResponseClock& b) {
  return a.started_at == b.started_at && a.running_since == b.running_since &&
         a.stopped == b.stopped;
}

// Where only the owner is another, the steps to come stay as they are.
bool keeps_steps(const std::optional<ResponseClock>& old, const ResponseClock& clock) {
  return old && is_same_run(*old, clock);
}

std::string rule_of(const model::Assignment& assignment) { return "assignment " + assignment.name; }

Absence absence_of(AccountId account, const AddAbsence& absence) {
  return {.id = 0,
          .account = account,
          .starts_at = absence.starts_at,
          .ends_at = absence.ends_at,
          .reason = absence.reason};
}

}  // namespace

struct Turn::Due {
  const model::Assignment* assignment = nullptr;
  const model::Entity* entity = nullptr;
  Record record;
  const model::ResponseStep* step = nullptr;  // of the clock, or
  Explanation told;                           // what history says of it
  Sequence sequence = 0;                      // of the entry that does
};

void Turn::follow_owner(const Decision& decision) {
  for (const records::Share& share : decision.shares) {
    transaction_.put_share(share.assignment, share.rule, share.account, share.share);
  }
  if (!decision.entity->assignment_fields) return;
  follow_clock(decision);
  follow_recycling(decision);
}

void Turn::follow_clock(const Decision& decision) {
  const model::Entity& entity = *decision.entity;
  const model::Assignment* assignment = model_.response_of(entity);
  if (assignment == nullptr) return;
  const model::Response& response = *assignment->response;
  const RecordId record = decision.after.id;
  const auto old = transaction_.find_response_clock(entity.name, record);
  std::optional<ResponseClock> clock = decision.clock;
  // A deleted record keeps what its clock has used up, for when it is restored.
  if (decision.action == "deleted" && old) {
    clock = records::halted(*old, response.within.business, situation_.now, model_);
  }
  if (!clock) return;
  transaction_.put_response_clock(entity.name, record, *clock);
  set_response_timers(transaction_, *assignment, decision.after, *clock, model_, situation_.now,
                      keeps_steps(old, *clock));
}

void Turn::follow_recycling(const Decision& decision) {
  const model::Entity& entity = *decision.entity;
  const Record& record = decision.after;
  const bool was = decision.before && is_worked_on(entity, *decision.before);
  const bool is = is_worked_on(entity, record);
  const bool is_new = is && (!was || records::owner_of(entity, *decision.before) !=
                                         records::owner_of(entity, record));
  if (is == was && !is_new) return;
  for (const model::Assignment& assignment : model_.assignments) {
    if (assignment.entity != entity.index || assignment.recycle.empty()) continue;
    set_recycle_timers(transaction_, assignment, record, model_, situation_.now);
  }
}

Expected<void, Refusal> Turn::count_claim(const Decision& decision) {
  if (decision.action != "claimed" || !decision.before) return {};
  const model::Entity& entity = *decision.entity;
  const auto pool = assignment::pool_of(entity, *decision.before);
  if (!pool || !entity.pools[*pool].claims_per_day) return {};
  const auto most = static_cast<std::int64_t>(*entity.pools[*pool].claims_per_day);
  const ClaimCount count(model_, entity, *pool, actor_.account, situation_.now);
  if (transaction_.next_number(count.name, count.day) <= most) return {};
  return Unexpected(
      refusal_of(RefusalKind::Conflict, assignment::texts::kQuota,
                 {{"count", std::to_string(most)}, {"pool", entity.pools[*pool].label}}));
}

// False: the record or the rule is gone, or nobody works on it any more.
bool Turn::find_due(const Timer& timer, Due& due) {
  due.entity = model_.find_entity(timer.entity);
  due.assignment = model_.find_assignment(timer.rule);
  if (due.entity == nullptr || due.assignment == nullptr) return false;
  if (due.assignment->entity != due.entity->index || !due.entity->assignment_fields) return false;
  auto record = transaction_.find_record(*due.entity, timer.record);
  if (!record || !is_worked_on(*due.entity, *record)) return false;
  due.record = std::move(*record);
  due.told.assignment = due.assignment->name;
  return true;
}

void Turn::on_response(const Timer& timer) {
  Due due;
  if (!find_due(timer, due)) return;
  const auto clock = transaction_.find_response_clock(due.entity->name, due.record.id);
  if (!clock || !clock->running_since) return;
  if (is_of_promise(timer, clock->owner)) {
    return raise_overdue(*due.entity, due.record, model::OverdueEvent::Response, 0);
  }
  due.step = step_of(*due.assignment, timer);
  if (due.step == nullptr) return;
  due.told.step = calendar::to_string(due.step->after);
  take_step(due);
}

void Turn::take_step(Due& due) {
  using enum model::ResponseStep::Action;
  switch (due.step->action) {
    case Remind:
    case Escalate:
      return remind(due);
    case Reassign:
      return reassign(due);
    case Release:
      release(due, due.step->pool);
  }
}

// Whoever is asked besides the owner hears of whom the record waits for.
void Turn::remind(Due& due) {
  const AccountId owner = records::owner_of(*due.entity, due.record);
  std::vector<AccountId> others;
  for (approvals::Found& found : approvals::find_people(
           due.step->to, {.entity = *due.entity, .record = due.record}, situation_)) {
    if (found.account != owner) others.push_back(found.account);
    due.told.candidates.push_back(
        {.account = directory_.account_name(found.account), .why = std::move(found.why)});
  }
  const bool escalates = due.step->action == model::ResponseStep::Action::Escalate;
  due.sequence = note(*due.entity, due.record, escalates ? "escalated" : "reminded", {}, "{}",
                      assignment::write_detail(due.told, {}));
  const auto send = [&](const MessageText& title, std::vector<AccountId> to) {
    Telling telling =
        telling_of(title, *due.entity, due.record, {{"who", directory_.full_name(owner)}});
    telling.to = std::move(to);
    telling.rule = rule_of(*due.assignment);
    telling.cause = due.sequence;
    tell(telling);
  };
  send(texts::kAwaitsYourAnswer, {owner});
  if (!others.empty()) send(texts::kAwaitsAnswerOf, std::move(others));
}

void Turn::reassign(Due& due) {
  const AccountId before = records::owner_of(*due.entity, due.record);
  assignment::Picked picked =
      due.step->to.empty()
          ? assignment::pick(*due.assignment, due.record, {}, situation_)
          : assignment::pick_of(due.step->to, *due.assignment, due.record, situation_);
  // Neither a pool nor the present owner is another owner: `release` puts records into pools.
  picked.pool.reset();
  if (picked.account == before) picked.account.reset();
  Explanation told = assignment::explain(picked, *due.entity, directory_);
  told.step = due.told.step;
  due.told = std::move(told);
  auto decision =
      assignment::carry_out(picked, due.record, records::kReassigned, due.told, {}, situation_);
  if (!decision) {
    note_refused(due, "reassign_refused", decision.error());
    return;
  }
  if (!commit_by_program(*decision, "reassign_refused", due)) return;
  const AccountId owner = records::owner_of(*due.entity, due.record);
  tell_former(due, before, {{"who", directory_.full_name(owner)}}, texts::kWentToAnother);
}

bool Turn::release(Due& due, std::size_t pool) {
  const AccountId before = records::owner_of(*due.entity, due.record);
  due.told.pool = due.entity->pools[pool].name;
  auto decision = assignment::release(*due.entity, due.record, pool,
                                      assignment::write_detail(due.told, {}), situation_);
  if (!decision) {
    due.told.pool.clear();
    note_refused(due, "release_refused", decision.error());
    return false;
  }
  if (!commit_by_program(*decision, "release_refused", due)) return false;
  tell_former(due, before, {{"pool", due.entity->pools[pool].label}}, texts::kWentToPool);
  return true;
}

bool Turn::commit_by_program(Decision& decision, std::string_view refused, Due& due) {
  const auto sequence = commit_as_part(decision, {});
  if (!sequence) {
    note_refused(due, refused, sequence.error());
    return false;
  }
  due.sequence = *sequence;
  due.record = std::move(decision.after);
  return true;
}

void Turn::note_refused(Due& due, std::string_view action, const Refusal& refusal) {
  note(
      *due.entity, due.record, action, {}, "{}",
      assignment::write_detail(due.told, {}, reasons_of(refusal, *due.entity, situation_.showing)));
}

void Turn::tell_former(const Due& due, AccountId owner, Arguments arguments,
                       const MessageText& title) {
  Telling telling = telling_of(title, *due.entity, due.record, std::move(arguments));
  telling.to = {owner};
  telling.rule = rule_of(*due.assignment);
  telling.cause = due.sequence;
  tell(telling);
}

void Turn::on_recycle(const Timer& timer) {
  Due due;
  if (!find_due(timer, due)) return;
  const model::Recycle* found = recycle_of(*due.assignment, timer);
  if (found == nullptr) return;
  const model::Recycle& rule = *found;
  records::Conditions conditions(*due.entity, due.record, situation_);
  const bool holds = !rule.when || conditions.holds(*rule.when);
  if (holds) {
    due.told.recycle = rule.id;
    if (rule.when) {
      const std::string saw = conditions.saw_all(*rule.when);
      due.told.condition = rule.when->text() + (saw.empty() ? "" : ": " + saw);
    }
    if (release(due, rule.pool)) return;
  }
  Timer next = timer;
  next.due_at = model_.calendar().add(timer.due_at, kNextDay);
  // After the program stood still it is asked once for all of that time.
  if (next.due_at <= situation_.now) {
    next.due_at = model_.calendar().add(situation_.now, kNextDay);
  }
  transaction_.insert_timer(next);
}

Expected<Outcome, Refusal> Turn::be_away(const AddAbsence& add) {
  if (add.ends_at <= add.starts_at || add.ends_at <= situation_.now) {
    return Unexpected(refusal_of(RefusalKind::Conflict, texts::kAbsenceTime));
  }
  if (count_characters(add.reason) > kMostReasonCharacters) {
    return Unexpected(refusal_of(RefusalKind::Invalid, texts::kLongAbsence,
                                 {{"most", std::to_string(kMostReasonCharacters)}}));
  }
  const std::vector<Absence> all = transaction_.absences();
  const auto own = std::count_if(all.begin(), all.end(), [&](const Absence& one) {
    return one.account == actor_.account && one.ends_at > situation_.now;
  });
  if (own >= kMostAbsences) {
    return Unexpected(refusal_of(RefusalKind::Conflict, texts::kManyAbsences,
                                 {{"most", std::to_string(kMostAbsences)}}));
  }
  Absence absence = absence_of(actor_.account, add);
  absence.id = transaction_.insert_absence(absence);
  note_absence("absence_added", absence);
  return Outcome{.absence = absence};
}

Expected<Outcome, Refusal> Turn::come_back(const EndAbsence& end) {
  const std::vector<Absence> all = transaction_.absences();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Absence& absence) {
    return absence.id == end.id && absence.account == actor_.account;
  });
  if (found == all.end()) {
    return Unexpected(
        refusal_of(RefusalKind::NotFound, texts::kNoAbsence, {{"id", std::to_string(end.id)}}));
  }
  Absence absence = *found;
  absence.ends_at = situation_.now;
  transaction_.end_absence(end.id, situation_.now);
  note_absence("absence_ended", absence);
  return Outcome{.absence = absence};
}

void Turn::note_absence(std::string_view action, const Absence& absence) {
  approvals::Event event;
  event.comment = absence.reason;
  event.reason = to_rfc3339(absence.starts_at) + " / " + to_rfc3339(absence.ends_at);
  HistoryEntry entry = entry_of(kAccountEntity, absence.account, action);
  entry.detail = detail_of(event);
  append_history(transaction_, std::move(entry), model_);
}

}  // namespace formwork::engine

#include "engine/pipeline/turn.h"

#include <algorithm>

#include "dsl/base/json.h"
#include "engine/assignment/assign.h"
#include "engine/assignment/texts.h"
#include "engine/audit/chain.h"
#include "engine/automations/waiting.h"
#include "engine/pipeline/apply.h"
#include "engine/pipeline/turn_texts.h"
#include "engine/records/intake.h"
#include "engine/records/output.h"
#include "engine/records/rights.h"
#include "engine/records/stages.h"
#include "engine/records/validate.h"

namespace formwork::engine {
namespace {

using records::Decision;

// So many moves may follow from one another. A chain of stages is not longer; one that leads back
// to itself is.
constexpr int kMostMoves = 20;

Refusal conflict(const MessageText& text,
                 std::vector<std::pair<std::string_view, Argument>> arguments = {}) {
  return refusal_of(RefusalKind::Conflict, text, std::move(arguments));
}

std::string comment_of(const Intent& intent) {
  if (const auto* move = std::get_if<MoveRecord>(&intent)) return move->comment;
  if (const auto* assign = std::get_if<AssignRecord>(&intent)) return assign->comment;
  if (const auto* release = std::get_if<ReleaseRecord>(&intent)) return release->comment;
  return {};
}

// What history says of a change that an automation has made: by which one it was, first.
std::string with_rule(const std::string& detail, const std::string& rule) {
  std::string text = "{\"rule\":";
  json::append_string(text, rule);
  const bool has_more = detail.size() > std::string_view("{}").size();
  return text + (has_more ? "," + detail.substr(1) : "}");
}

// Longer ones are files.
constexpr std::size_t kMostCommentBytes = 20'000;

}  // namespace

Expected<Decision, Refusal> decide_any(const Intent& intent, const records::Situation& situation) {
  if (const auto* move = std::get_if<MoveRecord>(&intent)) {
    return lifecycle::decide_move(*move, situation);
  }
  if (const auto* check = std::get_if<CheckItem>(&intent)) {
    return lifecycle::decide_check(*check, situation);
  }
  if (const auto* assign = std::get_if<AssignRecord>(&intent)) {
    return assignment::decide_assign(*assign, situation);
  }
  if (const auto* release = std::get_if<ReleaseRecord>(&intent)) {
    return assignment::decide_release(*release, situation);
  }
  if (const auto* taken = std::get_if<TakeIn>(&intent)) {
    FW_TRY(records::Arrived arrived, records::decide_intake(*taken, situation));
    return std::move(arrived.decision);
  }
  return records::decide(intent, situation);
}

std::int64_t append_history(store::Transaction& transaction, HistoryEntry entry,
                            const model::Model& model) {
  entry.model = model.fingerprint;
  const std::optional<HistoryEntry> last = transaction.last_history();
  audit::link(entry, last ? &*last : nullptr);
  transaction.append_history(entry);
  return entry.sequence;
}

Turn::Turn(const Parts& parts)
    : model_(parts.gate.model()),
      transaction_(parts.transaction),
      directory_(parts.directory),
      actor_(parts.actor),
      random_(parts.random),
      origin_(parts.origin),
      situation_{.gate = parts.gate,
                 .view = parts.transaction,
                 .actor = parts.actor,
                 .showing = parts.showing,
                 .now = parts.now,
                 .organization = parts.directory},
      teller_({.gate = parts.gate,
               .transaction = parts.transaction,
               .directory = parts.directory,
               .random = parts.random,
               .origin = parts.origin,
               .now = parts.now}),
      listeners_(parts.listeners),
      rule_(parts.rule) {}

Expected<Outcome, Refusal> Turn::carry_out(const Intent& intent) {
  if (const auto* action = std::get_if<ActOnTask>(&intent)) return act(*action);
  if (const auto* named = std::get_if<NameApprover>(&intent)) return name(*named);
  if (const auto* given = std::get_if<Delegate>(&intent)) return delegate(*given);
  if (const auto* ended = std::get_if<EndDelegation>(&intent)) return end(*ended);
  if (const auto* done = std::get_if<FinishToDo>(&intent)) return finish(*done);
  if (const auto* seen = std::get_if<ReadNotifications>(&intent)) return read(*seen);
  if (const auto* wanted = std::get_if<ChangePreferences>(&intent)) return prefer(*wanted);
  if (const auto* absence = std::get_if<AddAbsence>(&intent)) return be_away(*absence);
  if (const auto* back = std::get_if<EndAbsence>(&intent)) return come_back(*back);
  if (const auto* taken = std::get_if<TakeIn>(&intent)) return take_in(*taken);
  if (const auto* said = std::get_if<CommentRecord>(&intent)) return comment(*said);
  return change_record(intent);
}

Expected<Outcome, Refusal> Turn::change_record(const Intent& intent) {
  FW_TRY(Decision decision, decide_any(intent, situation_));
  // Deleting and restoring change no field.
  const bool writes = !decision.changed.empty() || decision.action == "created" ||
                      decision.action == "deleted" || decision.action == "restored";
  if (writes) {
    if (auto refusal = refuse_guarded(decision)) return Unexpected(std::move(*refusal));
    FW_TRY_VOID(count_claim(decision));
    FW_TRY_VOID(commit(decision, {.cause = 0, .comment = comment_of(intent), .reason = {}}));
  }
  // The change itself may have taken the record out of sight: then its values are not told.
  const bool is_visible =
      records::may(situation_, model::Action::View, *decision.entity, decision.after);
  if (!is_visible) decision.after.values.clear();
  return Outcome{.entity = decision.entity,
                 .record = std::move(decision.after),
                 .changed = writes,
                 .answer = {},
                 .repeated = false,
                 .process = std::move(touched_)};
}

Expected<Turn::Sequence, Refusal> Turn::commit(Decision& decision, const Origin& origin) {
  write(decision, transaction_, *model_.app.time_zone);
  const Sequence sequence =
      note(*decision.entity, decision.after, decision.action, origin,
           records::write_changes(*decision.entity, decision.changed,
                                  decision.before ? &*decision.before : nullptr, decision.after,
                                  directory_),
           decision.detail);
  ++own_chain().changes;
  tell_new_owner(decision, sequence);
  follow_owner(decision);
  if (listeners_.any(*decision.entity)) {
    raise_change(decision, sequence);
    follow_dates(decision);
  }
  arriving_ = nullptr;  // what follows comes of the change, and not from outside
  FW_TRY_VOID(follow(decision, sequence));
  return sequence;
}

Expected<void, Refusal> Turn::follow(Decision& decision, Sequence cause) {
  const model::Entity& entity = *decision.entity;
  follow_todos(decision);
  if (!entity.stage_fields) return {};
  if (decision.action == "created" || decision.action == "moved") return entered(decision, cause);
  if (decision.action == "deleted") {
    cancel_processes(entity, decision.after, {}, cause);
    transaction_.delete_timers_of_record(entity.name, decision.after.id, true);
    return {};
  }
  if (decision.action == "restored") {
    set_dwell_timers(entity, decision.after);
    return {};
  }
  tell_approval(entity, decision.after, cause);
  return {};
}

// The stages of its record's way are kept with their times, clocks are set, and an approval that
// the stage asks for begins.
Expected<void, Refusal> Turn::entered(Decision& decision, Sequence cause) {
  const model::Entity& entity = *decision.entity;
  Record& record = decision.after;
  const model::Stage* stage = model::stage_of(entity, record.values);
  transaction_.begin_stay(entity.name, record.id,
                          {.stage = stage->name,
                           .entered_at = situation_.now,
                           .left_at = {},
                           .entered_by = actor_.account});
  if (decision.before) {
    transaction_.delete_timers_of_record(entity.name, record.id, false);
    cancel_processes(entity, record, stage->name, cause);
  }
  set_dwell_timers(entity, record);
  if (!stage->approval || reopening_ != 0) return {};
  std::string origin;
  if (decision.before) {
    const feel::Value& before = decision.before->values[entity.stage_fields->stage];
    if (!before.is_null()) origin = before.string();
  }
  return submit(entity, record, *stage, origin, cause);
}

void Turn::set_dwell_timers(const model::Entity& entity, const Record& record) {
  const model::Stage* stage = model::stage_of(entity, record.values);
  if (stage == nullptr) return;
  const lifecycle::DwellTimes times = lifecycle::dwell_times(*stage, situation_.now, model_);
  Timer timer{.id = 0,
              .due_at = {},
              .kind = Timer::Kind::DwellWarning,
              .entity = entity.name,
              .record = record.id,
              .task = 0,
              .number = 0};
  if (times.warn) {
    timer.due_at = *times.warn;
    transaction_.insert_timer(timer);
  }
  if (times.limit) {
    timer.kind = Timer::Kind::DwellLimit;
    timer.due_at = *times.limit;
    std::vector<std::string> path = path_here();
    if (!path.empty()) timer.payload = automations::to_payload({.path = std::move(path)});
    transaction_.insert_timer(timer);
  }
}

Turn::Sequence Turn::note(const model::Entity& entity, const Record& record,
                          std::string_view action, const Origin& origin, std::string changes,
                          std::string detail) {
  if (detail.empty()) detail = origin.detail;
  if (detail.empty() && (!origin.comment.empty() || !origin.reason.empty())) {
    detail = detail_of({.comment = origin.comment, .reason = origin.reason});
  }
  HistoryEntry entry = entry_of(entity.name, record.id, action);
  entry.version = record.version;
  entry.changes = std::move(changes);
  entry.detail = rule_ == nullptr ? std::move(detail) : with_rule(detail, rule_->automation.name);
  entry.caused_by = origin.cause;
  if (origin.cause == 0 && rule_ != nullptr) entry.caused_by = rule_->event.cause;
  return append_history(transaction_, std::move(entry), model_);
}

HistoryEntry Turn::entry_of(std::string_view entity, RecordId record,
                            std::string_view action) const {
  HistoryEntry entry;
  entry.at = situation_.now;
  entry.actor = actor_.account;
  entry.actor_name = actor_.name;
  entry.entity = std::string(entity);
  entry.record = record;
  entry.action = std::string(action);
  entry.cause = std::string(cause_name(actor_.cause));
  entry.changes = "{}";
  return entry;
}

std::string Turn::detail_of(const approvals::Event& event) const {
  std::string text;
  json::Writer writer(text);
  writer.begin_object();
  if (!event.step.empty()) writer.key("step").string(event.step);
  if (event.whom != 0) writer.key("whom").string(directory_.account_name(event.whom));
  if (event.on_behalf != 0) {
    writer.key("on_behalf").string(directory_.account_name(event.on_behalf));
  }
  if (!event.comment.empty()) writer.key("comment").string(event.comment);
  if (!event.reason.empty()) writer.key("reason").string(event.reason);
  writer.end_object();
  return text == "{}" ? std::string() : text;
}

Expected<Decision, Refusal> Turn::try_to_enter(const model::Entity& entity, const Record& record,
                                               std::size_t stage) {
  if (++depth_ > kMostMoves) {
    return Unexpected(conflict(texts::kEndless, {{"entity", entity.label}}));
  }
  FW_TRY(Decision decision, lifecycle::enter_stage(entity, record, stage, situation_));
  const model::Stage& to = model::lifecycle_of(entity, record.values)->stages[stage];
  if (to.approval && reopening_ == 0) {
    // Whether it can begin; it does when the record is there.
    approvals::Effects effects;
    FW_TRY_VOID(begin_approval(entity, decision.after, to, effects));
  }
  return decision;
}

Expected<Turn::Sequence, Refusal> Turn::commit_as_part(Decision& decision, const Origin& origin) {
  store::Part part(transaction_);
  const std::size_t told = teller_.told();
  const std::size_t raised = events_.size();
  const std::size_t changes = own_chain().changes;
  std::optional<Process> touched = touched_;
  auto sequence = commit(decision, origin);
  if (sequence) {
    part.keep();
    return sequence;
  }
  teller_.forget_since(told);
  events_.resize(raised);
  own_chain().changes = changes;
  touched_ = std::move(touched);
  return sequence;
}

Expected<Record, Refusal> Turn::enter_by_program(const model::Entity& entity, const Record& record,
                                                 std::size_t stage, Sequence cause) {
  FW_TRY(Decision decision, try_to_enter(entity, record, stage));
  FW_TRY_VOID(commit_as_part(decision, {.cause = cause, .comment = {}, .reason = {}}));
  return std::move(decision.after);
}

void Turn::move_by_program(const model::Entity& entity, Record& record, std::size_t stage,
                           Sequence cause) {
  auto moved = enter_by_program(entity, record, stage, cause);
  if (moved) {
    record = std::move(*moved);
    return;
  }
  note(entity, record, "move_refused",
       {.cause = cause,
        .comment = {},
        .reason = reasons_of(moved.error(), entity, situation_.showing)});
}

void Turn::fire(const Timer& timer) {
  if (timer.kind == Timer::Kind::Delayed) return on_delayed(timer);
  if (timer.kind == Timer::Kind::Date) return on_date(timer);
  if (timer.kind == Timer::Kind::Cron) return on_cron(timer);
  if (timer.kind == Timer::Kind::TaskDeadline) return on_deadline(timer);
  if (timer.kind == Timer::Kind::Response) return on_response(timer);
  if (timer.kind == Timer::Kind::Recycle) return on_recycle(timer);
  if (timer.kind == Timer::Kind::ToDo) return on_todo(timer);
  if (timer.kind == Timer::Kind::Digest) return teller_.send_digest(timer.number, timer.record);
  on_dwell(timer);
}

void Turn::on_dwell(const Timer& timer) {
  const model::Entity* entity = model_.find_entity(timer.entity);
  if (entity == nullptr) return;
  std::optional<Record> record = transaction_.find_record(*entity, timer.record);
  if (!record || record->deleted_at) return;
  const model::Stage* stage = model::stage_of(*entity, record->values);
  if (stage == nullptr || !stage->dwell) return;
  if (timer.kind == Timer::Kind::DwellWarning) {
    const Sequence warned = note(*entity, *record, "dwell_warned", {});
    tell_of_dwell(*entity, *record, *stage, false, warned);
    // Where there is no limit the warning is all that there is to be late for.
    if (!stage->dwell->limit) raise_overdue(*entity, *record, model::OverdueEvent::Stage, warned);
    return;
  }
  const Sequence sequence = note(*entity, *record, "dwell_expired", {});
  tell_of_dwell(*entity, *record, *stage, true, sequence);
  raise_overdue(*entity, *record, model::OverdueEvent::Stage, sequence);
  if (!stage->dwell->then) return;
  // What comes of the limit itself are reminders, which may come for ever.
  path_ = automations::from_payload(timer.payload).path;
  move_by_program(*entity, *record, *stage->dwell->then, sequence);
}

Expected<Outcome, Refusal> Turn::comment(const CommentRecord& comment) {
  const model::Entity& entity = *comment.entity;
  FW_TRY(Record record, records::load_visible(entity, comment.id, std::nullopt, situation_));
  if (comment.text.find_first_not_of(" \t\r\n") == std::string::npos) {
    return Unexpected(refusal_of(RefusalKind::Invalid, texts::kNoComment));
  }
  if (comment.text.size() > kMostCommentBytes) {
    return Unexpected(refusal_of(RefusalKind::Invalid, texts::kLongComment,
                                 {{"most", std::to_string(kMostCommentBytes)}}));
  }
  note(entity, record, "commented", {.cause = 0, .comment = comment.text, .reason = {}});
  return Outcome{.entity = &entity, .record = std::move(record)};
}

Expected<Outcome, Refusal> Turn::delegate(const Delegate& delegate) {
  if (delegate.to == actor_.account) return Unexpected(conflict(texts::kDelegateSelf));
  if (!directory_.is_active(delegate.to)) {
    return Unexpected(
        conflict(assignment::texts::kNotActive, {{"who", directory_.full_name(delegate.to)}}));
  }
  if (delegate.ends_at <= delegate.starts_at || delegate.ends_at <= situation_.now) {
    return Unexpected(conflict(texts::kDelegateTime));
  }
  const std::vector<Delegation> all = transaction_.delegations();
  const auto own = std::count_if(all.begin(), all.end(), [&](const Delegation& one) {
    return one.from == actor_.account && one.ends_at > situation_.now;
  });
  if (own >= kMostDelegations) {
    return Unexpected(
        conflict(texts::kManyDelegations, {{"most", std::to_string(kMostDelegations)}}));
  }
  Delegation delegation{.id = 0,
                        .from = actor_.account,
                        .to = delegate.to,
                        .starts_at = delegate.starts_at,
                        .ends_at = delegate.ends_at,
                        .created_by = actor_.account};
  delegation.id = transaction_.insert_delegation(delegation);
  note_delegation("delegated", delegation);
  return Outcome{.delegation = delegation};
}

Expected<Outcome, Refusal> Turn::end(const EndDelegation& end) {
  const std::vector<Delegation> all = transaction_.delegations();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Delegation& delegation) {
    return delegation.id == end.id && delegation.from == actor_.account;
  });
  if (found == all.end()) {
    return Unexpected(
        refusal_of(RefusalKind::NotFound, texts::kNoDelegation, {{"id", std::to_string(end.id)}}));
  }
  Delegation delegation = *found;
  delegation.ends_at = situation_.now;
  transaction_.end_delegation(end.id, situation_.now);
  note_delegation("delegation_ended", delegation);
  return Outcome{.delegation = delegation};
}

void Turn::note_delegation(std::string_view action, const Delegation& delegation) {
  approvals::Event event;
  event.whom = delegation.to;
  event.reason = to_rfc3339(delegation.starts_at) + " / " + to_rfc3339(delegation.ends_at);
  HistoryEntry entry = entry_of(kAccountEntity, delegation.from, action);
  entry.detail = detail_of(event);
  append_history(transaction_, std::move(entry), model_);
}

}  // namespace formwork::engine

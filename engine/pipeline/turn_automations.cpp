// The part of a Turn that is about automations: what has happened, who listens, and what each makes
// of it.
#include <algorithm>
#include <chrono>

#include "dsl/calendar/before.h"
#include "dsl/model/scope.h"
#include "engine/automations/run.h"
#include "engine/automations/texts.h"
#include "engine/automations/trigger.h"
#include "engine/automations/values.h"
#include "engine/automations/waiting.h"
#include "engine/pipeline/showing.h"
#include "engine/pipeline/turn.h"
#include "engine/pipeline/turn_rule.h"
#include "engine/pipeline/turn_texts.h"
#include "engine/records/rights.h"

namespace formwork::engine {
namespace {

using automations::Event;
using automations::Occasion;
using Moment = std::chrono::steady_clock::time_point;

std::string stage_text(const model::Entity& entity, const Record& record) {
  if (!entity.stage_fields) return {};
  const feel::Value& stage = record.values[entity.stage_fields->stage];
  return stage.is_null() ? std::string() : stage.string();
}

// Whether the change has put a value into the field that was not there.
bool gets(const records::Decision& decision, std::optional<std::size_t> field) {
  return field && !decision.after.values[*field].is_null() &&
         std::find(decision.changed.begin(), decision.changed.end(), *field) !=
             decision.changed.end();
}

feel::Value old_of(const Event& event, const model::Scopes& scopes) {
  if (!event.before) return {};
  std::vector<feel::Value> system;
  for (std::size_t i = 0; i < model::kSystemColumnCount; ++i) {
    system.push_back(store::system_value(*event.before, static_cast<model::SystemColumn>(i)));
  }
  return model::old_values(scopes, *event.entity, event.before->values, system);
}

std::int64_t microseconds_since(Moment begin) {
  const auto passed = std::chrono::steady_clock::now() - begin;
  return std::chrono::duration_cast<std::chrono::microseconds>(passed).count();
}

}  // namespace

std::vector<std::string> Turn::path_here() const {
  if (rule_ == nullptr) return path_;
  std::vector<std::string> path = rule_->event.path;
  path.push_back(rule_->automation.name);
  return path;
}

void Turn::raise(Event event) {
  if (!listeners_.any(*event.entity)) return;
  if (event.actor == kSystemAccount) event.actor = actor_.account;
  if (rule_ != nullptr) {
    event.actor = rule_->event.actor;
    event.due = rule_->event.due;
  }
  event.path = path_here();
  events_.push_back(std::move(event));
}

void Turn::raise_change(const Decision& decision, Sequence cause) {
  const model::Entity& entity = *decision.entity;
  Event event{.entity = &entity, .record = decision.after.id};
  event.before = decision.before;
  event.created = decision.action == "created";
  event.deleted = decision.action == "deleted";
  event.restored = decision.action == "restored";
  event.changed = decision.changed;
  const std::string before = decision.before ? stage_text(entity, *decision.before) : "";
  const std::string after = stage_text(entity, decision.after);
  // A move to the stage that the record is in begins it anew.
  if (before != after || decision.action == "moved") {
    event.left = before;
    event.entered = after;
  }
  event.assigned = gets(decision, entity.owner);
  event.released = entity.assignment_fields && gets(decision, entity.assignment_fields->pool);
  if (arriving_ != nullptr) {
    event.form = arriving_->form;
    event.webhook = arriving_->webhook;
  }
  event.cause = cause;
  if (!event.left.empty()) drop_delayed(entity, event.record, event.left);
  raise(std::move(event));
}

void Turn::raise_overdue(const model::Entity& entity, const Record& record,
                         model::OverdueEvent what, Sequence cause) {
  Event event{.entity = &entity, .record = record.id};
  event.overdue = what;
  event.cause = cause;
  raise(std::move(event));
}

void Turn::raise_approval(const Process& process, const Process* before,
                          approvals::Effects::Outcome outcome, const model::Entity& entity,
                          Sequence cause) {
  using Way = approvals::Effects::Outcome;
  const model::ApprovalChain* chain = model_.find_approval(process.chain);
  if (chain == nullptr || !listeners_.any(entity)) return;
  const ProcessState was = before == nullptr ? ProcessState::Returned : before->state;
  std::optional<model::ApprovalEvent> what;
  if (process.state != was) {
    if (process.state == ProcessState::Running && outcome != Way::Reopened) {
      what = model::ApprovalEvent::Submitted;
    }
    if (process.state == ProcessState::Returned) what = model::ApprovalEvent::Returned;
  }
  if (outcome == Way::Approved) what = model::ApprovalEvent::Approved;
  if (outcome == Way::Rejected) what = model::ApprovalEvent::Rejected;
  if (outcome == Way::Withdrawn) what = model::ApprovalEvent::Withdrawn;
  if (!what) return;
  Event event{.entity = &entity, .record = process.record};
  event.approval = what;
  event.chain = static_cast<std::size_t>(chain - model_.approvals.data());
  event.cause = cause;
  raise(std::move(event));
}

// Considers automations one by one, and logs what came of each.
class Turn::Runner {
 public:
  explicit Runner(Turn& turn)
      : turn_(turn),
        chain_(turn.chain_),
        shown_(engine::showing(turn.model_, 0, turn.directory_)) {}

  Expected<void, Refusal> answer(const Event& event);

  // Whether the others that listen to the event are left out.
  Expected<bool, Refusal> consider(const Triggered& triggered, const Event& event);

 private:
  // Why it does not run now, in an outcome and its words.
  struct NotNow {
    RunOutcome outcome = RunOutcome::Skipped;
    std::string why;
  };

  std::optional<NotNow> why_not_now(const Triggered& triggered, const Event& event,
                                    const std::optional<Record>& record);
  std::optional<NotNow> wait(const Triggered& triggered, const Event& event, bool has_left);
  static NotNow left_stage(const Triggered& triggered);
  NotNow wait_until(Instant due, const Triggered& triggered, const Event& event);
  std::optional<std::string> declines(const Occasion& occasion, const Event& event);
  Occasion occasion_of(const model::Automation& automation, const Event& event,
                       std::optional<Record> record);
  Expected<bool, Refusal> run(const Event& event, Occasion occasion, Run run);
  automations::Ran try_actions(const Event& event, Occasion& occasion, bool& is_over);
  Run run_of(const Triggered& triggered, const Event& event) const;
  void log(Run run);
  Refusal stop(Refusal refusal, Run run, const Event& event);

  Turn& turn_;
  Chain& chain_;
  const fields::Showing shown_;  // in which history and logs are written
};

Expected<void, Refusal> Turn::Runner::answer(const Event& event) {
  std::string stopped_by;
  for (const automations::Heard& heard : turn_.listeners_.of(event)) {
    const Triggered triggered{
        .automation = heard.automation,
        .trigger =
            automations::trigger_text(*heard.trigger, *heard.automation, turn_.model_, &event),
        .stage = heard.trigger->kind == model::Trigger::Kind::Entered ? heard.trigger->stage : "",
        .has_waited = chain_.is_trial};
    if (!stopped_by.empty()) {
      Run run = run_of(triggered, event);
      run.outcome = RunOutcome::Skipped;
      run.reason = stopped_by + " stops those behind it";
      log(std::move(run));
      continue;
    }
    FW_TRY(const bool stops, consider(triggered, event));
    if (stops) stopped_by = heard.automation->name;
  }
  return {};
}

Expected<bool, Refusal> Turn::Runner::consider(const Triggered& triggered, const Event& event) {
  Run run = run_of(triggered, event);
  const std::string path = path_text(event.path, run.automation);
  if (++chain_.runs > kMostRuns) {
    return Unexpected(stop(refusal_of(RefusalKind::Conflict, automations::texts::kTooManyRuns,
                                      {{"most", std::to_string(kMostRuns)}, {"path", path}}),
                           std::move(run), event));
  }
  std::optional<Record> record;
  if (event.entity != nullptr) {
    record = turn_.transaction_.find_record(*event.entity, event.record);
  }
  if (auto not_now = why_not_now(triggered, event, record)) {
    run.outcome = not_now->outcome;
    run.reason = std::move(not_now->why);
    log(std::move(run));
    return false;
  }
  Occasion occasion = occasion_of(*triggered.automation, event, std::move(record));
  if (auto why = declines(occasion, event)) {
    run.outcome = RunOutcome::Declined;
    run.reason = std::move(*why);
    log(std::move(run));
    return false;
  }
  if (event.path.size() >= kMostDeep) {
    return Unexpected(
        stop(refusal_of(RefusalKind::Conflict, automations::texts::kRunaway, {{"path", path}}),
             std::move(run), event));
  }
  return this->run(event, std::move(occasion), std::move(run));
}

std::optional<Turn::Runner::NotNow> Turn::Runner::why_not_now(const Triggered& triggered,
                                                              const Event& event,
                                                              const std::optional<Record>& record) {
  const bool is_gone =
      event.entity != nullptr && (!record || (record->deleted_at && !event.deleted));
  if (is_gone) return NotNow{.outcome = RunOutcome::Skipped, .why = "the record is deleted"};
  const bool is_back = event.deleted && !record->deleted_at && !chain_.is_trial;
  if (is_back) return NotNow{.outcome = RunOutcome::Skipped, .why = "the record was restored"};
  const model::Automation& automation = *triggered.automation;
  const bool has_run =
      automation.once && event.entity != nullptr &&
      turn_.transaction_.has_run_once(automation.name, event.entity->name, event.record);
  if (has_run) {
    return NotNow{.outcome = RunOutcome::Skipped, .why = "it has run for this record once"};
  }
  // Whoever runs later is about a record that is in the stage still, which an automation before it
  // may have moved on; whoever runs at once is about what has happened.
  const bool has_left =
      !triggered.stage.empty() && stage_text(*event.entity, *record) != triggered.stage;
  const bool is_late =
      automation.after || automation.debounce || (triggered.has_waited && !chain_.is_trial);
  if (has_left && is_late) return left_stage(triggered);
  return wait(triggered, event, has_left);
}

Turn::Runner::NotNow Turn::Runner::left_stage(const Triggered& triggered) {
  return {.outcome = RunOutcome::Skipped,
          .why = "the record has left the stage " + triggered.stage};
}

std::optional<Turn::Runner::NotNow> Turn::Runner::wait(const Triggered& triggered,
                                                       const Event& event, bool has_left) {
  const model::Automation& automation = *triggered.automation;
  const calendar::Calendar& calendar = turn_.model_.calendar();
  const Instant now = turn_.situation_.now;
  if (!triggered.has_waited && (automation.debounce || automation.after)) {
    Instant due = now;
    if (automation.debounce) due = calendar.add(due, *automation.debounce);
    if (automation.after) due = calendar.add(due, *automation.after);
    if (automation.debounce) {
      turn_.transaction_.delete_timers_of_record(
          event.entity == nullptr ? std::string_view() : event.entity->name, event.record,
          Timer::Kind::Delayed, automation.name);
    }
    return wait_until(due, triggered, event);
  }
  if (!automation.window || chain_.is_trial) return std::nullopt;
  const calendar::Calendar& hours = *automation.window->hours;
  if (hours.is_working(now)) return std::nullopt;
  const auto opening = calendar::next_working(hours, now);
  if (!automation.window->waits || !opening) {
    return NotNow{.outcome = RunOutcome::Skipped, .why = "it is outside of its window"};
  }
  if (has_left) return left_stage(triggered);
  return wait_until(*opening, triggered, event);
}

Turn::Runner::NotNow Turn::Runner::wait_until(Instant due, const Triggered& triggered,
                                              const Event& event) {
  turn_.transaction_.insert_timer(
      {.due_at = due,
       .kind = Timer::Kind::Delayed,
       .entity = event.entity == nullptr ? std::string() : event.entity->name,
       .record = event.record,
       .rule = triggered.automation->name,
       .payload = automations::to_payload({.trigger = triggered.trigger,
                                           .stage = triggered.stage,
                                           .actor = event.actor,
                                           .cause = event.cause,
                                           .deleted = event.deleted,
                                           .path = event.path,
                                           .due = event.due})});
  return {.outcome = RunOutcome::Waiting, .why = "until " + to_rfc3339(due)};
}

std::optional<std::string> Turn::Runner::declines(const Occasion& occasion, const Event& event) {
  const auto& when = occasion.automation.when;
  if (!when) return std::nullopt;
  Actor asker;
  asker.account = event.actor;
  records::Situation situation{.gate = turn_.situation_.gate,
                               .view = turn_.situation_.view,
                               .actor = asker,
                               .showing = shown_,
                               .now = turn_.situation_.now,
                               .organization = turn_.situation_.organization};
  approvals::Asking asking(automations::subject_of(occasion), situation);
  if (asking.holds(*when)) return std::nullopt;
  return asking.explain(*when);
}

Occasion Turn::Runner::occasion_of(const model::Automation& automation, const Event& event,
                                   std::optional<Record> record) {
  Occasion occasion{.automation = automation, .entity = event.entity, .record = {}, .more = {}};
  const std::size_t first = event.entity == nullptr ? 1 : model::slot_count(*event.entity);
  occasion.more.resize(automation.scope->variables().size() - first);
  if (record) {
    occasion.record = std::move(*record);
    occasion.more.front() = old_of(event, *turn_.model_.scopes);
  }
  return occasion;
}

// Undone as a whole when one of them is refused.
automations::Ran Turn::Runner::try_actions(const Event& event, Occasion& occasion, bool& is_over) {
  store::Part part(turn_.transaction_);
  const std::size_t told = turn_.teller_.told();
  const Rule rule{.automation = occasion.automation, .event = event, .chain = chain_};
  Turn inner({.gate = turn_.situation_.gate,
              .transaction = turn_.transaction_,
              .directory = turn_.directory_,
              .showing = shown_,
              .actor = rule_actor(),
              .now = turn_.situation_.now,
              .random = turn_.random_,
              .origin = turn_.origin_,
              .listeners = turn_.listeners_,
              .rule = &rule});
  RuleDoing doing(inner, rule, turn_.teller_);
  automations::Ran ran = automations::carry_out(occasion, doing);
  is_over = doing.is_over();
  if (ran.refusal) {
    turn_.teller_.forget_since(told);
    return ran;
  }
  part.keep();
  turn_.events_.insert(turn_.events_.end(), std::make_move_iterator(inner.events_.begin()),
                       std::make_move_iterator(inner.events_.end()));
  return ran;
}

Expected<bool, Refusal> Turn::Runner::run(const Event& event, Occasion occasion, Run run) {
  const model::Automation& automation = occasion.automation;
  const Moment begin = std::chrono::steady_clock::now();
  const std::size_t changes = chain_.changes;
  bool is_over = false;
  automations::Ran ran = try_actions(event, occasion, is_over);
  if (is_over) return Unexpected(stop(std::move(*ran.refusal), std::move(run), event));
  run.microseconds = microseconds_since(begin);
  if (ran.refusal) {
    chain_.changes = changes;
    const model::Entity& entity = event.entity == nullptr ? approvals::no_entity() : *event.entity;
    run.outcome = RunOutcome::Failed;
    run.reason = ran.refused + ": " + reasons_of(*ran.refusal, entity, shown_);
    log(std::move(run));
    return false;
  }
  run.outcome = RunOutcome::Done;
  run.actions = std::move(ran.actions);
  if (automation.once && event.entity != nullptr) {
    turn_.transaction_.note_run_once(automation.name, event.entity->name, event.record);
  }
  log(std::move(run));
  return ran.stops;
}

Run Turn::Runner::run_of(const Triggered& triggered, const Event& event) const {
  Run run;
  run.at = turn_.situation_.now;
  run.automation = triggered.automation->name;
  if (event.entity != nullptr) run.entity = event.entity->name;
  run.record = event.record;
  run.trigger = triggered.trigger;
  run.cause = event.cause;
  run.depth = static_cast<std::int64_t>(event.path.size());
  run.actor = event.actor;
  return run;
}

void Turn::Runner::log(Run run) {
  turn_.transaction_.insert_run(run);
  if (chain_.is_trial) chain_.log.push_back(std::move(run));
}

Refusal Turn::Runner::stop(Refusal refusal, Run run, const Event& event) {
  run.outcome = RunOutcome::Stopped;
  run.reason = path_text(event.path, run.automation);
  if (chain_.is_trial) chain_.log.push_back(run);
  chain_.stopped = std::move(run);
  return refusal;
}

Expected<void, Refusal> Turn::run_automations() {
  if (events_.empty() && woken_.empty()) return {};
  Runner runner(*this);
  for (const Woken& woken : std::exchange(woken_, {})) {
    FW_TRY_VOID(runner.consider(woken.triggered, woken.event));
  }
  // What one of them does is appended: so what is nearer to the beginning comes first.
  for (std::size_t next = 0; next < events_.size(); ++next) {
    const Event event = std::move(events_[next]);
    FW_TRY_VOID(runner.answer(event));
  }
  events_.clear();
  return {};
}

void Turn::look_again(Outcome& outcome) {
  if (chain_.runs == 0 || outcome.entity == nullptr || outcome.record.deleted_at) return;
  auto record = transaction_.find_record(*outcome.entity, outcome.record.id);
  if (!record) return;
  const bool is_visible = records::may(situation_, model::Action::View, *outcome.entity, *record);
  outcome.record = std::move(*record);
  if (!is_visible) outcome.record.values.clear();
}

Expected<void, Refusal> Turn::try_out(Event event, const model::Automation* only,
                                      const std::string& trigger) {
  chain_.is_trial = true;
  event.actor = actor_.account;
  Runner runner(*this);
  if (only == nullptr) {
    FW_TRY_VOID(runner.answer(event));
  } else {
    FW_TRY_VOID(runner.consider(
        {.automation = only, .trigger = trigger, .stage = {}, .has_waited = true}, event));
  }
  return run_automations();
}

}  // namespace formwork::engine

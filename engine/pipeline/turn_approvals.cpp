// The part of a Turn that is about approvals.
#include <algorithm>
#include <utility>

#include "engine/pipeline/turn.h"
#include "engine/pipeline/turn_texts.h"
#include "engine/records/rights.h"
#include "engine/records/stages.h"
#include "engine/records/validate.h"

namespace formwork::engine {
namespace {

using approvals::Effects;
using records::Decision;

Refusal not_found(const MessageText& text, std::int64_t id) {
  return refusal_of(RefusalKind::NotFound, text, {{"id", std::to_string(id)}});
}

Refusal chain_gone(const Process& process) {
  return refusal_of(RefusalKind::Conflict, texts::kChainGone, {{"name", process.chain}});
}

const model::Stage* find_stage(const model::Entity& entity, const Record& record,
                               std::string_view name) {
  const model::Lifecycle* lifecycle = model::lifecycle_of(entity, record.values);
  if (lifecycle == nullptr) return nullptr;
  const auto index = model::stage_index(*lifecycle, name);
  return index ? &lifecycle->stages[*index] : nullptr;
}

bool uses_approvals(const model::Entity& entity) {
  for (const model::Lifecycle& lifecycle : entity.lifecycles) {
    for (const model::Stage& stage : lifecycle.stages) {
      if (stage.approval) return true;
    }
  }
  return false;
}

// The fields that the decided steps of an approval saw.
std::vector<std::size_t> guarded_fields(const Process& process, const model::ApprovalChain& chain) {
  std::vector<std::size_t> fields;
  for (std::size_t i = 0; i < process.steps.size() && i < chain.steps.size(); ++i) {
    if (!process.steps[i].is_through()) continue;
    fields.insert(fields.end(), chain.steps[i].guarded.begin(), chain.steps[i].guarded.end());
  }
  return fields;
}

// From which of its deadlines on a task is late: the first that does more than remind, or the first
// of those that only remind.
std::size_t late_from(const model::ApprovalStep& step) {
  const auto acts =
      std::find_if(step.within.begin(), step.within.end(), [](const model::Deadline& deadline) {
        return deadline.action != model::Deadline::Action::Remind;
      });
  return acts == step.within.end() ? 0 : static_cast<std::size_t>(acts - step.within.begin());
}

// Whether a process still fits the chain of that name.
bool fits(const Process& process, const model::ApprovalChain& chain) {
  if (process.steps.size() != chain.steps.size()) return false;
  for (std::size_t i = 0; i < chain.steps.size(); ++i) {
    if (process.steps[i].id != chain.steps[i].id) return false;
  }
  return true;
}

}  // namespace

const model::ApprovalChain* chain_of(const Process& process, const model::Model& model) {
  const model::ApprovalChain* chain = model.find_approval(process.chain);
  return chain != nullptr && fits(process, *chain) ? chain : nullptr;
}

approvals::Context Turn::context_of(const Matter& matter) const {
  return {.chain = *matter.chain,
          .entity = *matter.entity,
          .record = matter.record,
          .situation = situation_};
}

// In the name of whoever wanted it: an approval's submitter for what its outcome begins, and for
// what the program begins by itself the owner.
Expected<Process, Refusal> Turn::begin_approval(const model::Entity& entity, const Record& record,
                                                const model::Stage& stage, Effects& effects) {
  Actor submitter = actor_;
  if (submitter_ != 0) submitter.account = submitter_;
  if (submitter.account == kSystemAccount) {
    const feel::Value owner = entity.owner ? record.values[*entity.owner] : feel::Value();
    submitter.account = owner.is_null() ? record.created_by : owner.record().id;
  }
  const records::Situation situation{.gate = situation_.gate,
                                     .view = situation_.view,
                                     .actor = submitter,
                                     .showing = situation_.showing,
                                     .now = situation_.now,
                                     .organization = situation_.organization};
  return approvals::begin({.chain = model_.approvals[stage.approval->chain],
                           .entity = entity,
                           .record = record,
                           .situation = situation},
                          effects);
}

Expected<void, Refusal> Turn::submit(const model::Entity& entity, Record& record,
                                     const model::Stage& stage, const std::string& origin,
                                     Sequence cause) {
  Effects effects;
  FW_TRY(Process process, begin_approval(entity, record, stage, effects));
  process.stage = stage.name;
  process.origin = origin;
  settle(process, nullptr, effects, entity, record, cause);
  return {};
}

void Turn::settle(Process& process, const Process* before, const Effects& effects,
                  const model::Entity& entity, Record& record, Sequence cause) {
  if (before == nullptr) {
    transaction_.insert_process(process);
  } else {
    transaction_.update_process(process, *before);
  }
  set_timers(process, before, entity);
  // The first event is what was done, and what else happened came of it.
  Sequence first = 0;
  for (const approvals::Event& event : effects.events) {
    const Sequence noted = note(entity, record, event.action,
                                {.cause = first == 0 ? cause : first, .comment = {}, .reason = {}},
                                "{}", detail_of(event));
    if (first == 0) first = noted;
  }
  tell_of_approval(process, before, effects, entity, record, first == 0 ? cause : first);
  raise_approval(process, before, effects.outcome, entity, first == 0 ? cause : first);
  touched_ = process;
  go_on(process, effects.outcome, entity, record, first == 0 ? cause : first);
}

// A task that was opened gets its first deadline; the others follow one by one as they come.
void Turn::set_timers(const Process& process, const Process* before, const model::Entity& entity) {
  const model::ApprovalChain* chain = model_.find_approval(process.chain);
  for (std::size_t i = 0; i < process.tasks.size(); ++i) {
    const Task& task = process.tasks[i];
    if (task.kind != TaskKind::Decide) continue;
    const bool is_open = task.state == TaskState::Open;
    const Task* old = before != nullptr && i < before->tasks.size() ? &before->tasks[i] : nullptr;
    const bool was_open = old != nullptr && old->state == TaskState::Open;
    const bool again = was_open && old->opened_at != task.opened_at;
    if (was_open && (!is_open || again)) transaction_.delete_timers_of_task(task.id);
    if (!is_open || (was_open && !again)) continue;
    set_deadline(chain->steps[task.step], task, 0, entity, process.record);
  }
}

void Turn::set_deadline(const model::ApprovalStep& step, const Task& task, std::size_t number,
                        const model::Entity& entity, RecordId record) {
  if (number >= step.within.size()) return;
  const Instant opened = task.opened_at.value_or(situation_.now);
  transaction_.insert_timer({.due_at = model_.calendar().add(opened, step.within[number].after),
                             .kind = Timer::Kind::TaskDeadline,
                             .entity = entity.name,
                             .record = record,
                             .task = task.id,
                             .number = static_cast<std::int64_t>(number)});
}

void Turn::go_on(const Process& process, Effects::Outcome outcome, const model::Entity& entity,
                 Record& record, Sequence cause) {
  using Way = Effects::Outcome;
  if (outcome == Way::None) return;
  const model::Stage* stage = find_stage(entity, record, process.stage);
  if (stage == nullptr || !stage->approval) return;
  const model::Lifecycle& lifecycle = *model::lifecycle_of(entity, record.values);
  const bool reopens = outcome == Way::Reopened;
  std::optional<std::size_t> to;
  if (outcome == Way::Approved) to = stage->approval->approved;
  if (outcome == Way::Rejected) to = stage->approval->rejected;
  if (outcome == Way::Withdrawn) to = stage->approval->withdrawn;
  if (outcome == Way::Withdrawn && !to) to = model::stage_index(lifecycle, process.origin);
  if (reopens) to = static_cast<std::size_t>(stage - lifecycle.stages.data());
  const model::Stage* present = model::stage_of(entity, record.values);
  // The outcome of an approval is its stage's: a record that has left it stays where it is.
  if (!to || present == &lifecycle.stages[*to] || (!reopens && present != stage)) return;
  const AccountId submitter = std::exchange(submitter_, process.submitter);
  const ProcessId reopening = std::exchange(reopening_, reopens ? process.id : 0);
  move_by_program(entity, record, *to, cause);
  submitter_ = submitter;
  reopening_ = reopening;
}

// Approvals under way of a record that is deleted or has come into another stage. `stays_in` is the
// stage that it is in; empty: none.
void Turn::cancel_processes(const model::Entity& entity, const Record& record,
                            std::string_view stays_in, Sequence cause) {
  if (!uses_approvals(entity)) return;
  const std::vector<Process> running =
      transaction_.processes({.entity = entity.name, .record = record.id, .under_way = true});
  for (const Process& before : running) {
    if (before.stage == stays_in || before.id == reopening_) continue;
    Process process = before;
    const Effects effects = approvals::cancel(process, {}, situation_.now);
    Record copy = record;
    settle(process, &before, effects, entity, copy, cause);
  }
}

void Turn::tell_approval(const model::Entity& entity, Record& record, Sequence cause) {
  if (!uses_approvals(entity)) return;
  const std::optional<Process> latest = store::latest_process(transaction_, entity.name, record.id);
  if (!latest || latest->id == deciding_) return;
  const Process& before = *latest;
  const model::ApprovalChain* chain = chain_of(before, model_);
  if (chain == nullptr) return;
  if (!before.is_under_way() && before.state != ProcessState::Approved) return;
  const model::Stage* stage = model::stage_of(entity, record.values);
  if (stage != nullptr && stage->final) return;
  // Who has moved it back to before its approval is going to submit it again.
  const model::Stage* asked = find_stage(entity, record, before.stage);
  if (!before.is_under_way() && stage != nullptr && stage < asked) return;
  Process process = before;
  const Effects effects = approvals::on_change(
      process, {.chain = *chain, .entity = entity, .record = record, .situation = situation_});
  if (effects.events.empty()) return;
  settle(process, &before, effects, entity, record, cause);
}

std::optional<Refusal> Turn::refuse_guarded(const Decision& decision) {
  const model::Entity& entity = *decision.entity;
  if (!decision.before || !uses_approvals(entity)) return std::nullopt;
  const model::Stage* stage = model::stage_of(entity, decision.before->values);
  if (stage == nullptr || !stage->final || decision.action != "updated") return std::nullopt;
  const std::optional<Process> process =
      store::latest_process(transaction_, entity.name, decision.before->id);
  if (!process || process->state != ProcessState::Approved) return std::nullopt;
  const model::ApprovalChain* chain = chain_of(*process, model_);
  if (chain == nullptr) return std::nullopt;
  std::vector<FieldProblem> problems;
  const std::vector<std::size_t> guarded = guarded_fields(*process, *chain);
  for (const std::size_t field : decision.changed) {
    if (std::find(guarded.begin(), guarded.end(), field) == guarded.end()) continue;
    problems.push_back({.field = field, .message = {&texts::kGuarded, {{"chain", chain->label}}}});
  }
  if (problems.empty()) return std::nullopt;
  return records::invalid(std::move(problems));
}

bool Turn::is_concerned(const Matter& matter) const {
  const Process& process = matter.process;
  const auto is_mine = [&](AccountId account) {
    return account == actor_.account ||
           directory_.acts_for(actor_.account, account, situation_.now);
  };
  if (is_mine(process.submitter)) return true;
  if (std::any_of(process.tasks.begin(), process.tasks.end(),
                  [&](const Task& task) { return is_mine(task.assignee); })) {
    return true;
  }
  return records::may(situation_, model::Action::View, *matter.entity, matter.record);
}

bool Turn::load(Matter& matter) {
  matter.entity = model_.find_entity(matter.process.entity);
  if (matter.entity == nullptr) return false;
  std::optional<Record> record = transaction_.find_record(*matter.entity, matter.process.record);
  if (!record || record->deleted_at) return false;
  matter.record = std::move(*record);
  matter.chain = chain_of(matter.process, model_);
  return true;
}

Expected<Turn::Matter, Refusal> Turn::matter_of(TaskId id) {
  const std::optional<Task> task = transaction_.find_task(id);
  if (!task) return Unexpected(not_found(texts::kNoSuchTask, id));
  Matter matter;
  matter.process = transaction_.find_process(task->process).value();
  matter.task = matter.process.place_of(id);
  if (!load(matter) || !is_concerned(matter)) {
    return Unexpected(not_found(texts::kNoSuchTask, id));
  }
  if (matter.chain == nullptr) return Unexpected(chain_gone(matter.process));
  return matter;
}

Outcome Turn::outcome_of(Matter matter) {
  return {.entity = matter.entity,
          .record = std::move(matter.record),
          .changed = true,
          .answer = {},
          .repeated = false,
          .process = std::move(touched_)};
}

Expected<Outcome, Refusal> Turn::act(const ActOnTask& action) {
  FW_TRY(Matter matter, matter_of(action.task));
  if (action.expected_version && matter.record.version != *action.expected_version) {
    return Unexpected(records::stale(*matter.entity, matter.record, situation_));
  }
  // Asked before anything is written, so that the reason is that of what the actor saw.
  if (auto refusal =
          approvals::why_not(action.action, matter.process, matter.task, context_of(matter))) {
    return Unexpected(std::move(*refusal));
  }
  Sequence cause = 0;
  if (!action.values.empty()) {
    FW_TRY(cause, change_with_decision(matter, action));
  }
  const Process before = matter.process;
  FW_TRY(const Effects effects,
         approvals::act(action, matter.process, matter.task, context_of(matter)));
  settle(matter.process, &before, effects, *matter.entity, matter.record, cause);
  return outcome_of(std::move(matter));
}

// What the step lets its approvers change, written before they decide: so the decision is about the
// new values.
Expected<Turn::Sequence, Refusal> Turn::change_with_decision(Matter& matter,
                                                             const ActOnTask& action) {
  const model::ApprovalStep& step = matter.chain->steps[matter.process.tasks[matter.task].step];
  std::vector<FieldProblem> problems;
  Record after = matter.record;
  for (const auto& [field, value] : action.values) {
    if (after.values[field] == value) continue;
    const bool is_open = std::find(step.edits.begin(), step.edits.end(), field) != step.edits.end();
    if (!is_open) problems.push_back({.field = field, .message = {&texts::kNotEditable, {}}});
    after.values[field] = value;
  }
  if (!problems.empty()) return Unexpected(records::invalid(std::move(problems)));
  Decision decision =
      records::amend(*matter.entity, matter.record, std::move(after), "updated", situation_);
  if (decision.changed.empty()) return Sequence{0};
  problems = records::validate(decision, situation_);
  if (!problems.empty()) return Unexpected(records::invalid(std::move(problems)));
  // What the values void in this process is up to the decision that comes with them.
  const ProcessId deciding = std::exchange(deciding_, matter.process.id);
  FW_TRY(const Sequence sequence, commit(decision, {}));
  deciding_ = deciding;
  matter.record = std::move(decision.after);
  return sequence;
}

Expected<Outcome, Refusal> Turn::name(const NameApprover& name) {
  std::optional<Process> process = transaction_.find_process(name.process);
  if (!process) return Unexpected(not_found(texts::kNoSuchProcess, name.process));
  Matter matter;
  matter.process = std::move(*process);
  const bool is_visible =
      load(matter) && records::may(situation_, model::Action::View, *matter.entity, matter.record);
  if (!is_visible) return Unexpected(not_found(texts::kNoSuchProcess, name.process));
  if (auto refusal =
          records::refuse(situation_, model::Action::Assign, *matter.entity, matter.record)) {
    return Unexpected(std::move(*refusal));
  }
  if (matter.chain == nullptr) return Unexpected(chain_gone(matter.process));
  const Process before = matter.process;
  FW_TRY(const Effects effects, approvals::name_approver(name, matter.process, context_of(matter)));
  settle(matter.process, &before, effects, *matter.entity, matter.record, 0);
  return outcome_of(std::move(matter));
}

void Turn::on_deadline(const Timer& timer) {
  auto found = matter_of(timer.task);
  if (!found) return;
  Matter matter = std::move(*found);
  const Task& task = matter.process.tasks[matter.task];
  const model::ApprovalStep& step = matter.chain->steps[task.step];
  const auto number = static_cast<std::size_t>(timer.number);
  if (task.state != TaskState::Open || number >= step.within.size()) return;
  const bool is_late = number == late_from(step);
  const Process before = matter.process;
  const Effects effects =
      approvals::on_deadline(step.within[number], matter.process, matter.task, context_of(matter));
  const Task& after = matter.process.tasks[matter.task];
  if (after.state == TaskState::Open && after.opened_at == before.tasks[matter.task].opened_at) {
    set_deadline(step, after, number + 1, *matter.entity, matter.record.id);
  }
  if (is_late) raise_overdue(*matter.entity, matter.record, model::OverdueEvent::Task, 0);
  settle(matter.process, &before, effects, *matter.entity, matter.record, 0);
}

void Turn::hand_over(AccountId from, AccountId heir) {
  store::TaskQuery query{.assignees = {from}, .limit = 100};
  while (true) {
    const std::vector<Task> tasks = transaction_.tasks(query);
    for (const Task& task : tasks) hand_over(task, from, heir);
    if (tasks.size() < query.limit) break;
    query.after = tasks.back().id;
  }
  hand_over_todos(from, heir);
}

void Turn::hand_over(const Task& task, AccountId from, AccountId heir) {
  auto found = matter_of(task.id);
  if (!found) return;
  Matter matter = std::move(*found);
  const Process before = matter.process;
  const Effects effects = approvals::hand_over(matter.process, from, heir, context_of(matter));
  settle(matter.process, &before, effects, *matter.entity, matter.record, 0);
}

}  // namespace formwork::engine

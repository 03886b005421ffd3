#include "engine/pipeline/standing.h"

#include "dsl/base/json.h"
#include "engine/assignment/assign.h"
#include "engine/pipeline/engine.h"
#include "engine/pipeline/turn.h"
#include "engine/pipeline/turn_texts.h"
#include "engine/records/assignment.h"
#include "engine/records/rights.h"

namespace formwork::engine {
namespace {

// So many approvals of one record are told of; more are in its history.
constexpr std::size_t kMostProcesses = 20;

// So far back is looked for the change that made somebody the owner.
constexpr std::size_t kMostEntries = 200;

// Whether the entry of history tells of another owner.
bool changes_owner(const HistoryEntry& entry) {
  const auto changes = json::parse(entry.changes);
  return changes && changes->is_object() && changes->find("owner") != nullptr;
}

std::string comment_in(const std::string& detail) {
  const auto parsed = json::parse(detail);
  if (!parsed || !parsed->is_object()) return {};
  const json::Value* comment = parsed->find("comment");
  return comment == nullptr ? std::string() : comment->text;
}

std::optional<Instant> instant_of(const Record& record, std::optional<std::size_t> field) {
  if (!field || record.values[*field].is_null()) return std::nullopt;
  return record.values[*field].instant();
}

// What is expected of the steps that are not reached yet.
std::vector<approvals::Planned> pending_steps(const Process& process,
                                              const approvals::Context& context) {
  std::vector<approvals::Planned> all = approvals::plan(context, process.submitter);
  std::vector<approvals::Planned> pending;
  for (std::size_t i = 0; i < all.size() && i < process.steps.size(); ++i) {
    if (process.steps[i].state == StepState::Pending) pending.push_back(std::move(all[i]));
  }
  return pending;
}

class Describer {
 public:
  Describer(const model::Entity& entity, const records::Situation& situation)
      : entity_(entity), s_(situation) {}

  Standing tell(Record record) {
    Standing standing;
    standing.record = std::move(record);
    tell_rights(standing);
    standing.decisions = records::contributions(entity_, standing.record, s_);
    if (entity_.assignment_fields) {
      tell_owner(standing);
      tell_response(standing);
    }
    if (!entity_.stage_fields) return standing;
    tell_stages(standing);
    tell_processes(standing);
    return standing;
  }

 private:
  void tell_rights(Standing& standing) const {
    const auto may = [&](model::Action action) {
      return records::may(s_, action, entity_, standing.record);
    };
    standing.may_edit = may(model::Action::Edit);
    standing.may_delete = may(model::Action::Delete);
    if (!entity_.owner) return;
    standing.may_assign = may(model::Action::Assign);
    standing.may_claim =
        standing.record.values[*entity_.owner].is_null() && may(model::Action::Claim);
    const bool is_own = records::owner_of(entity_, standing.record) == s_.actor.account;
    standing.may_release =
        !entity_.pools.empty() && ((is_own && standing.may_edit) || standing.may_assign);
  }

  void tell_owner(Standing& standing) const {
    const Record& record = standing.record;
    OwnerStanding told{.account = records::owner_of(entity_, record),
                       .pool = assignment::pool_of(entity_, record),
                       .since = instant_of(record, entity_.assignment_fields->assigned_at)};
    for (const HistoryEntry& entry : s_.view.history(entity_.name, record.id, 0, kMostEntries)) {
      if (!changes_owner(entry)) continue;
      told.action = entry.action;
      told.by = entry.actor;
      told.comment = comment_in(entry.detail);
      told.explanation = assignment::read_detail(entry.detail);
      if (told.explanation) find_rule(told);
      break;
    }
    standing.owner = std::move(told);
  }

  void find_rule(OwnerStanding& told) const {
    told.assignment = s_.gate.model().find_assignment(told.explanation->assignment);
    if (told.assignment == nullptr) return;
    for (const model::AssignmentRule& rule : told.assignment->rules) {
      if (rule.id == told.explanation->rule) told.rule = &rule;
    }
  }

  void tell_response(Standing& standing) const {
    const model::Model& model = s_.gate.model();
    const model::Assignment* assignment = model.response_of(entity_);
    const Record& record = standing.record;
    const auto clock = s_.view.find_response_clock(entity_.name, record.id);
    if (assignment == nullptr || !clock || clock->owner == 0) return;
    const model::Response& response = *assignment->response;
    ResponseStanding told{
        .respond_by = instant_of(record, entity_.assignment_fields->respond_by),
        .responded_at = instant_of(record, entity_.assignment_fields->responded_at),
        .response = &response};
    const bool business = response.within.business;
    told.used = DaysDuration::from_microseconds(
        records::used_by(*clock, business, s_.now, model).to_microseconds() -
        clock->passed_on.to_microseconds());
    const Instant since =
        instant_of(record, entity_.assignment_fields->assigned_at).value_or(clock->started_at);
    using enum ResponseStanding::State;
    told.state = clock->running_since ? Running : Paused;
    if (told.responded_at) told.state = Met;
    if (told.used > records::time_of(response.within, since, model)) told.state = Late;
    standing.response = told;
  }

  void tell_stages(Standing& standing) const {
    const Record& record = standing.record;
    standing.lifecycle = model::lifecycle_of(entity_, record.values);
    standing.stage = model::stage_of(entity_, record.values);
    standing.stays = s_.view.stays(entity_.name, record.id);
    if (standing.stage == nullptr) return;
    standing.moves = lifecycle::possible_moves(entity_, record, s_);
    standing.to_go_on = lifecycle::to_go_on(entity_, record, s_);
    const feel::Value& since = record.values[entity_.stage_fields->since];
    if (!since.is_null()) {
      standing.dwell = lifecycle::dwell_times(*standing.stage, since.instant(), s_.gate.model());
    }
    for (const lifecycle::MoveCheck& move : standing.moves) {
      if (move.to->approval && move.is_possible()) {
        standing.routes.push_back({move.to->name, route_of(record, *move.to)});
      }
    }
  }

  std::vector<approvals::Planned> route_of(const Record& record, const model::Stage& stage) const {
    return approvals::plan({.chain = s_.gate.model().approvals[stage.approval->chain],
                            .entity = entity_,
                            .record = record,
                            .situation = s_},
                           s_.actor.account);
  }

  void tell_processes(Standing& standing) const {
    const store::ProcessQuery all{
        .entity = entity_.name, .record = standing.record.id, .limit = kMostProcesses};
    for (Process& process : s_.view.processes(all)) {
      standing.processes.push_back(tell_process(std::move(process), standing.record));
    }
  }

  ProcessStanding tell_process(Process process, const Record& record) const {
    ProcessStanding told;
    told.process = std::move(process);
    told.chain = chain_of(told.process, s_.gate.model());
    if (told.chain == nullptr) return told;
    const approvals::Context context{
        .chain = *told.chain, .entity = entity_, .record = record, .situation = s_};
    if (told.process.is_under_way()) {
      told.to_come = pending_steps(told.process, context);
    }
    for (std::size_t i = 0; i < told.process.tasks.size(); ++i) {
      std::vector<TaskAction> may = approvals::possible_actions(told.process, i, context);
      if (!may.empty()) told.tasks.push_back({told.process.tasks[i], std::move(may)});
    }
    return told;
  }

  const model::Entity& entity_;
  const records::Situation& s_;
};

Refusal no_such_task(TaskId id) {
  return refusal_of(RefusalKind::NotFound, texts::kNoSuchTask, {{"id", std::to_string(id)}});
}

}  // namespace

Expected<Standing, Refusal> Engine::standing(const Actor& actor, const model::Entity& entity,
                                             RecordId id) {
  permissions::Reader visible = reader(actor);
  FW_TRY(Record record, visible.record(entity, id));
  return in_situation(actor, visible.view(), [&](const records::Situation& situation) {
    return Describer(entity, situation).tell(std::move(record));
  });
}

Expected<TaskDetail, Refusal> Engine::task(const Actor& actor, TaskId id) {
  permissions::Reader visible = reader(actor);
  const std::optional<Task> task = visible.view().find_task(id);
  if (!task) return Unexpected(no_such_task(id));
  TaskDetail detail;
  detail.task = *task;
  detail.process = visible.view().find_process(task->process).value();
  detail.entity = model_->find_entity(detail.process.entity);
  if (detail.entity == nullptr) return Unexpected(no_such_task(id));
  // Whoever has a task about a record may see it.
  auto record = visible.record(*detail.entity, detail.process.record);
  if (!record || record->deleted_at) return Unexpected(no_such_task(id));
  detail.record = std::move(*record);
  detail.chain = chain_of(detail.process, *model_);
  if (detail.chain == nullptr) return detail;
  if (task->kind == TaskKind::Decide) detail.step = &detail.chain->steps[task->step];
  const std::size_t place = detail.process.place_of(id);
  in_situation(actor, visible.view(), [&](const records::Situation& situation) {
    const approvals::Context context{.chain = *detail.chain,
                                     .entity = *detail.entity,
                                     .record = detail.record,
                                     .situation = situation};
    detail.may = approvals::possible_actions(detail.process, place, context);
    detail.return_to = approvals::return_targets(detail.process, place, context);
    if (detail.process.is_under_way()) detail.to_come = pending_steps(detail.process, context);
  });
  return detail;
}

}  // namespace formwork::engine

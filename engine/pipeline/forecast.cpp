#include "engine/pipeline/forecast.h"

#include "engine/pipeline/assignment_timers.h"
#include "engine/pipeline/turn.h"
#include "engine/records/assignment.h"

namespace formwork::engine {
namespace {

// A forecast of one entity looks at others' timers as well: at so many batches, then the asker goes
// on.
constexpr std::size_t kMostBatches = 20;

constexpr MessageText kWarns{"forecast.dwell-warning", "warns that it stays in {stage} for long",
                             "提醒在{stage}停留过久"};
constexpr MessageText kMoves{"forecast.dwell-move", "moves from {stage} to {then}",
                             "从{stage}转到{then}"};
constexpr MessageText kOverdue{"forecast.dwell-limit", "is overdue in {stage}",
                               "在{stage}停留超时"};
constexpr MessageText kReminds{"forecast.remind", "reminds {who} of {step}", "提醒{who}处理{step}"};
constexpr MessageText kEscalates{"forecast.escalate", "escalates {step} of {who}",
                                 "将{who}的{step}升级处理"};
constexpr MessageText kTransfers{"forecast.transfer", "transfers {step} of {who}",
                                 "转交{who}的{step}"};
constexpr MessageText kApproves{"forecast.approve", "passes {step} of {who} by time-out",
                                "{who}的{step}超时自动通过"};
constexpr MessageText kRejects{"forecast.reject", "rejects {step} of {who} by time-out",
                               "{who}的{step}超时自动驳回"};
constexpr MessageText kReturns{"forecast.return", "returns {step} of {who} by time-out",
                               "{who}的{step}超时自动退回"};

constexpr MessageText kRemindsOwner{"forecast.response-remind",
                                    "reminds {who} of the first response", "提醒{who}首次响应"};
constexpr MessageText kEscalatesResponse{"forecast.response-escalate",
                                         "escalates that {who} has not responded",
                                         "就{who}未首次响应升级处理"};
constexpr MessageText kTakes{"forecast.response-reassign", "takes it from {who} for somebody else",
                             "从{who}改派给其他人"};
constexpr MessageText kReleases{"forecast.response-release", "takes it from {who} for {pool}",
                                "从{who}收回到“{pool}”"};
constexpr MessageText kRecycles{"forecast.recycle", "may take it from {who} for {pool}: {rule}",
                                "可能从{who}收回到“{pool}”：{rule}"};

const MessageText& text_of(model::ResponseStep::Action action) {
  using enum model::ResponseStep::Action;
  switch (action) {
    case Remind:
      return kRemindsOwner;
    case Escalate:
      return kEscalatesResponse;
    case Reassign:
      return kTakes;
    case Release:
      return kReleases;
  }
  return kRemindsOwner;
}

constexpr MessageText kRuns{"forecast.automation", "sets off {automation}", "触发“{automation}”"};
constexpr MessageText kRunsLater{"forecast.automation-later",
                                 "runs {automation}, if it still applies",
                                 "如仍符合条件，执行“{automation}”"};

constexpr MessageText kToDoIsDue{"forecast.todo", "reminds {who} of what is to be done: {what}",
                                 "提醒{who}待办到期：{what}"};

const MessageText& text_of(model::Deadline::Action action) {
  using enum model::Deadline::Action;
  switch (action) {
    case Remind:
      return kReminds;
    case Escalate:
      return kEscalates;
    case Transfer:
      return kTransfers;
    case Approve:
      return kApproves;
    case Reject:
      return kRejects;
    case Return:
      return kReturns;
  }
  return kReminds;
}

// What a forecast asks of the store, for one caller through the gate or for whoever has the file.
struct Gated {
  permissions::Reader& reader;

  const model::Model& model() const { return reader.gate().model(); }

  auto timers(Instant until, const Timer* after, std::size_t limit) const {
    return reader.timers(until, after, limit);
  }

  std::optional<Record> record(const model::Entity& entity, RecordId id) const {
    auto found = reader.record(entity, id);
    return found ? std::optional(std::move(*found)) : std::nullopt;
  }

  std::optional<Task> task(TaskId id) const {
    auto found = reader.task(id);
    return found ? std::optional(std::move(*found)) : std::nullopt;
  }

  std::optional<Process> process(ProcessId id) const { return reader.process(id); }

  // Of a record that was asked for through the gate.
  std::optional<ToDo> todo(ToDoId id) const { return reader.view().find_todo(id); }
};

struct Whole {
  const model::Model& of;
  store::View& view;

  const model::Model& model() const { return of; }

  permissions::Reader::Timers timers(Instant until, const Timer* after, std::size_t limit) const {
    permissions::Reader::Timers found{.timers = view.timers_due(until, after, limit), .more = {}};
    if (found.timers.size() == limit) found.more = found.timers.back();
    return found;
  }

  std::optional<Record> record(const model::Entity& entity, RecordId id) const {
    return view.find_record(entity, id);
  }

  std::optional<Task> task(TaskId id) const { return view.find_task(id); }

  std::optional<Process> process(ProcessId id) const { return view.find_process(id); }

  std::optional<ToDo> todo(ToDoId id) const { return view.find_todo(id); }
};

void describe_dwell(Coming& coming) {
  const model::Lifecycle* lifecycle = model::lifecycle_of(*coming.entity, coming.record.values);
  coming.stage = model::stage_of(*coming.entity, coming.record.values);
  if (coming.stage == nullptr || !coming.stage->dwell) return;
  const model::Dwell& dwell = *coming.stage->dwell;
  coming.rule = dwell.where;
  coming.what = {&kWarns, {{"stage", coming.stage->label}}};
  if (coming.timer.kind == Timer::Kind::DwellWarning) return;
  coming.what.text = dwell.then ? &kMoves : &kOverdue;
  if (dwell.then) {
    coming.what.arguments.emplace_back("then", lifecycle->stages[*dwell.then].label);
  }
}

template <class From>
void describe_deadline(Coming& coming, const From& from, const accounts::Directory& people) {
  const std::optional<Task> task = from.task(coming.timer.task);
  const std::optional<Process> process = task ? from.process(task->process) : std::nullopt;
  if (!process) return;
  coming.chain = chain_of(*process, from.model());
  coming.assignee = task->assignee;
  if (coming.chain == nullptr || task->step >= coming.chain->steps.size()) return;
  coming.step = &coming.chain->steps[task->step];
  const auto number = static_cast<std::size_t>(coming.timer.number);
  if (number >= coming.step->within.size()) return;
  coming.deadline = &coming.step->within[number];
  coming.rule = coming.deadline->where;
  coming.what = {&text_of(coming.deadline->action),
                 {{"step", coming.step->label}, {"who", people.full_name(task->assignee)}}};
}

template <class From>
void describe_todo(Coming& coming, const From& from, const accounts::Directory& people) {
  const std::optional<ToDo> todo = from.todo(coming.timer.number);
  if (!todo || todo->done_at) return;
  coming.assignee = todo->assignee;
  coming.what = {&kToDoIsDue, {{"who", people.full_name(todo->assignee)}, {"what", todo->title}}};
}

// The owner's, by the rules of an assignment.
void describe_assignment(Coming& coming, const model::Model& model,
                         const accounts::Directory& people) {
  coming.assignment = model.find_assignment(coming.timer.rule);
  if (coming.assignment == nullptr || coming.assignment->entity != coming.entity->index) return;
  coming.assignee = records::owner_of(*coming.entity, coming.record);
  const auto say = [&](const MessageText& text, std::size_t pool) {
    coming.what = {&text, {{"who", people.full_name(coming.assignee)}}};
    if (pool < coming.entity->pools.size()) {
      coming.what.arguments.emplace_back("pool", coming.entity->pools[pool].label);
    }
  };
  if (coming.timer.kind == Timer::Kind::Response) {
    const model::ResponseStep* step = step_of(*coming.assignment, coming.timer);
    if (step == nullptr) return;
    coming.rule = step->where;
    return say(text_of(step->action), step->pool);
  }
  const model::Recycle* recycle = recycle_of(*coming.assignment, coming.timer);
  if (recycle == nullptr) return;
  coming.rule = recycle->where;
  say(kRecycles, recycle->pool);
  if (recycle->why.empty()) {
    coming.what.arguments.emplace_back("rule", recycle->id);
  } else {
    coming.what.arguments.emplace_back("rule", recycle->why);
  }
}

bool is_dwell(Timer::Kind kind) {
  return kind == Timer::Kind::DwellWarning || kind == Timer::Kind::DwellLimit;
}

bool is_of_assignment(Timer::Kind kind) {
  return kind == Timer::Kind::Response || kind == Timer::Kind::Recycle;
}

bool is_of_automation(const Timer& timer) {
  return timer.kind == Timer::Kind::Delayed || timer.kind == Timer::Kind::Date ||
         timer.kind == Timer::Kind::Cron;
}

void describe_automation(Coming& coming, const model::Model& model) {
  const model::Automation* automation = model.find_automation(coming.timer.rule);
  if (automation == nullptr || !automation->enabled) return;
  const auto number = static_cast<std::size_t>(coming.timer.number);
  const bool is_delayed = coming.timer.kind == Timer::Kind::Delayed;
  if (!is_delayed && number >= automation->on.size()) return;
  coming.automation = automation;
  coming.rule = is_delayed ? automation->where : automation->on[number].where;
  coming.what = {is_delayed ? &kRunsLater : &kRuns, {{"automation", automation->label}}};
}

// The time to answer is over then, which matters to whoever listens for that.
void describe_promise(Coming& coming, const model::Model& model) {
  const auto listener = find_late_listener(model, *coming.entity);
  if (!listener) return;
  coming.automation = listener->automation;
  coming.rule = listener->trigger->where;
  coming.what = {&kRuns, {{"automation", listener->automation->label}}};
}

// Of a schedule.
std::optional<Coming> coming_of_none(const Timer& timer, const model::Model& model,
                                     const model::Entity* only) {
  if (only != nullptr || !is_of_automation(timer)) return std::nullopt;
  Coming coming{.timer = timer};
  describe_automation(coming, model);
  return coming.what.text == nullptr ? std::nullopt : std::optional(std::move(coming));
}

template <class From>
std::optional<Coming> coming_of(const Timer& timer, const From& from,
                                const accounts::Directory& people, const model::Entity* only) {
  if (timer.entity.empty()) return coming_of_none(timer, from.model(), only);
  const model::Entity* entity = from.model().find_entity(timer.entity);
  if (entity == nullptr || (only != nullptr && only != entity)) return std::nullopt;
  auto record = from.record(*entity, timer.record);
  if (!record) return std::nullopt;
  Coming coming{.timer = timer, .entity = entity, .record = std::move(*record)};
  if (timer.kind == Timer::Kind::TaskDeadline) {
    describe_deadline(coming, from, people);
  } else if (timer.kind == Timer::Kind::ToDo) {
    describe_todo(coming, from, people);
  } else if (is_of_promise(timer, records::owner_of(*entity, coming.record))) {
    describe_promise(coming, from.model());
  } else if (is_of_assignment(timer.kind)) {
    describe_assignment(coming, from.model(), people);
  } else if (is_of_automation(timer)) {
    describe_automation(coming, from.model());
  } else if (is_dwell(timer.kind)) {
    describe_dwell(coming);
  }
  // A timer of a rule that the model no longer has does nothing when it comes.
  return coming.what.text == nullptr ? std::nullopt : std::optional(std::move(coming));
}

template <class From>
Forecast collect(const From& from, const accounts::Directory& people, const ForecastQuery& query) {
  Forecast forecast{.lines = {}, .more = query.after};
  for (std::size_t batch = 0; batch < kMostBatches; ++batch) {
    const std::size_t wanted = query.limit - forecast.lines.size();
    auto found = from.timers(query.until, forecast.more ? &*forecast.more : nullptr, wanted);
    for (const Timer& timer : found.timers) {
      if (auto coming = coming_of(timer, from, people, query.entity)) {
        forecast.lines.push_back(std::move(*coming));
      }
    }
    forecast.more = std::move(found.more);
    if (!forecast.more || forecast.lines.size() == query.limit) break;
  }
  return forecast;
}

}  // namespace

std::string place_of(const Span& rule) {
  if (!rule) return {};
  const std::string& name = rule.source->name();
  const std::size_t slash = name.rfind('/');
  const std::string file = slash == std::string::npos ? name : name.substr(slash + 1);
  return file + ":" + std::to_string(rule.source->position(rule.begin).line);
}

Forecast forecast(permissions::Reader& reader, const accounts::Directory& people,
                  const ForecastQuery& query) {
  return collect(Gated{reader}, people, query);
}

Forecast forecast(Engine& engine, const ForecastQuery& query) {
  const std::unique_ptr<store::View> view = engine.store().read();
  return collect(Whole{engine.model(), *view}, *engine.directory(), query);
}

}  // namespace formwork::engine

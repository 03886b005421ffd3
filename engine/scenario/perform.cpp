#include "engine/scenario/perform.h"

#include <algorithm>

#include "dsl/feel/json.h"
#include "engine/records/input.h"
#include "engine/records/intake.h"
#include "engine/scenario/values.h"

namespace formwork::scenario {
namespace {

using model::ScenarioStep;
using Done = Expected<void, Hitch>;

Unexpected<Hitch> fault(std::string text, Span where = {}) {
  return Unexpected(Hitch{.fault = std::move(text), .where = std::move(where)});
}

Unexpected<Hitch> refused(engine::Refusal refusal, const model::Entity* entity = nullptr) {
  return Unexpected(Hitch{.refusal = std::move(refusal), .entity = entity});
}

// How a task suits an action: the one that the actor would click comes first.
bool suits(const engine::Task& task, engine::TaskAction action) {
  using engine::TaskAction;
  using engine::TaskKind;
  using engine::TaskState;
  switch (action) {
    case TaskAction::MarkRead:
      return task.kind == TaskKind::Copy;
    case TaskAction::Resubmit:
      return task.kind == TaskKind::Resubmit && task.state == TaskState::Open;
    case TaskAction::TakeBack:
      return task.kind == TaskKind::Decide && task.state == TaskState::Done;
    case TaskAction::Withdraw:
    case TaskAction::Urge:
      return task.kind != TaskKind::Copy && task.state == TaskState::Open;
    default:
      return task.kind == TaskKind::Decide && task.state == TaskState::Open;
  }
}

class Performer {
 public:
  Performer(const engine::Actor& actor, World& world) : actor_(actor), world_(world) {}

  Done operator()(const ScenarioStep::Create& step) {
    FW_TRY(engine::Intent intent, to_intent(step));
    const model::Entity& entity = world_.model().entities[step.entity];
    FW_TRY(const engine::Outcome outcome, execute(std::move(intent), &entity));
    world_.remember({step.call_it, &entity, outcome.record.id});
    return {};
  }

  Done operator()(const ScenarioStep::Edit& step) {
    FW_TRY(engine::Intent intent, to_intent(step));
    return run(std::move(intent), world_.find(step.record)->entity);
  }

  Expected<engine::Intent, Hitch> to_intent(const ScenarioStep::Create& step) {
    const model::Entity& entity = world_.model().entities[step.entity];
    return read(entity, step.with, [&](engine::Changes changes) {
      return engine::Intent(engine::CreateRecord{&entity, std::move(changes)});
    });
  }

  Expected<engine::Intent, Hitch> to_intent(const ScenarioStep::Edit& step) {
    FW_TRY(const Named named, record(step.record));
    return read(*named.entity, step.with, [&](engine::Changes changes) {
      return engine::Intent(engine::UpdateRecord{named.entity, named.id,
                                                 world_.record(named).version, std::move(changes)});
    });
  }

  Done operator()(const ScenarioStep::Remove& step) {
    FW_TRY(const Named named, record(step.record));
    const std::int64_t version = world_.record(named).version;
    if (step.restore) {
      return run(engine::RestoreRecord{named.entity, named.id, version}, named.entity);
    }
    return run(engine::DeleteRecord{named.entity, named.id, version}, named.entity);
  }

  Done operator()(const ScenarioStep::Move& step) {
    FW_TRY(const Named named, record(step.record));
    return run(engine::MoveRecord{named.entity, named.id, std::nullopt, step.to, step.comment},
               named.entity);
  }

  Done operator()(const ScenarioStep::Check& step) {
    FW_TRY(const Named named, record(step.record));
    for (const std::string& item : step.items) {
      auto done = run(engine::CheckItem{named.entity, named.id, item, step.done}, named.entity);
      if (!done) return done;
    }
    return {};
  }

  Done operator()(const ScenarioStep::Decide& step) {
    FW_TRY(const Named named, record(step.record));
    const auto action = step.action == "read" ? engine::TaskAction::MarkRead
                                              : engine::find_task_action(step.action);
    if (!action) return fault("there is no action `" + step.action + "`");
    std::optional<engine::AccountId> to;
    if (!step.to.empty() && *action != engine::TaskAction::Return) {
      FW_TRY(to, account(step.to));
    }
    const std::vector<engine::Process> processes = world_.processes(named);
    // Where nobody was found there is no task, and whoever may give tasks away adds the first
    // approver.
    if (*action == engine::TaskAction::AddApprover && to) {
      if (const auto held = held_step(processes)) {
        return run(engine::NameApprover{processes.front().id, *held, *to}, named.entity);
      }
    }
    const std::optional<engine::TaskId> task = find_task(processes, *action);
    if (!task) return fault("nobody is asked about `" + step.record + "`");
    return decide(step, named,
                  {.task = *task, .action = *action, .comment = step.comment, .to = to});
  }

  Done operator()(const ScenarioStep::Assign& step) {
    FW_TRY(const Named named, record(step.record));
    std::optional<engine::AccountId> to;
    if (!step.to.empty()) {
      FW_TRY(to, account(step.to));
    }
    return run(engine::AssignRecord{named.entity, named.id, to, {}}, named.entity);
  }

  Done operator()(const ScenarioStep::Dispatch& step) {
    FW_TRY(const Named named, record(step.record));
    engine::AssignRecord assign{.entity = named.entity, .id = named.id};
    assign.by = world_.model().find_assignment(step.by);
    if (assign.by == nullptr) return fault("there is no assignment `" + step.by + "`");
    return run(std::move(assign), named.entity);
  }

  Done operator()(const ScenarioStep::Release& step) {
    FW_TRY(const Named named, record(step.record));
    return run(
        engine::ReleaseRecord{
            .entity = named.entity, .id = named.id, .pool = step.pool, .comment = step.comment},
        named.entity);
  }

  Done operator()(const ScenarioStep::Comment& step) {
    FW_TRY(const Named named, record(step.record));
    return run(engine::CommentRecord{named.entity, named.id, step.text}, named.entity);
  }

  Done operator()(const ScenarioStep::Finish& step) {
    FW_TRY(const engine::AccountId person, account(step.person));
    for (const engine::ToDo& todo : world_.look()->todos({.assignee = person, .limit = 1'000})) {
      if (todo.title.find(step.title) == std::string::npos) continue;
      return run(engine::FinishToDo{todo.id}, world_.model().find_entity(todo.entity));
    }
    return fault("`" + step.person + "` has nothing to do that is called `" + step.title + "`");
  }

  // Whoever is away says so, whoever acts.
  Done operator()(const ScenarioStep::Away& step) {
    const auto who = world_.actor(step.person);
    if (!who) return fault("there is no person `" + step.person + "`");
    const Instant now = world_.now();
    return forget(execute_as(
        *who, engine::AddAbsence{now, world_.model().calendar().add(now, step.during)}, nullptr));
  }

  Done operator()(const ScenarioStep::Post& step) {
    const model::Webhook& webhook = world_.model().webhooks[step.webhook];
    const model::InboundWebhook& way = *webhook.inbound();
    auto body = feel::from_json(step.body);
    if (!body) return fault(std::move(body.error()));
    const records::Arrival arrival = arrival_of(std::move(*body), step.query);
    const auto people = world_.engine().directory();
    const bool is_wanted =
        !way.when ||
        records::is_wanted(*way.when, arrival, world_.engine().reading(*people), world_.now());
    if (!is_wanted) return fault("the webhook `" + webhook.name + "` ignores that");
    engine::TakeIn taken{.intake = &way.intake,
                         .values = {},
                         .source = webhook.name,
                         .form = {},
                         .webhook = webhook.index};
    return take_in(std::move(taken), read_arrived(way.intake, arrival), engine::Cause::Webhook,
                   step.call_it);
  }

  Done operator()(const ScenarioStep::Submit& step) {
    const model::PublicForm& form = world_.model().forms[step.form];
    const model::Entity& entity = world_.model().entities[form.intake.entity];
    auto body = to_body(step.with, entity.fields, world_);
    if (!body) return fault(std::move(body.error().message), body.error().where);
    const auto people = world_.engine().directory();
    records::Input input = records::read_json(entity, *body, world_.engine().reading(*people));
    auto typed = feel::from_json(*body);
    if (!typed) return fault(std::move(typed.error()));
    const records::Arrival arrival = arrival_of(std::move(*typed), step.query);
    // What the form sets besides, and the record cannot hold, is left out: nobody typed it.
    records::Input besides = read_arrived(form.intake, arrival);
    for (auto& change : besides.changes) {
      const bool is_wrong =
          std::any_of(besides.problems.begin(), besides.problems.end(),
                      [&](const auto& problem) { return problem.field == change.first; });
      if (!is_wrong) input.changes.push_back(std::move(change));
    }
    engine::TakeIn taken{.intake = &form.intake,
                         .values = {},
                         .source = form.name,
                         .form = form.index,
                         .webhook = {}};
    return take_in(std::move(taken), std::move(input), engine::Cause::Form, step.call_it);
  }

  Done operator()(const ScenarioStep::Delegate& step) {
    FW_TRY(const engine::AccountId to, account(step.to));
    const Instant now = world_.now();
    return run(engine::Delegate{to, now, world_.model().calendar().add(now, step.during)}, nullptr);
  }

  Done operator()(const ScenarioStep::Leave& step) {
    auto closed = world_.engine().close_account(step.person, step.hand_over_to);
    if (!closed) return refused(std::move(closed.error()));
    return {};
  }

  Done operator()(const ScenarioStep::Pass& step) {
    if (world_.pass_until(world_.model().calendar().add(world_.now(), step.time))) return {};
    return fault("timers set each other without an end");
  }

  Done operator()(const ScenarioStep::Expect&) { return {}; }

 private:
  Expected<Named, Hitch> record(const std::string& name) const {
    const Named* found = world_.find(name);
    if (found == nullptr) return fault("no record before it is called `" + name + "`");
    return *found;
  }

  Expected<engine::AccountId, Hitch> account(const std::string& name) {
    const auto found = world_.engine().directory()->find_account(name);
    if (!found) return fault("there is no person `" + name + "`");
    return *found;
  }

  static Done forget(Expected<engine::Outcome, Hitch> outcome) {
    if (!outcome) return Unexpected(std::move(outcome.error()));
    return {};
  }

  Done run(engine::Intent intent, const model::Entity* entity) {
    return forget(execute(std::move(intent), entity));
  }

  static records::Arrival arrival_of(feel::Value body, const model::PlacedValues& query) {
    records::FormPairs pairs;
    for (const auto& [name, value] : query) pairs.emplace_back(name, shown(value.value));
    return {.body = std::move(body),
            .query = records::texts_as_value(pairs),
            .headers = records::texts_as_value({})};
  }

  records::Input read_arrived(const model::Intake& intake, const records::Arrival& arrival) {
    const auto people = world_.engine().directory();
    return records::read_intake(world_.model().entities[intake.entity], intake, arrival,
                                world_.engine().reading(*people), world_.now());
  }

  // The program takes it in, as the documents tell it to.
  Done take_in(engine::TakeIn taken, records::Input input, engine::Cause cause,
               const std::string& call_it) {
    const model::Entity& entity = world_.model().entities[taken.intake->entity];
    engine::Actor program;
    program.locale = world_.model().app.locales.front();
    program.cause = cause;
    taken.values = std::move(input.changes);
    if (!input.problems.empty()) {
      return refused(world_.engine().with_other_problems(
                         {.actor = program, .intent = std::move(taken), .once = {}},
                         std::move(input.problems)),
                     &entity);
    }
    FW_TRY(const engine::Outcome outcome, execute_as(program, std::move(taken), &entity));
    world_.remember({call_it, &entity, outcome.record.id});
    return {};
  }

  Expected<engine::Outcome, Hitch> execute(engine::Intent intent, const model::Entity* entity) {
    return execute_as(actor_, std::move(intent), entity);
  }

  Expected<engine::Outcome, Hitch> execute_as(const engine::Actor& actor, engine::Intent intent,
                                              const model::Entity* entity) {
    auto outcome =
        world_.engine().execute_and_wait({.actor = actor, .intent = std::move(intent), .once = {}});
    if (!outcome) return refused(std::move(outcome.error()), entity);
    return std::move(*outcome);
  }

  template <class MakeIntent>
  Expected<engine::Outcome, Hitch> write(const model::Entity& entity,
                                         const model::PlacedValues& values, MakeIntent make) {
    FW_TRY(engine::Intent intent, read(entity, values, make));
    return execute(std::move(intent), &entity);
  }

  // Values that cannot be read are refused together with whatever else is wrong, as by the API.
  template <class MakeIntent>
  Expected<engine::Intent, Hitch> read(const model::Entity& entity,
                                       const model::PlacedValues& values, MakeIntent make) {
    auto body = to_body(values, entity.fields, world_);
    if (!body) return fault(std::move(body.error().message), body.error().where);
    const auto people = world_.engine().directory();
    records::Input input = records::read_json(entity, *body, world_.engine().reading(*people));
    engine::Intent intent = make(std::move(input.changes));
    if (input.problems.empty()) return intent;
    return refused(
        world_.engine().with_other_problems(
            {.actor = actor_, .intent = std::move(intent), .once = {}}, std::move(input.problems)),
        &entity);
  }

  Done decide(const ScenarioStep::Decide& step, const Named& named, engine::ActOnTask act) {
    if (step.where == "after") act.place = engine::AddedPlace::After;
    if (step.where == "alongside") act.place = engine::AddedPlace::Alongside;
    if (act.action == engine::TaskAction::Return && step.to != "submitter") {
      act.step = step.to == "previous" ? step_before(act.task) : step.to;
    }
    if (step.with.empty()) return run(std::move(act), named.entity);
    return forget(write(*named.entity, step.with, [&](engine::Changes changes) {
      act.values = std::move(changes);
      return engine::Intent(std::move(act));
    }));
  }

  // The last one that was decided before the step of the task; empty, the submitter, before the
  // first.
  std::string step_before(engine::TaskId id) {
    const auto view = world_.look();
    const engine::Task task = view->find_task(id).value();
    const engine::Process process = view->find_process(task.process).value();
    for (std::size_t i = std::min(task.step, process.steps.size()); i > 0; --i) {
      const engine::StepState state = process.steps[i - 1].state;
      if (state == engine::StepState::Approved || state == engine::StepState::Passed) {
        return process.steps[i - 1].id;
      }
    }
    return {};
  }

  std::optional<std::string> held_step(const std::vector<engine::Process>& processes) const {
    if (processes.empty() || !processes.front().is_under_way()) return std::nullopt;
    for (const engine::Task& task : processes.front().tasks) {
      const bool is_asked =
          task.assignee == actor_.account && suits(task, engine::TaskAction::AddApprover);
      if (is_asked) return std::nullopt;
    }
    for (const engine::ProcessStep& step : processes.front().steps) {
      if (step.state == engine::StepState::Held) return step.id;
    }
    return std::nullopt;
  }

  // The actor's own task, else one of somebody for whom the actor acts, else any: then the engine
  // says why not.
  std::optional<engine::TaskId> find_task(const std::vector<engine::Process>& processes,
                                          engine::TaskAction action) {
    std::optional<engine::TaskId> any;
    std::optional<engine::TaskId> delegated;
    for (const engine::Process& process : processes) {
      for (auto task = process.tasks.rbegin(); task != process.tasks.rend(); ++task) {
        if (suits(*task, action)) {
          const bool own = action == engine::TaskAction::TakeBack
                               ? task->decided_by == actor_.account
                               : task->assignee == actor_.account;
          if (own) return task->id;
          if (!delegated && acts_for(task->assignee)) delegated = task->id;
          if (!any) any = task->id;
        }
      }
      if (process.is_under_way() && (delegated || any)) break;
    }
    if (delegated) return delegated;
    if (any) return any;
    if (processes.empty() || processes.front().tasks.empty()) return std::nullopt;
    return processes.front().tasks.back().id;
  }

  bool acts_for(engine::AccountId account) {
    return world_.engine().directory()->acts_for(actor_.account, account, world_.now());
  }

  const engine::Actor& actor_;
  World& world_;
};

// The words of a step, by its kind.
struct Describer {
  const model::Model& model;

  std::string operator()(const ScenarioStep::Create& step) const {
    return "create " + model.entities[step.entity].name +
           (step.call_it.empty() ? "" : " " + step.call_it);
  }

  std::string operator()(const ScenarioStep::Edit& step) const { return "edit " + step.record; }

  std::string operator()(const ScenarioStep::Remove& step) const {
    return (step.restore ? "restore " : "delete ") + step.record;
  }

  std::string operator()(const ScenarioStep::Move& step) const {
    return "move " + step.record + " to " + step.to;
  }

  std::string operator()(const ScenarioStep::Check& step) const {
    return (step.done ? "check " : "uncheck ") + step.record;
  }

  std::string operator()(const ScenarioStep::Decide& step) const {
    return step.action + " " + step.record + (step.to.empty() ? "" : " to " + step.to);
  }

  std::string operator()(const ScenarioStep::Assign& step) const {
    if (step.to.empty()) return "claim " + step.record;
    return "assign " + step.record + " to " + step.to;
  }

  std::string operator()(const ScenarioStep::Dispatch& step) const {
    return "dispatch " + step.record + " by " + step.by;
  }

  std::string operator()(const ScenarioStep::Release& step) const {
    return "release " + step.record + " to " + step.pool;
  }

  std::string operator()(const ScenarioStep::Comment& step) const {
    return "comment " + step.record;
  }

  std::string operator()(const ScenarioStep::Finish& step) const {
    return "done " + step.title + " of " + step.person;
  }

  std::string operator()(const ScenarioStep::Away& step) const { return "away " + step.person; }

  std::string operator()(const ScenarioStep::Post& step) const {
    return "post " + model.webhooks[step.webhook].name;
  }

  std::string operator()(const ScenarioStep::Submit& step) const {
    return "submit " + model.forms[step.form].name;
  }

  std::string operator()(const ScenarioStep::Delegate& step) const {
    return "delegate to " + step.to;
  }

  std::string operator()(const ScenarioStep::Leave& step) const { return "leave " + step.person; }

  std::string operator()(const ScenarioStep::Pass& step) const {
    return "pass " + calendar::to_string(step.time);
  }

  std::string operator()(const ScenarioStep::Expect&) const { return "expect"; }
};

}  // namespace

Expected<void, Hitch> perform(const model::ScenarioStep& step, const engine::Actor& actor,
                              World& world) {
  return std::visit(Performer(actor, world), step.action);
}

std::optional<Hitch> rehearse(const model::ScenarioStep& step, const engine::Actor& actor,
                              World& world) {
  Performer performer(actor, world);
  const auto check = [&](const model::Entity& entity,
                         Expected<engine::Intent, Hitch> intent) -> std::optional<Hitch> {
    if (!intent) return std::move(intent.error());
    auto refusal = world.engine().check(actor, *intent);
    if (!refusal) return std::nullopt;
    return Hitch{.refusal = std::move(refusal), .entity = &entity};
  };
  if (const auto* create = std::get_if<ScenarioStep::Create>(&step.action)) {
    return check(world.model().entities[create->entity], performer.to_intent(*create));
  }
  if (const auto* edit = std::get_if<ScenarioStep::Edit>(&step.action)) {
    const Named* named = world.find(edit->record);
    if (named != nullptr) return check(*named->entity, performer.to_intent(*edit));
  }
  return std::nullopt;
}

std::string describe(const model::ScenarioStep& step, const model::Model& model) {
  return std::visit(Describer{model}, step.action);
}

const Named* subject_of(const model::ScenarioStep& step, const World& world) {
  return std::visit(
      [&](const auto& action) -> const Named* {
        if constexpr (requires { action.record; }) {
          return world.find(action.record);
        } else {
          return nullptr;
        }
      },
      step.action);
}

std::vector<std::string> sentences(const engine::Refusal& refusal, const model::Entity* entity,
                                   const model::Model& model, std::size_t locale) {
  const Language language = language_of(model.app.locales[locale]);
  std::vector<std::string> texts{render(refusal.message, language, locale)};
  for (const engine::FieldProblem& problem : refusal.fields) {
    texts.push_back(entity != nullptr ? engine::describe(problem, *entity, language, locale)
                                      : render(problem.message, language, locale));
  }
  return texts;
}

}  // namespace formwork::scenario

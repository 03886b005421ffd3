// An approval without a store: an app as YAML, people at will, one record, and the machine at work
// on a process.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/compile/compile.h"
#include "engine/approvals/machine.h"

namespace formwork::approvals::testing {

using engine::AccountId;
using engine::Process;
using engine::ProcessState;
using engine::StepState;
using engine::Task;
using engine::TaskAction;
using engine::TaskKind;
using engine::TaskOutcome;
using engine::TaskState;

inline constexpr Instant kMonday{1'772'413'200'000'000};  // 2 March 2026, 09:00 in Shanghai

inline std::shared_ptr<const model::Model> compile_app(std::string_view yaml) {
  Diagnostics diagnostics;
  auto model =
      compile::compile({.sources = {std::make_shared<const Source>("app.yaml", std::string(yaml))},
                        .fingerprint = "test"},
                       diagnostics);
  std::string found;
  for (const Diagnostic& diagnostic : diagnostics.all()) found += diagnostic.message + "\n";
  if (!model) throw std::invalid_argument(found);
  return model;
}

// Holds records by entity; knows nothing else.
class FakeView final : public store::View {
 public:
  std::map<std::pair<std::string, engine::RecordId>, engine::Record> records;

  std::optional<engine::Record> find_record(const model::Entity& entity,
                                            engine::RecordId id) override {
    const auto found = records.find({entity.name, id});
    if (found == records.end()) return std::nullopt;
    return found->second;
  }

  std::vector<engine::Record> list(const store::Query&) override { return {}; }

  std::int64_t count(const store::Query&, std::int64_t) override { return 0; }

  std::optional<engine::RecordId> find_duplicate(const model::Entity&, const model::Unique&,
                                                 std::span<const feel::Value>,
                                                 engine::RecordId) override {
    return std::nullopt;
  }

  std::vector<engine::HistoryEntry> history(std::string_view, engine::RecordId, std::int64_t,
                                            std::size_t) override {
    return {};
  }

  void walk_history(const std::function<bool(const engine::HistoryEntry&)>&) override {}

  std::optional<engine::HistoryEntry> last_history() override { return std::nullopt; }

  std::optional<engine::Account> find_account(std::string_view) override { return std::nullopt; }

  std::optional<engine::Account> find_account(AccountId) override { return std::nullopt; }

  std::vector<engine::Account> accounts() override { return {}; }

  std::optional<engine::Credential> find_credential(std::string_view) override {
    return std::nullopt;
  }

  std::optional<engine::File> find_file(std::int64_t) override { return std::nullopt; }

  std::optional<std::string> file_content(std::int64_t) override { return std::nullopt; }

  std::optional<Remembered> find_remembered(AccountId, std::string_view) override {
    return std::nullopt;
  }

  std::optional<std::string> find_setting(std::string_view) override { return std::nullopt; }

  std::optional<Process> find_process(engine::ProcessId) override { return std::nullopt; }

  std::optional<Task> find_task(engine::TaskId) override { return std::nullopt; }

  std::vector<Process> processes(const store::ProcessQuery&) override { return {}; }

  std::vector<Task> tasks(const store::TaskQuery&) override { return {}; }

  std::int64_t count_tasks(const store::TaskQuery&, std::int64_t) override { return 0; }

  bool is_involved(std::span<const AccountId>, std::string_view, engine::RecordId) override {
    return false;
  }

  std::vector<engine::Stay> stays(std::string_view, engine::RecordId) override { return {}; }

  std::vector<engine::Timer> timers_due(Instant, const engine::Timer*, std::size_t) override {
    return {};
  }

  std::optional<Instant> next_timer() override { return std::nullopt; }

  std::vector<engine::Timer> timers_of(std::string_view, engine::RecordId) override { return {}; }

  std::vector<engine::Delegation> delegations() override { return {}; }

  std::vector<engine::Absence> absences() override { return {}; }

  std::vector<engine::Timer> timers_of_rule(std::string_view, std::size_t) override { return {}; }

  std::vector<engine::Run> runs(const store::RunQuery&) override { return {}; }

  std::optional<engine::Run> find_run(engine::RunId) override { return std::nullopt; }

  bool has_run_once(std::string_view, std::string_view, engine::RecordId) override { return false; }

  std::vector<engine::OutboxMessage> messages(const store::MessageQuery&) override { return {}; }

  std::optional<engine::OutboxMessage> find_message(engine::MessageId) override {
    return std::nullopt;
  }

  std::vector<engine::Attempt> attempts(engine::MessageId) override { return {}; }

  std::vector<engine::OutboxMessage> messages_due(Instant, std::size_t) override { return {}; }

  std::optional<Instant> next_message() override { return std::nullopt; }

  std::vector<engine::Destination> destinations() override { return {}; }

  std::vector<engine::Notification> notifications(const store::NotificationQuery&) override {
    return {};
  }

  std::int64_t count_unread(AccountId, std::int64_t) override { return 0; }

  std::vector<engine::ToDo> todos(const store::ToDoQuery&) override { return {}; }

  std::optional<engine::ToDo> find_todo(engine::ToDoId) override { return std::nullopt; }

  engine::Preferences preferences(AccountId) override { return {}; }

  std::optional<engine::Secret> find_secret(std::string_view) override { return std::nullopt; }

  std::vector<std::string> secret_names() override { return {}; }

  std::optional<engine::ResponseClock> find_response_clock(std::string_view,
                                                           engine::RecordId) override {
    return std::nullopt;
  }

  std::vector<std::pair<AccountId, std::int64_t>> shares(std::string_view,
                                                         std::string_view) override {
    return {};
  }

  std::int64_t last_number(std::string_view, std::string_view) override { return 0; }

  std::int64_t count_open(const model::Entity&, AccountId, std::int64_t) override { return 0; }

  std::optional<engine::RecordId> find_match(const model::Entity&, std::span<const std::size_t>,
                                             std::span<const feel::Value>) override {
    return std::nullopt;
  }
};

// Accounts in the order in which they were made, which is that of their ids, from 1.
class FakePeople final : public engine::Organization, public fields::People {
 public:
  struct Standing {
    AccountId delegate = 0;
    AccountId principal = 0;
  };

  std::vector<engine::Account> all;
  std::vector<Standing> delegations;

  AccountId id(std::string_view name) const {
    for (const engine::Account& account : all) {
      if (account.name == name) return account.id;
    }
    throw std::invalid_argument("nobody is called " + std::string(name));
  }

  engine::Account& at(std::string_view name) { return all[static_cast<std::size_t>(id(name) - 1)]; }

  std::optional<AccountId> find_active(std::string_view name) const override {
    for (const engine::Account& account : all) {
      if (account.name == name && account.active) return account.id;
    }
    return std::nullopt;
  }

  bool is_active(AccountId id) const override {
    const engine::Account* found = account(id);
    return found != nullptr && found->active;
  }

  const engine::Account* account(AccountId id) const override {
    const bool is_known = id >= 1 && id <= static_cast<AccountId>(all.size());
    return is_known ? &all[static_cast<std::size_t>(id - 1)] : nullptr;
  }

  std::optional<AccountId> manager_of(AccountId id) const override {
    const engine::Account* found = account(id);
    for (std::size_t steps = 0; found != nullptr && steps <= all.size(); ++steps) {
      found = account(found->manager);
      if (found != nullptr && found->active) return found->id;
    }
    return std::nullopt;
  }

  const std::vector<AccountId>& subordinates_of(AccountId) const override { return nobody_; }

  std::vector<AccountId> with_role(std::string_view role) const override {
    return sorted([&](const engine::Account& account) { return has(account.roles, role); });
  }

  std::vector<AccountId> members_of(std::string_view team) const override {
    return sorted([&](const engine::Account& account) { return has(account.teams, team); });
  }

  std::vector<AccountId> heads_of(std::string_view team) const override {
    return sorted([&](const engine::Account& account) { return has(account.heads, team); });
  }

  std::string_view department_of(AccountId id) const override {
    const engine::Account* found = account(id);
    return found == nullptr || found->teams.empty() ? std::string_view() : found->teams.front();
  }

  bool is_absent(AccountId, Instant) const override { return false; }

  bool acts_for(AccountId delegate, AccountId id, Instant) const override {
    return std::any_of(delegations.begin(), delegations.end(), [&](const Standing& standing) {
      return standing.delegate == delegate && standing.principal == id;
    });
  }

  std::vector<AccountId> principals_of(AccountId, Instant) const override { return {}; }

  std::vector<AccountId> delegates_of(AccountId, Instant) const override { return {}; }

  std::optional<std::int64_t> find_account(std::string_view name) const override {
    return find_active(name);
  }

  std::string account_name(std::int64_t id) const override {
    const engine::Account* found = account(id);
    return found == nullptr ? "nobody" : found->name;
  }

  std::string full_name(std::int64_t id) const override { return account_name(id); }

 private:
  static bool has(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  }

  template <class Condition>
  std::vector<AccountId> sorted(Condition condition) const {
    std::vector<const engine::Account*> found;
    for (const engine::Account& account : all) {
      if (account.active && condition(account)) found.push_back(&account);
    }
    std::sort(found.begin(), found.end(),
              [](const auto* a, const auto* b) { return a->name < b->name; });
    std::vector<AccountId> ids;
    for (const engine::Account* account : found) ids.push_back(account->id);
    return ids;
  }

  std::vector<AccountId> nobody_;
};

struct Someone {
  std::vector<std::string> roles;
  std::string manager;
  std::vector<std::string> teams;
  std::vector<std::string> heads;
};

class World {
 public:
  explicit World(std::shared_ptr<const model::Model> model, std::string_view entity = "quote")
      : model_(std::move(model)), gate_(*model_), entity_(model_->find_entity(entity)) {
    record.id = 1;
    record.version = 1;
    record.values.resize(entity_->fields.size());
    showing_ = {.zone = model_->app.time_zone, .people = &people};
  }

  explicit World(std::string_view yaml) : World(compile_app(yaml)) {}

  FakePeople people;
  FakeView view;
  engine::Record record;
  Process process;
  Effects effects;
  Instant now = kMonday;
  std::optional<engine::Refusal> refusal;  // of the last thing done

  const model::Model& model() const { return *model_; }

  const model::Entity& entity() const { return *entity_; }

  AccountId add(const std::string& name, const Someone& someone = {}) {
    engine::Account account;
    account.id = static_cast<AccountId>(people.all.size()) + 1;
    account.name = name;
    account.full_name = name;
    account.roles = someone.roles;
    account.manager = someone.manager.empty() ? 0 : people.id(someone.manager);
    account.teams = someone.teams;
    account.heads = someone.heads;
    people.all.push_back(std::move(account));
    return people.all.back().id;
  }

  void set(std::string_view field, feel::Value value) {
    record.values[model::field_index(*entity_, field).value()] = std::move(value);
  }

  void set_number(std::string_view field, std::string_view number) {
    set(field, feel::Value(feel::Number::parse(number).value()));
  }

  void set_person(std::string_view field, std::string_view name) {
    set(field, feel::Value(feel::RecordRef{people.id(name)}));
  }

  // Calls `work` with a context in which that account acts.
  template <class Work>
  auto as(std::string_view name, Work work) {
    engine::Actor actor{.cause = engine::Cause::Api};
    if (!name.empty()) {
      const engine::Account& account = people.at(name);
      actor.account = account.id;
      actor.name = account.name;
      actor.full_name = account.name;
      actor.roles = permissions::roles_of(account, *model_);
    }
    const records::Situation situation{.gate = gate_,
                                       .view = view,
                                       .actor = actor,
                                       .showing = showing_,
                                       .now = now,
                                       .organization = people};
    const Context context{
        .chain = *chain_, .entity = *entity_, .record = record, .situation = situation};
    return work(context);
  }

  void use(std::string_view chain) {
    chain_ = model_->find_approval(chain);
    if (chain_ == nullptr) throw std::invalid_argument("no chain " + std::string(chain));
  }

  const model::ApprovalChain& chain() const { return *chain_; }

  bool begin(std::string_view chain, std::string_view submitter) {
    use(chain);
    effects = {};
    refusal.reset();
    auto begun =
        as(submitter, [&](const Context& context) { return approvals::begin(context, effects); });
    if (!begun) {
      refusal = begun.error();
      return false;
    }
    process = std::move(*begun);
    process.id = 1;
    number();
    return true;
  }

  // The newest task of that account that waits or, failing that, any of it.
  std::size_t task_of(std::string_view name, std::string_view step = "") const {
    const AccountId account = people.id(name);
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < process.tasks.size(); ++i) {
      const Task& task = process.tasks[i];
      if (task.assignee != account) continue;
      if (!step.empty() && process.steps[task.step].id != step) continue;
      const bool is_live = task.state == TaskState::Open || task.state == TaskState::Waiting;
      const bool found_lives = found && (process.tasks[*found].state == TaskState::Open ||
                                         process.tasks[*found].state == TaskState::Waiting);
      if (is_live || !found_lives) found = i;
    }
    if (!found) throw std::invalid_argument(std::string(name) + " has no task");
    return *found;
  }

  bool has_open(std::string_view name) const {
    const AccountId account = people.id(name);
    return std::any_of(process.tasks.begin(), process.tasks.end(), [&](const Task& task) {
      return task.assignee == account && task.state == TaskState::Open &&
             task.kind != TaskKind::Copy;
    });
  }

  bool act(std::string_view who, TaskAction action, std::size_t task, engine::ActOnTask more = {}) {
    more.task = process.tasks[task].id;
    more.action = action;
    return keep(as(
        who, [&](const Context& context) { return approvals::act(more, process, task, context); }));
  }

  bool act(std::string_view who, TaskAction action, engine::ActOnTask more = {}) {
    return act(who, action, task_of(who), std::move(more));
  }

  bool name_approver(std::string_view who, const std::string& step, std::string_view to) {
    const engine::NameApprover name{.process = 1, .step = step, .to = people.id(to)};
    return keep(as(who, [&](const Context& context) {
      return approvals::name_approver(name, process, context);
    }));
  }

  void change() {
    note(as("", [&](const Context& c) { return on_change(process, c); }));
  }

  void leave(std::string_view who, std::string_view heir, std::string_view admin = "") {
    const AccountId from = people.id(who);
    const AccountId to = heir.empty() ? 0 : people.id(heir);
    note(as(admin, [&](const Context& c) { return hand_over(process, from, to, c); }));
  }

  void deadline(const model::Deadline& deadline, std::size_t task) {
    note(as("", [&](const Context& c) { return on_deadline(deadline, process, task, c); }));
  }

  void cancel(std::string_view reason) { note(approvals::cancel(process, reason, now)); }

  std::string code() const { return refusal ? std::string(refusal->message.text->code) : ""; }

  std::string words() const {
    return refusal ? render(refusal->message, Language::English, 0) : "";
  }

  // `manager: approved, legal: skipped`
  std::string steps() const {
    std::string text;
    for (const engine::ProcessStep& step : process.steps) {
      if (!text.empty()) text += ", ";
      text += step.id + ": " + std::string(step_state_name(step.state));
    }
    return text;
  }

  // `li.lei, han.mei`: whose tasks are open, but for copies; in the order of the tasks.
  std::string waits_for() const {
    std::string text;
    for (const Task& task : process.tasks) {
      if (task.state != TaskState::Open || task.kind == TaskKind::Copy) continue;
      text += (text.empty() ? "" : ", ") + people.account_name(task.assignee);
    }
    return text;
  }

  // `approved, passed`: actions of the events of the last thing done.
  std::string events() const {
    std::string text;
    for (const Event& event : effects.events) text += (text.empty() ? "" : ", ") + event.action;
    return text;
  }

 private:
  bool keep(Expected<Effects, engine::Refusal> outcome) {
    refusal.reset();
    effects = {};
    if (!outcome) {
      refusal = outcome.error();
      return false;
    }
    note(std::move(*outcome));
    return true;
  }

  void note(Effects what) {
    refusal.reset();
    effects = std::move(what);
    number();
  }

  void number() {
    for (std::size_t i = 0; i < process.tasks.size(); ++i) {
      process.tasks[i].id = static_cast<engine::TaskId>(i) + 1;
      process.tasks[i].process = process.id;
    }
  }

  std::shared_ptr<const model::Model> model_;
  permissions::Gate gate_;
  const model::Entity* entity_;
  const model::ApprovalChain* chain_ = nullptr;
  fields::Showing showing_;
};

}  // namespace formwork::approvals::testing

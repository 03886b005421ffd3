// The reading half of View, written once for readers (Reads<View>) and the writer
// (Reads<Transaction>).
#pragma once

#include "engine/store/sqlite/assignment_rows.h"
#include "engine/store/sqlite/list_query.h"
#include "engine/store/sqlite/message_rows.h"
#include "engine/store/sqlite/notification_rows.h"
#include "engine/store/sqlite/process_rows.h"
#include "engine/store/sqlite/record_rows.h"
#include "engine/store/sqlite/run_rows.h"
#include "engine/store/sqlite/system_rows.h"
#include "engine/store/sqlite/timer_rows.h"
#include "engine/store/store.h"

namespace formwork::store {

template <class Base>
class Reads : public Base {
 public:
  std::int64_t last_number(std::string_view name, std::string_view period) override {
    return load_number(session(), name, period);
  }

  std::optional<Record> find_record(const model::Entity& entity, RecordId id) override {
    return load_record(session(), entity, id);
  }

  std::vector<Record> list(const Query& query) override { return load_page(session(), query); }

  std::int64_t count(const Query& query, std::int64_t at_most) override {
    return count_matches(session(), query, at_most);
  }

  std::optional<RecordId> find_duplicate(const model::Entity& entity, const model::Unique& unique,
                                         std::span<const feel::Value> values,
                                         RecordId except) override {
    return find_duplicate_id(session(), entity, unique.fields, values, except);
  }

  std::vector<HistoryEntry> history(std::string_view entity, RecordId record, std::int64_t before,
                                    std::size_t limit) override {
    return load_history(session(), entity, record, before, limit);
  }

  // By portions, so that no statement is open, and no time limit runs, while `visit` works.
  void walk_history(const std::function<bool(const HistoryEntry&)>& visit) override {
    constexpr std::size_t kPortion = 500;
    std::int64_t last = 0;
    while (true) {
      const std::vector<HistoryEntry> entries = load_history_from(session(), last, kPortion);
      for (const HistoryEntry& entry : entries) {
        if (!visit(entry)) return;
      }
      if (entries.size() < kPortion) return;
      last = entries.back().sequence;
    }
  }

  std::optional<HistoryEntry> last_history() override { return load_last_history(session()); }

  std::optional<Account> find_account(std::string_view name) override {
    return load_account(session(), name);
  }

  std::optional<Account> find_account(AccountId id) override { return load_account(session(), id); }

  std::vector<Account> accounts() override { return load_accounts(session()); }

  std::optional<Credential> find_credential(std::string_view hash) override {
    return load_credential(session(), hash);
  }

  std::optional<File> find_file(std::int64_t id) override { return load_file(session(), id); }

  std::optional<std::string> file_content(std::int64_t id) override {
    return load_file_content(session(), id);
  }

  std::optional<View::Remembered> find_remembered(AccountId account,
                                                  std::string_view key) override {
    return load_remembered(session(), account, key);
  }

  std::optional<std::string> find_setting(std::string_view name) override {
    return load_setting(session(), name);
  }

  std::optional<Process> find_process(ProcessId id) override { return load_process(session(), id); }

  std::optional<Task> find_task(TaskId id) override { return load_task(session(), id); }

  std::vector<Process> processes(const ProcessQuery& query) override {
    return load_processes(session(), query);
  }

  std::vector<Task> tasks(const TaskQuery& query) override { return load_tasks(session(), query); }

  std::int64_t count_tasks(const TaskQuery& query, std::int64_t at_most) override {
    return store::count_tasks(session(), query, at_most);
  }

  bool is_involved(std::span<const AccountId> accounts, std::string_view entity,
                   RecordId record) override {
    return has_task_about(session(), accounts, entity, record);
  }

  std::vector<Stay> stays(std::string_view entity, RecordId record) override {
    return load_stays(session(), entity, record);
  }

  std::vector<Timer> timers_due(Instant until, const Timer* after, std::size_t limit) override {
    return load_timers_due(session(), until, after, limit);
  }

  std::optional<Instant> next_timer() override { return load_next_timer(session()); }

  std::vector<Timer> timers_of(std::string_view entity, RecordId record) override {
    return load_timers_of(session(), entity, record);
  }

  std::vector<Delegation> delegations() override { return load_delegations(session()); }

  std::vector<Absence> absences() override { return load_absences(session()); }

  std::vector<Timer> timers_of_rule(std::string_view rule, std::size_t limit) override {
    return load_timers_of_rule(session(), rule, limit);
  }

  std::vector<Run> runs(const RunQuery& query) override { return load_runs(session(), query); }

  std::optional<Run> find_run(RunId id) override { return load_run(session(), id); }

  bool has_run_once(std::string_view automation, std::string_view entity,
                    RecordId record) override {
    return is_noted_once(session(), automation, entity, record);
  }

  std::vector<OutboxMessage> messages(const MessageQuery& query) override {
    return load_messages(session(), query);
  }

  std::optional<OutboxMessage> find_message(MessageId id) override {
    return load_message(session(), id);
  }

  std::vector<Attempt> attempts(MessageId message) override {
    return load_attempts(session(), message);
  }

  std::vector<OutboxMessage> messages_due(Instant now, std::size_t limit) override {
    return load_messages_due(session(), now, limit);
  }

  std::optional<Instant> next_message() override { return load_next_message(session()); }

  std::vector<Destination> destinations() override { return load_destinations(session()); }

  std::vector<Notification> notifications(const NotificationQuery& query) override {
    return load_notifications(session(), query);
  }

  std::int64_t count_unread(AccountId account, std::int64_t at_most) override {
    return store::count_unread(session(), account, at_most);
  }

  std::vector<ToDo> todos(const ToDoQuery& query) override { return load_todos(session(), query); }

  std::optional<ToDo> find_todo(engine::ToDoId id) override { return load_todo(session(), id); }

  Preferences preferences(AccountId account) override {
    return load_preferences(session(), account);
  }

  std::optional<Secret> find_secret(std::string_view name) override {
    return load_secret(session(), name);
  }

  std::vector<std::string> secret_names() override { return load_secret_names(session()); }

  std::optional<ResponseClock> find_response_clock(std::string_view entity,
                                                   RecordId record) override {
    return load_response_clock(session(), entity, record);
  }

  std::vector<std::pair<AccountId, std::int64_t>> shares(std::string_view assignment,
                                                         std::string_view rule) override {
    return load_shares(session(), assignment, rule);
  }

  std::int64_t count_open(const model::Entity& entity, AccountId owner,
                          std::int64_t at_most) override {
    return store::count_open(session(), entity, owner, at_most);
  }

  std::optional<RecordId> find_match(const model::Entity& entity,
                                     std::span<const std::size_t> fields,
                                     std::span<const feel::Value> values) override {
    return find_match_id(session(), entity, fields, values);
  }

 protected:
  // The connection, ready for one more statement.
  virtual Session& session() = 0;
};

}  // namespace formwork::store

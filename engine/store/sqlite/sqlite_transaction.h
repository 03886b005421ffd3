// The writer's side of the store interface, for one group of pieces.
#pragma once

#include "engine/store/sqlite/history_head.h"
#include "engine/store/sqlite/reads.h"

namespace formwork::store {

class SqliteTransaction final : public Reads<Transaction> {
 public:
  SqliteTransaction(Session& session, HistoryHead& head) : session_(session), head_(head) {}

  std::optional<HistoryEntry> last_history() override { return head_.get(session_); }

  RecordId insert_record(const model::Entity& entity, const Record& record) override;
  bool update_record(const model::Entity& entity, const Record& record,
                     std::int64_t expected_version) override;
  void append_history(const HistoryEntry& entry) override;
  std::int64_t next_number(std::string_view name, std::string_view period) override;
  AccountId insert_account(const Account& account) override;
  void update_account(const Account& account) override;
  void insert_credential(const Credential& credential) override;
  void delete_credential(std::string_view hash) override;
  void delete_credentials_of(AccountId account) override;
  void delete_expired(Instant now) override;
  std::int64_t insert_file(const File& file, std::string_view content) override;
  void attach_file(std::int64_t file, std::string_view entity, RecordId record) override;
  void remember(AccountId account, std::string_view key, const Remembered& remembered) override;
  void put_setting(std::string_view name, std::string_view value) override;
  void insert_process(Process& process) override;
  void update_process(Process& process, const Process& before) override;
  void update_task(const Task& task) override;
  void begin_stay(std::string_view entity, RecordId record, const Stay& stay) override;
  TimerId insert_timer(const Timer& timer) override;
  bool delete_timer(TimerId id) override;
  void delete_timers_of_task(TaskId task) override;
  void delete_timers_of_record(std::string_view entity, RecordId record, bool all) override;
  std::int64_t insert_delegation(const Delegation& delegation) override;
  void end_delegation(std::int64_t id, Instant at) override;
  void delete_timers_of_record(std::string_view entity, RecordId record, Timer::Kind kind,
                               std::string_view rule) override;
  std::int64_t insert_absence(const Absence& absence) override;
  void end_absence(std::int64_t id, Instant at) override;
  RunId insert_run(const Run& run) override;
  void note_run_once(std::string_view automation, std::string_view entity,
                     RecordId record) override;
  bool delete_runs(Instant before) override;
  MessageId insert_message(const OutboxMessage& message) override;
  void update_message(const OutboxMessage& message) override;
  bool delete_messages(engine::MessageState state, Instant ended_before) override;
  void end_stale_mail(Instant due_before, Instant now, std::string_view problem) override;
  void insert_attempt(const Attempt& attempt) override;
  void set_destination(std::string_view name, bool disabled, std::string_view why) override;
  engine::NotificationId insert_notification(const Notification& notification) override;
  void read_notification(AccountId account, std::optional<engine::NotificationId> id,
                         Instant at) override;
  void clear_mail_pending(AccountId account) override;
  bool delete_notifications(Instant before) override;
  engine::ToDoId insert_todo(const ToDo& todo) override;
  void update_todo(const ToDo& todo) override;
  void put_preferences(AccountId account, const Preferences& preferences) override;
  void put_secret(const Secret& secret) override;
  void put_response_clock(std::string_view entity, RecordId record,
                          const ResponseClock& clock) override;
  void put_share(std::string_view assignment, std::string_view rule, AccountId account,
                 std::int64_t share) override;
  void begin_part() override;
  void keep_part() override;
  void undo_part() override;

  void begin_piece();

  // A write of this piece failed. Work that caught the exception and went on must not be kept: it
  // may have written a record without its line items. Undoing the part in which it failed mends
  // nothing: what failed may have been the file.
  bool is_broken() const { return broken_; }

  // Whether a piece wrote accounts, credentials, delegations or absences, kept or not.
  bool changes_access() const { return changes_access_; }

  // Whether a piece wrote messages for the outside, kept or not.
  bool has_messages() const { return has_messages_; }

 protected:
  Session& session() override { return session_; }

 private:
  template <class Write>
  auto write(Write write);

  Session& session_;
  HistoryHead& head_;
  bool broken_ = false;
  bool changes_access_ = false;
  bool has_messages_ = false;
};

}  // namespace formwork::store

#include "engine/store/sqlite/sqlite_transaction.h"

namespace formwork::store {

template <class Write>
auto SqliteTransaction::write(Write write) {
  try {
    return write();
  } catch (...) {
    broken_ = true;
    throw;
  }
}

void SqliteTransaction::begin_piece() {
  broken_ = false;
  head_.begin_piece();
}

RecordId SqliteTransaction::insert_record(const model::Entity& entity, const Record& record) {
  return write([&] { return write_new_record(session_, entity, record); });
}

bool SqliteTransaction::update_record(const model::Entity& entity, const Record& record,
                                      std::int64_t expected_version) {
  return write([&] { return write_record(session_, entity, record, expected_version); });
}

void SqliteTransaction::append_history(const HistoryEntry& entry) {
  write([&] {
    const std::optional<HistoryEntry>& last = head_.get(session_);
    HistoryEntry next = entry;
    next.sequence = last ? last->sequence + 1 : 1;
    write_history(session_, next);
    head_.push(next);
  });
}

std::int64_t SqliteTransaction::next_number(std::string_view name, std::string_view period) {
  return write([&] { return take_number(session_, name, period); });
}

AccountId SqliteTransaction::insert_account(const Account& account) {
  changes_access_ = true;
  return write([&] { return write_new_account(session_, account); });
}

void SqliteTransaction::update_account(const Account& account) {
  changes_access_ = true;
  write([&] { write_account(session_, account); });
}

void SqliteTransaction::insert_credential(const Credential& credential) {
  changes_access_ = true;
  write([&] { write_credential(session_, credential); });
}

void SqliteTransaction::delete_credential(std::string_view hash) {
  changes_access_ = true;
  write([&] {
    const Running erase = session_.use(System::DeleteCredential);
    erase->bind_blob(1, hash);
    erase->step();
  });
}

void SqliteTransaction::delete_credentials_of(AccountId account) {
  changes_access_ = true;
  write([&] {
    const Running erase = session_.use(System::DeleteCredentialsOf);
    erase->bind(1, account);
    erase->step();
  });
}

void SqliteTransaction::delete_expired(Instant now) {
  write([&] { erase_expired(session_, now); });
}

std::int64_t SqliteTransaction::insert_file(const File& file, std::string_view content) {
  return write([&] { return write_file(session_, file, content); });
}

void SqliteTransaction::attach_file(std::int64_t file, std::string_view entity, RecordId record) {
  write([&] {
    const Running update = session_.use(System::AttachFile);
    update->bind(1, entity);
    update->bind(2, record);
    update->bind(3, file);
    update->step();
  });
}

void SqliteTransaction::remember(AccountId account, std::string_view key,
                                 const Remembered& remembered) {
  write([&] { write_remembered(session_, account, key, remembered); });
}

void SqliteTransaction::put_setting(std::string_view name, std::string_view value) {
  write([&] { write_setting(session_, name, value); });
}

void SqliteTransaction::insert_process(Process& process) {
  write([&] { write_new_process(session_, process); });
}

void SqliteTransaction::update_process(Process& process, const Process& before) {
  write([&] { write_process(session_, process, before); });
}

void SqliteTransaction::update_task(const Task& task) {
  write([&] { write_task(session_, task); });
}

void SqliteTransaction::begin_stay(std::string_view entity, RecordId record, const Stay& stay) {
  write([&] { write_stay(session_, entity, record, stay); });
}

TimerId SqliteTransaction::insert_timer(const Timer& timer) {
  return write([&] { return write_timer(session_, timer); });
}

bool SqliteTransaction::delete_timer(TimerId id) {
  return write([&] { return erase_timer(session_, id); });
}

void SqliteTransaction::delete_timers_of_task(TaskId task) {
  write([&] { erase_timers_of_task(session_, task); });
}

void SqliteTransaction::delete_timers_of_record(std::string_view entity, RecordId record,
                                                bool all) {
  write([&] { erase_timers_of_record(session_, entity, record, all); });
}

std::int64_t SqliteTransaction::insert_delegation(const Delegation& delegation) {
  changes_access_ = true;
  return write([&] { return write_delegation(session_, delegation); });
}

void SqliteTransaction::end_delegation(std::int64_t id, Instant at) {
  changes_access_ = true;
  write([&] { close_delegation(session_, id, at); });
}

void SqliteTransaction::delete_timers_of_record(std::string_view entity, RecordId record,
                                                Timer::Kind kind, std::string_view rule) {
  write([&] { erase_timers_of_record(session_, entity, record, kind, rule); });
}

std::int64_t SqliteTransaction::insert_absence(const Absence& absence) {
  changes_access_ = true;
  return write([&] { return write_absence(session_, absence); });
}

void SqliteTransaction::end_absence(std::int64_t id, Instant at) {
  changes_access_ = true;
  write([&] { close_absence(session_, id, at); });
}

RunId SqliteTransaction::insert_run(const Run& run) {
  return write([&] { return write_run(session_, run); });
}

void SqliteTransaction::note_run_once(std::string_view automation, std::string_view entity,
                                      RecordId record) {
  write([&] { write_once(session_, automation, entity, record); });
}

bool SqliteTransaction::delete_runs(Instant before) {
  return write([&] { return erase_runs(session_, before); });
}

MessageId SqliteTransaction::insert_message(const OutboxMessage& message) {
  has_messages_ = true;
  return write([&] { return write_new_message(session_, message); });
}

void SqliteTransaction::update_message(const OutboxMessage& message) {
  write([&] { write_message(session_, message); });
}

bool SqliteTransaction::delete_messages(engine::MessageState state, Instant ended_before) {
  return write([&] { return erase_messages(session_, state, ended_before); });
}

void SqliteTransaction::end_stale_mail(Instant due_before, Instant now, std::string_view problem) {
  write([&] { end_mail(session_, due_before, now, problem); });
}

void SqliteTransaction::insert_attempt(const Attempt& attempt) {
  write([&] { write_attempt(session_, attempt); });
}

void SqliteTransaction::set_destination(std::string_view name, bool disabled,
                                        std::string_view why) {
  write([&] { write_destination(session_, name, disabled, why); });
}

engine::NotificationId SqliteTransaction::insert_notification(const Notification& notification) {
  return write([&] { return write_notification(session_, notification); });
}

void SqliteTransaction::read_notification(AccountId account,
                                          std::optional<engine::NotificationId> id, Instant at) {
  write([&] { mark_read(session_, account, id, at); });
}

void SqliteTransaction::clear_mail_pending(AccountId account) {
  write([&] { forget_mail(session_, account); });
}

bool SqliteTransaction::delete_notifications(Instant before) {
  return write([&] { return erase_notifications(session_, before); });
}

engine::ToDoId SqliteTransaction::insert_todo(const ToDo& todo) {
  return write([&] { return write_new_todo(session_, todo); });
}

void SqliteTransaction::update_todo(const ToDo& todo) {
  write([&] { write_todo(session_, todo); });
}

void SqliteTransaction::put_preferences(AccountId account, const Preferences& preferences) {
  write([&] { write_preferences(session_, account, preferences); });
}

void SqliteTransaction::put_secret(const Secret& secret) {
  write([&] { write_secret(session_, secret); });
}

void SqliteTransaction::put_response_clock(std::string_view entity, RecordId record,
                                           const ResponseClock& clock) {
  write([&] { write_response_clock(session_, entity, record, clock); });
}

void SqliteTransaction::put_share(std::string_view assignment, std::string_view rule,
                                  AccountId account, std::int64_t share) {
  write([&] { write_share(session_, assignment, rule, account, share); });
}

void SqliteTransaction::begin_part() {
  write([&] {
    session_.run(System::BeginPart);
    head_.begin_part();
  });
}

void SqliteTransaction::keep_part() {
  write([&] {
    session_.run(System::KeepPart);
    head_.keep_part();
  });
}

// Called while a Part goes, perhaps because something was thrown. Where SQLite has ended the
// transaction by itself there is no savepoint to go back to, and nothing left to undo.
void SqliteTransaction::undo_part() {
  try {
    session_.run(System::UndoPart);
    session_.run(System::KeepPart);
  } catch (...) {
    broken_ = true;
  }
  head_.undo_part();
}

}  // namespace formwork::store

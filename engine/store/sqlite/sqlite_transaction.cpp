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

}  // namespace formwork::store

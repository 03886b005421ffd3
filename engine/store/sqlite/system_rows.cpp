#include "engine/store/sqlite/system_rows.h"

#include "engine/store/sqlite/row_columns.h"

namespace formwork::store {
namespace {

// How long an answer is given again for the same Idempotency-Key, and how long an upload may wait
// for the form that it belongs to.
constexpr std::int64_t kRememberedFor = kMicrosPerDay;
constexpr std::int64_t kOrphanedFileFor = kMicrosPerDay;

void erase_older(Session& session, System which, std::int64_t limit) {
  const Running erase = session.use(which);
  erase->bind(1, limit);
  erase->step();
}

}  // namespace

std::optional<File> load_file(Session& session, std::int64_t id) {
  const Running select = session.use(System::FindFile);
  select->bind(1, id);
  if (!select->step()) return std::nullopt;
  File file;
  file.id = select->number(0);
  file.name = select->text(1);
  file.media_type = select->text(2);
  file.size_bytes = select->number(3);
  file.sha256 = select->blob(4);
  file.created_by = select->number(5);
  file.created_at = Instant{select->number(6)};
  file.entity = select->text(7);
  file.record = select->number(8);
  return file;
}

std::optional<std::string> load_file_content(Session& session, std::int64_t id) {
  const Running select = session.use(System::FileContent);
  select->bind(1, id);
  if (!select->step()) return std::nullopt;
  return std::string(select->blob(0));
}

std::int64_t write_file(Session& session, const File& file, std::string_view content) {
  const Running insert = session.use(System::InsertFile);
  insert->bind(1, std::string_view(file.name));
  insert->bind(2, std::string_view(file.media_type));
  insert->bind(3, file.size_bytes);
  insert->bind_blob(4, file.sha256);
  insert->bind(5, file.created_by);
  insert->bind(6, file.created_at.microseconds);
  insert->bind(7, std::string_view(file.entity));
  insert->bind(8, file.record);
  insert->bind_blob(9, content);
  insert->step();
  return session.database().last_row_id();
}

std::optional<View::Remembered> load_remembered(Session& session, AccountId account,
                                                std::string_view key) {
  const Running select = session.use(System::FindRemembered);
  select->bind(1, account);
  select->bind(2, key);
  if (!select->step()) return std::nullopt;
  return View::Remembered{.request_hash = std::string(select->blob(0)),
                          .answer = std::string(select->blob(1)),
                          .at = Instant{select->number(2)}};
}

void write_remembered(Session& session, AccountId account, std::string_view key,
                      const View::Remembered& remembered) {
  const Running insert = session.use(System::Remember);
  insert->bind(1, account);
  insert->bind(2, key);
  insert->bind_blob(3, remembered.request_hash);
  insert->bind_blob(4, remembered.answer);
  insert->bind(5, remembered.at.microseconds);
  insert->step();
}

std::optional<std::string> load_setting(Session& session, std::string_view name) {
  const Running select = session.use(System::FindSetting);
  select->bind(1, name);
  if (!select->step()) return std::nullopt;
  return std::string(select->text(0));
}

void write_setting(Session& session, std::string_view name, std::string_view value) {
  const Running insert = session.use(System::PutSetting);
  insert->bind(1, name);
  insert->bind(2, value);
  insert->step();
}

std::int64_t take_number(Session& session, std::string_view name, std::string_view period) {
  const Running take = session.use(System::NextNumber);
  take->bind(1, name);
  take->bind(2, period);
  take->step();
  const std::int64_t number = take->number(0);
  take->step();  // a RETURNING statement has written only when it has ended
  return number;
}

std::int64_t load_number(Session& session, std::string_view name, std::string_view period) {
  const Running select = session.use(System::LastNumber);
  select->bind(1, name);
  select->bind(2, period);
  return select->step() ? select->number(0) : 0;
}

std::optional<Secret> load_secret(Session& session, std::string_view name) {
  const Running select = session.use(System::FindSecret);
  select->bind(1, name);
  if (!select->step()) return std::nullopt;
  return Secret{.name = std::string(name),
                .current = std::string(select->blob(0)),
                .previous = std::string(select->blob(1)),
                .previous_until = row_columns::read_moment(*select, 2)};
}

std::vector<std::string> load_secret_names(Session& session) {
  std::vector<std::string> names;
  const Running select = session.use(System::SecretNames);
  while (select->step()) names.emplace_back(select->text(0));
  return names;
}

void write_secret(Session& session, const Secret& secret) {
  const Running insert = session.use(System::PutSecret);
  insert->bind(1, std::string_view(secret.name));
  insert->bind_blob(2, secret.current);
  insert->bind_blob(3, secret.previous);
  row_columns::bind_member(*insert, 4, secret.previous_until);
  insert->step();
}

void erase_expired(Session& session, Instant now) {
  erase_older(session, System::DeleteExpiredCredentials, now.microseconds);
  erase_older(session, System::EndPastDelegations, now.microseconds);
  erase_older(session, System::EndPastAbsences, now.microseconds);
  erase_older(session, System::ForgetPreviousSecrets, now.microseconds);
  erase_older(session, System::DeleteExpiredRemembered, now.microseconds - kRememberedFor);
  erase_older(session, System::DeleteOrphanedFiles, now.microseconds - kOrphanedFileFor);
}

}  // namespace formwork::store

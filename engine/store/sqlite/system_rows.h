// The rows of the system tables as the engine's types.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/store/sqlite/session.h"
#include "engine/store/store.h"

namespace formwork::store {

std::vector<HistoryEntry> load_history(Session& session, std::string_view entity, RecordId record,
                                       std::int64_t before, std::size_t limit);
// Entries behind `sequence`, in their order.
std::vector<HistoryEntry> load_history_from(Session& session, std::int64_t sequence,
                                            std::size_t limit);
std::optional<HistoryEntry> load_last_history(Session& session);
void write_history(Session& session, const HistoryEntry& entry);

std::optional<Account> load_account(Session& session, std::string_view name);
std::optional<Account> load_account(Session& session, AccountId id);
std::vector<Account> load_accounts(Session& session);
AccountId write_new_account(Session& session, const Account& account);
void write_account(Session& session, const Account& account);

std::optional<Credential> load_credential(Session& session, std::string_view hash);
void write_credential(Session& session, const Credential& credential);

// Those that have not ended, by id.
std::vector<Delegation> load_delegations(Session& session);
std::int64_t write_delegation(Session& session, const Delegation& delegation);
void close_delegation(Session& session, std::int64_t id, Instant at);

// The same.
std::vector<Absence> load_absences(Session& session);
std::int64_t write_absence(Session& session, const Absence& absence);
void close_absence(Session& session, std::int64_t id, Instant at);

std::optional<File> load_file(Session& session, std::int64_t id);
std::optional<std::string> load_file_content(Session& session, std::int64_t id);
std::int64_t write_file(Session& session, const File& file, std::string_view content);

std::optional<View::Remembered> load_remembered(Session& session, AccountId account,
                                                std::string_view key);
void write_remembered(Session& session, AccountId account, std::string_view key,
                      const View::Remembered& remembered);

std::optional<std::string> load_setting(Session& session, std::string_view name);
void write_setting(Session& session, std::string_view name, std::string_view value);

std::int64_t take_number(Session& session, std::string_view name, std::string_view period);
// The one taken last; 0: none yet.
std::int64_t load_number(Session& session, std::string_view name, std::string_view period);

std::optional<Secret> load_secret(Session& session, std::string_view name);
std::vector<std::string> load_secret_names(Session& session);
void write_secret(Session& session, const Secret& secret);

// Credentials, delegations, absences and replaced secrets that ran out, answers that are remembered
// long enough, files that nobody attached.
void erase_expired(Session& session, Instant now);

}  // namespace formwork::store

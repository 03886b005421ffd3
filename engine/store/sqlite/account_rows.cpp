#include "engine/store/sqlite/columns.h"
#include "engine/store/sqlite/system_rows.h"

namespace formwork::store {
namespace {

Account read_account(const Statement& row) {
  Account account;
  account.id = row.number(0);
  account.name = row.text(1);
  account.full_name = row.text(2);
  account.roles = split_parts(row.text(3));
  account.locale = row.text(4);
  account.active = row.number(5) != 0;
  account.manager = row.number(6);
  account.teams = split_parts(row.text(7));
  account.heads = split_parts(row.text(8));
  account.email = row.text(9);
  account.password = row.text(10);
  return account;
}

std::optional<Account> read_one(Statement& select) {
  if (!select.step()) return std::nullopt;
  return read_account(select);
}

// Binds everything but the id; returns the last parameter.
int bind_account(Statement& statement, const Account& account) {
  statement.bind(1, std::string_view(account.name));
  statement.bind(2, std::string_view(account.full_name));
  statement.bind(3, std::string_view(account.password));
  statement.bind_copy(4, join_parts(account.roles));
  statement.bind(5, std::string_view(account.locale));
  statement.bind(6, std::int64_t{account.active});
  statement.bind(7, account.manager);
  statement.bind_copy(8, join_parts(account.teams));
  statement.bind_copy(9, join_parts(account.heads));
  statement.bind(10, std::string_view(account.email));
  return 10;
}

}  // namespace

std::optional<Account> load_account(Session& session, std::string_view name) {
  const Running select = session.use(System::AccountByName);
  select->bind(1, name);
  return read_one(*select);
}

std::optional<Account> load_account(Session& session, AccountId id) {
  const Running select = session.use(System::AccountById);
  select->bind(1, id);
  return read_one(*select);
}

std::vector<Account> load_accounts(Session& session) {
  std::vector<Account> accounts;
  const Running select = session.use(System::Accounts);
  while (select->step()) accounts.push_back(read_account(*select));
  return accounts;
}

AccountId write_new_account(Session& session, const Account& account) {
  const Running insert = session.use(System::InsertAccount);
  bind_account(*insert, account);
  insert->step();
  return session.database().last_row_id();
}

void write_account(Session& session, const Account& account) {
  const Running update = session.use(System::UpdateAccount);
  const int last = bind_account(*update, account);
  update->bind(last + 1, account.id);
  update->step();
}

std::optional<Credential> load_credential(Session& session, std::string_view hash) {
  const Running select = session.use(System::FindCredential);
  select->bind_blob(1, hash);
  if (!select->step()) return std::nullopt;
  return Credential{.hash = std::string(select->blob(0)),
                    .kind = static_cast<Credential::Kind>(select->number(1)),
                    .account = select->number(2),
                    .created_at = Instant{select->number(3)},
                    .expires_at = Instant{select->number(4)},
                    .label = std::string(select->text(5))};
}

void write_credential(Session& session, const Credential& credential) {
  const Running insert = session.use(System::InsertCredential);
  insert->bind_blob(1, credential.hash);
  insert->bind(2, static_cast<std::int64_t>(credential.kind));
  insert->bind(3, credential.account);
  insert->bind(4, credential.created_at.microseconds);
  insert->bind(5, credential.expires_at.microseconds);
  insert->bind(6, std::string_view(credential.label));
  insert->step();
}

std::vector<Delegation> load_delegations(Session& session) {
  std::vector<Delegation> delegations;
  const Running select = session.use(System::Delegations);
  while (select->step()) {
    delegations.push_back({.id = select->number(0),
                           .from = select->number(1),
                           .to = select->number(2),
                           .starts_at = Instant{select->number(3)},
                           .ends_at = Instant{select->number(4)},
                           .created_by = select->number(5)});
  }
  return delegations;
}

std::int64_t write_delegation(Session& session, const Delegation& delegation) {
  const Running insert = session.use(System::InsertDelegation);
  insert->bind(1, delegation.from);
  insert->bind(2, delegation.to);
  insert->bind(3, delegation.starts_at.microseconds);
  insert->bind(4, delegation.ends_at.microseconds);
  insert->bind(5, delegation.created_by);
  insert->step();
  return session.database().last_row_id();
}

void close_delegation(Session& session, std::int64_t id, Instant at) {
  const Running update = session.use(System::EndDelegation);
  update->bind(1, at.microseconds);
  update->bind(2, id);
  update->step();
}

std::vector<Absence> load_absences(Session& session) {
  std::vector<Absence> absences;
  const Running select = session.use(System::Absences);
  while (select->step()) {
    absences.push_back({.id = select->number(0),
                        .account = select->number(1),
                        .starts_at = Instant{select->number(2)},
                        .ends_at = Instant{select->number(3)},
                        .reason = std::string(select->text(4))});
  }
  return absences;
}

std::int64_t write_absence(Session& session, const Absence& absence) {
  const Running insert = session.use(System::InsertAbsence);
  insert->bind(1, absence.account);
  insert->bind(2, absence.starts_at.microseconds);
  insert->bind(3, absence.ends_at.microseconds);
  insert->bind(4, std::string_view(absence.reason));
  insert->step();
  return session.database().last_row_id();
}

void close_absence(Session& session, std::int64_t id, Instant at) {
  const Running update = session.use(System::EndAbsence);
  update->bind(1, at.microseconds);
  update->bind(2, id);
  update->step();
}

}  // namespace formwork::store

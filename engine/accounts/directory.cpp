#include "engine/accounts/directory.h"

#include <algorithm>

namespace formwork::accounts {

using engine::Account;
using engine::AccountId;
using engine::Delegation;

Directory::Directory(std::vector<Account> accounts, const std::vector<model::Team>& teams,
                     std::vector<Delegation> delegations, std::vector<engine::Absence> absences)
    : accounts_(std::move(accounts)),
      delegations_(std::move(delegations)),
      absences_(std::move(absences)) {
  // Nobody is asked why.
  for (engine::Absence& absence : absences_) absence.reason = std::string();
  std::sort(accounts_.begin(), accounts_.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  for (std::size_t i = 0; i < accounts_.size(); ++i) index_.emplace(accounts_[i].id, i);
  for (const model::Team& team : teams) {
    teams_.push_back({.parent = team.parent,
                      .name = team.name,
                      .is_department = team.is_department,
                      .members = {},
                      .heads = {}});
  }
  for (const Account& account : accounts_) place(account);
  find_subordinates();
}

void Directory::place(const Account& account) {
  const std::string_view department = find_department(account);
  if (!department.empty()) departments_.emplace(account.id, department);
  if (!account.active) return;
  for (const std::string& role : account.roles) roles_[role].push_back(account.id);
  for (const std::string& name : account.teams) {
    // Teams of the model have no circles.
    for (std::optional<std::size_t> team = find_team(name); team; team = teams_[*team].parent) {
      std::vector<AccountId>& members = teams_[*team].members;
      if (members.empty() || members.back() != account.id) members.push_back(account.id);
    }
  }
  for (const std::string& name : account.heads) {
    if (const auto team = find_team(name)) teams_[*team].heads.push_back(account.id);
  }
}

// Its first team that is one; else the nearest that one of its teams is part of.
std::string_view Directory::find_department(const Account& account) const {
  for (const std::string& name : account.teams) {
    const auto team = find_team(name);
    if (team && teams_[*team].is_department) return teams_[*team].name;
  }
  for (const std::string& name : account.teams) {
    for (std::optional<std::size_t> team = find_team(name); team; team = teams_[*team].parent) {
      if (teams_[*team].is_department) return teams_[*team].name;
    }
  }
  return {};
}

// Each account is put below everybody above it. A circle ends where it comes back to the account or
// to somebody who was passed already.
void Directory::find_subordinates() {
  for (const Account& account : accounts_) {
    std::vector<AccountId> above{account.id};
    AccountId manager = account.manager;
    while (manager != 0 && std::find(above.begin(), above.end(), manager) == above.end()) {
      subordinates_[manager].push_back(account.id);
      above.push_back(manager);
      const Account* next = this->account(manager);
      manager = next == nullptr ? 0 : next->manager;
    }
  }
  for (auto& [manager, ids] : subordinates_) std::sort(ids.begin(), ids.end());
}

std::optional<std::int64_t> Directory::find_account(std::string_view name) const {
  const auto found =
      std::lower_bound(accounts_.begin(), accounts_.end(), name,
                       [](const auto& account, std::string_view n) { return account.name < n; });
  if (found == accounts_.end() || found->name != name) return std::nullopt;
  return found->id;
}

std::string Directory::account_name(std::int64_t id) const {
  const Account* found = account(id);
  return found == nullptr ? "#" + std::to_string(id) : found->name;
}

std::string Directory::full_name(std::int64_t id) const {
  const Account* found = account(id);
  if (found == nullptr) return account_name(id);
  return found->full_name.empty() ? found->name : found->full_name;
}

const Account* Directory::account(AccountId id) const {
  const auto found = index_.find(id);
  return found == index_.end() ? nullptr : &accounts_[found->second];
}

std::optional<AccountId> Directory::find_active(std::string_view name) const {
  const std::optional<AccountId> found = find_account(name);
  return found && is_active(*found) ? found : std::nullopt;
}

bool Directory::is_active(AccountId id) const {
  const Account* found = account(id);
  return found != nullptr && found->active;
}

std::optional<AccountId> Directory::manager_of(AccountId id) const {
  const Account* at = account(id);
  // As many steps as there are accounts lead through any chain; more are a circle.
  for (std::size_t i = 0; at != nullptr && i < accounts_.size(); ++i) {
    at = account(at->manager);
    if (at == nullptr || at->id == id) return std::nullopt;
    if (at->active) return at->id;
  }
  return std::nullopt;
}

const std::vector<AccountId>& Directory::subordinates_of(AccountId id) const {
  static const std::vector<AccountId> kNone;
  const auto found = subordinates_.find(id);
  return found == subordinates_.end() ? kNone : found->second;
}

std::vector<AccountId> Directory::with_role(std::string_view role) const {
  const auto found = roles_.find(role);
  return found == roles_.end() ? std::vector<AccountId>() : found->second;
}

std::vector<AccountId> Directory::members_of(std::string_view team) const {
  const auto found = find_team(team);
  return found ? teams_[*found].members : std::vector<AccountId>();
}

std::vector<AccountId> Directory::heads_of(std::string_view team) const {
  const auto found = find_team(team);
  return found ? teams_[*found].heads : std::vector<AccountId>();
}

std::string_view Directory::department_of(AccountId id) const {
  const auto found = departments_.find(id);
  return found == departments_.end() ? std::string_view() : found->second;
}

std::optional<std::size_t> Directory::find_team(std::string_view name) const {
  for (std::size_t i = 0; i < teams_.size(); ++i) {
    if (teams_[i].name == name) return i;
  }
  return std::nullopt;
}

bool Directory::is_in_force(const Delegation& delegation, Instant at) const {
  return delegation.starts_at <= at && at < delegation.ends_at && is_active(delegation.from) &&
         is_active(delegation.to);
}

bool Directory::acts_for(AccountId delegate, AccountId id, Instant at) const {
  return std::any_of(delegations_.begin(), delegations_.end(), [&](const Delegation& one) {
    return one.from == id && one.to == delegate && is_in_force(one, at);
  });
}

bool Directory::is_absent(AccountId id, Instant at) const {
  const bool is_away = std::any_of(absences_.begin(), absences_.end(), [&](const auto& one) {
    return one.account == id && one.starts_at <= at && at < one.ends_at;
  });
  return is_away || !delegates_of(id, at).empty();
}

namespace {

void sort_once(std::vector<AccountId>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

}  // namespace

std::vector<AccountId> Directory::principals_of(AccountId delegate, Instant at) const {
  std::vector<AccountId> ids;
  for (const Delegation& one : delegations_) {
    if (one.to == delegate && is_in_force(one, at)) ids.push_back(one.from);
  }
  sort_once(ids);
  return ids;
}

std::vector<AccountId> Directory::delegates_of(AccountId id, Instant at) const {
  std::vector<AccountId> ids;
  for (const Delegation& one : delegations_) {
    if (one.from == id && is_in_force(one, at)) ids.push_back(one.to);
  }
  sort_once(ids);
  return ids;
}

}  // namespace formwork::accounts

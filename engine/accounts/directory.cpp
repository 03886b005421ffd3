#include "engine/accounts/directory.h"

#include <algorithm>

namespace formwork::accounts {

Directory::Directory(std::vector<engine::Account> accounts) : accounts_(std::move(accounts)) {
  std::sort(accounts_.begin(), accounts_.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  for (std::size_t i = 0; i < accounts_.size(); ++i) index_.emplace(accounts_[i].id, i);
}

std::optional<std::int64_t> Directory::find_account(std::string_view name) const {
  const auto found =
      std::lower_bound(accounts_.begin(), accounts_.end(), name,
                       [](const auto& account, std::string_view n) { return account.name < n; });
  if (found == accounts_.end() || found->name != name) return std::nullopt;
  return found->id;
}

std::string Directory::account_name(std::int64_t id) const {
  const engine::Account* account = by_id(id);
  return account == nullptr ? "#" + std::to_string(id) : account->name;
}

std::string Directory::full_name(std::int64_t id) const {
  const engine::Account* account = by_id(id);
  if (account == nullptr) return account_name(id);
  return account->full_name.empty() ? account->name : account->full_name;
}

const engine::Account* Directory::by_id(std::int64_t id) const {
  const auto found = index_.find(id);
  return found == index_.end() ? nullptr : &accounts_[found->second];
}

}  // namespace formwork::accounts

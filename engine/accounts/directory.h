// Everybody's names at one moment, held in memory: fields show people on every page.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "dsl/fields/field_type.h"
#include "engine/command/record.h"

namespace formwork::accounts {

class Directory final : public fields::People {
 public:
  explicit Directory(std::vector<engine::Account> accounts);

  std::optional<std::int64_t> find_account(std::string_view name) const override;
  std::string account_name(std::int64_t id) const override;
  std::string full_name(std::int64_t id) const override;

  // By name, without passwords.
  const std::vector<engine::Account>& accounts() const { return accounts_; }

 private:
  const engine::Account* by_id(std::int64_t id) const;

  std::vector<engine::Account> accounts_;
  std::unordered_map<std::int64_t, std::size_t> index_;
};

}  // namespace formwork::accounts

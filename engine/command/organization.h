// Who belongs where, at one moment: what conditions, approval chains and rights ask about people.
// Answers name active accounts only, unless said otherwise.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/base/time.h"
#include "engine/command/record.h"

namespace formwork::engine {

class Organization {
 public:
  virtual ~Organization() = default;

  virtual std::optional<AccountId> find_active(std::string_view name) const = 0;
  virtual bool is_active(AccountId id) const = 0;
  // Null for ids that are none, found also when it is closed.
  virtual const Account* account(AccountId id) const = 0;

  // The next manager above who is active: managers who left are passed over. Circles end.
  virtual std::optional<AccountId> manager_of(AccountId id) const = 0;
  // Everybody below, at any level, closed accounts as well: their records stay in sight of whoever
  // leads. By id.
  virtual const std::vector<AccountId>& subordinates_of(AccountId id) const = 0;

  // In the order of names.
  virtual std::vector<AccountId> with_role(std::string_view role) const = 0;
  // Of the team and of those below it.
  virtual std::vector<AccountId> members_of(std::string_view team) const = 0;
  virtual std::vector<AccountId> heads_of(std::string_view team) const = 0;
  // The name of the account's department; empty: none.
  virtual std::string_view department_of(AccountId id) const = 0;

  // Whether `delegate` acts for `id` at that moment [委托]. Delegates do not delegate further.
  virtual bool acts_for(AccountId delegate, AccountId id, Instant at) const = 0;
  // Who has `delegate` act for them at that moment, by id.
  virtual std::vector<AccountId> principals_of(AccountId delegate, Instant at) const = 0;
  // Whether the account is away at that moment: by an absence of its own, or since somebody acts
  // for it.
  virtual bool is_absent(AccountId id, Instant at) const = 0;
  // Who acts for the account at that moment, by id.
  virtual std::vector<AccountId> delegates_of(AccountId id, Instant at) const = 0;
};

}  // namespace formwork::engine

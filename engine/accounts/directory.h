// Everybody at one moment, held in memory: names, which fields show on every page, and who belongs
// where, which conditions and approvals ask. Never changes; a new one takes its place.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "dsl/fields/field_type.h"
#include "dsl/model/model.h"
#include "engine/command/effects.h"
#include "engine/command/organization.h"
#include "engine/command/process.h"
#include "engine/command/record.h"

namespace formwork::accounts {

class Directory final : public fields::People, public engine::Organization {
 public:
  // Teams are those of the model; names of others are kept and lead to nobody.
  Directory(std::vector<engine::Account> accounts, const std::vector<model::Team>& teams,
            std::vector<engine::Delegation> delegations,
            std::vector<engine::Absence> absences = {});

  std::optional<std::int64_t> find_account(std::string_view name) const override;
  std::string account_name(std::int64_t id) const override;
  std::string full_name(std::int64_t id) const override;

  std::optional<engine::AccountId> find_active(std::string_view name) const override;
  bool is_active(engine::AccountId id) const override;
  const engine::Account* account(engine::AccountId id) const override;
  std::optional<engine::AccountId> manager_of(engine::AccountId id) const override;
  const std::vector<engine::AccountId>& subordinates_of(engine::AccountId id) const override;
  std::vector<engine::AccountId> with_role(std::string_view role) const override;
  std::vector<engine::AccountId> members_of(std::string_view team) const override;
  std::vector<engine::AccountId> heads_of(std::string_view team) const override;
  std::string_view department_of(engine::AccountId id) const override;
  bool acts_for(engine::AccountId delegate, engine::AccountId id, Instant at) const override;
  std::vector<engine::AccountId> principals_of(engine::AccountId delegate,
                                               Instant at) const override;
  std::vector<engine::AccountId> delegates_of(engine::AccountId id, Instant at) const override;
  bool is_absent(engine::AccountId id, Instant at) const override;

  // By name, closed ones as well, without passwords.
  const std::vector<engine::Account>& accounts() const { return accounts_; }

 private:
  struct Team {
    std::optional<std::size_t> parent;  // index into teams_
    std::string name;
    bool is_department = false;
    std::vector<engine::AccountId> members;  // active, of those below as well, in order of names
    std::vector<engine::AccountId> heads;    // active, in order of names
  };

  std::optional<std::size_t> find_team(std::string_view name) const;
  void place(const engine::Account& account);
  void find_subordinates();
  std::string_view find_department(const engine::Account& account) const;
  bool is_in_force(const engine::Delegation& delegation, Instant at) const;

  using Ids = std::vector<engine::AccountId>;

  std::vector<engine::Account> accounts_;
  std::unordered_map<engine::AccountId, std::size_t> index_;
  std::vector<Team> teams_;
  std::map<std::string, Ids, std::less<>> roles_;            // active, in order of names
  std::unordered_map<engine::AccountId, Ids> subordinates_;  // of those who have any
  std::unordered_map<engine::AccountId, std::string_view> departments_;
  std::vector<engine::Delegation> delegations_;
  std::vector<engine::Absence> absences_;
};

}  // namespace formwork::accounts

#include "engine/approvals/people.h"

#include <algorithm>

#include "dsl/decision/table_expression.h"
#include "engine/approvals/asking.h"

namespace formwork::approvals {
namespace {

using engine::AccountId;
using feel::Value;
using model::PeopleTerm;

// Accounts that a value names; whatever else is in it is nobody.
void add_accounts(const Value& value, std::vector<AccountId>& accounts) {
  if (value.kind() == feel::ValueKind::Record) accounts.push_back(value.record().id);
  if (value.kind() != feel::ValueKind::List) return;
  for (const Value& element : value.list()) add_accounts(element, accounts);
}

class Finder {
 public:
  Finder(const Subject& subject, const records::Situation& situation)
      : situation_(situation),
        model_(situation.gate.model()),
        organization_(situation.organization),
        asking_(subject, situation) {}

  void find(const PeopleTerm& term, const std::string& before);

  std::vector<Found> take() { return std::move(found_); }

 private:
  void add(AccountId account, const std::string& why, std::size_t level = 0);
  void climb(const PeopleTerm& term, AccountId account, const std::string& why);
  void ask_table(const PeopleTerm& term, const std::string& why);
  std::vector<AccountId> persons(const PeopleTerm& term);
  bool has_role(AccountId account, std::size_t role) const;

  const records::Situation& situation_;
  const model::Model& model_;
  const engine::Organization& organization_;
  Asking asking_;
  std::vector<Found> found_;
};

void Finder::add(AccountId account, const std::string& why, std::size_t level) {
  if (!organization_.is_active(account)) return;
  const bool is_known = std::any_of(found_.begin(), found_.end(),
                                    [&](const Found& found) { return found.account == account; });
  if (!is_known) found_.push_back({.account = account, .why = why, .level = level});
}

std::vector<AccountId> Finder::persons(const PeopleTerm& term) {
  std::vector<AccountId> accounts;
  add_accounts(asking_.evaluate(term.persons), accounts);
  return accounts;
}

bool Finder::has_role(AccountId id, std::size_t role) const {
  const engine::Account* account = organization_.account(id);
  if (account == nullptr) return false;
  const std::vector<std::string>& roles = account->roles;
  return std::find(roles.begin(), roles.end(), model_.roles[role].name) != roles.end();
}

// Level by level, up to the ceiling. Managers may form a circle by mistake.
void Finder::climb(const PeopleTerm& term, AccountId account, const std::string& why) {
  std::vector<AccountId> seen{account};
  for (std::size_t level = 0; !term.up_to_level || level < *term.up_to_level; ++level) {
    const std::optional<AccountId> manager = organization_.manager_of(seen.back());
    if (!manager || std::find(seen.begin(), seen.end(), *manager) != seen.end()) return;
    add(*manager, why, level);
    if (term.up_to_role && has_role(*manager, *term.up_to_role)) return;
    seen.push_back(*manager);
  }
}

void Finder::ask_table(const PeopleTerm& term, const std::string& why) {
  const Value answer = asking_.evaluate(decision::as_expression(term.table));
  std::vector<Value> outputs;
  if (answer.kind() == feel::ValueKind::List) {
    outputs = answer.list();
  } else {
    outputs.push_back(answer);
  }
  for (const Value& output : outputs) {
    if (output.kind() != feel::ValueKind::String) continue;
    const auto outcome = term.outcomes.find(output.string());
    if (outcome == term.outcomes.end()) continue;
    for (const PeopleTerm& one : outcome->second) find(one, why + ": ");
  }
}

void Finder::find(const PeopleTerm& term, const std::string& before) {
  const std::string why = before + term.text;
  const auto add_all = [&](const std::vector<AccountId>& accounts) {
    for (const AccountId account : accounts) add(account, why);
  };
  switch (term.kind) {
    case PeopleTerm::Kind::User:
      if (const auto account = organization_.find_active(term.account)) add(*account, why);
      return;
    case PeopleTerm::Kind::Role:
      return add_all(organization_.with_role(model_.roles[term.index].name));
    case PeopleTerm::Kind::Team:
      return add_all(organization_.members_of(model_.teams[term.index].name));
    case PeopleTerm::Kind::TeamHead:
      return add_all(organization_.heads_of(model_.teams[term.index].name));
    case PeopleTerm::Kind::Department:
      for (const AccountId account : persons(term)) {
        const std::string_view department = organization_.department_of(account);
        if (!department.empty()) add_all(organization_.heads_of(department));
      }
      return;
    case PeopleTerm::Kind::Persons:
      return add_all(persons(term));
    case PeopleTerm::Kind::Manager:
      for (const AccountId account : persons(term)) {
        if (const auto manager = organization_.manager_of(account)) add(*manager, why);
      }
      return;
    case PeopleTerm::Kind::Managers:
      for (const AccountId account : persons(term)) climb(term, account, why);
      return;
    case PeopleTerm::Kind::Decision:
      return ask_table(term, why);
  }
}

}  // namespace

std::vector<Found> find_people(const model::People& people, const Subject& subject,
                               const records::Situation& situation) {
  if (people.empty()) return {};
  Finder finder(subject, situation);
  for (const PeopleTerm& term : people.terms) finder.find(term, "");
  return finder.take();
}

}  // namespace formwork::approvals

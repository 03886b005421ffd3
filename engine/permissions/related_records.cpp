#include "engine/permissions/related_records.h"

#include <algorithm>

namespace formwork::permissions {

using engine::Record;
using engine::RecordId;
using feel::Value;

Value RelatedRecords::member(feel::RecordRef ref, const feel::RecordType& type,
                             std::size_t member) const {
  const model::Scopes& scopes = *gate_.model().scopes;
  const std::optional<std::size_t> index = scopes.entity_of(type);
  if (!index) return person(ref.id, member);
  const model::Entity& entity = gate_.model().entities[*index];
  const bool is_field = member < entity.fields.size();
  const bool may_see =
      actor_ == nullptr || (gate_.may(*actor_, model::Action::View, entity) &&
                            (!is_field || gate_.may_see_field(*actor_, entity, member)));
  if (!may_see) {
    withheld_ = true;
    return Value();
  }
  const Record* record = find(entity, ref.id);
  if (record == nullptr) return Value();
  if (!is_field) {
    return system_value(*record, static_cast<model::SystemColumn>(member - entity.fields.size()));
  }
  if (scopes.shape(entity, member) == nullptr) return record->values[member];
  return model::to_contexts(record->values[member], scopes.shape(entity, member));
}

const Record* RelatedRecords::find(const model::Entity& entity, RecordId id) const {
  const std::pair key{entity.index, id};
  auto known = read_.find(key);
  if (known == read_.end()) known = read_.emplace(key, read(entity, id)).first;
  withheld_ = withheld_ || known->second.is_withheld;
  return known->second.record ? &*known->second.record : nullptr;
}

RelatedRecords::Found RelatedRecords::read(const model::Entity& entity, RecordId id) const {
  std::optional<Record> record = moment_.view.find_record(entity, id);
  if (!record || record->deleted_at) return {};
  const bool may_see =
      actor_ == nullptr || gate_.may(*actor_, model::Action::View, entity, *record, moment_);
  if (!may_see) return {.record = {}, .is_withheld = true};
  return {.record = std::move(record)};
}

namespace {

Value texts(const std::vector<std::string>& names) {
  feel::List list;
  for (const std::string& name : names) list.emplace_back(name);
  return Value(std::move(list));
}

// Whoever is in a team is in those that it is part of, too.
std::vector<std::string> all_teams(std::vector<std::string> names, const model::Model& model) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    const model::Team* team = model.find_team(names[i]);
    if (team == nullptr || !team->parent) continue;
    const std::string& parent = model.teams[*team->parent].name;
    if (std::find(names.begin(), names.end(), parent) == names.end()) names.push_back(parent);
  }
  return names;
}

Value accounts(const std::vector<engine::AccountId>& ids) {
  feel::List list;
  list.reserve(ids.size());
  for (const engine::AccountId id : ids) list.emplace_back(feel::RecordRef{id});
  return Value(std::move(list));
}

}  // namespace

Value RelatedRecords::person(engine::AccountId id, std::size_t member) const {
  const engine::Organization& organization = moment_.organization;
  const engine::Account* account = organization.account(id);
  switch (static_cast<model::UserMember>(member)) {
    case model::UserMember::Name:
      return Value(moment_.people.account_name(id));
    case model::UserMember::FullName:
      return Value(moment_.people.full_name(id));
    case model::UserMember::Manager:
      return account_value(organization.manager_of(id).value_or(engine::kSystemAccount));
    case model::UserMember::Department: {
      const std::string_view department = organization.department_of(id);
      return department.empty() ? Value() : Value(std::string(department));
    }
    case model::UserMember::Teams:
      return account == nullptr ? Value(feel::List())
                                : texts(all_teams(account->teams, gate_.model()));
    case model::UserMember::Roles:
      return account == nullptr ? Value(feel::List()) : texts(account->roles);
    case model::UserMember::Subordinates:
      return accounts(organization.subordinates_of(id));
  }
  return Value();
}

model::Variables variables_of(const model::Model& model, const model::Entity& entity,
                              const Record& record, engine::AccountId user) {
  model::Variables variables(*model.scopes, entity, record.values);
  for (std::size_t i = 0; i < model::kSystemColumnCount; ++i) {
    const auto column = static_cast<model::SystemColumn>(i);
    variables.set(column, system_value(record, column));
  }
  variables.set_user(account_value(user));
  return variables;
}

}  // namespace formwork::permissions

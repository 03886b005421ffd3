#include "engine/permissions/related_records.h"

#include "dsl/model/scope.h"

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
  const bool may_see = gate_.may(actor_, model::Action::View, entity) &&
                       (!is_field || gate_.may_see_field(actor_, entity, member));
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
  if (known == read_.end()) {
    std::optional<Record> record = view_.find_record(entity, id);
    if (record && record->deleted_at) record.reset();
    known = read_.emplace(key, std::move(record)).first;
  }
  return known->second ? &*known->second : nullptr;
}

Value RelatedRecords::person(engine::AccountId id, std::size_t member) const {
  switch (static_cast<model::UserMember>(member)) {
    case model::UserMember::Name:
      return Value(people_.account_name(id));
    case model::UserMember::FullName:
      return Value(people_.full_name(id));
  }
  return Value();
}

}  // namespace formwork::permissions

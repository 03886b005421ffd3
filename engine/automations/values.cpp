#include "engine/automations/values.h"

#include "engine/records/output.h"
#include "engine/records/validate.h"

namespace formwork::automations {

approvals::Subject subject_of(const Occasion& occasion) {
  return {.entity = occasion.entity != nullptr ? *occasion.entity : approvals::no_entity(),
          .record = occasion.record,
          .more = occasion.more};
}

approvals::Asking ask(const Occasion& occasion, const Doing& doing) {
  return approvals::Asking(subject_of(occasion), doing.asking());
}

std::vector<AccountId> find_people(const model::People& people, const Occasion& occasion,
                                   const Doing& doing) {
  std::vector<AccountId> accounts;
  for (const approvals::Found& found :
       approvals::find_people(people, subject_of(occasion), doing.asking())) {
    accounts.push_back(found.account);
  }
  return accounts;
}

std::string text_of(const model::People& people) {
  std::string text;
  for (const model::PeopleTerm& term : people.terms) text += (text.empty() ? "" : ", ") + term.text;
  return text;
}

std::string names_of(const std::vector<AccountId>& accounts, const Doing& doing) {
  std::string text;
  for (const AccountId account : accounts) {
    text += (text.empty() ? "" : ", ") + doing.situation().showing.people->account_name(account);
  }
  return text;
}

Expected<engine::Changes, Refusal> changes_of(const std::vector<model::FieldValue>& values,
                                              const model::Entity& entity,
                                              approvals::Asking& asking, const Doing& doing) {
  const fields::Reading reading{.zone = doing.situation().showing.zone,
                                .people = doing.situation().showing.people};
  engine::Changes changes;
  std::vector<engine::FieldProblem> problems;
  for (const model::FieldValue& one : values) {
    const fields::Field& field = entity.fields[one.field];
    auto value = fields::fit(asking.evaluate(one.value), field, reading);
    std::optional<Message> complaint;
    if (value && !value->is_null()) complaint = fields::check(*value, field, reading);
    if (!value) complaint = std::move(value.error());
    if (complaint) {
      problems.push_back({.field = one.field, .message = std::move(*complaint)});
    } else {
      changes.emplace_back(one.field, std::move(*value));
    }
  }
  if (!problems.empty()) return Unexpected(records::invalid(std::move(problems)));
  return changes;
}

namespace {

std::string value_text(const fields::Field& field, const feel::Value& value, const Doing& doing) {
  const fields::People& people = *doing.situation().showing.people;
  const bool is_account = field.type->column == fields::Column::User && !value.is_null();
  if (is_account) return people.account_name(value.record().id);
  std::string text;
  json::Writer writer(text);
  records::write_value(writer, field, value, people);
  return text;
}

}  // namespace

std::string changes_text(const engine::Changes& changes, const model::Entity& entity,
                         const Doing& doing) {
  std::string text;
  for (const auto& [index, value] : changes) {
    const fields::Field& field = entity.fields[index];
    text += (text.empty() ? "" : ", ") + field.name + " = " + value_text(field, value, doing);
  }
  return text;
}

std::string differences_text(const Record& before, const Record& after, const model::Entity& entity,
                             const Doing& doing) {
  engine::Changes changes;
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    if (before.values[i] != after.values[i]) changes.emplace_back(i, after.values[i]);
  }
  return changes_text(changes, entity, doing);
}

Expected<Done, Refusal> change_record(engine::Changes changes, const Occasion& occasion,
                                      Doing& doing) {
  const std::string did = changes_text(changes, *occasion.entity, doing);
  FW_TRY(const engine::Outcome outcome,
         doing.change(engine::UpdateRecord{.entity = occasion.entity,
                                           .id = occasion.record.id,
                                           .expected_version = occasion.record.version,
                                           .values = std::move(changes)}));
  return Done{.did = outcome.changed ? did : "nothing: " + did + " already"};
}

std::string name_of(const model::Entity& entity, RecordId id) {
  return entity.name + " " + std::to_string(id);
}

}  // namespace formwork::automations

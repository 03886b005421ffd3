// FEEL in automations: conditions, values of fields, people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/approvals/asking.h"
#include "engine/approvals/people.h"
#include "engine/automations/action.h"

namespace formwork::automations {

// About the occasion as it is now. It must outlive what is returned, and be asked anew once its
// record has changed.
approvals::Subject subject_of(const Occasion& occasion);
approvals::Asking ask(const Occasion& occasion, const Doing& doing);

// In the order of the terms.
std::vector<AccountId> find_people(const model::People& people, const Occasion& occasion,
                                   const Doing& doing);
// The terms as they were written: `owner, manager of owner`.
std::string text_of(const model::People& people);
// Account names: `li.lei, han.mei`.
std::string names_of(const std::vector<AccountId>& accounts, const Doing& doing);

// What the fields of `entity` become, in the form that they keep; refused where a value does not
// fit its field.
Expected<engine::Changes, Refusal> changes_of(const std::vector<model::FieldValue>& values,
                                              const model::Entity& entity,
                                              approvals::Asking& asking, const Doing& doing);

// For logs: `tier = "gold", owner = li.lei`.
std::string changes_text(const engine::Changes& changes, const model::Entity& entity,
                         const Doing& doing);
// The values that a record has in the fields which differ from what they were.
std::string differences_text(const Record& before, const Record& after, const model::Entity& entity,
                             const Doing& doing);
// The record itself becomes so, in the terms of the documents. What changes nothing writes nothing,
// and sets nothing off.
Expected<Done, Refusal> change_record(engine::Changes changes, const Occasion& occasion,
                                      Doing& doing);
// `account 12`
std::string name_of(const model::Entity& entity, RecordId id);

}  // namespace formwork::automations

// How documents name people without naming persons: `role legal`, `manager of owner`, or any FEEL
// that gives accounts. Compiled over the scope of their document, when every field of the model has
// its type and roles and teams are declared.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dsl/compile/context.h"
#include "dsl/compile/formulas.h"
#include "dsl/model/people.h"

namespace formwork::compile {

// Where people are named.
struct PeoplePlace {
  const model::Entity& entity;
  std::string asker;                   // `quote_discount.manager`
  bool has_approver = false;           // somebody has the task that it is about: in deadlines
  const feel::Scope* scope = nullptr;  // null: Scopes::of_approval(entity)
  std::string_view code = codes::kApprovalApprover;  // of what is wrong with people
};

const feel::Scope& scope_of(const PeoplePlace& place, const Context& context);

// One term or a list of terms. What is wrong is reported and left out.
model::People read_people(const yaml::Node& node, const PeoplePlace& place, Context& context);

// Several terms in one text, with commas or ` and ` between them.
model::People read_people(const Phrase& phrase, const PeoplePlace& place, Context& context);

// FEEL of that type over the place's scope. `approver` of approvals is refused where nobody is.
std::optional<feel::Expression> compile_in_place(const Phrase& phrase, const feel::Type& expected,
                                                 const PeoplePlace& place, Context& context);

// Slots of the scope that are read to find the people; some may come twice.
std::vector<std::size_t> reads_of(const model::People& people);

}  // namespace formwork::compile

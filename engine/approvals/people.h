// Finds the people that a document means, for a record and at a moment.
#pragma once

#include <string>
#include <vector>

#include "dsl/model/people.h"
#include "engine/records/decide.h"

namespace formwork::approvals {

struct Found {
  engine::AccountId account = 0;
  std::string why;        // `manager of owner`, `role legal`, in the terms of the text
  std::size_t level = 0;  // of a chain of managers, from 0; for others 0
};

// What the terms are asked about.
struct Subject {
  const model::Entity& entity;
  const engine::Record& record;
  engine::AccountId submitter = 0;
  engine::AccountId approver = 0;  // of a deadline: who has the task; 0: nobody
  // Where the terms are those of another document than an approval chain: what its scope has behind
  // the entity's slots, instead of the two above.
  std::vector<feel::Value> more = {};
};

// Of a subject that is about no record: its scope is Scopes::of_nothing(), and what is behind it.
const model::Entity& no_entity();

// Active accounts, each once, in the order of the terms. Of roles and teams by name, of an
// expression in the order of its list, managers by level. It asks with the rights of the program.
std::vector<Found> find_people(const model::People& people, const Subject& subject,
                               const records::Situation& situation);

}  // namespace formwork::approvals

// Who is meant: teams, and the ways in which a document names people without naming persons.
//
// Persons are accounts of a store, not of a model. The model knows roles and teams, and each
// PeopleTerm says how to find accounts when it is asked (engine/approvals/people.h).
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dsl/base/localized.h"
#include "dsl/decision/table.h"
#include "dsl/diagnostics/source.h"
#include "dsl/feel/expression.h"

namespace formwork::model {

// A team or, with `department: true`, a department: the one whose head decides for its members. Who
// belongs to it and who heads it is kept with the accounts.
struct Team {
  std::string name;
  Localized label;
  std::optional<std::size_t> parent;  // index into Model::teams
  bool is_department = false;
  Span where;
};

struct PeopleTerm {
  enum class Kind : unsigned char {
    User,        // `user li.lei`
    Role,        // `role legal`: all who have it
    Team,        // `team east`: its members, and those of the teams below it
    TeamHead,    // `head of team east`
    Department,  // `head of department of owner`: of each person's department
    Persons,     // any FEEL expression that gives an account or a list of them: `owner`,
                 // `account.owner`
    Manager,     // `manager of owner`
    Managers,    // `managers of owner up to role director`, one after another [逐级审批]
    Decision,    // `decide discount_authority`: a table whose outputs are such terms
  };

  Kind kind = Kind::Persons;
  std::string account;       // of User
  std::size_t index = 0;     // of Role and Team*: in Model::roles, Model::teams
  feel::Expression persons;  // of Department, Persons, Manager, Managers
  // Where Managers ends, the last one included: at the first who has the role, or after so many
  // levels. Without either at the top.
  std::optional<std::size_t> up_to_role;
  std::optional<std::size_t> up_to_level;
  std::shared_ptr<const decision::Table> table;                          // of Decision
  std::map<std::string, std::vector<PeopleTerm>, std::less<>> outcomes;  // of Decision, by output
  std::string text;  // as the author wrote it, for reasons
  Span where;
};

// Everybody that one of the terms means, each person once, in the order of the terms.
struct People {
  std::vector<PeopleTerm> terms;

  bool empty() const { return terms.empty(); }
};

// An account that scenarios and the demo know. Serving an app makes none of them by itself.
struct Person {
  std::string name;  // `li.lei`
  std::string full_name;
  std::vector<std::string> roles;
  std::string manager;             // the name of another person; empty: none
  std::vector<std::string> teams;  // departments among them
  std::vector<std::string> heads;  // teams that the person leads
  std::string locale;
  std::string email;  // empty: gets no mail
  Span where;
};

}  // namespace formwork::model

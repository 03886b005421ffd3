// Who gets a record by the rules of an assignment. Pure over the view that it is given.
//
// Turns are taken by smooth weighted round robin: with each turn everybody who is free is owed
// their weight, and whoever is owed the most takes it and pays the weight of all. What somebody is
// owed stays while they are absent or full, but counts for less than one turn when they are back:
// nobody has to work off the time that others stood in for them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/approvals/people.h"
#include "engine/records/decide.h"

namespace formwork::assignment {

enum class PassedOver : unsigned char {
  No,
  Closed,  // the account
  Absent,
  Full,      // owns as many open records as the rule allows
  Present,   // owns the record already
  Excepted,  // by whoever assigns
};

std::string_view passed_over_name(PassedOver why);
std::optional<PassedOver> find_passed_over(std::string_view name);
std::string_view pick_name(model::Pick pick);

struct Candidate {
  engine::AccountId account = 0;
  std::string why;  // the term by which it is one: `team east`
  PassedOver passed_over = PassedOver::No;
  std::size_t weight = 1;
  std::optional<std::int64_t> open;  // records that it owns, where the rule counts them
};

struct Picked {
  const model::Assignment* assignment = nullptr;
  const model::AssignmentRule* rule = nullptr;  // null: none holds, or none was asked
  bool by_rules = true;                         // else by terms of their own
  // The condition with the values that it saw: `score > 70: score = 82`; empty: `otherwise`.
  std::string condition;
  std::vector<Candidate> candidates;         // in the order of turns
  std::optional<engine::AccountId> account;  // the present owner where nobody else is free; or
  std::optional<std::size_t> pool;           // index into Entity::pools, or nobody
  std::vector<records::Share> shares;        // to be kept when it is carried out
};

Picked pick(const model::Assignment& assignment, const engine::Record& record,
            const std::vector<engine::AccountId>& except, const records::Situation& s);

// The first of them who is free, asked in their order.
Picked pick_of(const model::People& people, const model::Assignment& assignment,
               const engine::Record& record, const records::Situation& s);

// One turn among those who are free: what each is owed of it. Figures are in kTurn of a weight.
struct Turn {
  engine::AccountId account = 0;
  std::int64_t weight = 1;
  std::int64_t owed = 0;
};

inline constexpr std::int64_t kTurn = 1000;

// The place in `turns` of whoever has the turn, among those that `may_take` it; what everybody is
// owed is then as it is after it. `turns` is not empty, and of `may_take` one is true.
std::size_t take_turn(std::vector<Turn>& turns, const std::vector<bool>& may_take);

}  // namespace formwork::assignment

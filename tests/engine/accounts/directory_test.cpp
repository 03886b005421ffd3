// Who belongs where: chains of managers, teams in teams, departments, delegations.
#include "engine/accounts/directory.h"

#include <doctest/doctest.h>

namespace formwork::accounts {
namespace {

using engine::Account;
using engine::AccountId;
using Ids = std::vector<AccountId>;

Account person(AccountId id, std::string name, AccountId manager = 0) {
  Account account;
  account.id = id;
  account.name = std::move(name);
  account.manager = manager;
  return account;
}

Account gone(Account account) {
  account.active = false;
  return account;
}

Account in(Account account, std::vector<std::string> teams, std::vector<std::string> heads = {}) {
  account.teams = std::move(teams);
  account.heads = std::move(heads);
  return account;
}

model::Team team(std::string name, std::optional<std::size_t> parent = {},
                 bool department = false) {
  model::Team made;
  made.name = std::move(name);
  made.parent = parent;
  made.is_department = department;
  return made;
}

TEST_CASE("a manager who left is passed over, and a circle has no end to find") {
  const Directory directory({person(1, "boss"), gone(person(2, "left", 1)), person(3, "li", 2),
                             person(4, "a", 5), gone(person(5, "b", 6)), gone(person(6, "c", 4)),
                             person(7, "self", 7), person(8, "lost", 99)},
                            {}, {});
  CHECK(directory.manager_of(3) == 1);
  CHECK(directory.manager_of(2) == 1);
  CHECK_FALSE(directory.manager_of(1));
  CHECK_FALSE(directory.manager_of(4));
  CHECK(directory.manager_of(5) == 4);
  CHECK_FALSE(directory.manager_of(7));
  CHECK_FALSE(directory.manager_of(8));
  CHECK_FALSE(directory.manager_of(1234));
}

TEST_CASE("subordinates are all below at any level, also who left, and never oneself") {
  const Directory directory(
      {person(9, "boss"), gone(person(2, "left", 9)), person(3, "li", 2), person(4, "han", 9),
       person(5, "a", 6), person(6, "b", 5), person(7, "self", 7)},
      {}, {});
  CHECK(directory.subordinates_of(9) == Ids{2, 3, 4});
  CHECK(directory.subordinates_of(2) == Ids{3});
  CHECK(directory.subordinates_of(3).empty());
  CHECK(directory.subordinates_of(5) == Ids{6});
  CHECK(directory.subordinates_of(6) == Ids{5});
  CHECK(directory.subordinates_of(7).empty());
  CHECK(directory.subordinates_of(1234).empty());
}

TEST_CASE("members of a team are those of the teams below it as well, once, and active") {
  const std::vector<model::Team> teams{team("sales"), team("east", 0), team("south", 0),
                                       team("coast", 1)};
  const Directory directory(
      {in(person(1, "zhao"), {"coast", "south"}), in(person(2, "li"), {"east"}, {"sales"}),
       in(gone(person(3, "left")), {"east"}, {"sales"}), in(person(4, "han"), {"no such team"}),
       in(person(5, "bai"), {}, {"sales", "coast"})},
      teams, {});
  CHECK(directory.members_of("sales") == Ids{2, 1});
  CHECK(directory.members_of("east") == Ids{2, 1});
  CHECK(directory.members_of("coast") == Ids{1});
  CHECK(directory.members_of("no such team").empty());
  CHECK(directory.heads_of("sales") == Ids{5, 2});
  CHECK(directory.heads_of("coast") == Ids{5});
  CHECK(directory.heads_of("east").empty());
}

TEST_CASE("the department is the first team that is one, else the nearest above a team") {
  const std::vector<model::Team> teams{team("sales", {}, true), team("east", 0),
                                       team("finance", {}, true), team("club"),
                                       team("coast", 1, true)};
  const Directory directory(
      {in(person(1, "a"), {"club", "east"}), in(person(2, "b"), {"east", "finance"}),
       in(person(3, "c"), {"club"}), in(gone(person(4, "d")), {"coast", "sales"})},
      teams, {});
  CHECK(directory.department_of(1) == "sales");
  CHECK(directory.department_of(2) == "finance");
  CHECK(directory.department_of(3).empty());
  CHECK(directory.department_of(4) == "coast");
  CHECK(directory.department_of(1234).empty());
}

TEST_CASE("roles name active accounts in the order of names") {
  Account legal = person(1, "zhao");
  legal.roles = {"legal", "clerk"};
  Account other = person(2, "bai");
  other.roles = {"legal"};
  Account left = gone(person(3, "an"));
  left.roles = {"legal"};
  const Directory directory({legal, other, left}, {}, {});
  CHECK(directory.with_role("legal") == Ids{2, 1});
  CHECK(directory.with_role("clerk") == Ids{1});
  CHECK(directory.with_role("king").empty());
  CHECK(directory.find_active("zhao") == 1);
  CHECK_FALSE(directory.find_active("an"));
  CHECK(directory.find_account("an") == 3);
  CHECK_FALSE(directory.is_active(3));
  CHECK(directory.account(3)->name == "an");
  CHECK(directory.account(4) == nullptr);
}

TEST_CASE(
    "delegates act from the first moment until before the last, and only while both are there") {
  const Instant day{0};
  const Instant night{100};
  const auto delegation = [&](AccountId from, AccountId to) {
    return engine::Delegation{
        .id = 1, .from = from, .to = to, .starts_at = day, .ends_at = night, .created_by = from};
  };
  const Directory directory({person(1, "a"), person(2, "b"), person(3, "c"), gone(person(4, "d"))},
                            {},
                            {delegation(1, 2), delegation(2, 3), delegation(1, 3), delegation(1, 3),
                             delegation(4, 3), delegation(1, 4)});
  CHECK(directory.acts_for(2, 1, day));
  CHECK(directory.acts_for(2, 1, Instant{99}));
  CHECK_FALSE(directory.acts_for(2, 1, night));
  CHECK_FALSE(directory.acts_for(2, 1, Instant{-1}));
  CHECK_FALSE(directory.acts_for(1, 2, day));
  CHECK_FALSE(directory.acts_for(3, 4, day));
  CHECK_FALSE(directory.acts_for(4, 1, day));
  CHECK(directory.principals_of(3, day) == Ids{1, 2});
  CHECK(directory.principals_of(3, night).empty());
  CHECK(directory.delegates_of(1, day) == Ids{2, 3});
  CHECK(directory.delegates_of(3, day).empty());
}

}  // namespace
}  // namespace formwork::accounts

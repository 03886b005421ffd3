// Who is meant by the terms of a chain.
#include <doctest/doctest.h>

#include "tests/engine/approvals/world.h"

namespace formwork::approvals {
namespace {

using testing::World;

constexpr std::string_view kApp = R"(
app: sales
locales: [en]
time_zone: Asia/Shanghai
---
team: east
department: true
---
team: west
---
entity: account
title: name
fields:
  name: { type: text }
  owner: { type: user }
---
entity: quote
title: name
fields:
  name: { type: text }
  owner: { type: user }
  account: { type: reference, to: account }
  discount: { type: percent }
---
role: legal
on:
  quote: { view: true, approve: true }
---
role: director
on:
  quote: { view: true, approve: true }
---
role: sales
on:
  quote: { view: true, create: true, edit: true }
---
decision: authority
of: quote
hit_policy: first
inputs: [discount]
output: who
rules:
  - ["< 0.1", '"manager of owner"']
  - ["-", '"role legal, head of team west"']
---
approval: terms
of: quote
steps:
  - { id: user, approvers: user li.lei }
  - { id: role, approvers: role legal }
  - { id: team, approvers: team west }
  - { id: head, approvers: head of team west }
  - { id: department, approvers: head of department of owner }
  - { id: persons, approvers: "[account.owner, owner]" }
  - { id: manager, approvers: manager of account.owner }
  - { id: managers, approvers: managers of owner up to role director }
  - { id: levels, approvers: managers of owner up to 2 levels }
  - { id: top, approvers: managers of owner }
  - { id: decided, approvers: decide authority }
  - { id: several, approvers: [role legal, owner, team west] }
)";

struct Sales : World {
  Sales() : World(kApp) {
    add("ceo", {.roles = {"director"}});
    add("director", {.roles = {"director"}, .manager = "ceo"});
    add("head", {.manager = "director", .heads = {"east"}});
    add("li.lei", {.manager = "head", .teams = {"east"}});
    add("zoe", {.roles = {"legal"}, .manager = "ceo", .teams = {"west"}});
    add("amy", {.roles = {"legal"}, .manager = "ceo", .teams = {"west"}, .heads = {"west"}});
    use("terms");
    set_person("owner", "li.lei");
    engine::Record account;
    account.id = 7;
    account.values = {feel::Value("Acme"), feel::Value(feel::RecordRef{people.id("zoe")})};
    view.records[{"account", 7}] = account;
    set("account", feel::Value(feel::RecordRef{7}));
    set_number("discount", "0.2");
  }

  std::string find(std::string_view step) {
    return as("li.lei", [&](const Context& context) {
      const Subject subject{.entity = entity(), .record = record};
      std::string names;
      for (const model::ApprovalStep& one : chain().steps) {
        if (one.id != step) continue;
        for (const Found& found : find_people(one.approvers, subject, context.situation)) {
          names += (names.empty() ? "" : ", ") + people.account_name(found.account);
        }
      }
      return names;
    });
  }
};

TEST_CASE("each term finds the accounts that it means, in its order") {
  Sales sales;
  CHECK(sales.find("user") == "li.lei");
  CHECK(sales.find("role") == "amy, zoe");
  CHECK(sales.find("team") == "amy, zoe");
  CHECK(sales.find("head") == "amy");
  CHECK(sales.find("department") == "head");
  CHECK(sales.find("persons") == "zoe, li.lei");
  CHECK(sales.find("manager") == "ceo");
  CHECK(sales.find("managers") == "head, director");
  CHECK(sales.find("levels") == "head, director");
  CHECK(sales.find("top") == "head, director, ceo");
  CHECK(sales.find("several") == "amy, zoe, li.lei");
}

TEST_CASE("a decision table says who decides, by the record") {
  Sales sales;
  CHECK(sales.find("decided") == "amy, zoe");
  sales.set_number("discount", "0.05");
  CHECK(sales.find("decided") == "head");
}

TEST_CASE("who has left is not found, and managers who left are passed over") {
  Sales sales;
  sales.people.at("zoe").active = false;
  sales.people.at("head").active = false;
  CHECK(sales.find("role") == "amy");
  CHECK(sales.find("persons") == "li.lei");
  CHECK(sales.find("managers") == "director");
  CHECK(sales.find("department").empty());
}

TEST_CASE("managers that form a circle end") {
  Sales sales;
  sales.people.at("ceo").manager = sales.people.id("head");
  sales.people.at("director").roles.clear();
  CHECK(sales.find("top") == "head, director, ceo");
}

TEST_CASE("a record without an owner means nobody") {
  Sales sales;
  sales.set("owner", feel::Value());
  CHECK(sales.find("managers").empty());
  CHECK(sales.find("persons") == "zoe");
}

}  // namespace
}  // namespace formwork::approvals

// Who gets a record: rules, ways to pick, who is passed over, and what is told of it.
#include <doctest/doctest.h>

#include "tests/engine/assignment/leads_app.h"

namespace formwork::engine {
namespace {

using formwork::testing::code_of;
using formwork::testing::Leads;

std::string owners(Leads& app, const std::string& region, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    const RecordId id = app.make(region);
    const auto given = app.dispatch(id);
    text += (text.empty() ? "" : " ") + (given ? app.owner(id) : code_of(given));
  }
  return text;
}

std::string passed_over(const assignment::Explanation& told) {
  std::string text;
  for (const auto& one : told.candidates) {
    if (!one.passed_over.empty()) text += one.account + " " + one.passed_over + ", ";
  }
  return text;
}

TEST_CASE(
    "round robin gives one after another, by name, and history tells the rule with its values") {
  Leads app;
  CHECK(owners(app, "east", 7) == "ann bob cid ann bob cid ann");
  const RecordId id = app.make("east");
  REQUIRE(app.dispatch(id));
  const assignment::Explanation told = app.last_explanation(id);
  CHECK(told.assignment == "territory");
  CHECK(told.rule == "east");
  CHECK(told.condition == "region = \"east\": region = \"east\"");
  CHECK(told.pick == "round_robin");
  CHECK(told.to == "bob");
  REQUIRE(told.candidates.size() == 3);
  CHECK(told.candidates[1].why == "team east");
  CHECK(told.candidates[1].open == 2);
  CHECK(app.history(id) == "created assigned");
}

TEST_CASE("absent, closed, full and excepted people are passed over, and so is the present owner") {
  Leads app;
  REQUIRE(app.be_away("ann", 24));
  const RecordId id = app.make("east");
  REQUIRE(app.dispatch(id, {"bob"}));
  CHECK(app.owner(id) == "cid");
  CHECK(passed_over(app.last_explanation(id)) == "ann absent, bob excepted, ");
  REQUIRE(app.dispatch(id));
  CHECK(app.owner(id) == "bob");
  CHECK(passed_over(app.last_explanation(id)) == "ann absent, cid present, ");
  REQUIRE(app.engine.close_account("eve", ""));
  const RecordId first = app.make("first");
  REQUIRE(app.dispatch(first));
  CHECK(app.owner(first) == "bob");
  CHECK(passed_over(app.last_explanation(first)) == "ann absent, eve closed, ");
}

TEST_CASE(
    "who comes back from an absence gets work again, and is told when it ends only if it is "
    "theirs") {
  Leads app;
  const auto away = app.be_away("ann", 24);
  REQUIRE(away);
  CHECK(owners(app, "east", 3) == "bob cid bob");
  CHECK(code_of(app.come_back("bob", away->absence->id)) == "absence.unknown");
  REQUIRE(app.come_back("ann", away->absence->id));
  CHECK(owners(app, "east", 3).find("ann") != std::string::npos);
  CHECK(code_of(app.be_away("ann", 0)) == "absence.time");
  CHECK(app.engine.reader(app.who("ann")).absences().empty());
}

TEST_CASE("weights are kept, and the least loaded comes first until all are full") {
  Leads app;
  CHECK(owners(app, "shares", 8) == "ann ann bob ann ann ann bob ann");
  Leads other;
  for (int i = 0; i < 2; ++i) REQUIRE(other.give(other.make("east"), "ann"));
  REQUIRE(other.give(other.make("east"), "bob"));
  CHECK(owners(other, "least", 7) == "cid bob cid ann bob cid ");
  const RecordId id = other.make("least");
  REQUIRE(other.dispatch(id));
  CHECK(other.value(id, "pool") == "key");
  CHECK(passed_over(other.last_explanation(id)) == "ann full, bob full, cid full, ");
  CHECK(other.last_explanation(id).pool == "key");
}

TEST_CASE("where nobody else is free the owner keeps the record, unless they are excepted") {
  Leads app;
  for (const char* name : {"bob", "cid"}) REQUIRE(app.be_away(name, 24));
  const RecordId id = app.make("east");
  REQUIRE(app.dispatch(id));
  const auto again = app.dispatch(id);
  REQUIRE(again);
  CHECK_FALSE(again->changed);
  CHECK(app.owner(id) == "ann");
  REQUIRE(app.dispatch(id, {"ann"}));
  CHECK(app.owner(id) == "");
  CHECK(app.value(id, "pool") == "public");
  CHECK(passed_over(app.last_explanation(id)) == "ann excepted, bob absent, cid absent, ");
}

TEST_CASE("of the least loaded no more is counted than tells who has the least") {
  std::string text(formwork::testing::kLeads);
  const std::string full = "pick: least_loaded, max_open: 3";
  text.replace(text.find(full), full.size(), "pick: least_loaded");
  Leads app(formwork::testing::compile_app(text));
  for (int i = 0; i < 130; ++i) REQUIRE(app.give(app.make("east"), "ann"));
  for (int i = 0; i < 2; ++i) REQUIRE(app.give(app.make("east"), "bob"));
  REQUIRE(app.give(app.make("east"), "cid"));
  const RecordId id = app.make("least");
  REQUIRE(app.dispatch(id));
  CHECK(app.owner(id) == "cid");
  const assignment::Explanation told = app.last_explanation(id);
  CHECK(told.candidates[0].open == 100);  // or more
  CHECK(told.candidates[1].open == 2);
  CHECK(told.candidates[2].open == 1);
  // Where all have more, counting goes on.
  for (int i = 0; i < 110; ++i) REQUIRE(app.give(app.make("east"), "bob"));
  for (int i = 0; i < 120; ++i) REQUIRE(app.give(app.make("east"), "cid"));
  const RecordId other = app.make("least");
  REQUIRE(app.dispatch(other));
  CHECK(app.owner(other) == "bob");
  CHECK(app.last_explanation(other).candidates[0].open == 130);
}

TEST_CASE("closed records leave room, since only open ones count") {
  Leads app;
  std::vector<RecordId> mine;
  for (int i = 0; i < 3; ++i) {
    mine.push_back(app.make("east"));
    REQUIRE(app.give(mine.back(), "ann"));
  }
  REQUIRE(app.move(mine.front(), "won"));
  for (const char* name : {"bob", "cid"}) {
    for (int i = 0; i < 3; ++i) REQUIRE(app.give(app.make("east"), name));
  }
  CHECK(owners(app, "least", 1) == "ann");
}

TEST_CASE("where nobody is free and no pool takes it the record stays, and the refusal says why") {
  Leads app;
  CHECK(owners(app, "nobody", 2) == "meg assign.nobody");
  CHECK(owners(app, "nowhere", 1) == "assign.no-rule");
  const RecordId id = app.make("nobody");
  const auto refused = app.dispatch(id);
  CHECK(render(refused.error().message, Language::English) ==
        "Territory finds nobody who is free for this Lead: of 1 candidates 0 are away and 1 have "
        "enough open records");
  CHECK(app.history(id) == "created");
}

TEST_CASE("a rule to a pool puts the record there, and leaves it when it is there already") {
  Leads app;
  const RecordId id = app.make("somewhere");
  REQUIRE(app.dispatch(id));
  CHECK(app.value(id, "pool") == "public");
  CHECK(app.history(id) == "created released");
  CHECK_FALSE(app.dispatch(id)->changed);
}

TEST_CASE("fairness over random days: with three who come and go nobody is two turns behind") {
  Leads app;
  std::uint32_t dice = 7;
  const auto roll = [&](std::uint32_t sides) {
    dice = dice * 1'664'525U + 1'013'904'223U;
    return (dice >> 16U) % sides;
  };
  const std::vector<std::string> names{"ann", "bob", "cid"};
  for (int day = 0; day < 8; ++day) {
    const std::string& absent = names[roll(3)];
    const auto away = app.be_away(absent, 24);
    std::map<std::string, int> got;
    const int leads = 4 + static_cast<int>(roll(8));
    for (int i = 0; i < leads; ++i) ++got[owners(app, "east", 1)];
    CHECK(got[absent] == 0);
    for (const std::string& name : names) {
      if (name != absent) CHECK(std::abs(got[name] * 2 - leads) <= 3);
    }
    REQUIRE(app.come_back(absent, away->absence->id));
  }
}

TEST_CASE("what history keeps is read as it was written") {
  const assignment::Explanation told{
      .assignment = "a",
      .rule = "r",
      .step = "PT30M",
      .recycle = {},
      .condition = "x > 1: x = 2",
      .pick = "weighted",
      .to = "ann",
      .pool = {},
      .candidates = {
          {.account = "ann", .why = "team east", .passed_over = {}, .weight = 3, .open = 4}}};
  const std::string detail = assignment::write_detail(told, "so be it");
  CHECK(detail == R"({"comment":"so be it","assignment":{"name":"a","rule":"r","step":"PT30M",)"
                  R"("condition":"x > 1: x = 2","pick":"weighted","to":"ann","candidates":[)"
                  R"({"account":"ann","by":"team east","weight":3,"open":4}]}})");
  const auto read = assignment::read_detail(detail);
  REQUIRE(read);
  CHECK(assignment::write_detail(*read, "so be it") == detail);
  CHECK_FALSE(assignment::read_detail(R"({"comment":"x"})"));
  CHECK_FALSE(assignment::read_detail("nothing"));
}

}  // namespace
}  // namespace formwork::engine

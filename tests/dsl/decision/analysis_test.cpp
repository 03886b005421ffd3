// Gaps, overlaps and masked rules, each with a row that shows it, and tables that only look bad.
#include "dsl/decision/analysis.h"

#include <doctest/doctest.h>

#include "tests/dsl/decision/table_testing.h"

namespace formwork::decision {
namespace {

Analysis analysed(const TestTable& table) { return analyse(*table.compile()); }

std::string gaps(const TestTable& table) {
  std::string text;
  for (const Witness& gap : analysed(table).gaps) text += gap.to_string() + "\n";
  return text;
}

std::string overlaps(const TestTable& table) {
  std::string text;
  for (const Overlap& overlap : analysed(table).overlaps) {
    text += std::to_string(overlap.first + 1) + " and " + std::to_string(overlap.second + 1) +
            ": " + overlap.row.to_string() + "\n";
  }
  return text;
}

TestTable numbers(std::vector<std::string> cells) {
  TestTable table{.policy = "unique", .inputs = {{"x", "number"}}, .rows = {}};
  for (std::string& cell : cells) table.rows.push_back({std::move(cell), "1"});
  return table;
}

TEST_CASE("a gap is shown by a row that no rule covers") {
  CHECK(gaps(numbers({"< 10", "> 10"})) == "x = 10\n");
  CHECK(gaps(numbers({"< 10", ">= 11"})) == "x = 10\n");
  CHECK(gaps(numbers({"[0..9]", "[10..19]"})) == "x = -1\nx = 9.5\nx = 20\n");
  CHECK(gaps(numbers({"not(5)"})) == "x = 5\n");
}

TEST_CASE("a table that covers everything has no gap") {
  CHECK(gaps(numbers({"< 10", ">= 10"})) == "");
  CHECK(gaps(numbers({"<= 10", "(10..20)", ">= 20"})) == "");
  CHECK(gaps(numbers({"5", "not(5)"})) == "");
  CHECK(gaps(numbers({"1", "-"})) == "");
  CHECK(gaps({.policy = "unique",
              .inputs = {{"b", "boolean"}},
              .rows = {{"true", "1"}, {"false", "2"}}}) == "");
}

TEST_CASE("a gap of several inputs is one row") {
  const TestTable table{.policy = "unique",
                        .inputs = {{"source", "string"}, {"budget", "number"}},
                        .rows = {{R"("referral")", "-", "1"}, {R"(not("referral"))", "> 0", "2"}}};
  CHECK(gaps(table) == "source = \"…\", budget = 0\n");
}

TEST_CASE("allowed values bound what can be missing") {
  TestTable table{.policy = "unique",
                  .inputs = {{"size", "string"}, {"n", "number"}},
                  .rows = {{R"("S")", "-", "1"}, {R"("M")", "< 5", "2"}},
                  .allowed = {{"size", R"("S", "M")"}, {"n", "[0..10]"}}};
  CHECK(gaps(table) == "size = \"M\", n = 5\n");
  table.rows.push_back({R"("M")", ">= 5", "3"});
  CHECK(gaps(table) == "");
}

TEST_CASE("dates have neighbours, so the day after is no gap") {
  TestTable table{.policy = "unique",
                  .inputs = {{"day", "date"}},
                  .rows = {{R"(<= date("2026-04-30"))", "1"}, {R"(>= date("2026-05-01"))", "2"}}};
  CHECK(gaps(table) == "");
  table.rows[1][0] = R"(> date("2026-05-01"))";
  CHECK(gaps(table) == "day = @\"2026-05-01\"\n");
}

TEST_CASE("an overlap names two rules and a row in which both hit") {
  CHECK(overlaps(numbers({"<= 10", ">= 10"})) == "1 and 2: x = 10\n");
  CHECK(overlaps(numbers({"[0..5]", "(5..9]", "3"})) == "1 and 3: x = 3\n");
  CHECK(overlaps(numbers({"< 10", ">= 10"})) == "");
  CHECK(overlaps(numbers({"[0..5)", "[5..9]"})) == "");
  const TestTable table{.policy = "unique",
                        .inputs = {{"a", "string"}, {"b", "boolean"}},
                        .rows = {{R"("x","y")", "true", "1"}, {R"("y","z")", "-", "2"}}};
  CHECK(overlaps(table) == "1 and 2: a = \"y\", b = true\n");
}

TEST_CASE("an overlap tells whether the outputs agree, if that is known") {
  TestTable table = numbers({"> 1", "> 2", "> 3"});
  table.rows[1][1] = "2";
  table.rows[2][1] = "x";
  const Analysis analysis = analysed(table);
  REQUIRE(analysis.overlaps.size() == 3);
  CHECK(analysis.overlaps[0].same_outputs == false);
  CHECK_FALSE(analysis.overlaps[1].same_outputs.has_value());
}

TEST_CASE(
    "rules with other expressions are unknown: they prove nothing and are accused of nothing") {
  const TestTable table = numbers({"< 10", "? > 10 and odd(?)", "> 100"});
  const Analysis analysis = analysed(table);
  CHECK(analysis.unknown_rules == std::vector<std::size_t>{1});
  CHECK(analysis.gaps.empty());
  CHECK(analysis.overlaps.empty());
  CHECK(analysis.masked.empty());
}

TEST_CASE("a rule is masked when earlier ones cover all of it together") {
  TestTable table = numbers({"< 10", ">= 10", "5", "-"});
  Analysis analysis = analysed(table);
  REQUIRE(analysis.masked.size() == 2);
  CHECK(analysis.masked[0].rule == 2);
  CHECK(analysis.masked[0].by == std::vector<std::size_t>{0});
  CHECK(analysis.masked[1].rule == 3);
  table = numbers({"< 10", "> 10", "-"});
  CHECK(analysed(table).masked.empty());
}

TEST_CASE("null is a gap only where some rule asks for it") {
  CHECK(gaps(numbers({"null", "-"})) == "");
  CHECK(gaps(numbers({"not(null)"})) == "x = null\n");
  CHECK(gaps(numbers({"< 1", ">= 1"})) == "");
}

TEST_CASE("the work is bounded, and what was not looked at is said") {
  TestTable table{.policy = "unique", .inputs = {}, .rows = {}};
  for (int i = 0; i < 12; ++i) table.inputs.emplace_back("x" + std::to_string(i), "number");
  for (int rule = 0; rule < 40; ++rule) {
    std::vector<std::string> row;
    for (int i = 0; i < 12; ++i) {
      row.push_back("not(" + std::to_string((rule * 7 + i * 3) % 11) + ")");
    }
    row.push_back("1");
    table.rows.push_back(row);
  }
  const Analysis analysis = analyse(*table.compile(), {.steps = 1'000, .findings = 1'000});
  CHECK_FALSE(analysis.is_complete);
}

// Small tables at random: what is said to be a gap has no hit, what is said to overlap has two, and
// where neither is said, a grid of rows finds none either.
TEST_CASE("claims agree with evaluation on random tables") {
  std::uint64_t state = 42;
  const auto pick = [&](std::size_t count) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::size_t>((state >> 33) % count);
  };
  const std::vector<std::string> cells{"-", "< 1",    ">= 1", "[0..2]", "(1..3)",
                                       "2", "not(1)", "> 2",  "<= 2"};
  const std::vector<std::string> grid{"-1", "0", "0.5", "1", "1.5", "2", "2.5", "3", "4"};
  for (int round = 0; round < 60; ++round) {
    CAPTURE(round);
    TestTable table{
        .policy = "rule order", .inputs = {{"x", "number"}, {"y", "number"}}, .rows = {}};
    const std::size_t rules = 2 + pick(5);
    for (std::size_t i = 0; i < rules; ++i) {
      table.rows.push_back({cells[pick(cells.size())], cells[pick(cells.size())], "1"});
    }
    const auto compiled = table.compile();
    const Analysis analysis = analyse(*compiled, {.findings = 1'000});
    const auto hits_at = [&](const std::string& x, const std::string& y) {
      return decide(*compiled, {x, y}).trace.hits;
    };
    const auto hits_of = [&](const Witness& row) {
      return hits_at(feel::to_literal(row.inputs[0].second, TimeZone::utc()),
                     feel::to_literal(row.inputs[1].second, TimeZone::utc()));
    };
    for (const Witness& gap : analysis.gaps) CHECK(hits_of(gap).empty());
    for (const Overlap& overlap : analysis.overlaps) CHECK(hits_of(overlap.row).size() >= 2);
    bool has_gap = false;
    bool has_overlap = false;
    std::vector<bool> comes_first(rules, false);
    for (const std::string& x : grid) {
      for (const std::string& y : grid) {
        const auto hits = hits_at(x, y);
        has_gap = has_gap || hits.empty();
        has_overlap = has_overlap || hits.size() > 1;
        if (!hits.empty()) comes_first[hits.front()] = true;
      }
    }
    CHECK(has_gap == !analysis.gaps.empty());
    CHECK(has_overlap == !analysis.overlaps.empty());
    for (const Masked& masked : analysis.masked) CHECK_FALSE(comes_first[masked.rule]);
  }
}

}  // namespace
}  // namespace formwork::decision

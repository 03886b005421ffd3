// A lead-scoring table of 50 rules, beside the same rules as plain JavaScript closures.
#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <fstream>
#include <random>
#include <stdexcept>

#include <fmt/format.h>

#include "dsl/base/json.h"
#include "dsl/decision/table.h"
#include "tests/bench/benches.h"

namespace formwork::bench {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kRules = 50;
constexpr std::size_t kRecords = 1'000;
constexpr std::array<std::string_view, 4> kColumns{"source", "region", "budget", "employees"};
constexpr std::array<std::string_view, 8> kSources{"website", "ads",  "event", "referral",
                                                   "partner", "cold", "trial", "newsletter"};
constexpr std::array<std::string_view, 6> kRegions{"华东", "华南", "华北", "华中", "西南", "东北"};

// A cell of a rule in the two notations.
struct Cell {
  std::string feel;
  std::string json;
};

struct Rule {
  std::array<Cell, kColumns.size()> cells;
  int score;
};

class Maker {
 public:
  template <std::size_t N>
  Cell one_of(const std::array<std::string_view, N>& options) {
    std::vector<std::string_view> chosen(options.begin(), options.end());
    std::shuffle(chosen.begin(), chosen.end(), random_);
    chosen.resize(1 + random_() % 3);
    std::string feel;
    for (const std::string_view option : chosen) {
      feel += fmt::format("{}\"{}\"", feel.empty() ? "" : ", ", option);
    }
    return {feel, "{\"one_of\":[" + feel + "]}"};
  }

  Cell interval(unsigned most) {
    const unsigned from = static_cast<unsigned>(random_() % most);
    const unsigned to = from + 1 + static_cast<unsigned>(random_() % most);
    return {fmt::format("[{}..{})", from, to), fmt::format(R"({{"from":{},"to":{}}})", from, to)};
  }

  // Two or three conditions of the four, as rules of people have.
  Rule rule() {
    Rule rule{{one_of(kSources), one_of(kRegions), interval(1'000'000), interval(5'000)},
              static_cast<int>(1 + random_() % 30)};
    const std::size_t left_out = 1 + random_() % 2;
    for (std::size_t i = 0; i < left_out; ++i) rule.cells[random_() % 4] = {"-", "null"};
    return rule;
  }

  std::string record() {
    return fmt::format(R"({{"source":"{}","region":"{}","budget":{},"employees":{}}})",
                       kSources[random_() % kSources.size()], kRegions[random_() % kRegions.size()],
                       random_() % 1'200'000, random_() % 6'000);
  }

 private:
  std::mt19937 random_{50};  // the same rules and records in every run
};

struct Example {
  std::vector<Rule> rules;
  std::string json;
  std::vector<std::array<feel::Value, kColumns.size()>> records;
};

Example make_example() {
  Maker maker;
  Example example;
  example.json = "{\"rules\":[";
  for (std::size_t i = 0; i < kRules; ++i) {
    const Rule rule = maker.rule();
    example.json += fmt::format("{}{{\"score\":{},\"cells\":{{", i > 0 ? "," : "", rule.score);
    for (std::size_t c = 0; c < kColumns.size(); ++c) {
      example.json += fmt::format("{}\"{}\":{}", c > 0 ? "," : "", kColumns[c], rule.cells[c].json);
    }
    example.json += "}}";
    example.rules.push_back(rule);
  }
  example.json += "],\"records\":[";
  for (std::size_t i = 0; i < kRecords; ++i) {
    const std::string record = maker.record();
    example.json += (i > 0 ? "," : "") + record;
    const auto parsed = json::parse(record);
    std::array<feel::Value, kColumns.size()> values;
    for (std::size_t c = 0; c < kColumns.size(); ++c) {
      const json::Value& member = *parsed->find(kColumns[c]);
      values[c] = member.is_string() ? feel::Value(member.text)
                                     : feel::Value(*feel::Number::parse(member.text));
    }
    example.records.push_back(std::move(values));
  }
  example.json += "]}";
  return example;
}

std::shared_ptr<const decision::Table> compile(const Example& example) {
  decision::TableText text;
  text.policy = {decision::HitPolicy::Collect, decision::Aggregation::Sum};
  feel::Scope scope;
  for (std::size_t c = 0; c < kColumns.size(); ++c) {
    const std::string name(kColumns[c]);
    const std::string type = c < 2 ? "string" : "number";
    scope.add(name, *feel::Type::parse(type));
    text.inputs.push_back(
        {.label = "", .expression = {name, {}}, .type = type, .allowed_values = {}});
  }
  text.outputs.push_back({.name = "score", .type = "number", .allowed_values = {}, .fallback = {}});
  for (const Rule& rule : example.rules) {
    decision::RuleText row;
    for (const Cell& cell : rule.cells) row.tests.push_back({cell.feel, {}});
    row.outputs.push_back({std::to_string(rule.score), {}});
    text.rules.push_back(std::move(row));
  }
  const decision::TypeLookup types = [](std::string_view name) {
    const auto type = feel::Type::parse(name);
    return type ? std::optional(decision::ItemType{*type}) : std::nullopt;
  };
  decision::Findings findings;
  auto table = decision::compile_table(text, {.scope = scope, .types = types}, findings);
  if (!findings.empty())
    throw std::runtime_error("the table has a finding: " + findings[0].message);
  return table;
}

// The sum of the scores of all records.
std::int64_t score_all(const decision::Table& table, const Example& example) {
  const feel::Environment environment{};
  std::int64_t total = 0;
  for (const auto& record : example.records) {
    std::array<const feel::Value*, kColumns.size()> variables{};
    for (std::size_t c = 0; c < kColumns.size(); ++c) variables[c] = &record[c];
    feel::Evaluation evaluation(environment, variables);
    const feel::Value score = decision::evaluate(table, evaluation);
    if (score.if_number() != nullptr) total += score.number().to_int64().value_or(0);
  }
  return total;
}

double decisions_per_second(const decision::Table& table, const Example& example,
                            std::chrono::milliseconds span) {
  double best = 0;
  for (int round = 0; round < 4; ++round) {
    const auto begin = Clock::now();
    std::size_t runs = 0;
    auto now = begin;
    while (now - begin < span) {
      score_all(table, example);
      runs += example.records.size();
      now = Clock::now();
    }
    const double seconds = std::chrono::duration<double>(now - begin).count();
    best = std::max(best, static_cast<double>(runs) / seconds);
  }
  return best;
}

double number_in(const json::Value& parsed, std::string_view key) {
  const std::string& text = parsed.find(key)->text;
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

void run_decide(Lab& lab, BenchResult& result) {
  constexpr double kAsClosures = 1.7;
  const std::chrono::milliseconds span{300};
  const Example example = make_example();
  const auto table = compile(example);
  const double own = decisions_per_second(*table, example, span);
  const fs::path file = lab.options().data / "scoring.json";
  std::ofstream(file) << example.json;
  const fs::path script = lab.options().files / "closures_bench.mjs";
  const Finished finished = run_program(
      {"/usr/bin/env", "node", script.string(), file.string(), std::to_string(span.count())}, "",
      lab.options().data);
  const auto parsed = json::parse(finished.output);
  if (finished.status != 0 || !parsed) {
    throw std::runtime_error("node does not run here: " + finished.messages.substr(0, 200));
  }
  const auto total = static_cast<double>(score_all(*table, example));
  if (total != number_in(*parsed, "total")) {
    throw std::runtime_error(
        fmt::format("the scores differ: {} here, {} there", total, number_in(*parsed, "total")));
  }
  result.figures.push_back({.name = "50 rules, 4 inputs",
                            .unit = "decisions/s",
                            .peer = "closures",
                            .values = {own},
                            .peer_values = {number_in(*parsed, "per_second")},
                            .goal = Goal{Bound::AtLeast, kAsClosures}});
  result.notes.push_back("the peer is node with the rules written as closures by hand");
}

}  // namespace formwork::bench

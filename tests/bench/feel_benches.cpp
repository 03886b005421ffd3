// FEEL: reading, checking and evaluating typical conditions, beside the npm package feelin on the
// same texts and values.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <stdexcept>

#include <fmt/format.h>

#include "dsl/base/json.h"
#include "dsl/feel/expression.h"
#include "dsl/feel/json.h"
#include "tests/bench/benches.h"

namespace formwork::bench {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

struct Condition {
  std::string name;
  std::string text;
  feel::Scope scope;
  std::vector<feel::Value> values;
};

struct Timing {
  double parse_ns = 0;
  double compile_ns = 0;
  double evaluate_ns = 0;
};

std::vector<Condition> read_conditions(const fs::path& file) {
  const auto parsed = json::parse(read_file(file));
  if (!parsed) throw std::runtime_error("cannot read " + file.string());
  std::vector<Condition> conditions;
  for (const json::Value& entry : parsed->elements) {
    Condition condition{entry.find("name")->text, entry.find("expression")->text, {}, {}};
    for (const auto& [name, member] : entry.find("context")->members) {
      condition.values.push_back(feel::from_json(member).value());
      condition.scope.add(name, feel::type_of(condition.values.back()));
    }
    conditions.push_back(std::move(condition));
  }
  return conditions;
}

// Nanoseconds of one run: the best of some spans of time, as the peer measures itself.
template <class Run>
double nanoseconds(std::chrono::milliseconds span, const Run& run) {
  constexpr int kRounds = 4;
  constexpr int kBlock = 200;
  double best = 1e18;
  for (int round = 0; round < kRounds; ++round) {
    const auto begin = Clock::now();
    std::int64_t runs = 0;
    auto now = begin;
    while (now - begin < span) {
      for (int i = 0; i < kBlock; ++i) run();
      runs += kBlock;
      now = Clock::now();
    }
    best = std::min(best, std::chrono::duration<double, std::nano>(now - begin).count() /
                              static_cast<double>(runs));
  }
  return best;
}

Timing time_condition(const Condition& condition, std::chrono::milliseconds span) {
  const feel::Options lenient{.mode = feel::Options::Mode::Lenient,
                              .expected = feel::TypeKind::Any};
  const auto compiled = feel::compile_expression(condition.text, condition.scope, lenient);
  if (!compiled.expression) throw std::runtime_error("cannot compile " + condition.text);
  std::vector<const feel::Value*> variables;
  for (const feel::Value& value : condition.values) variables.push_back(&value);
  const feel::Environment environment{};
  Timing timing;
  timing.parse_ns = nanoseconds(span, [&] {
    const feel::Parsed parsed = feel::parse_expression(condition.text, condition.scope.names());
    if (parsed.tree.root == feel::syntax::kNoNode) throw std::runtime_error("cannot read");
  });
  timing.compile_ns = nanoseconds(span, [&] {
    if (!feel::compile_expression(condition.text, condition.scope, {}).expression) {
      throw std::runtime_error("cannot compile strictly: " + condition.text);
    }
  });
  timing.evaluate_ns = nanoseconds(span, [&] {
    feel::Evaluation evaluation(environment, variables);
    if (compiled.expression->evaluate(evaluation).is_null()) throw std::runtime_error("null");
  });
  return timing;
}

double number_in(const json::Value& entry, std::string_view key) {
  const std::string& text = entry.find(key)->text;
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::vector<Timing> time_peer(Lab& lab, const fs::path& tests, const fs::path& conditions,
                              std::chrono::milliseconds span) {
  const Finished finished =
      run_program({"/usr/bin/env", "node", (tests / "feelin_bench.mjs").string(),
                   conditions.string(), std::to_string(span.count())},
                  "", lab.options().data);
  const auto parsed = json::parse(finished.output);
  if (finished.status != 0 || !parsed) {
    throw std::runtime_error("the npm package feelin does not run here: " +
                             finished.messages.substr(0, 200));
  }
  std::vector<Timing> timings;
  for (const json::Value& entry : parsed->elements) {
    const double parse = number_in(entry, "parse");
    const double all = number_in(entry, "evaluate");
    timings.push_back({parse, all, std::max(all - parse, 1.0)});
  }
  return timings;
}

Figure beside(std::string name, double own, double peer, std::optional<Goal> goal) {
  return {.name = std::move(name),
          .unit = "ns",
          .peer = "feelin",
          .values = {own},
          .peer_values = {peer},
          .goal = goal};
}

}  // namespace

void run_feel(Lab& lab, BenchResult& result) {
  constexpr double kTimesFaster = 50;
  constexpr double kLimitNs = 150;
  const std::chrono::milliseconds span{100};
  const fs::path tests = lab.options().files;
  const fs::path file = tests / "feel_conditions.json";
  const std::vector<Condition> conditions = read_conditions(file);
  std::vector<Timing> own;
  for (const Condition& condition : conditions) own.push_back(time_condition(condition, span));
  result.figures.push_back(
      limited(conditions.front().name + ", evaluate", "ns", {own.front().evaluate_ns}, kLimitNs));
  const std::vector<Timing> peer = time_peer(lab, tests, file, span);
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    const std::string& name = conditions[i].name;
    result.figures.push_back(
        beside(name + ", parse", own[i].parse_ns, peer[i].parse_ns, std::nullopt));
    result.figures.push_back(beside(name + ", parse, check, compile", own[i].compile_ns,
                                    peer[i].compile_ns, std::nullopt));
    result.figures.push_back(beside(name + ", evaluate", own[i].evaluate_ns, peer[i].evaluate_ns,
                                    Goal{Bound::AtMost, 1 / kTimesFaster}));
  }
  result.notes.push_back(
      "feelin reads a text each time; its evaluation alone is what evaluate() takes beyond "
      "parseExpression(), its middle figure is evaluate()");
}

}  // namespace formwork::bench

// Small random sets of rules: where the check finds no loop, nothing that is done to a record goes
// beyond the budget. How many of those that it refuses were never seen to do so is told for
// information: it counts what is refused without need, and more, since not everything was tried.
#include <cstdlib>
#include <random>

#include <doctest/doctest.h>

#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"
#include "tests/support/app.h"

namespace formwork::testing {
namespace {

using std::string;

constexpr const char* kGround = R"(app: random
---
role: clerk
on: { thing: { view: true, create: true, edit: true } }
---
entity: thing
title: name
fields:
  name: { type: text, required: true }
  f0: { type: choice, options: [a, b, c] }
  f1: { type: choice, options: [a, b, c] }
  f2: { type: choice, options: [a, b] }
  flag: { type: boolean }
)";

class Rules {
 public:
  explicit Rules(unsigned seed) : random_(seed) {}

  string text() {
    string text = kGround;
    const std::size_t count = 1 + random_() % 4;
    for (std::size_t i = 0; i < count; ++i) text += automation(i);
    return text;
  }

  // What somebody enters: some fields, or all of a new record.
  string values(bool all) {
    string json = all ? R"({"name": "A")" : "{";
    for (const string& field : fields()) {
      if (!all && chance(50)) continue;
      const string value = field == "flag" ? one_of({"null", "true", "false"})
                                           : one_of({"null", R"("a")", R"("b")"});
      json += (json == "{" ? "" : ", ") + ('"' + field) + "\": " + value;
    }
    return json + "}";
  }

 private:
  static std::vector<string> fields() { return {"f0", "f1", "f2", "flag"}; }

  string one_of(const std::vector<string>& all) { return all[random_() % all.size()]; }

  bool chance(unsigned percent) { return random_() % 100 < percent; }

  string field() { return one_of(fields()); }

  string literal(const string& field) {
    if (field == "flag") return one_of({"true", "false", "null"});
    return one_of({R"("a")", R"("b")", "null"});
  }

  string test() {
    const string name = field();
    const string of = chance(15) ? "old." + name : name;
    return of + (chance(75) ? " = " : " != ") + literal(name);
  }

  string condition() {
    return chance(25) ? test() + (chance(70) ? " and " : " or ") + test() : test();
  }

  string value(const string& to) {
    if (chance(65)) return literal(to);
    if (chance(30) && to == "f1") return "f0";
    return "if " + test() + " then " + literal(to) + " else " + literal(to);
  }

  string action() {
    const string first = field();
    string set = first + ": '" + value(first) + "'";
    const string second = field();
    if (chance(35) && second != first) set += ", " + second + ": '" + value(second) + "'";
    return "  - { set: { " + set + " }" + (chance(35) ? ", when: '" + condition() + "'" : "") +
           " }\n";
  }

  string automation(std::size_t number) {
    string text = "---\nautomation: r" + std::to_string(number) + "\nof: thing\non: ";
    text += chance(10) ? "updated" : "{ updated: [" + field() + "] }";
    if (chance(60)) text += "\nwhen: '" + condition() + "'";
    text += "\ndo:\n" + action();
    if (chance(35)) text += action();
    return text;
  }

  std::mt19937 random_;
};

bool is_refused(const model::Model& model) {
  Diagnostics diagnostics;
  lint::check(model, diagnostics);
  const auto& all = diagnostics.all();
  return std::any_of(all.begin(), all.end(), [](const Diagnostic& diagnostic) {
    return diagnostic.code == codes::kAutomationLoop;
  });
}

// The path of the chain that was cut off; empty: all of them ended.
string run(const std::shared_ptr<const model::Model>& model, Rules& rules, int events) {
  App app(model);
  const engine::Actor clerk = app.actor("clerk");
  const Outcome made = app.create(clerk, "thing", R"({"name": "A"})");
  REQUIRE(made);
  for (int event = 0; event < events; ++event) {
    const auto version =
        app.engine.store().read()->find_record(app.entity("thing"), made->record.id)->version;
    const Outcome outcome =
        app.update(clerk, "thing", made->record.id, version, rules.values(event % 3 == 0));
    if (outcome) continue;
    REQUIRE(code_of(outcome) == "automation.runaway");
    return app.engine.store().read()->runs({.outcome = engine::RunOutcome::Stopped}).front().reason;
  }
  return {};
}

// FORMWORK_RULE_SETS=5000 tries more of them.
unsigned wanted_sets() {
  const char* wanted = std::getenv("FORMWORK_RULE_SETS");
  return wanted == nullptr ? 120 : static_cast<unsigned>(std::strtoul(wanted, nullptr, 10));
}

TEST_CASE("rules in which no loop is found never go beyond the budget") {
  int passed = 0;
  int refused = 0;
  int refused_without_need = 0;
  for (unsigned seed = 0; seed < wanted_sets(); ++seed) {
    Rules rules(seed);
    const string text = rules.text();
    const auto model = compile_app(text);
    const bool refuses = is_refused(*model);
    const string path = run(model, rules, refuses ? 30 : 12);
    CAPTURE(seed);
    CAPTURE(text);
    CAPTURE(path);
    if (!refuses) CHECK(path.empty());
    ++(refuses ? refused : passed);
    if (refuses && path.empty()) ++refused_without_need;
  }
  MESSAGE(passed << " sets pass, " << refused << " are refused, " << refused_without_need
                 << " of them never seen to loop");
  CHECK(passed > 0);
  CHECK(refused > refused_without_need);
}

}  // namespace
}  // namespace formwork::testing

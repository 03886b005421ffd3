// True loops are refused with the way around, and what only looks like a loop is not. Whether they
// loop indeed is asked of the engine, in tests/engine/automations.
#include <ctime>

#include <doctest/doctest.h>

#include "dsl/compile/compile.h"
#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"
#include "tests/dsl/lint/rule_sets.h"

namespace formwork::testing {
namespace {

struct Findings {
  std::shared_ptr<const model::Model> model;
  std::vector<Diagnostic> loops;
  std::string text;
};

Findings findings_of(const std::vector<SourcePtr>& sources) {
  Diagnostics diagnostics;
  Findings findings;
  findings.model = compile::compile({sources, ""}, diagnostics);
  if (findings.model != nullptr) lint::check(*findings.model, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    const bool is_loop = diagnostic.code == codes::kAutomationLoop ||
                         diagnostic.code == codes::kAutomationLoopInTime;
    if (is_loop) findings.loops.push_back(diagnostic);
    if (is_loop || diagnostic.severity == Severity::Error) findings.text += to_text(diagnostic);
  }
  return findings;
}

Findings findings_of(const std::string& automations) {
  return findings_of({compile::read_source("tests/dsl/lint/ground.yaml"),
                      std::make_shared<const Source>("rules.yaml", automations)});
}

// From which automation each step of the way leads to which.
std::vector<std::string> path_of(const Diagnostic& loop) {
  std::vector<std::string> path;
  for (const Related& step : loop.related) {
    const auto names = split(step.message, "`");
    REQUIRE(names.size() > 3);
    path.push_back(names[1]);
  }
  if (!path.empty()) path.push_back(path.front());
  return path;
}

// Both begin at another place of one circle.
bool is_same_circle(std::vector<std::string> a, const std::vector<std::string>& b) {
  if (a.size() != b.size() || a.size() < 2) return false;
  a.pop_back();
  const std::vector<std::string> wanted(b.begin(), b.end() - 1);
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a == wanted) return true;
    std::rotate(a.begin(), a.begin() + 1, a.end());
  }
  return false;
}

void check_loop(const RuleSet& set, const Diagnostic& loop, const std::vector<std::string>& path) {
  CHECK(loop.code == codes::kAutomationLoop);
  CHECK(loop.severity == Severity::Error);
  CHECK(is_same_circle(path_of(loop), path));
  for (const Related& step : loop.related) {
    CHECK(step.where);
    CHECK(step.where.source == set.sources.back());
    CHECK(step.message.find("triggers `") != std::string::npos);
  }
  CHECK((loop.message.find("as time passes") != std::string::npos) == !set.pass.empty());
}

TEST_CASE("every true loop is refused once, with the shortest way around") {
  const auto sets = rule_sets("loops");
  CHECK(sets.size() >= 14);
  for (const RuleSet& set : sets) {
    CAPTURE(set.file);
    const Findings findings = findings_of(set.sources);
    CAPTURE(findings.text);
    REQUIRE(findings.model != nullptr);
    REQUIRE_FALSE(set.paths.empty());
    REQUIRE(findings.loops.size() == set.paths.size());
    for (std::size_t i = 0; i < set.paths.size(); ++i) {
      check_loop(set, findings.loops[i], set.paths[i]);
    }
  }
}

TEST_CASE("what ends is no loop") {
  const auto sets = rule_sets("near_misses");
  CHECK(sets.size() >= 12);
  for (const RuleSet& set : sets) {
    CAPTURE(set.file);
    const Findings findings = findings_of(set.sources);
    CHECK(findings.model != nullptr);
    CHECK(findings.text == "");
  }
}

TEST_CASE("the way around names what each one does, where, and what to do about it") {
  const Findings findings = findings_of(R"(automation: raise
of: deal
on: { updated: [total] }
do:
  - set: { other: count + 1 }
---
automation: follow
of: deal
on: { updated: [other] }
after: PT1H
do:
  - set: { count: other + 1 }
)");
  CHECK(findings.text ==
        R"(error[automation.loop]: `raise` and `follow` set each other off, for ever as time passes
  --> rules.yaml:1:13
   |
 1 | automation: raise
   |             ^^^^^
  ::: rules.yaml:5:12: `raise` sets `other` here, which triggers `follow` PT1H later
  ::: rules.yaml:12:12: `follow` sets `count` here, on which `total` depends, which triggers `raise`
   = give one of them a `when` that no longer holds when its work is done, name fewer fields in its `on`, or write `once: true`
)");
}

TEST_CASE("a date that is moved on again and again is a warning") {
  const Findings findings = findings_of(R"(automation: again
of: deal
on: { date: due }
do:
  - set: { due: due + duration("P7D") }
---
automation: nobody_did
of: deal
on: { overdue: todo }
do:
  - task: { to: owner, title: Look, within: P1D }
)");
  REQUIRE(findings.loops.size() == 2);
  for (const Diagnostic& loop : findings.loops) {
    CHECK(loop.code == codes::kAutomationLoopInTime);
    CHECK(loop.severity == Severity::Warning);
  }
  CHECK(findings.loops[0].related.front().message ==
        "`again` sets `due` here; when that time comes it triggers `again`");
  CHECK(findings.loops[1].related.front().message ==
        "`nobody_did` gives somebody something to do here; when nothing is done about it in time, "
        "that triggers `nobody_did`");
}

TEST_CASE("a date has to be set an hour ahead, or it is a loop") {
  const auto found = [](const std::string& trigger, const std::string& date) {
    const Findings findings = findings_of("automation: again\nof: deal\non: { date: due" + trigger +
                                          " }\ndo: { set: { due: '" + date + "' } }\n");
    CAPTURE(findings.text);
    REQUIRE(findings.loops.size() == 1);
    return findings.loops.front().severity;
  };
  CHECK(found("", "now()") == Severity::Error);
  CHECK(found("", "now() + duration(\"PT59M\")") == Severity::Error);
  CHECK(found("", "now() + duration(\"PT1H\")") == Severity::Warning);
  CHECK(found("", "duration(\"P1M\") + due") == Severity::Warning);
  CHECK(found("", "due - duration(\"P7D\")") == Severity::Error);
  CHECK(found("", "due + duration(\"-P7D\")") == Severity::Error);
  CHECK(found("", "due + duration(\"P7D\") + duration(\"-P7D\")") == Severity::Error);
  CHECK(found("", "now() + @\"P7D\"") == Severity::Warning);
  CHECK(found("", "if flag then now() + duration(\"P7D\") else due + duration(\"P1D\")") ==
        Severity::Warning);
  CHECK(found("", "if flag then now() + duration(\"P7D\") else now()") == Severity::Error);
  CHECK(found(", before: P3D", "now() + duration(\"P3D\")") == Severity::Error);
  CHECK(found(", before: P3D", "now() + duration(\"P4D\")") == Severity::Warning);
  CHECK(found(", after: PT2H", "now()") == Severity::Warning);
}

TEST_CASE("of automations that are tangled with each other one circle is told, of others each") {
  const Findings findings = findings_of(R"(automation: a
of: deal
on: { updated: [count] }
do: { set: { other: count + 1 } }
---
automation: b
of: deal
on: { updated: [other] }
do: { set: { third: other + 1, count: other + 1 } }
---
automation: c
of: deal
on: { updated: [third] }
do: { set: { other: third + 1 } }
---
automation: d
of: account
on: { updated: [size] }
do: { set: { size: size + 1 } }
)");
  CHECK(findings.loops.size() == 2);
}

// That many automations, `N` replaced by the number of each.
std::string many(int count, const std::string& rest) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    std::string one = rest;
    for (std::size_t at = one.find('N'); at != std::string::npos; at = one.find('N')) {
      one.replace(at, 1, std::to_string(i));
    }
    text += (i == 0 ? "" : "---\n") + ("automation: a" + std::to_string(i)) +
            "\nof: deal\non: updated\n" + one;
  }
  return text;
}

TEST_CASE("hundreds of automations are looked at in no time, whether they loop or not") {
  const std::clock_t begin = std::clock();
  CHECK(findings_of(many(200,
                         "when: third != N\n"
                         "do: [{ set: { grade: '\"A\"', other: count * 2 } }, { tag: hot }]\n"))
            .text == "");
  const Findings loop = findings_of(many(200, "do: { set: { count: count + N } }\n"));
  REQUIRE(loop.loops.size() == 1);
  CHECK(loop.loops.front().related.size() == 1);
  CHECK(std::clock() - begin < 30 * CLOCKS_PER_SEC);
}

TEST_CASE("automations that all set each other off are told when they loop, and only then") {
  CHECK(findings_of(many(40, "do: { assign: { to: user clerk } }\n")).text == "");
  const Findings findings = findings_of(many(40, "do: { assign: { by: turns } }\n"));
  REQUIRE(findings.loops.size() == 1);
  CHECK(findings.loops.front().related.size() == 1);
}

TEST_CASE("a loop that only goes on because of what is written beside it says so") {
  const Findings findings = findings_of(R"(automation: close
of: deal
on: { updated: [count] }
when: grade = null
do: { set: { grade: '"A"', other: count * 2, third: count + 1 } }
---
automation: open
of: deal
on: { updated: [other] }
do: { set: { grade: 'null' } }
---
automation: on
of: deal
on: { updated: [third] }
do: { set: { count: third + 1 } }
)");
  REQUIRE(findings.loops.size() == 1);
  CHECK(findings.loops.front().message ==
        "`close` and `on` set each other off without end, with what is written beside them");
}

}  // namespace
}  // namespace formwork::testing

// Whatever is taken out of the CRM, one of its scenarios misses it.
#include <algorithm>

#include <doctest/doctest.h>

#include "tests/engine/scenario/leads_app.h"
#include "tests/support/app_folders.h"
#include "tests/support/mutation/mutants.h"
#include "tests/support/scratch_store.h"

namespace formwork::testing {
namespace {

Survivors survivors_of(const std::vector<SourcePtr>& sources) {
  const auto model = compile_sources(sources);
  REQUIRE(model != nullptr);
  const auto recompile = [](std::vector<SourcePtr> changed) {
    return compile_sources(std::move(changed));
  };
  return find_survivors(model, make_mutants(model, recompile), scratch_stores());
}

TEST_CASE("no condition, step or rule of the CRM can go without a scenario that misses it") {
  const Survivors survivors = survivors_of(sources_of_app("templates/crm"));
  std::string lines;
  for (const std::string& line : survivors.lines) lines += "\n  " + line;
  MESSAGE(survivors.mutants, " mutants");
  CHECK_MESSAGE(survivors.lines.empty(), lines);
}

constexpr std::string_view kLittle = R"(---
scenario: a deal goes to the manager when it has an amount
as: li.lei
steps:
  - create: deal
    with: { name: Pumps, owner: li.lei, note: urgent, discount: 0.3 }
    call_it: d
  - check: { d: [call] }
  - move: { d: review }
    refused: [Enter an amount]
  - edit: d
    with: { amount: 5000 }
  - move: { d: review }
  - expect: { waiting_for: [han.mei], d.size: large }
  - as: han.mei
    approve: d
  - expect: { waiting_for: [role finance] }
)";

TEST_CASE("what no scenario tests survives, and what one tests does not") {
  const Survivors survivors = survivors_of(
      {std::make_shared<const Source>("app.yaml", std::string(kDeals) + std::string(kLittle))});
  const auto survives = [&](const std::string& what) {
    return std::any_of(survivors.lines.begin(), survivors.lines.end(),
                       [&](const std::string& line) { return line.ends_with(": " + what); });
  };
  for (const char* noticed :
       {"criterion deal.draft exit: amount > 0", "step discount.manager", "step discount.finance",
        "move deal: draft → review", "decision size rule 2"}) {
    CHECK_MESSAGE(!survives(noticed), noticed);
  }
  for (const char* untested :
       {"rule deal: discount <= 0.5", "required item deal.draft: call",
        "required_from of deal.note", "when of step discount.finance", "move deal: draft → lost",
        "deadline deal.draft dwell limit", "deadline discount.manager PT8H remind",
        "right sales: deal view", "decision size rule 1"}) {
    CHECK_MESSAGE(survives(untested), untested);
  }
}

constexpr std::string_view kArrival = R"(---
scenario: a lead comes in and is called
as: han.mei
steps:
  - post: { webhook: ads, body: { type: lead.created, data: { company: Acme, email: a@acme.example, score: 70 } } }
    call_it: l
  - expect: { l.owner: li.lei, notified: { li.lei: [Acme is there] } }
  - pass: PT30M
  - pass: PT2H
  - expect: { l.pool: public }
)";

TEST_CASE("what automations and assignments do is missed only where a scenario asks for it") {
  const Survivors survivors = survivors_of(
      {std::make_shared<const Source>("app.yaml", std::string(kLeads) + std::string(kArrival))});
  const auto survives = [&](const std::string& what) {
    return std::any_of(survivors.lines.begin(), survivors.lines.end(),
                       [&](const std::string& line) { return line.ends_with(": " + what); });
  };
  for (const char* noticed : {"automation assign_lead", "automation greet", "action greet.1 notify",
                              "assignment territory.hot", "response territory PT2H release",
                              "time of response territory PT2H release",
                              "value company of webhook ads", "value score of webhook ads"}) {
    CHECK_MESSAGE(!survives(noticed), noticed);
  }
  for (const char* untested : {"when of automation assign_lead",
                               "action greet.2 task",
                               "action greet.3 tag",
                               "when of action greet.3 tag",
                               "automation convert",
                               "action convert.4 webhook",
                               "assignment territory.rule 2",
                               "response territory PT30M remind",
                               "recycle territory.idle",
                               "when of webhook ads",
                               "value email of webhook ads",
                               "match email of webhook ads",
                               "found of webhook ads, not keep",
                               "value source of form contact",
                               "field email of form contact",
                               "text of action greet.1 notify",
                               "within of action greet.2 task",
                               "match name of action convert.1 create",
                               "value owner of action convert.1 create",
                               "data company of action convert.4 webhook",
                               "text of action convert.3 mail",
                               "when of assignment territory.hot",
                               "else of assignment territory.hot",
                               "pick of assignment territory.hot",
                               "pause of response of territory",
                               "time of recycle territory.idle",
                               "when of recycle territory.idle"}) {
    CHECK_MESSAGE(survives(untested), untested);
  }
}

// What the CRM has no use for.
constexpr std::string_view kPatience = R"(---
automation: call_later
of: lead
label: Call later
why: Nobody is called at once
on: [created, { updated: email }]
after: PT1H
do:
  - notify: { to: [owner, user han.mei], title: "Ring {company}", channels: [inbox, mail] }
---
automation: settle
of: lead
label: Settle
why: Many changes are one, and one is enough
on: { updated: [company, source] }
debounce: PT10M
once: true
do:
  - set: { grade: '"A"', tags: '["cold"]' }
---
automation: rise
of: lead
label: Rise
why: Nobody works on Sundays
on: { updated: on_hold }
window: business
do:
  - { update: lead, where: id = record.id, set: { grade: '"B"' }, move: working }
  - tag: { add: [hot], remove: [cold] }
---
assignment: shifts
of: lead
label: Shifts
why: Li Lei has more time
rules:
  - otherwise: { role: sales, pick: weighted, weights: { li.lei: 2 }, max_open: 3 }
)";

constexpr std::string_view kPatient = R"(---
scenario: a lead is waited for
as: han.mei
at: 2026-03-02T10:00
steps:
  - { create: lead, with: { company: Acme, source: hand, owner: li.lei }, call_it: l }
  - expect: { not_notified: { han.mei: [Ring Acme] } }
  - pass: PT1H
  - expect: { notified: { han.mei: [Ring Acme], li.lei: [Ring Acme] }, sent: [{ mail: han.mei@example.com, subject: Ring Acme }] }
  - { edit: l, with: { email: a@acme.example, company: Bolt } }
  - pass: PT1H
  - expect: { notified: { han.mei: [Ring Bolt] } }
---
scenario: several changes are one
as: han.mei
at: 2026-03-02T10:00
steps:
  - { create: lead, with: { company: Acme, source: hand, owner: li.lei }, call_it: l }
  - { edit: l, with: { company: Bolt } }
  - expect: { l.grade: null }
  - pass: PT5M
  - { edit: l, with: { source: website } }
  - pass: PT5M
  - expect: { l.grade: null }
  - pass: PT5M
  - expect: { l.grade: A, l.tags: [cold] }
  - { edit: l, with: { grade: null } }
  - { edit: l, with: { company: Crew } }
  - { create: lead, with: { company: Dora, source: hand, owner: li.lei }, call_it: m }
  - { edit: m, with: { company: Edda } }
  - pass: PT10M
  - expect: { l.grade: null, m.grade: A }
---
scenario: on Sundays everything waits
as: han.mei
at: 2026-03-01T10:00
steps:
  - { create: lead, with: { company: Acme, source: hand, owner: li.lei, tags: [cold] }, call_it: l }
  - { edit: l, with: { on_hold: true } }
  - expect: { l.grade: null }
  - pass: P1D
  - expect: { l.grade: B, l.stage: working, l.tags: [hot] }
---
scenario: who has more time gets more
as: han.mei
at: 2026-03-02T10:00
steps:
  - { create: lead, with: { company: A, source: hand }, call_it: a }
  - { create: lead, with: { company: B, source: hand }, call_it: b }
  - { create: lead, with: { company: C, source: hand }, call_it: c }
  - { create: lead, with: { company: D, source: hand }, call_it: d }
  - { create: lead, with: { company: E, source: hand }, call_it: e }
  - { create: lead, with: { company: F, source: hand }, call_it: f }
  - { dispatch: a, by: shifts }
  - { dispatch: b, by: shifts }
  - { dispatch: c, by: shifts }
  - { dispatch: d, by: shifts }
  - { dispatch: e, by: shifts }
  # It would be li.lei's turn, who has three.
  - { dispatch: f, by: shifts }
  - expect: { a.owner: li.lei, b.owner: lin.tao, c.owner: li.lei, d.owner: li.lei, e.owner: lin.tao, f.owner: lin.tao }
)";

// What is taken out of one of these automations or that assignment, and lives.
Words survivors_of_patience(std::string_view scenarios) {
  const Survivors survivors = survivors_of({std::make_shared<const Source>(
      "app.yaml", std::string(kLeads) + std::string(kPatience) + std::string(scenarios))});
  Words found;
  for (const std::string& line : survivors.lines) {
    for (const char* name : {"call_later", "settle", "rise", "shifts"}) {
      if (line.find(name) == std::string::npos) continue;
      found.push_back(line.substr(line.find(": ") + 2));
    }
  }
  return found;
}

TEST_CASE("waiting, once, windows, weights and limits are missed by who waits for them") {
  CHECK(survivors_of_patience(kPatient) == Words{});
}

TEST_CASE("waiting, once, windows, weights and limits are not missed otherwise") {
  const Words survivors = survivors_of_patience(R"(---
scenario: a lead is there
as: han.mei
steps:
  - { create: lead, with: { company: Acme }, call_it: l }
)");
  for (const char* untested :
       {"after of automation call_later",
        "trigger created of automation call_later",
        "trigger updated: email of automation call_later",
        "recipient owner of action call_later.1 notify",
        "recipient user han.mei of action call_later.1 notify",
        "inbox of action call_later.1 notify",
        "mail of action call_later.1 notify",
        "debounce of automation settle",
        "once of automation settle",
        "field company of trigger updated: company, source of automation settle",
        "value tags of action settle.1 set",
        "window of automation rise",
        "waiting for the window of automation rise",
        "value grade of action rise.1 update",
        "move of action rise.1 update",
        "tag hot of action rise.2 tag",
        "removal of tag cold of action rise.2 tag",
        "pick of assignment shifts.rule 1",
        "weight of li.lei in assignment shifts.rule 1",
        "max_open of assignment shifts.rule 1"}) {
    CHECK_MESSAGE(std::count(survivors.begin(), survivors.end(), untested) == 1, untested);
  }
}

TEST_CASE("an app that is only copied is the same app") {
  const auto model = compile_app(std::string(kDeals) + std::string(kLittle));
  const Mutant same{
      "nothing", {}, {}, {}, [model] { return std::make_shared<const model::Model>(*model); }};
  CHECK(find_survivors(model, {same}, scratch_stores()).lines == Words{"nothing"});
}

}  // namespace
}  // namespace formwork::testing

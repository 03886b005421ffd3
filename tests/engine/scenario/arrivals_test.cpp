// What comes in, what automations and assignments make of it, and what goes out.
#include <doctest/doctest.h>

#include "engine/scenario/explore.h"
#include "engine/scenario/scenario_text.h"
#include "tests/engine/scenario/leads_app.h"

namespace formwork::testing {
namespace {

TEST_CASE("what is posted by a webhook becomes a record, or is found again") {
  CHECK(lead_messages(R"(steps:
  - post:
      webhook: ads
      body: { type: lead.created, data: { company: Acme, email: a@acme.example, score: 70 } }
    call_it: l
  - expect:
      l.source: ads
      l.owner: li.lei
      l.pool: null
      l.respond_by: 2026-03-02T10:00+08:00
      l.response: running
      l.runs: { assign_lead: done, greet: done }
      notified: { li.lei: [Acme is there, It scores 70], lin.tao: [] }
      todos: { li.lei: [Call Acme], lin.tao: [] }
      sent: []
  - post: { webhook: ads, body: { type: lead.created, data: { company: Other, email: a@acme.example } } }
    call_it: again
  - expect: { again.id: l, l.company: Acme }
  - post: { webhook: ads, body: { type: other } }
    refused: [ignores]
  - post: { webhook: ads, body: { type: lead.created, data: { email: b@acme.example } } }
    refused: [Company]
)") == Words{});
}

TEST_CASE("what is submitted by a form has what the form sets besides") {
  CHECK(lead_messages(R"(steps:
  - submit: { form: contact, with: { company: Acme, email: a@acme.example }, query: { score: "90" } }
    call_it: l
  - expect: { l.source: website, l.score: 90, l.tags: [hot], l.owner: li.lei }
  - submit: { form: contact, with: { company: A, email: a@acme.example }, query: { score: many } }
    call_it: again
  - expect: { again.id: l, l.score: 90 }
  - submit: { form: contact, with: { email: a@acme.example } }
    refused: [Company]
  - submit: { form: contact, with: { email: nowhere } }
    refused: [Company, Email]
)") == Words{});
}

TEST_CASE("records are dispatched, released, claimed and commented on") {
  CHECK(lead_messages(R"(steps:
  - create: lead
    with: { company: Acme, source: hand, score: 70 }
    call_it: l
  - expect: { l.owner: null, l.runs: { assign_lead: declined } }
  - { dispatch: l, by: territory }
  - expect: { l.owner: li.lei }
  - { as: li.lei, release: l, to: public, comment: No time }
  - expect: { l.owner: null, l.pool: public, l.response: stopped }
  - { as: lin.tao, claim: l }
  - { as: lin.tao, comment: l, text: They call back }
  - expect: { l.owner: lin.tao, l.history: [released, claimed, commented] }
  - { as: li.lei, dispatch: l, by: territory, refused: true }
)") == Words{});
}

TEST_CASE("whoever is away gets nothing, and to-dos are done") {
  CHECK(lead_messages(R"(steps:
  - away: { person: li.lei, for: P1D }
  - { create: lead, with: { company: Acme, source: ads, score: 70 }, call_it: l }
  - { create: lead, with: { company: Bolt, source: ads, score: 70 }, call_it: m }
  - expect: { l.owner: lin.tao, m.owner: lin.tao, todos: { lin.tao: [Call Acme, Call Bolt] } }
  - { as: lin.tao, done: { person: lin.tao, title: Acme } }
  - { done: { person: lin.tao, title: Bolt } }
  - expect: { todos: { lin.tao: [] } }
)") == Words{});
}

TEST_CASE("the response clock runs late, pauses, is met and releases") {
  CHECK(lead_messages(R"(steps:
  - { create: lead, with: { company: Acme, source: ads, score: 70 }, call_it: l }
  - pass: PT30M
  - expect: { l.response: running, notified: { li.lei: [Acme] } }
  - edit: l
    with: { on_hold: true }
  - expect: { l.response: paused, l.respond_by: null }
  - pass: P1D
  - edit: l
    with: { on_hold: false }
  - pass: PT31M
  - expect: { l.response: late }
  - pass: PT1H
  - expect: { l.owner: null, l.pool: public, l.response: stopped }
  - { as: li.lei, claim: l }
  - edit: l
    with: { answered_at: 2026-03-03T12:00+08:00 }
  - expect: { l.response: met }
)") == Words{});
}

TEST_CASE("what goes out is seen, also behind a reference") {
  CHECK(lead_messages(R"(steps:
  - { create: lead, with: { company: Acme, source: ads, score: 70, email: a@acme.example }, call_it: l }
  - move: { l: working }
  - move: { l: won }
  - expect:
      l.account.name: Acme
      l.account.owner: li.lei
      sent:
        - { webhook: erp, event: lead.won, data: { company: Acme, entity: lead } }
        - { webhook: erp }
        - { mail: a@acme.example, subject: Welcome, text: look forward }
)") == Words{});
}

TEST_CASE("what was sent has to say what is expected of it") {
  const Words found = lead_messages(R"(steps:
  - { create: lead, with: { company: Acme, source: ads, score: 70, email: a@acme.example }, call_it: l }
  - move: { l: working }
  - move: { l: won }
  - expect: { sent: [{ webhook: erp, data: { company: Bolt } }] }
  - expect: { sent: [{ webhook: erp, data: { name: Acme } }] }
  - expect: { sent: [{ mail: a@acme.example, text: Goodbye }] }
)");
  REQUIRE(found.size() == 3);
  CHECK(found[0].starts_with("expected {webhook: erp, data: {company: Bolt}} to be sent"));
  CHECK(found[0].find(R"("company":"Acme")") != std::string::npos);
  CHECK(found[1].starts_with("expected {webhook: erp, data: {name: Acme}} to be sent"));
  CHECK(found[2].starts_with("expected {mail: a@acme.example, text: Goodbye} to be sent"));
}

TEST_CASE("records that rules made are found by their values") {
  CHECK(lead_messages(R"(steps:
  - { create: lead, with: { company: Acme, source: ads, score: 70 }, call_it: l }
  - expect: { records: { account: [] } }
  - move: { l: working }
  - move: { l: won }
  - expect: { records: { account: { name: Acme, owner: li.lei }, lead: [{ company: Acme, owner: li.lei }] } }
  - expect: { records: { account: { name: Acme, owner: lin.tao } } }
  - expect: { records: { account: [] } }
)") == Words{
           "expected a record of account with {name: Acme, owner: lin.tao}, but there is none\n"
           "{name: Acme, owner: li.lei}",
           "expected no account, but there are 1",
       });
}

TEST_CASE("which rule gave a record to somebody, and who was not told, can be expected") {
  CHECK(lead_messages(R"(steps:
  - { create: lead, with: { company: Acme, source: ads, score: 70 }, call_it: l }
  - { create: lead, with: { company: Bolt, source: ads }, call_it: m }
  - { create: lead, with: { company: Crew, source: hand }, call_it: n }
  - expect: { l.given_by: hot, m.given_by: rule 2, n.given_by: null, not_notified: { li.lei: [Bolt] } }
  - expect: { l.given_by: rule 2, not_notified: { li.lei: [Bolt, Acme is there] } }
)") == Words{
           "expected l.given_by to be `rule 2`, but it is `hot`",
           "expected li.lei to have no notification that says `Acme is there`, but there is one\n"
           "Acme is there: It scores 70",
       });
}

TEST_CASE("records that are alike are made by one step") {
  CHECK(lead_messages(R"(steps:
  - { create: lead, with: { company: Acme, source: hand, owner: li.lei }, times: 3 }
  - { create: lead, with: { company: Bolt, source: ads, score: 70 }, call_it: b }
  - expect: { b.id: 4, b.owner: li.lei }
)") == Words{});
}

TEST_CASE("what is not as expected says what is") {
  CHECK(lead_messages(R"(steps:
  - { create: lead, with: { company: Acme, source: ads, score: 70 }, call_it: l }
  - expect: { l.runs: { assign_lead: declined, convert: done } }
  - expect: { l.response: paused }
  - expect: { notified: { li.lei: [Bolt], lin.tao: [Acme] } }
  - expect: { todos: { li.lei: [] } }
  - expect: { sent: [{ webhook: erp, event: lead.won }] }
  - expect: { l.account.name: Acme }
)") == Words{
           "expected `assign_lead` to have ended with `declined` for l, but it ended with "
           "`done`",
           "expected `convert` to have ended with `done` for l, but it ended with "
           "`nothing`",
           "expected l.response to be `paused`, but it is `running`",
           "expected li.lei to have a notification that says `Bolt`, but none does\n"
           "To do: Call Acme: About Acme\n"
           "Acme is there: It scores 70\n"
           "Acme is yours now",
           "expected lin.tao to have a notification that says `Acme`, but there is none",
           "expected li.lei to have no to-do, but there is one\nCall Acme",
           "expected {webhook: erp, event: lead.won} to be sent, but it was not\n"
           "nothing was sent",
           "expected l.account.name, but l has no account",
       });
  CHECK(lead_messages("steps:\n  - done: { person: li.lei, title: Call }\n") ==
        Words{"`li.lei` has nothing to do that is called `Call`"});
}

TEST_CASE("what comes in, finds an owner and goes out is covered when it is exercised") {
  scenario::Coverage coverage;
  CHECK(lead_messages(R"(steps:
  - post: { webhook: ads, body: { type: lead.created, data: { company: Acme, email: a@acme.example, score: 70 } } }
    call_it: l
  - post: { webhook: ads, body: { type: other } }
    refused: true
  - submit: { form: contact, with: { company: Acme, email: a@acme.example } }
  - pass: P8D
)",
                      &coverage) == Words{});
  for (const char* name :
       {"automation assign_lead runs", "automation assign_lead does not hold",
        "action assign_lead.1 assign", "action greet.1 notify", "action greet.2 task",
        "action greet.3 tag", "action convert.4 webhook", "assignment territory.hot",
        "assignment territory.rule 2", "response territory PT30M remind",
        "response territory PT2H release", "recycle territory.idle", "webhook ads new",
        "webhook ads found", "webhook ads ignored", "form contact new", "form contact found",
        "notification is_there"}) {
    CHECK_MESSAGE(coverage.all.contains(name), name);
  }
  for (const char* name :
       {"automation assign_lead runs", "action assign_lead.1 assign", "action greet.1 notify",
        "assignment territory.hot", "response territory PT30M remind",
        "response territory PT2H release", "webhook ads new", "webhook ads ignored",
        "form contact found", "notification is_there"}) {
    CHECK_MESSAGE(coverage.seen.contains(name), name);
  }
  for (const char* name :
       {"automation assign_lead does not hold", "action greet.3 tag", "assignment territory.rule 2",
        "recycle territory.idle", "webhook ads found", "form contact new"}) {
    CHECK_MESSAGE(!coverage.seen.contains(name), name);
  }
}

TEST_CASE("a scenario that is written down reads back the same") {
  const auto model = leads_with(R"(steps:
  - post: { webhook: ads, body: { type: lead.created, data: { company: Acme, score: 70 } }, query: { a: b } }
    call_it: l
  - submit: { form: contact, with: { company: Bolt }, query: { score: "3" } }
    call_it: m
  - { dispatch: l, by: territory }
  - { release: l, to: public, comment: "No: time" }
  - { comment: l, text: "a: b" }
  - { done: { person: li.lei, title: "Call: Acme" } }
  - { away: { person: li.lei, for: P3D } }
)");
  const std::string text = scenario::to_yaml(model->scenarios.front(), *model);
  const auto again = compile_app(std::string(kLeads) + "---\n" + text);
  CHECK(scenario::to_yaml(again->scenarios.front(), *again) == text);
}

TEST_CASE("walks through an app that moves by itself break nothing") {
  const auto model = compile_app(kLeads);
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const scenario::Explored explored =
        scenario::explore(model, {.seed = seed, .steps = 150}, scratch_stores(), nullptr);
    CAPTURE(seed);
    CHECK_MESSAGE(!explored.violation, explored.violation->invariant);
  }
}

}  // namespace
}  // namespace formwork::testing

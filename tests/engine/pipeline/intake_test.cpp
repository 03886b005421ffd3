// What webhooks and forms set off, and what is found under which values.
#include <doctest/doctest.h>

#include "tests/support/app.h"

namespace formwork::engine {
namespace {

using testing::App;

constexpr std::string_view kApp = R"(
app: crm
time_zone: Asia/Shanghai
---
entity: lead
title: company
fields:
  company: { type: text, required: true }
  email: { type: email }
  arrivals: { type: number, default: 0 }
  heard: { type: number, default: 0 }
  by_form: { type: boolean, default: false }
lifecycle:
  stages:
    new: { to: [known] }
    known: { final: won }
---
role: clerk
on:
  lead: { view: true, create: true, edit: true }
---
webhook: ads
receive:
  secret: ads
  create: lead
  map: { company: body.company, email: body.email }
  match: email
  found: keep
---
form: contact
of: lead
fields: [company, email]
match: email
---
automation: count_arrivals
why: Somebody counts
on: { webhook: ads }
do:
  - set: { arrivals: arrivals + 1 }
---
automation: know_them
why: A form is enough
on: { form: contact }
do:
  - set: { by_form: "true" }
  - move: known
---
automation: hear_changes
why: Whatever is counted was counted once
on: { updated: [arrivals] }
of: lead
do:
  - set: { heard: heard + 1 }
)";

Changes values(const App& app, const std::string& company, const std::string& email) {
  return app.read("lead", R"({"company":")" + company + R"(","email":")" + email + R"("})").changes;
}

Expected<Outcome, Refusal> arrive(App& app, bool by_form, Changes changes) {
  const model::Model& model = app.engine.model();
  Actor actor;
  actor.cause = by_form ? Cause::Form : Cause::Webhook;
  actor.locale = "en";
  TakeIn taken{.intake = by_form ? &model.forms[0].intake : &model.webhooks[0].inbound()->intake,
               .values = std::move(changes),
               .source = by_form ? "contact" : "ads",
               .form = {},
               .webhook = {}};
  if (by_form) taken.form = 0;
  if (!by_form) taken.webhook = 0;
  return app.engine.execute_and_wait({actor, std::move(taken), std::nullopt});
}

std::string text(const App& app, const Record& record, std::string_view field) {
  const std::size_t index = model::field_index(app.entity("lead"), field).value();
  std::string out;
  json::Writer writer(out);
  records::write_value(writer, app.entity("lead").fields[index], record.values[index],
                       *app.engine.directory());
  return out;
}

}  // namespace

TEST_CASE("an automation hears of each arrival by its webhook, also of one that changes nothing") {
  App app(kApp);
  auto outcome = arrive(app, false, values(app, "Star", "li@star.cn"));
  REQUIRE(outcome);
  CHECK_FALSE(outcome->found);
  CHECK(text(app, outcome->record, "arrivals") == R"("1")");
  CHECK(text(app, outcome->record, "heard") == R"("1")");
  outcome = arrive(app, false, values(app, "Moon", "li@star.cn"));
  REQUIRE(outcome);
  CHECK(outcome->found);
  CHECK(text(app, outcome->record, "company") == R"("Star")");
  CHECK(text(app, outcome->record, "arrivals") == R"("2")");
  CHECK(text(app, outcome->record, "heard") == R"("2")");
}

TEST_CASE("a form sets off what listens to it, and nobody else's webhook") {
  App app(kApp);
  const auto outcome = arrive(app, true, values(app, "Star", "li@star.cn"));
  REQUIRE(outcome);
  CHECK(text(app, outcome->record, "by_form") == "true");
  CHECK(text(app, outcome->record, "stage") == R"("known")");
  CHECK(text(app, outcome->record, "arrivals") == R"("0")");
}

TEST_CASE("a deleted record is not found again, and of several the oldest is") {
  App app(kApp);
  REQUIRE(arrive(app, false, values(app, "Star", "li@star.cn")));
  REQUIRE(app.engine.execute_and_wait(
      {app.actor("clerk"), CreateRecord{&app.entity("lead"), values(app, "Moon", "li@star.cn")},
       std::nullopt}));
  CHECK(arrive(app, false, values(app, "Sun", "li@star.cn"))->record.id == 1);
  Actor program;
  program.cause = Cause::Automation;
  const auto record = app.engine.store().read()->find_record(app.entity("lead"), 1);
  REQUIRE(app.engine.execute_and_wait(
      {program, DeleteRecord{&app.entity("lead"), 1, record->version}, std::nullopt}));
  CHECK(arrive(app, false, values(app, "Sun", "li@star.cn"))->record.id == 2);
  // What nobody says of themselves matches nobody.
  const auto without =
      arrive(app, false, app.read("lead", R"({"company":"Sun","email":null})").changes);
  CHECK_FALSE(without->found);
}

TEST_CASE("what is refused leaves no trace") {
  App app(kApp);
  const auto refused = arrive(app, false, app.read("lead", R"({"email":"li@star.cn"})").changes);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == RefusalKind::Invalid);
  CHECK_FALSE(app.engine.store().read()->find_record(app.entity("lead"), 1));
}

TEST_CASE("history knows when a secret was set and never what it is") {
  App app(kApp);
  CHECK(app.engine.set_secret("ads", "a secret of some bytes", DaysDuration{}));
  CHECK(app.engine.find_secret("ads")->current == "a secret of some bytes");
  CHECK(app.engine.secrets().size() == 1);
  const auto last = app.engine.store().read()->last_history();
  CHECK(last->action == "secret_set");
  CHECK(last->detail == R"({"name":"ads"})");
  CHECK(app.engine.remove_secret("ads"));
  CHECK_FALSE(app.engine.find_secret("ads"));
  CHECK(app.engine.secrets().empty());
}

}  // namespace formwork::engine

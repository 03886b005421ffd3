// What webhooks and public forms become in the model, and what their FEEL sees.
#include <doctest/doctest.h>

#include "dsl/base/json.h"
#include "dsl/compile/compile.h"
#include "dsl/feel/json.h"
#include "dsl/model/scope.h"

namespace formwork::compile {
namespace {

constexpr const char* kApp = R"(
app: crm
---
entity: lead
title: company
fields:
  company: { type: text, required: true }
  email: { type: email }
  mobile: { type: phone, region: CN }
  campaign: { type: text }
---
webhook: ads
label: Ads
receive:
  secret: shared
  when: body.type = "lead.created" and count(body.items) > 0
  create: lead
  map:
    company: body.company.name
    email: body.contact.email
    mobile: get value(headers, "x-mobile")
    campaign: query.campaign
  match: [email, [company, mobile]]
  found: replace
  always: campaign
---
webhook: erp
send: { url: https://erp.example.com/hooks, secret: erp }
---
form: contact
of: lead
fields: [email, company]
set: { campaign: query.utm_campaign }
match: email
)";

std::shared_ptr<const model::Model> compile_it() {
  Diagnostics diagnostics;
  auto model = compile({{std::make_shared<const Source>("a.yaml", kApp)}, ""}, diagnostics);
  std::string findings;
  for (const Diagnostic& diagnostic : diagnostics.all()) findings += to_text(diagnostic);
  REQUIRE_MESSAGE(model != nullptr, findings);
  return model;
}

feel::Value value_of_json(std::string_view text) { return *feel::from_json(*json::parse(text)); }

}  // namespace

TEST_CASE("a webhook that receives knows its entity, its map and what it matches by") {
  const auto model = compile_it();
  const model::Webhook* ads = model->find_webhook("ads");
  REQUIRE(ads != nullptr);
  CHECK(ads->index == 0);
  REQUIRE(ads->inbound() != nullptr);
  const model::Intake& intake = ads->inbound()->intake;
  CHECK(ads->inbound()->secret == "shared");
  CHECK(intake.entity == model->find_entity("lead")->index);
  CHECK(intake.values.size() == 4);
  CHECK(intake.match == std::vector<std::vector<std::size_t>>{{1}, {0, 2}});
  CHECK(intake.found == model::Intake::Found::Replace);
  CHECK(intake.always == std::vector<std::size_t>{3});
  const auto& erp = std::get<model::OutboundWebhook>(model->find_webhook("erp")->way);
  CHECK(erp.url == "https://erp.example.com/hooks");
  CHECK(erp.secret == "erp");
}

TEST_CASE("a form asks for its fields in their order and sets others") {
  const auto model = compile_it();
  const model::PublicForm* form = model->find_form("contact");
  REQUIRE(form != nullptr);
  CHECK(form->fields == std::vector<std::size_t>{1, 0});
  CHECK(form->intake.values.size() == 1);
  CHECK(form->intake.match == std::vector<std::vector<std::size_t>>{{1}});
  CHECK(form->intake.found == model::Intake::Found::Fill);
}

TEST_CASE("what a webhook's FEEL does not find in the body is null, however deep") {
  const auto model = compile_it();
  const model::Intake& intake = model->find_webhook("ads")->inbound()->intake;

  struct Row {
    const char* body;
    const char* email;
    bool holds;
  };

  for (const Row& row : {
           Row{R"({"type":"lead.created","items":[1],"contact":{"email":"a@b.cn"}})", "a@b.cn",
               true},
           Row{R"({"type":"lead.created","items":[1],"contact":{}})", nullptr, true},
           Row{R"({"type":"lead.created","contact":null})", nullptr, false},
           Row{R"({"type":"other","items":[1],"contact":"a@b.cn"})", nullptr, false},
           Row{R"({"contact":[{"email":"a@b.cn"}]})", nullptr, false},
           Row{"{}", nullptr, false},
           Row{"[]", nullptr, false},
           Row{"null", nullptr, false},
           Row{"7", nullptr, false},
       }) {
    CAPTURE(row.body);
    const feel::Value body = value_of_json(row.body);
    const feel::Value query = value_of_json("{}");
    const feel::Value headers = value_of_json(R"({"x-mobile":"13800138000"})");
    const feel::Value* const slots[] = {&body, &query, &headers};
    const feel::Environment environment;
    feel::Evaluation evaluation(environment, slots);
    CHECK((model->find_webhook("ads")->inbound()->when->test(evaluation) == feel::Truth(true)) ==
          row.holds);
    const feel::Value email = intake.values[1].value.evaluate(evaluation);
    if (row.email != nullptr) CHECK(email.string() == row.email);
    // FEEL's path over a list is a list of what its members have; the field's reader refuses it.
    if (row.email == nullptr) CHECK((email.is_null() || email.kind() == feel::Value::Kind::List));
    CHECK(intake.values[2].value.evaluate(evaluation).string() == "13800138000");
    CHECK(intake.values[3].value.evaluate(evaluation).is_null());
  }
}

}  // namespace formwork::compile

// How values came about that decision tables give: which rules hit, what they asked and gave, and
// what is kept from those who may not see all that a table reads.
#include "engine/records/contributions.h"

#include <doctest/doctest.h>

#include "dsl/feel/operators.h"
#include "tests/support/app.h"

namespace formwork::records {
namespace {

using testing::App;

constexpr std::string_view kLeads = R"(
app: leads
locales: [en, zh-CN]
time_zone: Asia/Shanghai
currency: CNY
---
entity: account
title: name
fields:
  name: { type: text, required: true }
  size: { type: number, scale: 0 }
---
entity: lead
title: company
fields:
  company: { type: text, required: true }
  source: { type: choice, options: [website, event, referral] }
  budget: { type: money }
  account: { type: reference, to: account }
  note: { type: text }
  score: { type: number, scale: 0, value: decide lead_score }
  tier: { type: text, value: decide lead_tier }
  rank: { type: number, scale: 0, value: decide by_account }
  twice: { type: number, scale: 0, value: score * 2 }
---
decision: lead_score
label: { en: Lead score, zh-CN: 线索评分 }
why: Agreed on
of: lead
hit_policy: collect sum
inputs:
  - { value: source, label: { en: Source, zh-CN: 来源 } }
  - { value: budget, label: { en: Budget, zh-CN: 预算 } }
  - { value: string length(company), label: { en: Length, zh-CN: 长度 } }
output: { name: score, type: number, default: 0 }
rules:
  - ['"referral"', "-", "-", 30]
  - when: ["-", ">= 1000", "-"]
    then: 20
    why: { en: They can pay, zh-CN: 付得起 }
  - ['"referral"', ">= 5000", "-", 15]
  - ["-", "-", "> 40", 1]
---
decision: lead_tier
label: Tier
why: Agreed on
of: lead
hit_policy: first
inputs: [budget]
output: { name: tier, type: string }
rules:
  - [">= 5000", '"gold"']
  - [">= 1000", '"silver"']
  - ["-", '"plain"']
---
decision: by_account
label: By account
why: Agreed on
of: lead
hit_policy: first
inputs: [account.size]
output: { name: rank, type: number }
rules:
  - ["> 100", 2]
  - ["-", 1]
---
role: sales
on:
  lead: { view: true, create: true, edit: true }
  account: { view: true, create: true }
---
role: guest
on: { lead: { view: true } }
)";

class Leads : public App {
 public:
  Leads() : App(kLeads) {
    if (!create(actor("sales"), "account", R"({"name":"Acme","size":500})")) throw 1;
  }

  engine::RecordId lead(std::string_view json) {
    const auto made = create(actor("sales"), "lead", json);
    if (!made) throw std::invalid_argument(std::string(json));
    return made->record.id;
  }

  std::vector<Contributions> told(std::string_view role, engine::RecordId id) {
    const engine::Actor asking = actor(role);
    const auto people = engine.directory();
    const fields::Showing showing = engine.showing(0, *people);
    const auto view = engine.store().read();
    const auto record = view->find_record(entity("lead"), id);
    return contributions(entity("lead"), *record,
                         {.gate = engine.gate(),
                          .view = *view,
                          .actor = asking,
                          .showing = showing,
                          .now = clock.now(),
                          .organization = *people});
  }
};

// "score by lead_score: source = "event", …; rule 2 gives 20 for Budget; …"
std::string say(const Contributions& told, const model::Entity& entity) {
  const auto literal = [](const feel::Value& value) {
    return feel::to_literal(value, TimeZone::utc());
  };
  std::string text = entity.fields[told.field].name + " by " + told.decision->name;
  for (const Contributions::Input& input : told.inputs) {
    text += "; " + input.label[0] + (input.field ? "" : "*") + " = " + literal(input.value);
  }
  for (const Contribution& rule : told.rules) {
    text += " | rule " + std::to_string(rule.rule) + ": " + literal(rule.value) + " for";
    for (const std::size_t asked : rule.asks) text += " " + told.inputs[asked].label[0];
  }
  return text + (told.is_default ? " | default" : "");
}

std::vector<std::string> names_of(const std::vector<Contributions>& all,
                                  const model::Entity& entity) {
  std::vector<std::string> names;
  for (const Contributions& told : all) names.push_back(entity.fields[told.field].name);
  return names;
}

using Names = std::vector<std::string>;

TEST_CASE("a sum is told rule by rule, with what each of them asked") {
  Leads app;
  const auto id = app.lead(R"({"company":"Acme","source":"referral","budget":"5000"})");
  const auto all = app.told("sales", id);
  REQUIRE(names_of(all, app.entity("lead")) == Names{"score", "tier", "rank"});
  CHECK(say(all[0], app.entity("lead")) ==
        "score by lead_score; Source = \"referral\"; Budget = 5000.00; Length* = 4"
        " | rule 0: 30 for Source | rule 1: 20 for Budget | rule 2: 15 for Source Budget");
  CHECK(all[0].decision->rules[1].why[1] == "付得起");
}

TEST_CASE("the parts of a sum make the value that the record has") {
  Leads app;
  for (const char* json :
       {R"({"company":"A","source":"referral","budget":"7000"})",
        R"({"company":"B","source":"event","budget":"1000"})",
        R"({"company":"A company with a name that is much longer than any name should be"})"}) {
    CAPTURE(json);
    const auto id = app.lead(json);
    const auto all = app.told("sales", id);
    feel::Number sum(0);
    for (const Contribution& part : all[0].rules) sum = *add(sum, part.value.number());
    const auto record = app.engine.store().read()->find_record(app.entity("lead"), id);
    CHECK(feel::Value(sum) == record->values[all[0].field]);
  }
}

TEST_CASE("where the first rule that hits decides, it alone is told") {
  Leads app;
  const auto tier = [&](std::string_view budget) {
    const auto id = app.lead(R"({"company":"Acme","budget":")" + std::string(budget) + R"("})");
    return say(app.told("sales", id)[1], app.entity("lead"));
  };
  CHECK(tier("9000").ends_with(" | rule 0: \"gold\" for Budget"));
  CHECK(tier("1000").ends_with(" | rule 1: \"silver\" for Budget"));
  CHECK(tier("1").ends_with(" | rule 2: \"plain\" for"));
}

TEST_CASE("without a rule that hits the default stands in, and says so") {
  Leads app;
  const auto id = app.lead(R"({"company":"Acme"})");
  CHECK(say(app.told("sales", id)[0], app.entity("lead")) ==
        "score by lead_score; Source = null; Budget = null; Length* = 4 | default");
}

TEST_CASE("what a table reads of a record that the asking one may not see is not told") {
  Leads app;
  const auto with = app.lead(R"({"company":"Acme","account":1})");
  const auto without = app.lead(R"({"company":"Best"})");
  const auto all = app.told("sales", with);
  REQUIRE(names_of(all, app.entity("lead")) == Names{"score", "tier", "rank"});
  CHECK(all[2].inputs[0].value == feel::Value(feel::Number(500)));
  CHECK_FALSE(all[2].inputs[0].field);
  CHECK(names_of(app.told("guest", with), app.entity("lead")) == Names{"score", "tier"});
  CHECK(names_of(app.told("guest", without), app.entity("lead")) == Names{"score", "tier", "rank"});
}

}  // namespace
}  // namespace formwork::records

// Decision tables where records are decided: what a table gives is a field's value like that of any
// other formula.
#include <doctest/doctest.h>

#include "tests/support/app.h"

namespace formwork::engine {
namespace {

using testing::App;
using testing::Words;
using testing::words_of;

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
  industry: { type: choice, options: [steel, food] }
---
entity: lead
title: company
fields:
  company: { type: text, required: true }
  grade: { type: choice, options: [A, B, C], value: decide lead_grade }
  score: { type: number, max: 100, value: decide lead_score, label: { en: Score, zh-CN: 评分 } }
  source: { type: choice, options: [website, referral], required: true }
  budget: { type: money, min: 0 }
  contact_title: { type: text }
  account: { type: reference, to: account }
  region: { type: text, default: =decide lead_region }
  items:
    type: table
    fields:
      qty: { type: number }
      price: { type: money }
      rebate: { type: percent, value: decide rebate }
      total: { type: money, value: qty * price * (1 - rebate) }
---
decision: lead_score
hit_policy: collect sum
inputs: [source, budget, contact_title, account.industry]
output: { name: score, type: number, default: 0 }
rules:
  - ['"referral"', "-", "-", "-", 30]
  - ["-", ">= 500000", "-", "-", 25]
  - ["-", "-", '"CEO", "CTO", "总经理"', "-", 20]
  - ["-", "-", "-", '"steel"', 5]
  - ["-", "> 9000000", "-", "-", budget / 100000]
---
decision: lead_grade
hit_policy: first
inputs: [score]
output: grade
rules:
  - [">= 70", '"A"']
  - [">= 40", '"B"']
  - ["-", '"C"']
---
decision: lead_region
hit_policy: U
inputs: [source]
output: region
rules:
  - ['"website"', '"online"']
---
decision: rebate
hit_policy: first
inputs: [qty, source]
output: rebate
rules:
  - [">= 10", '"referral"', 0.2]
  - [">= 10", "-", 0.1]
  - ["-", "-", 0]
---
role: sales
on:
  account: { view: true, create: true, edit: true }
  lead: { view: true, create: true, edit: true }
)";

bool has(const std::string& json, std::string_view part) {
  return json.find(part) != std::string::npos;
}

TEST_CASE("a table scores a record, and what reads the score comes behind it") {
  App app(kLeads);
  const Actor sales = app.actor("sales");
  REQUIRE(app.create(sales, "account", R"({"name":"宝钢","industry":"steel"})"));
  REQUIRE(app.create(sales, "lead",
                     R"({"company":"a","source":"referral","budget":"500000",)"
                     R"("contact_title":"总经理","account":1})"));
  const std::string good = app.json_of(sales, "lead", 1);
  CHECK_MESSAGE(has(good, R"("score":"80")"), good);
  CHECK_MESSAGE(has(good, R"("grade":"A")"), good);
  CHECK_MESSAGE(has(good, R"("region":null)"), good);
  REQUIRE(app.create(sales, "lead", R"({"company":"b","source":"website"})"));
  const std::string poor = app.json_of(sales, "lead", 2);
  CHECK_MESSAGE(has(poor, R"("score":"0")"), poor);
  CHECK_MESSAGE(has(poor, R"("grade":"C")"), poor);
  CHECK_MESSAGE(has(poor, R"("region":"online")"), poor);
}

TEST_CASE("a change of what a table looks at decides anew, and history has it") {
  App app(kLeads);
  const Actor sales = app.actor("sales");
  REQUIRE(app.create(sales, "lead", R"({"company":"a","source":"referral"})"));
  REQUIRE(app.update(sales, "lead", 1, 1, R"({"contact_title":"CEO"})"));
  const auto history = app.engine.reader(sales).history(app.entity("lead"), 1, 0, 1);
  REQUIRE(history);
  CHECK(has(history->front().changes, R"("score":{"from":"30","to":"50"})"));
  CHECK(has(history->front().changes, R"("grade":{"from":"C","to":"B"})"));
}

TEST_CASE("a table decides in every line, by the line and by its record") {
  App app(kLeads);
  const Actor sales = app.actor("sales");
  REQUIRE(app.create(sales, "lead",
                     R"({"company":"a","source":"referral",)"
                     R"("items":[{"qty":"20","price":"10"},{"qty":"1","price":"10"}]})"));
  const std::string lead = app.json_of(sales, "lead", 1);
  CHECK_MESSAGE(has(lead, R"("rebate":"0.2","total":"160.00")"), lead);
  CHECK_MESSAGE(has(lead, R"("rebate":"0","total":"10.00")"), lead);
}

TEST_CASE("what a table gives has to keep the limits of its field, and is said in both languages") {
  App app(kLeads);
  const auto made = app.create(app.actor("sales"), "lead",
                               R"({"company":"a","source":"website","budget":"9500000"})");
  const model::Entity& lead = app.entity("lead");
  CHECK(words_of(made, lead) == Words{"/score Score: enter 100 or less; this is 120"});
  REQUIRE_FALSE(made);
  CHECK(describe(made.error().fields.at(0), lead, Language::Chinese, 1) ==
        "评分：不能超过 100，现在是 120");
}

}  // namespace
}  // namespace formwork::engine

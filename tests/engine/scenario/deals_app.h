// An app with one of everything that scenarios are about, and a stage for each way to be refused.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/scenario/play.h"
#include "tests/support/app.h"
#include "tests/support/scratch_store.h"

namespace formwork::testing {

inline constexpr std::string_view kDeals = R"(app: deals
label: Deals
locales: [en, zh-CN]
time_zone: Asia/Shanghai
currency: CNY
---
team: east
label: East
department: true
---
people:
  li.lei: { name: Li Lei, roles: [sales], manager: han.mei, teams: [east] }
  lin.tao: { name: Lin Tao, roles: [sales], manager: han.mei, teams: [east] }
  han.mei: { name: Han Mei, roles: [lead], teams: [east], heads: [east] }
  zhao.min: { name: Zhao Min, roles: [finance] }
  qian.lei: { name: Qian Lei, roles: [finance] }
---
entity: customer
label: Customer
title: [name]
fields:
  name: { type: text, required: true, label: Name }
---
decision: size
label: Size
hit_policy: unique
of: deal
inputs: [amount]
output: size
rules:
  - ["< 1000", '"small"']
  - [">= 1000", '"large"']
---
entity: deal
label: Deal
title: [name]
fields:
  name: { type: text, required: true, label: Name }
  customer: { type: reference, to: customer, label: Customer }
  owner: { type: user, label: Owner }
  amount: { type: money, min: 0, label: Amount }
  discount: { type: percent, label: Discount, default: 0 }
  size: { type: text, value: decide size, label: Size }
  note: { type: text, required_from: review, label: Note }
  items:
    type: table
    label: Items
    fields:
      what: { type: text, label: What }
      qty: { type: number, label: Quantity, default: 1 }
rules:
  - require: discount <= 0.5
    say: { en: No deal at half price, zh-CN: 不得低于五折 }
lifecycle:
  initial: draft
  stages:
    draft:
      label: Draft
      checklist:
        call: { label: Customer called, required: true }
        mail: Mail sent
      exit:
        - require: amount > 0
          say: { en: Enter an amount, zh-CN: 请填写金额 }
      to: [review, { stage: lost, roles: [lead] }]
      dwell: { warn: P5D, limit: P10D, then: lost }
    review: { label: Review, approval: discount, approved: won, rejected: draft }
    won: { label: Won, final: won }
    lost: { label: Lost, final: lost }
---
approval: discount
of: deal
label: Discount
why: Who answers for a price
shows: [amount, discount]
steps:
  - id: manager
    label: Manager
    why: Knows the customer
    approvers: manager of owner
    within: { PT8H: remind, P2D: escalate to role finance }
    may: [return, transfer, add_approver]
  - id: finance
    label: Finance
    why: Guards the margin
    when: discount > 0.2
    approvers: role finance
    mode: any
---
role: sales
label: Sales
on:
  customer: { view: true, create: true, edit: true }
  deal: { view: owner = user, create: true, edit: owner = user, claim: owner = null }
---
role: lead
label: Lead
on:
  customer: { view: true }
  deal: { view: true, edit: true, delete: true, approve: true, assign: true }
---
role: finance
label: Finance
on:
  deal: { view: true, approve: true }
)";

// The deal `d` of li.lei, ready for review.
inline constexpr std::string_view kReady = R"(as: li.lei
steps:
  - create: deal
    with: { name: Pumps, owner: li.lei, amount: 5000, discount: 0.1, note: urgent }
    call_it: d
  - check: { d: [call] }
)";

inline std::shared_ptr<const model::Model> deals_with(std::string_view scenario) {
  return compile_app(std::string(kDeals) + "---\n" + std::string(scenario));
}

// Everything that playing the documents' scenarios prints; empty when all pass.
inline std::string played(std::string_view scenario, scenario::Coverage* coverage = nullptr) {
  const auto model = deals_with(scenario);
  std::string printed;
  for (const model::Scenario& one : model->scenarios) {
    for (const scenario::Result& result : scenario::play(model, one, scratch_stores(), coverage)) {
      for (const Diagnostic& failure : result.failures) printed += to_text(failure);
      if (result.passed != result.failures.empty()) printed += "passed without reason";
    }
  }
  return printed;
}

// The same of steps that come behind those of kReady, without places: message and notes.
inline Words messages(std::string_view steps) {
  const auto model = deals_with("scenario: it\n" + std::string(kReady) + std::string(steps));
  Words found;
  for (const scenario::Result& result :
       scenario::play(model, model->scenarios.front(), scratch_stores())) {
    for (const Diagnostic& failure : result.failures) {
      found.push_back(failure.message);
      if (!failure.remedy.empty()) found.back() += "\n" + failure.remedy;
    }
  }
  return found;
}

}  // namespace formwork::testing

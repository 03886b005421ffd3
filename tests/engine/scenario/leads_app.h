// An app that moves by itself: leads that come in, find an owner, are answered or go back.
#pragma once

#include "tests/engine/scenario/deals_app.h"

namespace formwork::testing {

inline constexpr std::string_view kLeads = R"(app: leads
label: Leads
locales: [en, zh-CN]
time_zone: Asia/Shanghai
currency: CNY
---
people:
  li.lei: { name: Li Lei, roles: [sales], manager: han.mei }
  lin.tao: { name: Lin Tao, roles: [sales], manager: han.mei }
  han.mei: { name: Han Mei, roles: [lead], email: han.mei@example.com }
---
entity: account
label: Account
title: [name]
fields:
  name: { type: text, required: true, label: Name }
  owner: { type: user, label: Owner }
---
entity: lead
label: Lead
title: [company]
fields:
  company: { type: text, required: true, label: Company }
  email: { type: email, label: Email }
  source: { type: choice, options: [website, ads, hand], label: Source }
  score: { type: number, scale: 0, label: Score }
  grade: { type: choice, options: [A, B], label: Grade }
  answered_at: { type: date_time, label: Answered }
  on_hold: { type: boolean, label: On hold }
  account: { type: reference, to: account, label: Account }
  tags: { type: multi_choice, options: [hot, cold], label: Tags }
  owner: { type: user, label: Owner }
lifecycle:
  stages:
    new: { label: New, to: [working, lost] }
    working: { label: Working, to: [won, lost] }
    won: { label: Won, final: won }
    lost: { label: Lost, final: lost }
---
assignment: territory
of: lead
label: Territory
why: Everybody gets some
pools:
  public: { label: Public }
rules:
  - id: hot
    when: score > 50
    why: The best go to somebody
    to: { role: sales, pick: round_robin, else: public }
  - otherwise: { pool: public }
response:
  done: answered_at != null
  pause: on_hold
  within: PT1H
  steps: { PT30M: remind, PT2H: release to public }
recycle:
  - { id: idle, after: P7D, when: score > 60, to: public, why: Nobody cares }
---
webhook: ads
label: Ads
why: They come as they are filled in
receive:
  secret: ads
  when: body.type = "lead.created"
  create: lead
  map: { company: body.data.company, email: body.data.email, score: body.data.score, source: '"ads"' }
  match: [email]
---
webhook: erp
label: ERP
why: It has to know
send: { url: "https://erp.example/hook", secret: erp }
---
form: contact
of: lead
label: Contact us
thanks: Thank you
fields: [company, email]
set: { source: '"website"', score: number(query.score) }
match: [email]
---
notification: is_there
of: lead
label: A lead is there
title: "{company} is there"
text: "It scores {score}"
---
automation: assign_lead
of: lead
label: Assign leads
why: Somebody has to call
on: created
when: owner = null and source != "hand"
do:
  - assign: { by: territory }
---
automation: greet
of: lead
label: Greet
why: Whoever gets one has to know
on: assigned
order: 200
do:
  - notify: { to: owner, use: is_there }
  - task: { to: owner, title: "Call {company}", within: P1D }
  - tag: hot
    when: score > 80
---
automation: convert
of: lead
label: Convert
why: A lead becomes an account
on: { stage: won }
do:
  - create: account
    with: { name: company, owner: owner }
    match: [name]
    call_it: made
  - set: { account: made }
  - mail: { to: email, subject: "Welcome, {company}", text: "We look forward to it." }
  - webhook: { to: erp, event: lead.won, data: { company: company } }
---
role: sales
label: Sales
on:
  account: { view: true }
  lead: { view: true, create: true, edit: true, claim: true }
---
role: lead
label: Lead
on:
  account: { view: true }
  lead: { view: true, create: true, edit: true, assign: true }
)";

inline std::shared_ptr<const model::Model> leads_with(std::string_view steps) {
  return compile_app(std::string(kLeads) + "---\nscenario: it\nas: han.mei\n" + std::string(steps));
}

// What playing the steps prints besides places: messages with their notes.
inline Words lead_messages(std::string_view steps, scenario::Coverage* coverage = nullptr) {
  const auto model = leads_with(steps);
  Words found;
  for (const scenario::Result& result :
       scenario::play(model, model->scenarios.front(), scratch_stores(), coverage)) {
    for (const Diagnostic& failure : result.failures) {
      found.push_back(failure.message);
      if (!failure.remedy.empty()) found.back() += "\n" + failure.remedy;
    }
  }
  return found;
}

}  // namespace formwork::testing

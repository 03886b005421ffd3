// An app that webhooks and forms bring records into, and a system that signs what it sends.
#pragma once

#include "dsl/base/json.h"
#include "engine/command/standard_webhooks.h"
#include "tests/server/routes/client.h"

namespace formwork::routes {

inline constexpr std::string_view kIntakeApp = R"(
app: crm
label: CRM
locales: [en, zh-CN]
time_zone: Asia/Shanghai
currency: CNY
---
entity: lead
label: { en: Lead, zh-CN: 线索 }
title: company
fields:
  company: { type: text, required: true, max_length: 40, label: { en: Company, zh-CN: 公司 } }
  email: { type: email, label: { en: Email, zh-CN: 邮箱 } }
  mobile: { type: phone, region: CN, label: { en: Mobile, zh-CN: 手机 } }
  city: { type: text, label: { en: City, zh-CN: 城市 } }
  budget: { type: money, min: 0, label: { en: Budget, zh-CN: 预算 } }
  wanted_on: { type: date, label: { en: Wanted on, zh-CN: 期望日期 } }
  source: { type: choice, options: [ads, website, manual], default: manual, label: { en: Source, zh-CN: 来源 } }
  campaign: { type: text, max_length: 20, label: { en: Campaign, zh-CN: 活动 } }
  code: { type: text, unique: true, label: { en: Code, zh-CN: 编码 } }
  came_at: { type: date_time, label: { en: Came at, zh-CN: 来访时间 } }
  consent: { type: boolean, label: { en: I agree, zh-CN: 我同意 }, hint: { en: We answer you and forget it., zh-CN: 仅用于答复。 } }
  why: { type: long_text, visible: budget > 5000, required: budget > 5000, label: { en: Why, zh-CN: 原因 } }
rules:
  - require: city = null or city != "Nowhere"
    say: { en: Nowhere is no city, zh-CN: 城市无效 }
---
role: clerk
label: { en: Clerk, zh-CN: 职员 }
on:
  lead: { view: true, create: true, edit: true, delete: true }
---
webhook: ads
label: { en: Ads, zh-CN: 广告 }
receive:
  secret: shared
  when: body.type = "lead.created"
  create: lead
  map:
    company: body.data.company
    email: body.data.contact.email
    mobile: body.data.contact.phone
    city: upper case(body.data.city)
    budget: body.data.budget
    wanted_on: body.data.wanted
    source: '"ads"'
    campaign: query.campaign
    came_at: now()
    code: get value(headers, "x-code")
  match: [email, [company, city]]
  found: fill
  always: [campaign]
---
webhook: replacing
receive:
  secret: shared
  create: lead
  map: { company: body.company, email: body.email, city: body.city }
  match: email
  found: replace
---
webhook: keeping
receive:
  secret: shared
  create: lead
  map: { company: body.company, email: body.email }
  match: email
  found: keep
---
webhook: refusing
receive:
  secret: shared
  create: lead
  map: { company: body.company, email: body.email }
  match: email
  found: refuse
---
webhook: silent
receive: { secret: nobody, create: lead, map: { company: body.company } }
---
webhook: erp
send: { url: https://erp.example.com/hooks, secret: erp }
---
form: contact
of: lead
label: { en: Contact us, zh-CN: 联系我们 }
intro: { en: We like to hear from you., zh-CN: 欢迎联系。 }
thanks: { en: We have it & answer soon., zh-CN: 已收到。 }
fields: [company, email, budget, why, consent, code]
set: { source: '"website"', campaign: query.utm_source }
match: email
found: fill
always: [campaign]
---
form: once
of: lead
fields: [company, email]
match: email
found: refuse
)";

class IntakeClient : public Client {
 public:
  explicit IntakeClient(std::string_view yaml = kIntakeApp) : Client(yaml) {
    app.engine.set_secret("shared", secret.current, {});
  }

  engine::Secret secret{.name = "shared",
                        .current = "a secret of 24 bytes or so",
                        .previous = {},
                        .previous_until = {}};

  // As the other system sends it, signed now.
  http::Response hook(const std::string& name, const std::string& id, const std::string& body,
                      Headers more = {}) {
    return hook_at(name, id, body, app.clock.now(), std::move(more));
  }

  http::Response hook_at(const std::string& name, const std::string& id, const std::string& body,
                         Instant at, Headers more = {}) {
    more.push_back({"Content-Type", "application/json"});
    more.push_back({"webhook-id", id});
    more.push_back({"webhook-timestamp", engine::webhook_timestamp(at)});
    more.push_back({"webhook-signature", engine::sign_webhook(secret, id, at, body)});
    return send(Method::Post, "/hooks/" + name, more, body);
  }

  // As a browser sends the form.
  http::Response fill_in(const std::string& path, const std::string& pairs, Headers more = {}) {
    more.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    return send(Method::Post, path, more, pairs);
  }

  const model::Entity& lead() const { return app.entity("lead"); }

  std::int64_t count() {
    store::Query query;
    query.entity = &lead();
    return app.engine.store().read()->count(query, 1000);
  }

  // A field's value as JSON.
  std::string value(engine::RecordId id, std::string_view field) {
    const auto record = app.engine.store().read()->find_record(lead(), id);
    const std::size_t index = model::field_index(lead(), field).value();
    std::string text;
    json::Writer writer(text);
    records::write_value(writer, lead().fields[index], record->values[index],
                         *app.engine.directory());
    return text;
  }

  // Newest first: "created by webhook {…}".
  std::vector<std::string> history(engine::RecordId id) {
    std::vector<std::string> lines;
    for (const auto& entry : app.engine.store().read()->history("lead", id, 0, 100)) {
      lines.push_back(entry.action + " by " + entry.cause + " " + entry.detail);
    }
    return lines;
  }
};

inline std::string type_of(const http::Response& response) {
  const auto parsed = json::parse(response.content());
  const json::Value* type = parsed ? parsed->find("type") : nullptr;
  constexpr std::string_view kUrn = "urn:formwork:problem:";
  return type == nullptr ? "" : type->text.substr(kUrn.size());
}

}  // namespace formwork::routes

// An app with one of everything that the engine's tests ask about.
#pragma once

#include <string_view>

namespace formwork::testing {

inline constexpr std::string_view kDesk = R"(
app: desk
locales: [en, zh-CN]
time_zone: Asia/Shanghai
currency: CNY
---
entity: customer
title: [name]
fields:
  name: { type: text, required: true, unique: true }
  city: { type: text }
list: { columns: [name, city], sort: name }
---
entity: ticket
label: { en: Ticket, zh-CN: 工单 }
plural: { en: Tickets, zh-CN: 工单 }
number: "T-{yyyy}-{seq:4}"
title: [subject]
fields:
  subject: { type: text, required: true, max_length: 40, label: { en: Subject, zh-CN: 主题 } }
  customer: { type: reference, to: customer }
  memo: { type: reference, to: memo }
  region: { type: choice, options: { north: North, south: South } }
  code: { type: text }
  amount: { type: money, min: 0 }
  due: { type: date }
  urgent: { type: boolean, default: false }
  hours: { type: number, scale: 1, default: 8 }
  tags: { type: multi_choice, options: { red: Red, blue: Blue } }
  owner: { type: user }
  files:
    type: attachment
    max_files: 2
    max_bytes: 100
    accept: [image/*, application/pdf]
  items:
    type: table
    max_rows: 3
    fields:
      what: { type: text, required: true }
      qty: { type: number, scale: 0, min: 1, default: 1 }
      gift: { type: boolean }
      customer: { type: reference, to: customer }
unique: [[region, code]]
list:
  columns: [subject, region, amount, due]
  filters: [region, amount]
  sort: -created_at
---
entity: memo
fields:
  text: { type: text, required: true }
---
entity: signup
fields:
  name: { type: text, required: true }
  agreed: { type: boolean, required: true }
---
role: boss
on:
  customer: { view: true, create: true, edit: true, delete: true }
  ticket: { view: true, create: true, edit: true, delete: true }
  memo: { view: true, create: true, edit: true, delete: true }
  signup: { view: true, create: true, edit: true, delete: true }
---
role: clerk
on:
  customer: { view: true }
  ticket: { view: true, create: true, edit: true }
  signup: { view: true, create: true, edit: true }
---
role: guest
on:
  ticket: { view: true }
---
role: sender
on:
  ticket: { create: true }
---
role: nobody
)";

}  // namespace formwork::testing

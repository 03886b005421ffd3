// An office that quotes prices: stages with criteria, an approval of three steps, people with
// managers. And one that writes what its people do in a line each.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "tests/support/app.h"

namespace formwork::testing {

inline constexpr std::string_view kOffice = R"(
app: office
locales: [en, zh-CN]
time_zone: Asia/Shanghai
currency: CNY
---
entity: quote
title: name
fields:
  name: { type: text, required: true }
  owner: { type: user, default: =user }
  amount: { type: money, required_from: review }
  discount: { type: percent, scale: 2 }
  terms: { type: text }
  note: { type: text }
lifecycle:
  stages:
    draft:
      checklist:
        spelled: { label: Spelling checked, required: true }
        printed: { label: Printed }
      exit:
        - { require: amount > 0, say: { en: Say what it costs, zh-CN: 请填写金额 } }
      to: [review, { stage: dropped, comment: required }]
      dwell: { warn: P2D, limit: P5D, then: dropped }
    review: { approval: discount, approved: ready, rejected: draft, withdrawn: draft }
    ready:
      entry:
        - { require: terms != null, say: { en: Settle the terms, zh-CN: 请确定条款 } }
      to: [sent, draft]
    sent: { final: won }
    dropped:
      final: lost
      to: [{ stage: draft, roles: [boss] }]
---
approval: discount
of: quote
shows: [amount, discount]
steps:
  - id: manager
    approvers: manager of owner
    within: { PT8H: remind, PT16H: escalate to manager of approver, P3D: approve }
    business: true
    may: [return, transfer, add_approver]
    edit: [terms]
  - id: finance
    when: discount > 0.1
    approvers: role finance
    mode: all
  - id: boss
    when: amount >= 1000
    approvers: role boss
---
role: sales
on: { quote: { view: owner = user, create: true, edit: owner = user } }
---
role: manager
on: { quote: { view: true, create: true, edit: true, delete: true, approve: true, assign: true } }
---
role: finance
on: { quote: { view: true, approve: true } }
---
role: boss
on: { quote: { view: true, edit: true, delete: true, approve: true, assign: true } }
)";

class Office : public App {
 public:
  explicit Office(const std::string& path = ":memory:") : Office(compile_app(kOffice), path) {}

  explicit Office(std::shared_ptr<const model::Model> model, const std::string& path = ":memory:")
      : App(std::move(model), path) {
    hire("gu", "boss", "");
    hire("zhou", "manager", "gu");
    hire("lin", "sales", "zhou");
    hire("xu", "sales", "zhou");
    hire("sun", "finance", "zhou");
    hire("wu", "finance", "gu");
  }

  // A file that was left in the middle of it has some of them already.
  void hire(const std::string& name, const std::string& role, const std::string& manager) {
    if (engine.directory()->find_account(name)) return;
    const auto added = engine.add_account({.name = name,
                                           .full_name = {},
                                           .password = {},
                                           .roles = {role},
                                           .locale = "en",
                                           .manager = manager,
                                           .teams = {},
                                           .heads = {}});
    if (!added) throw std::invalid_argument("no account " + name);
  }

  engine::Actor who(const std::string& name) { return actor(name, {}); }

  // A quote of lin's that may be submitted.
  engine::RecordId quote(
      const std::string& json = R"({"amount":"500","discount":"0.05","terms":"net"})") {
    std::string text = json;
    text.insert(1, R"("name":"q",)");
    const auto made = create(who("lin"), "quote", text);
    if (!made) throw std::invalid_argument(code_of(made));
    const auto ticked =
        run({.actor = who("lin"),
             .intent = engine::CheckItem{&entity("quote"), made->record.id, "spelled", true},
             .once = {}});
    if (!ticked) throw std::invalid_argument(code_of(ticked));
    return made->record.id;
  }

  Outcome move(const std::string& name, engine::RecordId id, const std::string& to,
               const std::string& comment = {}) {
    return run({.actor = who(name),
                .intent = engine::MoveRecord{&entity("quote"), id, std::nullopt, to, comment},
                .once = {}});
  }

  Outcome set(const std::string& name, engine::RecordId id, std::string_view json) {
    const auto record = engine.reader(who(name)).record(entity("quote"), id);
    return update(who(name), "quote", id, record->version, json);
  }

  engine::Record record(engine::RecordId id) {
    return engine.reader(who("gu")).record(entity("quote"), id).value();
  }

  std::string stage(engine::RecordId id) {
    const engine::Record found = record(id);
    return found.values[entity("quote").stage_fields->stage].string();
  }

  engine::Process process(engine::RecordId id) {
    return engine.store()
        .read()
        ->processes({.entity = "quote",
                     .record = id,
                     .submitter = 0,
                     .held = false,
                     .under_way = false,
                     .before = 0,
                     .limit = 1})
        .at(0);
  }

  // Who is waited for, by name.
  std::string waiting(engine::RecordId id) {
    std::vector<std::string> names;
    for (const engine::Task& task : process(id).tasks) {
      if (task.state != engine::TaskState::Open || task.kind == engine::TaskKind::Copy) continue;
      names.push_back(engine.directory()->account_name(task.assignee));
    }
    std::sort(names.begin(), names.end());
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
    return text;
  }

  // The open task of that one about the record.
  engine::TaskId task(const std::string& name, engine::RecordId id) {
    for (const engine::Task& task : process(id).tasks) {
      if (task.state == engine::TaskState::Open && task.assignee == who(name).account)
        return task.id;
    }
    throw std::invalid_argument(name + " has no task");
  }

  Outcome act(const std::string& name, engine::ActOnTask action) {
    return run({.actor = who(name), .intent = std::move(action), .once = {}});
  }

  Outcome approve(const std::string& name, engine::RecordId id) {
    return act(name, {.task = task(name, id), .action = engine::TaskAction::Approve});
  }

  // "created checked moved submitted …", oldest first.
  std::string history(engine::RecordId id) {
    const auto entries = engine.reader(who("gu")).history(entity("quote"), id, 0, 1000);
    std::string text;
    for (auto entry = entries->rbegin(); entry != entries->rend(); ++entry) {
      text += (text.empty() ? "" : " ") + entry->action;
    }
    return text;
  }

  // Lets so many hours pass, timer by timer.
  void pass(int hours) {
    const Instant end{clock.now().microseconds + hours * std::int64_t{3600} * kMicrosPerSecond};
    while (const auto next = engine.next_timer()) {
      if (*next > end) break;
      if (*next > clock.now())
        clock.advance(
            DaysDuration::from_microseconds(next->microseconds - clock.now().microseconds));
      if (engine.fire_timers() == 0) break;
    }
    clock.advance(DaysDuration::from_microseconds(end.microseconds - clock.now().microseconds));
  }
};

}  // namespace formwork::testing

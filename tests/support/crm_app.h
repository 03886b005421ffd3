// Leads that automations work on: the text of an app without automations, and what tests ask of it.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/app.h"

namespace formwork::testing {

inline constexpr std::string_view kCrm = R"(
app: crm
locales: [en, zh-CN]
time_zone: Asia/Shanghai
currency: CNY
---
entity: account
title: name
fields:
  name: { type: text, required: true }
  owner: { type: user }
  leads: { type: number, scale: 0 }
---
entity: lead
title: company
fields:
  company: { type: text, required: true }
  owner: { type: user }
  account: { type: reference, to: account }
  budget: { type: money, min: 0 }
  region: { type: text }
  tier: { type: choice, options: { hot: { en: Hot, zh-CN: 热 }, cold: { en: Cold, zh-CN: 冷 } } }
  count: { type: number, scale: 0 }
  call_at: { type: date_time }
  due_on: { type: date }
  email: { type: email }
  note: { type: text }
  tags: { type: multi_choice, options: [big, new, old] }
lifecycle:
  stages:
    fresh: { to: [working, lost], dwell: { limit: P9D } }
    working: { to: [fresh, won, lost] }
    won: { final: won, entry: [{ require: budget > 0, say: Say what it is worth }] }
    lost: { final: lost }
---
role: sales
on:
  lead: { view: true, create: true, edit: true, delete: true, assign: true, claim: true }
  account: { view: true, create: true, edit: true }
---
role: boss
admin: true
on:
  lead: { view: true, create: true, edit: true, delete: true, assign: true }
  account: { view: true, create: true, edit: true }
---
role: guest
on: { account: { view: true } }
)";

// With what `more` adds to the documents.
inline std::shared_ptr<const model::Model> crm_model(std::string_view more) {
  return compile_app(std::string(kCrm) + (more.empty() ? "" : "---\n") + std::string(more));
}

// The model with every automation enabled, also those that the compiler would not have let run
// together: what it has not seen must be found at run time.
inline std::shared_ptr<const model::Model> forced(const model::Model& model) {
  auto copy = std::make_shared<model::Model>(model);
  for (model::Automation& automation : copy->automations) automation.enabled = true;
  return copy;
}

class Crm : public App {
 public:
  explicit Crm(std::string_view automations, const std::string& path = ":memory:")
      : Crm(crm_model(automations), path) {}

  explicit Crm(std::shared_ptr<const model::Model> model, const std::string& path = ":memory:")
      : App(std::move(model), path) {}

  engine::Actor li() { return actor("li", {"sales"}); }

  engine::Actor boss() { return actor("boss", {"boss"}); }

  engine::RecordId lead(const std::string& json = "{}") {
    std::string text = json;
    text.insert(1, json == "{}" ? R"("company":"Acme")" : R"("company":"Acme",)");
    const auto made = create(li(), "lead", text);
    if (!made) throw std::invalid_argument(code_of(made));
    return made->record.id;
  }

  Outcome set(engine::RecordId id, std::string_view json) {
    return update(li(), "lead", id, record(id).version, json);
  }

  Outcome move(engine::RecordId id, const std::string& to) {
    return run({.actor = li(),
                .intent = engine::MoveRecord{&entity("lead"), id, std::nullopt, to, {}},
                .once = {}});
  }

  engine::Record record(engine::RecordId id, std::string_view of = "lead") {
    return engine.store().read()->find_record(entity(of), id).value();
  }

  // A field's value as FEEL writes it: `"hot"`, `null`; of users their names.
  std::string value(engine::RecordId id, std::string_view field, std::string_view of = "lead") {
    const model::Entity& entity = this->entity(of);
    const std::size_t index = model::field_index(entity, field).value();
    const feel::Value value = record(id, of).values[index];
    if (!value.is_null() && entity.fields[index].type->column == fields::Column::User) {
      return engine.directory()->account_name(value.record().id);
    }
    return feel::to_literal(value, *engine.model().app.time_zone);
  }

  // "done declined …" of an automation, oldest first; of all: "mark done, tell declined".
  std::string runs(const std::string& automation = {}) {
    std::string text;
    for (const engine::Run& run : all_runs(automation)) {
      const std::string outcome(engine::run_outcome_name(run.outcome));
      if (automation.empty()) {
        text += (text.empty() ? "" : ", ") + run.automation + " " + outcome;
      } else {
        text += (text.empty() ? "" : " ") + outcome;
      }
    }
    return text;
  }

  std::vector<engine::Run> all_runs(const std::string& automation = {}) {
    settle();
    auto runs = engine.store().read()->runs({.automation = automation, .limit = 5'000});
    std::reverse(runs.begin(), runs.end());
    return runs;
  }

  engine::Run last_run(const std::string& automation) { return all_runs(automation).back(); }

  std::size_t timers(engine::RecordId id, engine::Timer::Kind kind) {
    const auto all = engine.store().read()->timers_of("lead", id);
    return static_cast<std::size_t>(std::count_if(
        all.begin(), all.end(), [&](const engine::Timer& timer) { return timer.kind == kind; }));
  }

  // "created updated …", oldest first.
  std::string history(engine::RecordId id, std::string_view of = "lead") {
    const auto entries = engine.reader(boss()).history(entity(of), id, 0, 1000);
    std::string text;
    for (auto entry = entries->rbegin(); entry != entries->rend(); ++entry) {
      text += (text.empty() ? "" : " ") + entry->action;
    }
    return text;
  }

  // What is queued behind an answer is done when this returns.
  void settle() {
    engine.store().submit_and_wait([](store::Transaction&) { return false; });
  }

  // Lets so many minutes pass, timer by timer.
  void pass(std::int64_t minutes) {
    const Instant end{clock.now().microseconds + minutes * 60 * kMicrosPerSecond};
    while (const auto next = engine.next_timer()) {
      if (*next > end) break;
      const std::int64_t left = next->microseconds - clock.now().microseconds;
      if (left > 0) clock.advance(DaysDuration::from_microseconds(left));
      if (engine.fire_timers() == 0) break;
    }
    clock.advance(DaysDuration::from_microseconds(end.microseconds - clock.now().microseconds));
  }

  void sleep(std::int64_t minutes) {
    clock.advance(DaysDuration::from_microseconds(minutes * 60 * kMicrosPerSecond));
  }
};

inline constexpr std::int64_t kHour = 60;  // in minutes
inline constexpr std::int64_t kDay = 24 * kHour;

}  // namespace formwork::testing

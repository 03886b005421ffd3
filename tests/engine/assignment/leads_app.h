// A team that works on leads: rules that give them out, pools, a response clock, recycling.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/assignment/explanation.h"
#include "engine/records/assignment.h"
#include "tests/support/app.h"

namespace formwork::testing {

inline constexpr std::string_view kLeads = R"(
app: leads
locales: [en, zh-CN]
time_zone: Asia/Shanghai
currency: CNY
calendar: office
---
calendar: office
days: MON-FRI
hours: ["09:00-12:00", "13:30-18:00"]
holidays: { 2026-03-09: Holiday }
workdays: { 2026-03-14: { label: Make-up day, hours: "10:00-16:00" } }
---
team: east
---
role: sales
on: { lead: { view: true, create: true, edit: owner = user, claim: owner = null } }
---
role: manager
on: { lead: { view: true, create: true, edit: true, delete: true, assign: true } }
---
entity: lead
title: name
fields:
  name: { type: text, required: true }
  region: { type: text }
  score: { type: number }
  touched_at: { type: date_time }
  waiting: { type: boolean }
  owner: { type: user }
  days_left: { type: text, value: 'if assigned_at = null then "none" else "some"' }
lifecycle:
  stages:
    open: { to: [won, lost] }
    won: { final: won }
    lost: { final: lost, to: [open] }
---
assignment: territory
of: lead
why: Who knows the region sells there
pools:
  public: { label: Public, claims_per_day: 3, max_open: 5 }
  key: { label: Key accounts }
rules:
  - { id: east, when: region = "east", why: Close by, to: { team: east, max_open: 30, else: public } }
  - { id: shares, when: region = "shares", to: { people: [user ann, user bob], pick: weighted, weights: { ann: 3 } } }
  - { id: least, when: region = "least", to: { team: east, pick: least_loaded, max_open: 3, else: key } }
  - { id: first, when: region = "first", to: { people: [user eve, user bob, user ann], pick: first } }
  - { id: nobody, when: region = "nobody", to: { people: role manager, max_open: 1 } }
  - { id: none, when: region = "none", to: role sales }
  - { when: region != "nowhere", to: { pool: public } }
response:
  done: touched_at != null
  pause: waiting
  within: PT30M
  business: true
  steps:
    PT15M: remind
    PT30M: reassign
    PT1H: escalate to manager of owner
    PT4H: release to public
recycle:
  - { id: idle, after: P7D, when: score = null, to: key }
)";

class Leads : public App {
 public:
  explicit Leads(const std::string& path = ":memory:") : Leads(compile_app(kLeads), path) {}

  explicit Leads(std::shared_ptr<const model::Model> model, const std::string& path = ":memory:")
      : App(std::move(model), path) {
    hire("meg", "manager", "", {});
    for (const char* name : {"ann", "bob", "cid"}) hire(name, "sales", "meg", {"east"});
    hire("eve", "sales", "meg", {});
  }

  void hire(const std::string& name, const std::string& role, const std::string& manager,
            std::vector<std::string> teams) {
    if (engine.directory()->find_account(name)) return;  // the file was there
    const auto added = engine.add_account({.name = name,
                                           .full_name = {},
                                           .password = {},
                                           .roles = {role},
                                           .locale = "en",
                                           .manager = manager,
                                           .teams = std::move(teams),
                                           .heads = {}});
    if (!added) throw std::invalid_argument("no account " + name);
  }

  engine::Actor who(const std::string& name) { return actor(name, {}); }

  const model::Entity& lead() const { return entity("lead"); }

  const model::Assignment& territory() const { return engine.model().assignments.front(); }

  // A lead of that region, which nobody owns.
  engine::RecordId make(const std::string& region, const std::string& more = "") {
    const auto made =
        create(who("meg"), "lead", R"({"name":"n","region":")" + region + "\"" + more + "}");
    if (!made) throw std::invalid_argument(code_of(made));
    return made->record.id;
  }

  Outcome dispatch(engine::RecordId id, const std::vector<std::string>& except = {}) {
    engine::AssignRecord assign{.entity = &lead(), .id = id};
    assign.by = &territory();
    for (const std::string& name : except) assign.except.push_back(who(name).account);
    return run({.actor = who("meg"), .intent = assign, .once = {}});
  }

  Outcome give(engine::RecordId id, const std::string& to) {
    return run({.actor = who("meg"),
                .intent = engine::AssignRecord{.entity = &lead(), .id = id, .to = who(to).account},
                .once = {}});
  }

  Outcome claim(const std::string& by, engine::RecordId id) {
    return run({.actor = who(by),
                .intent = engine::AssignRecord{.entity = &lead(), .id = id},
                .once = {}});
  }

  Outcome release(const std::string& by, engine::RecordId id, const std::string& pool) {
    return run({.actor = who(by),
                .intent = engine::ReleaseRecord{.entity = &lead(), .id = id, .pool = pool},
                .once = {}});
  }

  Outcome set(engine::RecordId id, std::string_view json) {
    return update(who("meg"), "lead", id, record(id).version, json);
  }

  Outcome move(engine::RecordId id, const std::string& to) {
    return run({.actor = who("meg"),
                .intent = engine::MoveRecord{.entity = &lead(), .id = id, .to = to},
                .once = {}});
  }

  Outcome be_away(const std::string& name, std::int64_t hours) {
    const Instant now = clock.now();
    return run({.actor = who(name),
                .intent = engine::AddAbsence{.starts_at = now, .ends_at = later(hours * 60)},
                .once = {}});
  }

  Outcome come_back(const std::string& name, std::int64_t absence) {
    return run({.actor = who(name), .intent = engine::EndAbsence{absence}, .once = {}});
  }

  engine::Record record(engine::RecordId id) {
    return engine.store().read()->find_record(lead(), id).value();
  }

  std::string owner(engine::RecordId id) {
    const engine::AccountId account = records::owner_of(lead(), record(id));
    return account == 0 ? "" : engine.directory()->account_name(account);
  }

  // A field as text: "" for null, instants as minutes since the test began.
  std::string value(engine::RecordId id, std::string_view field) {
    const feel::Value found = record(id).values[model::field_index(lead(), field).value()];
    if (found.is_null()) return "";
    if (found.kind() == feel::ValueKind::Instant) return std::to_string(minute_of(found.instant()));
    return found.string();
  }

  static std::int64_t minute_of(Instant at) {
    return (at.microseconds - kMonday.microseconds) / (60 * kMicrosPerSecond);
  }

  Instant later(std::int64_t minutes) const {
    return {clock.now().microseconds + minutes * 60 * kMicrosPerSecond};
  }

  // Lets time pass without that anything happens.
  void stand_still(std::int64_t minutes) {
    clock.advance(DaysDuration::from_microseconds(minutes * 60 * kMicrosPerSecond));
  }

  void fire() {
    while (engine.fire_timers() > 0) {
    }
  }

  // Lets time pass, timer by timer.
  void pass(std::int64_t minutes) {
    const Instant end = later(minutes);
    for (auto next = engine.next_timer(); next && *next <= end; next = engine.next_timer()) {
      const std::int64_t left = next->microseconds - clock.now().microseconds;
      if (left > 0) clock.advance(DaysDuration::from_microseconds(left));
      fire();
    }
    clock.advance(DaysDuration::from_microseconds(end.microseconds - clock.now().microseconds));
  }

  // "created assigned reminded …", oldest first.
  std::string history(engine::RecordId id) {
    const auto entries = engine.store().read()->history("lead", id, 0, 1000);
    std::string text;
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
      text += (text.empty() ? "" : " ") + entry->action;
    }
    return text;
  }

  assignment::Explanation last_explanation(engine::RecordId id) {
    const auto entries = engine.store().read()->history("lead", id, 0, 1);
    return assignment::read_detail(entries.front().detail).value();
  }

  std::optional<engine::ResponseClock> response_clock(engine::RecordId id) {
    return engine.store().read()->find_response_clock("lead", id);
  }

  // What the inbox of that one says, oldest first.
  Words inbox(const std::string& name) {
    Words words;
    const auto found =
        engine.store().read()->notifications({.account = who(name).account, .limit = 100});
    for (auto one = found.rbegin(); one != found.rend(); ++one) words.push_back(one->title);
    return words;
  }
};

}  // namespace formwork::testing

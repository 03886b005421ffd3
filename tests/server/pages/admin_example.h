// The leads of the golden pages with automations, an outbox and a pool, for the pages of those who
// run the app.
#pragma once

#include "tests/server/pages/example.h"

namespace formwork::testing {

inline model::Automation make_automation(std::string name, Localized label, Localized why,
                                         std::vector<model::Trigger> on) {
  model::Automation automation;
  automation.name = std::move(name);
  automation.label = std::move(label);
  automation.why = std::move(why);
  automation.entity = 0;
  automation.on = std::move(on);
  return automation;
}

inline model::Trigger make_trigger(model::Trigger::Kind kind) {
  model::Trigger trigger;
  trigger.kind = kind;
  return trigger;
}

inline model::Model admin_model() {
  using Kind = model::Trigger::Kind;
  model::Model model = lead_model();
  model.roles[0].name = "admin";
  model.roles[0].label = both("Administrator", "管理员");
  model.roles[0].is_admin = true;
  model::Entity& lead = model.entities[0];
  model::Trigger changed = make_trigger(Kind::Updated);
  changed.fields = {*model::field_index(lead, "budget"), *model::field_index(lead, "source")};
  model::Trigger date = make_trigger(Kind::Date);
  date.field = *model::field_index(lead, "expected_close");
  date.offset = calendar::parse_period("P3D");
  date.before = true;
  date.at = parse_time("09:00");
  model.automations = {
      make_automation("mark_lead", both("Mark leads", "线索自动打标签"),
                      both("See at a glance whom to call first", "一眼看出先跟进谁"),
                      {make_trigger(Kind::Created), changed}),
      make_automation("assign_lead", both("Assign new leads", "新线索分配"),
                      both("Every lead has an owner at once", "线索一进来就有人负责"),
                      {make_trigger(Kind::Created)}),
      make_automation("close_soon", both("Closing soon", "即将成交"), {}, {date})};
  model.automations[2].enabled = false;
  for (std::size_t i = 0; i < model.automations.size(); ++i) model.automations[i].index = i;
  lead.fields.push_back(make_field("text", "pool", both("Pool", "公海")));
  lead.owner = model::field_index(lead, "owner");
  lead.assignment_fields.emplace();
  lead.assignment_fields->pool = lead.fields.size() - 1;
  lead.assignment_fields->assigned_at = lead.fields.size() - 1;
  model::Pool pool;
  pool.name = "public";
  pool.label = both("Public pool", "公海");
  pool.claims_per_day = 5;
  lead.pools = {pool};
  return model;
}

struct AdminExample {
  explicit AdminExample(std::size_t locale) : base(locale, admin_model()) {
    base.frame.path = "/admin";
  }

  Example base;

  const std::string& say(const Localized& text) const { return text[base.frame.locale]; }

  static engine::Run run(engine::RunId id, std::string automation, std::string_view time) {
    engine::Run run;
    run.id = id;
    run.at = on_that_day(time);
    run.automation = std::move(automation);
    run.entity = "lead";
    run.record = 42;
    run.trigger = "created";
    run.actor = 1;
    run.cause = 90;
    run.microseconds = 1'400;
    return run;
  }

  pages::RunItem item(engine::Run run) const {
    const std::string title = run.entity.empty() ? std::string() : base.title_of(base.lead(), 42);
    const model::Entity* entity = run.entity.empty() ? nullptr : &base.lead();
    return {std::move(run), entity, title};
  }

  // Newest first: what was done, declined, failed and stopped.
  std::vector<pages::RunItem> runs() const {
    engine::Run done = run(7, "mark_lead", "16:12:08");
    done.trigger = "updated: budget";
    done.actions = R"([{"action":"tag","did":"tags = [\"hot\"]"},)"
                   R"({"action":"tag","left_out":"source = \"event\": source = \"website\""},)"
                   R"({"action":"notify","did":"chen.siyuan inbox mail"}])";
    engine::Run declined = run(6, "assign_lead", "09:02:33");
    declined.outcome = engine::RunOutcome::Declined;
    declined.reason = "owner = null and score >= 40: owner = lin.yifan, score = 45";
    engine::Run failed = run(5, "mark_lead", "09:02:33");
    failed.outcome = engine::RunOutcome::Failed;
    failed.reason = "tag: lead has no tag urgent";
    failed.depth = 1;
    engine::Run stopped = run(4, "gone_since", "08:00:00");
    stopped.outcome = engine::RunOutcome::Stopped;
    stopped.reason = "mark_lead, assign_lead, mark_lead";
    stopped.actor = 0;
    stopped.trigger = "date: expected_close, before: P3D, at: 09:00";
    return {item(done), item(declined), item(failed), item(stopped)};
  }

  pages::AutomationsPage automations() const {
    pages::AutomationsPage page;
    for (const model::Automation& automation : base.model.automations) {
      page.states.push_back({.automation = &automation});
    }
    page.states[0].runs = {12, 3, 0, 0, 1, 0};
    page.states[0].last = run(7, "mark_lead", "16:12:08");
    page.states[1].runs = {9, 0, 0, 0, 0, 0};
    page.states[1].last = run(6, "assign_lead", "09:02:33");
    return page;
  }

  pages::RunsPage of_automation() const {
    pages::RunsPage page;
    page.automation = &base.model.automations[1];
    page.title_of = base.titles();
    page.options_of = base.options_of();
    return page;
  }

  std::vector<engine::HistoryEntry> causes() const {
    engine::HistoryEntry created;
    created.sequence = 90;
    created.actor = 1;
    created.actor_name = "lin.yifan";
    created.at = on_that_day("09:02:33");
    created.action = "created";
    created.cause = "page";
    created.changes = "{}";
    return {created};
  }

  static engine::OutboxMessage webhook() {
    engine::OutboxMessage message;
    message.id = 8;
    message.key = "msg_8";
    message.destination = "erp";
    message.subject = "lead.assigned";
    message.body = R"({"type":"lead.assigned","data":{"company":"Xinglan","owner":"lin.yifan"}})";
    message.created_at = on_that_day("09:02:33");
    message.due_at = on_that_day("16:40:00");
    message.state = engine::MessageState::Dead;
    message.attempts = 2;
    message.problem = "answered 503";
    message.entity = "lead";
    message.record = 42;
    return message;
  }

  pages::OutboxPage outbox() const {
    engine::OutboxMessage mail = webhook();
    mail.id = 9;
    mail.destination = "mail";
    mail.to = "lin.yifan@example.com";
    mail.subject = say(both("Answer within 15 minutes", "请在 15 分钟内响应"));
    mail.state = engine::MessageState::Waiting;
    mail.attempts = 0;
    mail.problem.clear();
    engine::OutboxMessage arrived = mail;
    arrived.id = 7;
    arrived.state = engine::MessageState::Delivered;
    arrived.attempts = 1;
    pages::OutboxPage page;
    page.messages = {mail, webhook(), arrived};
    page.destinations = {
        {.name = "erp", .disabled = true, .why = "answered 410", .waiting = 3, .dead = 1},
        {.name = "mail", .waiting = 1}};
    page.next = 7;
    return page;
  }

  pages::MessagePage message() const {
    pages::MessagePage page;
    page.detail.message = webhook();
    page.detail.attempts = {{8, on_that_day("09:02:34"), 0, "no answer within 10 s", 10'000},
                            {8, on_that_day("09:12:34"), 503, "answered 503", 87}};
    page.entity = &base.lead();
    page.title = base.title_of(base.lead(), 42);
    return page;
  }

  pages::ForecastPage forecast() const {
    static constexpr MessageText kWhat{"test.what", "sets off {rule}", "触发“{rule}”"};
    engine::Coming coming;
    coming.timer.due_at = on_that_day("17:00:00");
    coming.entity = &base.lead();
    coming.record = base.record();
    coming.what = {&kWhat, {{"rule", base.model.automations[2].label}}};
    pages::ForecastPage page;
    page.lines = {coming};
    page.more = true;
    return page;
  }
};

}  // namespace formwork::testing

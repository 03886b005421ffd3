// What automation and notification documents become in the model.
#include <doctest/doctest.h>

#include "dsl/compile/action.h"
#include "dsl/compile/compile.h"
#include "dsl/model/scope.h"

namespace formwork::compile {
namespace {

using model::Automation;
using model::Trigger;

constexpr const char* kApp = R"(
app: sales
currency: CNY
locales: [en, zh-CN]
time_zone: Asia/Shanghai
---
calendar: office
days: MON-FRI
hours: "09:00-18:00"
---
entity: account
title: name
fields:
  name: { type: text, required: true }
  owner: { type: user }
---
entity: lead
title: company
fields:
  company: { type: text, required: true }
  email: { type: email }
  owner: { type: user }
  account: { type: reference, to: account }
  source: { type: choice, options: [website, event] }
  tags: { type: multi_choice, options: [hot, cold] }
  score: { type: number }
  expires: { type: date }
  call_at: { type: date_time }
lifecycle:
  stages:
    new: { to: [review, lost], dwell: { limit: P3D } }
    review: { approval: entry_check, approved: won, rejected: new }
    won: { final: won }
    lost: { final: lost }
---
approval: entry_check
of: lead
why: Leads are looked at
steps:
  - { id: a, why: Somebody looks, approvers: role sales }
---
role: sales
admin: true
on: { lead: { view: true, create: true, edit: true, approve: true }, account: { view: true } }
---
people:
  li.lei: { email: Li.Lei@example.com }
---
notification: reminder
of: lead
label: { en: Reminder, zh-CN: 提醒 }
title: { en: "{company} waits", zh-CN: "{company} 在等待" }
channels: mail
urgent: true
---
webhook: erp
why: It keeps the books
send: { url: "https://erp.example.com/in", secret: erp }
---
webhook: ads
why: Leads come from there
receive:
  secret: ads
  create: lead
  map: { company: body.company }
---
form: contact
of: lead
fields: [company, email]
)";

std::shared_ptr<const model::Model> compile_app(const std::string& more) {
  Diagnostics diagnostics;
  const auto source = std::make_shared<const Source>("app.yaml", kApp + more);
  auto model = compile({{source}, ""}, diagnostics);
  std::string findings;
  for (const Diagnostic& diagnostic : diagnostics.all()) findings += to_text(diagnostic);
  CHECK(findings == "");
  REQUIRE(model != nullptr);
  return model;
}

std::shared_ptr<const model::Model> with_automation(const std::string& keys) {
  return compile_app("---\nautomation: it\nwhy: Somebody wants it\n" + keys);
}

// The only action of the only automation.
template <class Action>
const Action& only_action(const model::Model& model) {
  REQUIRE(model.automations.front().actions.size() == 1);
  const Action* action = std::get_if<Action>(&model.automations.front().actions.front().what);
  REQUIRE(action != nullptr);
  return *action;
}

std::shared_ptr<const model::Model> with_action(const std::string& action) {
  return with_automation("of: lead\non: created\ndo:\n  - " + action + "\n");
}

// A template as text, with what is FEEL in angle brackets.
std::string to_text(const model::TextTemplate& text, std::size_t locale = 0) {
  std::string all;
  if (text.empty()) return all;
  for (const auto& part : text.by_locale[locale]) {
    all += part.value ? "<" + part.value->text() + ">" : part.text;
  }
  return all;
}

std::string field_name(const model::Model& model, std::size_t field) {
  return model.find_entity("lead")->fields[field].name;
}

TEST_CASE("an automation has its settings, and says nothing where nothing is written") {
  const auto model = with_automation("of: lead\non: created\ndo: { stop: true }\n");
  const Automation& automation = model->automations.front();
  CHECK(automation.name == "it");
  CHECK(automation.label[0] == "It");
  CHECK(automation.why[1] == "Somebody wants it");
  CHECK(automation.entity == model->find_entity("lead")->index);
  CHECK(automation.order == 100);
  CHECK(automation.enabled);
  CHECK_FALSE(automation.once);
  CHECK_FALSE(automation.after);
  CHECK_FALSE(automation.debounce);
  CHECK_FALSE(automation.window);
  CHECK_FALSE(automation.when);
  CHECK_FALSE(automation.each);
  REQUIRE(automation.scope != nullptr);
  CHECK(automation.scope->variables().size() == model::old_slot(*model->find_entity("lead")) + 1);
}

TEST_CASE("automations stand in the order in which they run, and know their place") {
  const auto model = compile_app(R"(---
automation: c
of: lead
on: created
order: 5
do: { stop: true }
---
automation: b
of: lead
on: created
do: { stop: true }
---
automation: a
of: lead
on: created
enabled: false
do: { stop: true }
)");
  std::string names;
  for (const Automation& automation : model->automations) {
    CHECK(&model->automations[automation.index] == &automation);
    names += automation.name;
  }
  CHECK(names == "cab");
  CHECK_FALSE(model->find_automation("a")->enabled);
}

TEST_CASE("a trigger is a word, or says what is waited for") {
  const auto model = with_automation(R"(of: lead
on:
  - created
  - updated
  - { updated: [score, source] }
  - deleted
  - restored
  - moved
  - { stage: review }
  - { left: new }
  - assigned
  - { approval: rejected, chain: entry_check }
  - { approval: withdrawn }
  - { overdue: stage }
  - { overdue: todo }
  - { form: contact }
  - { webhook: ads }
do: { stop: true }
)");
  const std::vector<Trigger>& on = model->automations.front().on;
  using Kind = Trigger::Kind;
  const std::vector<Kind> kinds{Kind::Created,  Kind::Updated,  Kind::Updated,  Kind::Deleted,
                                Kind::Restored, Kind::Moved,    Kind::Entered,  Kind::Left,
                                Kind::Assigned, Kind::Approval, Kind::Approval, Kind::Overdue,
                                Kind::Overdue,  Kind::Form,     Kind::Webhook};
  REQUIRE(on.size() == kinds.size());
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    CAPTURE(i);
    CHECK(on[i].kind == kinds[i]);
  }
  CHECK(on[1].fields.empty());
  REQUIRE(on[2].fields.size() == 2);
  CHECK(field_name(*model, on[2].fields[0]) == "score");
  CHECK(field_name(*model, on[2].fields[1]) == "source");
  CHECK(on[6].stage == "review");
  CHECK(on[7].stage == "new");
  CHECK(on[9].approval == model::ApprovalEvent::Rejected);
  CHECK(on[9].chain == model->find_approval("entry_check")->index);
  CHECK(on[10].approval == model::ApprovalEvent::Withdrawn);
  CHECK_FALSE(on[10].chain);
  CHECK(on[11].overdue == model::OverdueEvent::Stage);
  CHECK(on[12].overdue == model::OverdueEvent::ToDo);
  CHECK(on[13].source == model->find_form("contact")->index);
  CHECK(on[14].source == model->find_webhook("ads")->index);
}

TEST_CASE("a date comes before, after or at what a field says") {
  const auto model = with_automation(R"(of: lead
on:
  - { date: expires, before: P3D, at: "09:30" }
  - { date: call_at, after: PT1H }
  - { date: expires }
do: { stop: true }
)");
  const std::vector<Trigger>& on = model->automations.front().on;
  REQUIRE(on.size() == 3);
  CHECK(field_name(*model, on[0].field) == "expires");
  CHECK(on[0].before);
  REQUIRE(on[0].offset);
  CHECK(on[0].offset->days == 3);
  REQUIRE(on[0].at);
  CHECK(to_string(*on[0].at) == "09:30");
  CHECK(field_name(*model, on[1].field) == "call_at");
  CHECK_FALSE(on[1].before);
  REQUIRE(on[1].offset);
  CHECK(on[1].offset->time.seconds == 3600);
  CHECK_FALSE(on[2].offset);
  CHECK_FALSE(on[2].at);
}

TEST_CASE("a schedule is about no record, or about each for which a condition holds") {
  const auto alone = with_automation(
      "on: { cron: \"0 9 * * MON-FRI\" }\ndo: { notify: { to: role sales, title: Morning } }\n");
  CHECK_FALSE(alone->automations.front().entity);
  REQUIRE(alone->automations.front().on.front().cron);
  CHECK(alone->automations.front().on.front().cron->text() == "0 9 * * MON-FRI");
  CHECK(alone->automations.front().scope->variables().size() == 1);
  const auto each = with_automation(
      "of: lead\non: { cron: \"0 9 * * *\" }\neach: score > 70\ndo: { tag: hot }\n");
  CHECK(each->automations.front().entity);
  REQUIRE(each->automations.front().each);
  CHECK(each->automations.front().each->text() == "score > 70");
}

TEST_CASE("forms, webhooks and approvals say which records an automation is about") {
  for (const std::string on :
       {"{ form: contact }", "{ webhook: ads }", "{ approval: approved, chain: entry_check }"}) {
    CAPTURE(on);
    const auto model = with_automation("on: " + on + "\ndo: { tag: hot }\n");
    CHECK(model->automations.front().entity == model->find_entity("lead")->index);
  }
}

TEST_CASE("an automation runs at once, later, when changes cease, or in a window") {
  const auto later = with_automation(
      "of: lead\non: created\nafter: PT30M\nbusiness: true\nonce: true\norder: 7\n"
      "do: { tag: hot }\n");
  const Automation& delayed = later->automations.front();
  REQUIRE(delayed.after);
  CHECK(delayed.after->time.seconds == 1800);
  CHECK(delayed.after->business);
  CHECK(delayed.once);
  CHECK(delayed.order == 7);
  const auto calm = with_automation("of: lead\non: updated\ndebounce: PT10M\ndo: { tag: hot }\n");
  REQUIRE(calm->automations.front().debounce);
  CHECK(calm->automations.front().debounce->time.seconds == 600);
}

TEST_CASE("a window has hours of its own, on all days or some, or those of the app") {
  // Shanghai, 2026-03-02, a Monday.
  const Instant monday_evening = *parse_instant("2026-03-02T12:30:00Z");
  const Instant sunday_evening = *parse_instant("2026-03-01T12:30:00Z");
  const Instant monday_noon = *parse_instant("2026-03-02T04:00:00Z");
  const auto window_of = [](const std::string& text) {
    const auto model =
        with_automation("of: lead\non: created\nwindow: " + text + "\ndo: { tag: hot }\n");
    REQUIRE(model->automations.front().window);
    return *model->automations.front().window;
  };
  const auto all = window_of("{ hours: \"09:00-21:00\" }");
  CHECK(all.waits);
  CHECK(all.hours->is_working(monday_evening));
  CHECK(all.hours->is_working(sunday_evening));
  const auto some = window_of("{ days: MON-FRI, hours: \"09:00-21:00\", outside: skip }");
  CHECK_FALSE(some.waits);
  CHECK(some.hours->is_working(monday_evening));
  CHECK_FALSE(some.hours->is_working(sunday_evening));
  for (const char* text : {"business", "{ business: true }"}) {
    const auto office = window_of(text);
    CHECK(office.hours->is_working(monday_noon));
    CHECK_FALSE(office.hours->is_working(monday_evening));
  }
}

TEST_CASE("values are FEEL of the type of their field, null included") {
  const auto model = with_action(
      "set: { source: '\"event\"', score: score * 2, owner: null, account: ~, expires: today(), "
      "company: old.company, tags: '[\"hot\"]' }");
  const auto& set = only_action<model::SetAction>(*model);
  std::string text;
  for (const model::FieldValue& value : set.values) {
    text += field_name(*model, value.field) + " = " + value.value.text() + "; ";
  }
  CHECK(text ==
        "source = \"event\"; score = score * 2; owner = null; account = null; expires = today(); "
        "company = old.company; tags = [\"hot\"]; ");
}

TEST_CASE("a record that an action makes has a slot behind those of the automation") {
  const auto model = with_automation(R"(of: lead
on: created
do:
  - { create: account, with: { name: company, owner: owner }, match: [name], call_it: acc }
  - { create: account, with: { name: acc.name + " 2" }, call_it: second }
  - set: { account: second }
)");
  const Automation& automation = model->automations.front();
  const model::Entity& lead = *model->find_entity("lead");
  REQUIRE(automation.actions.size() == 3);
  const auto& first = std::get<model::CreateAction>(automation.actions[0].what);
  const auto& second = std::get<model::CreateAction>(automation.actions[1].what);
  CHECK(first.entity == model->find_entity("account")->index);
  CHECK(first.match == std::vector<std::size_t>{0});
  CHECK(first.result == model::old_slot(lead) + 1);
  CHECK(second.result == model::old_slot(lead) + 2);
  CHECK(second.match.empty());
  REQUIRE(automation.scope->variables().size() == model::old_slot(lead) + 3);
  CHECK(automation.scope->variables()[*second.result].name == "second");
  const auto& set = std::get<model::SetAction>(automation.actions[2].what);
  REQUIRE(set.values.front().value.reads().size() == 1);
  CHECK(set.values.front().value.reads()[0] == second.result);
}

TEST_CASE("an update is over the records that it changes, and knows the one that it is about") {
  const auto model = with_action(
      "{ update: account, where: owner = record.owner, set: { name: record.company }, limit: 7 }");
  const auto& update = only_action<model::UpdateAction>(*model);
  const model::Entity& account = *model->find_entity("account");
  CHECK(update.entity == account.index);
  CHECK(update.limit == 7);
  CHECK(update.stage == "");
  REQUIRE(update.scope != nullptr);
  CHECK(update.scope->find("record") == model::slot_count(account));
  CHECK(update.where.reads().size() == 2);
  REQUIRE(update.values.size() == 1);
  CHECK(update.values.front().value.reads()[0] == model::slot_count(account));
  const auto moved = with_action("{ update: lead, where: account = record.account, move: lost }");
  CHECK(only_action<model::UpdateAction>(*moved).stage == "lost");
  CHECK(only_action<model::UpdateAction>(*moved).limit == 100);
}

TEST_CASE("to start an approval is to move to the stage that has it") {
  const auto model = with_action("{ move: lost, comment: \"{company} is gone\" }");
  CHECK(only_action<model::MoveAction>(*model).stage == "lost");
  CHECK(to_text(only_action<model::MoveAction>(*model).comment) == "<company> is gone");
  const auto approval = with_action("start_approval: entry_check");
  CHECK(only_action<model::MoveAction>(*approval).stage == "review");
}

TEST_CASE("people are told by words of the action or of a document") {
  const auto model = with_action(
      "notify: { to: [owner, role sales], title: \"{company}\", text: Look, channels: [inbox, "
      "mail] }");
  const auto& notify = only_action<model::NotifyAction>(*model);
  REQUIRE(notify.to.terms.size() == 2);
  CHECK(notify.to.terms[0].kind == model::PeopleTerm::Kind::Persons);
  CHECK(notify.to.terms[1].kind == model::PeopleTerm::Kind::Role);
  CHECK(to_text(notify.message.title) == "<company>");
  CHECK(to_text(notify.message.text) == "Look");
  CHECK(notify.message.inbox);
  CHECK(notify.message.mail);
  CHECK_FALSE(notify.message.urgent);
  const auto by_name = with_action("notify: { to: owner, use: reminder }");
  const model::Notification& used = only_action<model::NotifyAction>(*by_name).message;
  CHECK(used.name == "reminder");
  CHECK(used.label[1] == "提醒");
  CHECK(to_text(used.title, 0) == "<company> waits");
  CHECK(to_text(used.title, 1) == "<company> 在等待");
  CHECK(used.text.empty());
  CHECK_FALSE(used.inbox);
  CHECK(used.mail);
  CHECK(used.urgent);
}

TEST_CASE("mail, tasks, tags, comments and webhooks say what they need") {
  const auto mail = with_action("mail: { to: email, subject: Hello, text: \"Dear {company}\" }");
  CHECK(only_action<model::MailAction>(*mail).to.text() == "email");
  CHECK(to_text(only_action<model::MailAction>(*mail).text) == "Dear <company>");
  const auto task = with_action("task: { to: owner, title: Call, within: P2D, business: true }");
  REQUIRE(only_action<model::ToDoAction>(*task).within);
  CHECK(only_action<model::ToDoAction>(*task).within->days == 2);
  CHECK(only_action<model::ToDoAction>(*task).within->business);
  const auto tag = with_action("tag: { add: [hot], remove: cold }");
  CHECK(only_action<model::TagAction>(*tag).add == std::vector<std::string>{"hot"});
  CHECK(only_action<model::TagAction>(*tag).remove == std::vector<std::string>{"cold"});
  CHECK(only_action<model::TagAction>(*with_action("tag: hot")).add.size() == 1);
  const auto comment = with_action("comment: \"{company} {{ {owner.full_name}\"");
  CHECK(to_text(only_action<model::CommentAction>(*comment).text) ==
        "<company> { <owner.full_name>");
  const auto webhook = with_action(
      "webhook: { to: erp, event: lead.new, data: { company: company, hot: score > 70 } }");
  const auto& call = only_action<model::WebhookAction>(*webhook);
  CHECK(call.webhook == webhook->find_webhook("erp")->index);
  CHECK(call.event == "lead.new");
  REQUIRE(call.data.size() == 2);
  CHECK(call.data[1].first == "hot");
  CHECK(call.data[1].second.text() == "score > 70");
}

TEST_CASE("an action has a condition of its own, whatever stands first") {
  const auto model = with_automation(R"(of: lead
on: created
when: score > 50
do:
  - { when: score > 70, tag: hot }
  - { set: { score: 0 }, where: 'true', update: lead }
)");
  const Automation& automation = model->automations.front();
  REQUIRE(automation.when);
  CHECK(automation.when->text() == "score > 50");
  REQUIRE(automation.actions[0].when);
  CHECK(automation.actions[0].when->text() == "score > 70");
  CHECK(std::holds_alternative<model::TagAction>(automation.actions[0].what));
  CHECK_FALSE(automation.actions[1].when);
  CHECK(std::holds_alternative<model::UpdateAction>(automation.actions[1].what));
}

TEST_CASE("values in texts may have braces and quotes of their own") {
  const auto model = with_action(
      R"y(comment: '{if score > 70 then "}" else "{"} and {{a: company}.a} and { {a: company}.a }')y");
  CHECK(to_text(only_action<model::CommentAction>(*model).text) ==
        R"(<if score > 70 then "}" else "{"> and {a: company}.a} and <{a: company}.a>)");
}

TEST_CASE("roles may run the app, and people have addresses") {
  const auto model = compile_app("");
  CHECK(model->find_role("sales")->is_admin);
  CHECK(model->people.front().email == "Li.Lei@example.com");
}

TEST_CASE("every verb has a name, a summary and a function that reads it") {
  CHECK(all_action_types().size() >= 13);
  for (const ActionType* type : all_action_types()) {
    CAPTURE(type->name);
    CHECK(static_cast<bool>(type->read));
    CHECK(type->summary.ends_with('.'));
  }
}

}  // namespace
}  // namespace formwork::compile

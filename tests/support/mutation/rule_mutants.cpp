#include "tests/support/mutation/rule_mutants.h"

#include <algorithm>
#include <set>
#include <type_traits>

#include "dsl/calendar/calendar.h"
#include "engine/automations/trigger.h"
#include "engine/scenario/names.h"

namespace formwork::testing {
namespace {

namespace names = scenario::names;

template <class Member>
void erase(std::vector<Member>& from, std::size_t index) {
  from.erase(from.begin() + static_cast<std::ptrdiff_t>(index));
}

// Times are not left out but doubled: without its time a step would be none.
calendar::Period twice(calendar::Period period) {
  period.days *= 2;
  period.time = DaysDuration::from_microseconds(2 * period.time.to_microseconds());
  return period;
}

class RuleMaker {
 public:
  RuleMaker(const model::Model& model, const AddMutant& add) : model_(model), add_(add) {}

  void run() {
    for (const model::PublicForm& form : model_.forms) take_from(form);
    for (const model::Webhook& webhook : model_.webhooks) take_from(webhook);
    for (const model::Automation& automation : model_.automations) take_from(automation);
    for (const model::Entity& entity : model_.entities) take_pools(entity);
    for (const model::Assignment& assignment : model_.assignments) take_from(assignment);
    take_absences();
  }

 private:
  const std::string& field_name(std::size_t entity, std::size_t field) const {
    return model_.entities[entity].fields[field].name;
  }

  std::string listed(std::size_t entity, const std::vector<std::size_t>& fields) const {
    std::string text;
    for (const std::size_t field : fields) {
      text += (text.empty() ? "" : ", ") + field_name(entity, field);
    }
    return text;
  }

  // Doors. `in_model` finds the intake in a model that is a copy.
  template <class Door, class InModel>
  void take_intake(const Door& door, const std::string& name, const model::Intake& intake,
                   InModel in_model) {
    const std::string& entity = model_.entities[intake.entity].name;
    const std::string made = names::arrival(door, "new");
    const std::string found = names::arrival(door, "found");
    for (std::size_t i = 0; i < intake.values.size(); ++i) {
      add_("value " + field_name(intake.entity, intake.values[i].field) + " of " + name, made,
           entity, intake.values[i].where,
           [in_model, i](model::Model& m) { erase(in_model(m).values, i); });
    }
    for (std::size_t i = 0; i < intake.match.size(); ++i) {
      add_("match " + listed(intake.entity, intake.match[i]) + " of " + name, found, entity,
           door.where, [in_model, i](model::Model& m) { erase(in_model(m).match, i); });
    }
    for (std::size_t i = 0; i < intake.always.size(); ++i) {
      add_("always " + field_name(intake.entity, intake.always[i]) + " of " + name, found, entity,
           door.where, [in_model, i](model::Model& m) { erase(in_model(m).always, i); });
    }
    if (!intake.match.empty()) take_found(door, name, intake, in_model);
  }

  template <class Door, class InModel>
  void take_found(const Door& door, const std::string& name, const model::Intake& intake,
                  InModel in_model) {
    using Found = model::Intake::Found;
    constexpr std::pair<Found, std::string_view> kOthers[] = {
        {Found::Fill, "fill"}, {Found::Replace, "replace"}, {Found::Keep, "keep"}};
    for (const auto& [other, word] : kOthers) {
      if (other == intake.found) continue;
      add_("found of " + name + ", not " + std::string(word), names::arrival(door, "found"),
           model_.entities[intake.entity].name, door.where,
           [in_model, other = other](model::Model& m) { in_model(m).found = other; });
    }
  }

  void take_from(const model::PublicForm& form) {
    const std::string name = "form " + form.name;
    take_intake(form, name, form.intake,
                [f = form.index](model::Model& m) -> model::Intake& { return m.forms[f].intake; });
    for (const std::size_t field : form.fields) take_asked(form, field);
  }

  // Filling in what a form does not ask for does not compile, whatever comes of it. So the field is
  // left empty wherever it is filled in: some scenario has to miss the value.
  void take_asked(const model::PublicForm& form, std::size_t field) {
    const std::string& name = field_name(form.intake.entity, field);
    add_("field " + name + " of form " + form.name, names::arrival(form, "new"),
         model_.entities[form.intake.entity].name, form.where,
         [f = form.index, name](model::Model& m) {
           for (model::Scenario& scenario : m.scenarios) leave_out(scenario, f, name);
         });
  }

  static void leave_out(model::Scenario& scenario, std::size_t form, const std::string& field) {
    for (model::ScenarioStep& step : scenario.steps) {
      auto* submit = std::get_if<model::ScenarioStep::Submit>(&step.action);
      if (submit == nullptr || submit->form != form) continue;
      std::erase_if(submit->with, [&](const auto& value) { return value.first == field; });
    }
  }

  void take_from(const model::Webhook& webhook) {
    if (webhook.inbound() == nullptr) return;
    const auto in_model = [w = webhook.index](model::Model& m) -> model::InboundWebhook& {
      return std::get<model::InboundWebhook>(m.webhooks[w].way);
    };
    const model::InboundWebhook& way = *webhook.inbound();
    const std::string name = "webhook " + webhook.name;
    if (way.when) {
      add_("when of " + name, names::arrival(webhook, "ignored"),
           model_.entities[way.intake.entity].name, webhook.where,
           [in_model](model::Model& m) { in_model(m).when.reset(); });
    }
    take_intake(webhook, name, way.intake,
                [in_model](model::Model& m) -> model::Intake& { return in_model(m).intake; });
  }

  // Automations.

  void take_from(const model::Automation& automation) {
    if (!automation.enabled) return;
    const auto in_model = [a = automation.index](model::Model& m) -> model::Automation& {
      return m.automations[a];
    };
    const std::string entity = entity_of(automation);
    const std::string runs = names::automation(automation, true);
    const auto add = [&](const std::string& what, const std::string& exercise, auto change) {
      add_(what + "automation " + automation.name, exercise, entity, automation.where,
           [in_model, change](model::Model& m) { change(in_model(m)); });
    };
    add("", runs, [](model::Automation& a) { a.enabled = false; });
    if (automation.when) {
      add("when of ", names::automation(automation, false),
          [](model::Automation& a) { a.when.reset(); });
    }
    if (automation.each) add("each of ", runs, [](model::Automation& a) { a.each.reset(); });
    if (automation.once) add("once of ", runs, [](model::Automation& a) { a.once = false; });
    if (automation.after) add("after of ", runs, [](model::Automation& a) { a.after.reset(); });
    if (automation.debounce) {
      add("debounce of ", runs, [](model::Automation& a) { a.debounce.reset(); });
    }
    if (automation.window) {
      add("window of ", runs, [](model::Automation& a) { a.window.reset(); });
      add("waiting for the window of ", runs,
          [](model::Automation& a) { a.window->waits = !a.window->waits; });
    }
    for (std::size_t i = 0; i < automation.on.size(); ++i) take_trigger(automation, i);
    for (std::size_t i = 0; i < automation.actions.size(); ++i) take_action(automation, i);
  }

  std::string entity_of(const model::Automation& automation) const {
    return automation.entity ? model_.entities[*automation.entity].name : std::string();
  }

  void take_trigger(const model::Automation& automation, std::size_t i) {
    const model::Trigger& trigger = automation.on[i];
    const std::string name = "trigger " + automations::trigger_text(trigger, automation, model_) +
                             " of automation " + automation.name;
    const auto add = [&](const std::string& what, auto change) {
      add_(what, names::automation(automation, true), entity_of(automation), trigger.where,
           [a = automation.index, change](model::Model& m) { change(m.automations[a].on); });
    };
    using Triggers = std::vector<model::Trigger>;
    if (automation.on.size() > 1) add(name, [i](Triggers& on) { erase(on, i); });
    for (std::size_t f = 0; trigger.fields.size() > 1 && f < trigger.fields.size(); ++f) {
      add("field " + field_name(*automation.entity, trigger.fields[f]) + " of " + name,
          [i, f](Triggers& on) { erase(on[i].fields, f); });
    }
    if (trigger.offset) add("offset of " + name, [i](Triggers& on) { on[i].offset.reset(); });
    if (trigger.at) add("at of " + name, [i](Triggers& on) { on[i].at.reset(); });
  }

  void take_action(const model::Automation& automation, std::size_t i) {
    const model::AutomationAction& action = automation.actions[i];
    const std::string name = names::action(automation, i);
    const auto add = [&](const std::string& what, const std::string& exercise, auto change) {
      add_(what, exercise, entity_of(automation), action.where,
           [a = automation.index, change](model::Model& m) { change(m.automations[a]); });
    };
    if (automation.actions.size() > 1) {
      add(name, name, [i](model::Automation& a) { erase(a.actions, i); });
    }
    if (action.when) {
      add("when of " + name, names::automation(automation, true),
          [i](model::Automation& a) { a.actions[i].when.reset(); });
    }
    std::visit(
        [&](const auto& what) {
          using Action = std::remove_cvref_t<decltype(what)>;
          take_parts(what, automation, [&](const std::string& part, auto change) {
            add(part + " of " + name, name,
                [i, change](model::Automation& a) { change(std::get<Action>(a.actions[i].what)); });
          });
        },
        action.what);
  }

  // Of a list with one entry it is the action itself that is taken out.
  template <class Action, class Add>
  void take_parts(const Action&, const model::Automation&, const Add&) const {}

  template <class Add>
  void take_parts(const model::SetAction& set, const model::Automation& automation,
                  const Add& add) const {
    for (std::size_t i = 0; set.values.size() > 1 && i < set.values.size(); ++i) {
      add("value " + field_name(*automation.entity, set.values[i].field),
          [i](model::SetAction& one) { erase(one.values, i); });
    }
  }

  template <class Add>
  void take_parts(const model::CreateAction& create, const model::Automation&,
                  const Add& add) const {
    for (std::size_t i = 0; i < create.values.size(); ++i) {
      add("value " + field_name(create.entity, create.values[i].field),
          [i](model::CreateAction& one) { erase(one.values, i); });
    }
    for (std::size_t i = 0; i < create.match.size(); ++i) {
      add("match " + field_name(create.entity, create.match[i]),
          [i](model::CreateAction& one) { erase(one.match, i); });
    }
  }

  template <class Add>
  void take_parts(const model::UpdateAction& update, const model::Automation&,
                  const Add& add) const {
    const std::size_t parts = update.values.size() + (update.stage.empty() ? 0 : 1);
    for (std::size_t i = 0; parts > 1 && i < update.values.size(); ++i) {
      add("value " + field_name(update.entity, update.values[i].field),
          [i](model::UpdateAction& one) { erase(one.values, i); });
    }
    if (parts > 1 && !update.stage.empty()) {
      add("move", [](model::UpdateAction& one) { one.stage.clear(); });
    }
  }

  template <class Add>
  void take_parts(const model::AssignAction& assign, const model::Automation&,
                  const Add& add) const {
    if (assign.except.empty()) return;
    add("except", [](model::AssignAction& one) { one.except.terms.clear(); });
  }

  template <class Add>
  void take_parts(const model::NotifyAction& notify, const model::Automation&,
                  const Add& add) const {
    for (std::size_t i = 0; notify.to.terms.size() > 1 && i < notify.to.terms.size(); ++i) {
      add("recipient " + notify.to.terms[i].text,
          [i](model::NotifyAction& one) { erase(one.to.terms, i); });
    }
    if (notify.message.inbox && notify.message.mail) {
      add("inbox", [](model::NotifyAction& one) { one.message.inbox = false; });
      add("mail", [](model::NotifyAction& one) { one.message.mail = false; });
    }
    if (!notify.message.text.empty()) {
      add("text", [](model::NotifyAction& one) { one.message.text = {}; });
    }
  }

  template <class Add>
  void take_parts(const model::MailAction& mail, const model::Automation&, const Add& add) const {
    if (!mail.text.empty()) add("text", [](model::MailAction& one) { one.text = {}; });
  }

  template <class Add>
  void take_parts(const model::ToDoAction& todo, const model::Automation&, const Add& add) const {
    if (todo.within) add("within", [](model::ToDoAction& one) { one.within.reset(); });
  }

  template <class Add>
  void take_parts(const model::TagAction& tag, const model::Automation&, const Add& add) const {
    if (tag.add.size() + tag.remove.size() < 2) return;
    for (std::size_t i = 0; i < tag.add.size(); ++i) {
      add("tag " + tag.add[i], [i](model::TagAction& one) { erase(one.add, i); });
    }
    for (std::size_t i = 0; i < tag.remove.size(); ++i) {
      add("removal of tag " + tag.remove[i], [i](model::TagAction& one) { erase(one.remove, i); });
    }
  }

  template <class Add>
  void take_parts(const model::WebhookAction& webhook, const model::Automation&,
                  const Add& add) const {
    for (std::size_t i = 0; i < webhook.data.size(); ++i) {
      add("data " + webhook.data[i].first, [i](model::WebhookAction& one) { erase(one.data, i); });
    }
  }

  // Assignments.

  void take_pools(const model::Entity& entity) {
    for (std::size_t i = 0; i < entity.pools.size(); ++i) {
      const model::Pool& pool = entity.pools[i];
      const std::string name = " of pool " + entity.name + "." + pool.name;
      const auto in_model = [e = entity.index, i](model::Model& m) -> model::Pool& {
        return m.entities[e].pools[i];
      };
      if (pool.claims_per_day) {
        add_("claims_per_day" + name, std::string(kClaims), entity.name, pool.where,
             [in_model](model::Model& m) { in_model(m).claims_per_day.reset(); });
      }
      if (pool.max_open) {
        add_("max_open" + name, std::string(kClaims), entity.name, pool.where,
             [in_model](model::Model& m) { in_model(m).max_open.reset(); });
      }
    }
  }

  void take_from(const model::Assignment& assignment) {
    for (std::size_t i = 0; i < assignment.rules.size(); ++i) take_rule(assignment, i);
    if (assignment.response) take_response(assignment);
    for (std::size_t i = 0; i < assignment.recycle.size(); ++i) take_recycle(assignment, i);
  }

  void take_rule(const model::Assignment& assignment, std::size_t i) {
    const model::AssignmentRule& rule = assignment.rules[i];
    const std::string name = names::assignment(assignment, rule);
    const auto add = [&](const std::string& what, auto change) {
      add_(what, name, model_.entities[assignment.entity].name, rule.where,
           [a = assignment.index, i, change](model::Model& m) {
             change(m.assignments[a].rules[i]);
           });
    };
    using Rule = model::AssignmentRule;
    add_(name, name, model_.entities[assignment.entity].name, rule.where,
         [a = assignment.index, i](model::Model& m) { erase(m.assignments[a].rules, i); });
    if (rule.when) add("when of " + name, [](Rule& one) { one.when.reset(); });
    const model::AssignTarget& to = rule.to;
    if (to.people.empty()) return;
    if (to.pool) add("else of " + name, [](Rule& one) { one.to.pool.reset(); });
    if (to.max_open) add("max_open of " + name, [](Rule& one) { one.to.max_open.reset(); });
    if (has_turns(to)) take_pick(to, add, name);
    for (const auto& [person, weight] : to.weights) {
      add("weight of " + person + " in " + name,
          [who = person](Rule& one) { one.to.weights.erase(who); });
    }
    for (std::size_t p = 0; to.people.terms.size() > 1 && p < to.people.terms.size(); ++p) {
      add("candidates " + to.people.terms[p].text + " of " + name,
          [p](Rule& one) { erase(one.to.people.terms, p); });
    }
  }

  // The plainest way instead; for that the next one.
  template <class Add>
  void take_pick(const model::AssignTarget& to, const Add& add, const std::string& name) {
    using model::Pick;
    using Rule = model::AssignmentRule;
    const Pick other = to.pick == Pick::First ? Pick::RoundRobin : Pick::First;
    add("pick of " + name, [other](Rule& one) { one.to.pick = other; });
    if (to.pick != Pick::LeastLoaded) return;
    add("pick of " + name + ", not by turns", [](Rule& one) { one.to.pick = Pick::RoundRobin; });
  }

  // Who stands alone takes every turn, however it is picked.
  bool has_turns(const model::AssignTarget& to) const {
    if (to.people.terms.size() != 1) return true;
    const model::PeopleTerm& term = to.people.terms.front();
    if (term.kind != model::PeopleTerm::Kind::Role) return true;
    const std::string& role = model_.roles[term.index].name;
    return std::count_if(model_.people.begin(), model_.people.end(), [&](const auto& person) {
             return std::count(person.roles.begin(), person.roles.end(), role) > 0;
           }) > 1;
  }

  void take_response(const model::Assignment& assignment) {
    const model::Response& response = *assignment.response;
    const std::string& entity = model_.entities[assignment.entity].name;
    const auto in_model = [a = assignment.index](model::Model& m) -> model::Response& {
      return *m.assignments[a].response;
    };
    const auto add = [&](const std::string& what, const std::string& exercise, const Span& where,
                         auto change) {
      add_(what, exercise, entity, where,
           [in_model, change](model::Model& m) { change(in_model(m)); });
    };
    using Response = model::Response;
    const std::string name = "response of " + assignment.name;
    const std::string any = response.steps.empty()
                                ? std::string()
                                : names::response(assignment, response.steps.front());
    if (response.pause) {
      add("pause of " + name, any, response.where, [](Response& one) { one.pause.reset(); });
    }
    add("within of " + name, any, response.where,
        [](Response& one) { one.within = twice(one.within); });
    for (std::size_t i = 0; i < response.steps.size(); ++i) {
      const model::ResponseStep& step = response.steps[i];
      const std::string at = names::response(assignment, step);
      add(at, at, step.where, [i](Response& one) { erase(one.steps, i); });
      add("time of " + at, at, step.where, [i](Response& one) {
        one.steps[i].after = twice(one.steps[i].after);
        std::stable_sort(one.steps.begin(), one.steps.end(), is_sooner);
      });
      if (step.after.business) {
        add("business of " + at, at, step.where,
            [i](Response& one) { one.steps[i].after.business = false; });
      }
      if (!step.to.empty()) {
        add("people of " + at, at, step.where,
            [i](Response& one) { one.steps[i].to.terms.clear(); });
      }
    }
  }

  static bool is_sooner(const model::ResponseStep& a, const model::ResponseStep& b) {
    return std::pair(a.after.days, a.after.time) < std::pair(b.after.days, b.after.time);
  }

  void take_recycle(const model::Assignment& assignment, std::size_t i) {
    const model::Recycle& recycle = assignment.recycle[i];
    const std::string name = names::recycle(assignment, recycle);
    const auto add = [&](const std::string& what, auto change) {
      add_(what, name, model_.entities[assignment.entity].name, recycle.where,
           [a = assignment.index, change](model::Model& m) { change(m.assignments[a].recycle); });
    };
    using Recycles = std::vector<model::Recycle>;
    add(name, [i](Recycles& all) { erase(all, i); });
    add("time of " + name, [i](Recycles& all) { all[i].after = twice(all[i].after); });
    if (recycle.when) add("when of " + name, [i](Recycles& all) { all[i].when.reset(); });
  }

  // That absent people get nothing is no rule of a document. So it is their absence that is taken
  // out of the scenarios, of one person after another: it has to matter.
  void take_absences() {
    std::set<std::string> people;
    for (const model::Scenario& scenario : model_.scenarios) {
      for (const model::ScenarioStep& step : scenario.steps) {
        const auto* away = std::get_if<model::ScenarioStep::Away>(&step.action);
        if (away == nullptr || !people.insert(away->person).second) continue;
        const std::string name = absence_of(away->person);
        add_(name, name, {}, step.where, [person = away->person](model::Model& m) {
          for (model::Scenario& one : m.scenarios) never_away(one, person);
        });
      }
    }
  }

  static void never_away(model::Scenario& scenario, const std::string& person) {
    for (model::ScenarioStep& step : scenario.steps) {
      const auto* away = std::get_if<model::ScenarioStep::Away>(&step.action);
      // Who acts from there on stands beside it.
      if (away != nullptr && away->person == person) step.action = model::ScenarioStep::Expect{};
    }
  }

  const model::Model& model_;
  const AddMutant& add_;
};

}  // namespace

std::string absence_of(const std::string& person) { return "absence of " + person; }

void add_rule_mutants(const model::Model& model, const AddMutant& add) {
  RuleMaker(model, add).run();
}

}  // namespace formwork::testing

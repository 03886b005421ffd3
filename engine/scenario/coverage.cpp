// What there is to cover in a model.
#include "engine/scenario/names.h"
#include "engine/scenario/play.h"

namespace formwork::scenario {
namespace {

using Names = std::set<std::string>;

void add_stage(Names& all, const model::Entity& entity, const model::Lifecycle& lifecycle,
               const model::Stage& stage) {
  all.insert(names::stage(entity, lifecycle, stage));
  for (const model::Transition& to : stage.to) {
    all.insert(names::move(entity, lifecycle, stage, to));
  }
  for (const model::Criterion& one : stage.entry) {
    all.insert(names::criterion(entity, stage, one, true));
  }
  for (const model::Criterion& one : stage.exit) {
    all.insert(names::criterion(entity, stage, one, false));
  }
  for (const model::ChecklistItem& item : stage.checklist) {
    all.insert(names::item(entity, stage, item));
  }
  if (stage.dwell && stage.dwell->warn) all.insert(names::dwell(entity, stage, false));
  if (stage.dwell && stage.dwell->limit) all.insert(names::dwell(entity, stage, true));
}

void add_chain(Names& all, const model::ApprovalChain& chain) {
  for (const std::string_view state : {"approved", "rejected"}) {
    all.insert(names::outcome(chain, state));
  }
  if (chain.withdraw != model::ApprovalChain::Withdraw::Never) {
    all.insert(names::outcome(chain, "withdrawn"));
  }
  for (const model::ApprovalStep& step : chain.steps) {
    all.insert(names::step(chain, step, true));
    if (step.when) all.insert(names::step(chain, step, false));
    for (const model::Deadline& deadline : step.within) {
      all.insert(names::deadline(chain, step, deadline));
    }
  }
}

// A rule about approving drops people from a list and refuses nothing, so nobody sees it at work.
void add_rights(Names& all, const model::Model& model, const model::Role& role) {
  for (const model::Entity& entity : model.entities) {
    const model::Grant& grant = role.grants[entity.index];
    for (std::size_t i = 0; i < model::kActionCount; ++i) {
      const auto action = static_cast<model::Action>(i);
      if (action == model::Action::Approve || grant.rule(action) == nullptr) continue;
      all.insert(names::right(role, entity, action));
    }
  }
}

void add_automation(Names& all, const model::Automation& automation) {
  if (!automation.enabled) return;
  all.insert(names::automation(automation, true));
  if (automation.when) all.insert(names::automation(automation, false));
  for (std::size_t i = 0; i < automation.actions.size(); ++i) {
    all.insert(names::action(automation, i));
  }
}

void add_assignment(Names& all, const model::Assignment& assignment) {
  for (const model::AssignmentRule& rule : assignment.rules) {
    all.insert(names::assignment(assignment, rule));
  }
  if (assignment.response) {
    for (const model::ResponseStep& step : assignment.response->steps) {
      all.insert(names::response(assignment, step));
    }
  }
  for (const model::Recycle& recycle : assignment.recycle) {
    all.insert(names::recycle(assignment, recycle));
  }
}

template <class Door>
void add_door(Names& all, const Door& door, const model::Intake& intake) {
  all.insert(names::arrival(door, "new"));
  const bool finds = !intake.match.empty() && intake.found != model::Intake::Found::Refuse;
  if (finds) all.insert(names::arrival(door, "found"));
}

void add_doors(Names& all, const model::Model& model) {
  for (const model::PublicForm& form : model.forms) add_door(all, form, form.intake);
  for (const model::Webhook& webhook : model.webhooks) {
    if (webhook.inbound() == nullptr) continue;
    add_door(all, webhook, webhook.inbound()->intake);
    if (webhook.inbound()->when) all.insert(names::arrival(webhook, "ignored"));
  }
}

}  // namespace

std::set<std::string> what_to_cover(const model::Model& model) {
  Names all;
  for (const model::Entity& entity : model.entities) {
    for (const model::Lifecycle& lifecycle : entity.lifecycles) {
      for (const model::Stage& stage : lifecycle.stages) {
        add_stage(all, entity, lifecycle, stage);
      }
    }
    for (const model::Rule& rule : entity.rules) all.insert(names::rule(entity, rule));
  }
  for (const model::ApprovalChain& chain : model.approvals) add_chain(all, chain);
  for (const model::Automation& automation : model.automations) add_automation(all, automation);
  for (const model::Assignment& assignment : model.assignments) add_assignment(all, assignment);
  for (const model::Notification& one : model.notifications) all.insert(names::notification(one));
  add_doors(all, model);
  for (const model::Role& role : model.roles) add_rights(all, model, role);
  for (const model::Decision& decision : model.decisions) {
    for (std::size_t rule = 0; rule < decision.rules.size(); ++rule) {
      all.insert(names::decision(decision.name, rule));
    }
  }
  return all;
}

}  // namespace formwork::scenario

#include "dsl/compile/scenario_names.h"

#include <algorithm>

#include "dsl/compile/people.h"

namespace formwork::compile {
namespace {

template <class List, class Name>
std::vector<std::string_view> names_in(const List& list, Name name) {
  std::vector<std::string_view> names;
  for (const auto& item : list) names.push_back(name(item));
  return names;
}

bool is_in(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string quoted(std::string_view name) { return "`" + std::string(name) + "`"; }

}  // namespace

void ScenarioNames::report_unknown(const PlacedText& name, std::string message,
                                   std::span<const std::string_view> names) {
  context_.diagnostics.error(codes::kNameUnknown, name.where, std::move(message),
                             suggest(name.text, names));
}

void ScenarioNames::introduce(const PlacedText& name, std::size_t entity) {
  if (!check_name(name.text, name.where, "a record", context_)) return;
  const auto [record, is_new] = records_.emplace(name.text, Introduced{entity, name.where});
  if (is_new) return;
  context_.diagnostics
      .error(codes::kScenarioStep, name.where, "there are two records " + quoted(name.text),
             "call one of them something else")
      .related.push_back({record->second.where, "the first is called so here"});
}

const model::Entity* ScenarioNames::check_record(const PlacedText& name) {
  const auto record = records_.find(name.text);
  if (record != records_.end()) return &context_.model.entities[record->second.entity];
  const std::vector<std::string_view> names = names_of(records_);
  report_unknown(name, "no step before this one has created " + quoted(name.text), names);
  return nullptr;
}

const model::Entity* ScenarioNames::check_entity(const PlacedText& name) {
  const model::Entity* entity = context_.model.find_entity(name.text);
  if (entity != nullptr) return entity;
  const auto names = names_in(context_.model.entities,
                              [](const auto& each) { return std::string_view(each.name); });
  report_unknown(name, "there is no entity " + quoted(name.text), names);
  return nullptr;
}

void ScenarioNames::check_person(const PlacedText& name) {
  if (!context_.model.people.empty()) compile::check_person(name, context_);
}

void ScenarioNames::check_waiting(const PlacedText& name) {
  constexpr std::string_view kRole = "role ";
  if (!name.text.starts_with(kRole)) return check_person(name);
  find_role({name.text.substr(kRole.size()), name.where}, context_);
}

void ScenarioNames::check_stage(const model::Entity& entity, const PlacedText& name) {
  std::vector<std::string_view> names;
  for (const model::Lifecycle& lifecycle : entity.lifecycles) {
    for (const model::Stage& stage : lifecycle.stages) names.push_back(stage.name);
  }
  if (is_in(names, name.text)) return;
  report_unknown(name,
                 names.empty() ? quoted(entity.name) + " has no stages"
                               : quoted(entity.name) + " has no stage " + quoted(name.text),
                 names);
}

void ScenarioNames::check_item(const model::Entity& entity, const PlacedText& name) {
  std::vector<std::string_view> names;
  for (const model::Lifecycle& lifecycle : entity.lifecycles) {
    for (const model::Stage& stage : lifecycle.stages) {
      for (const model::ChecklistItem& item : stage.checklist) names.push_back(item.code);
    }
  }
  if (is_in(names, name.text)) return;
  report_unknown(name, "no checklist of " + quoted(entity.name) + " has " + quoted(name.text),
                 names);
}

void ScenarioNames::check_approval_step(const model::Entity& entity, const PlacedText& name) {
  std::vector<std::string_view> names;
  for (const model::ApprovalChain& chain : context_.model.approvals) {
    if (chain.entity != entity.index) continue;
    for (const model::ApprovalStep& step : chain.steps) names.push_back(step.id);
  }
  if (is_in(names, name.text)) return;
  report_unknown(name, "no approval of " + quoted(entity.name) + " has a step " + quoted(name.text),
                 names);
}

bool ScenarioNames::check_approval(const model::Entity& entity, const Span& where) {
  const auto& chains = context_.model.approvals;
  const bool has_any = std::any_of(chains.begin(), chains.end(),
                                   [&](const auto& chain) { return chain.entity == entity.index; });
  if (has_any) return true;
  context_.diagnostics.error(codes::kScenarioStep, where,
                             "no approval is about records of " + quoted(entity.name),
                             "write one: `approval: …` with `of: " + entity.name + "`");
  return false;
}

void ScenarioNames::check_pool(const model::Entity& entity, const PlacedText& name) {
  const auto names =
      names_in(entity.pools, [](const auto& pool) { return std::string_view(pool.name); });
  if (is_in(names, name.text)) return;
  report_unknown(name,
                 names.empty() ? quoted(entity.name) + " has no pools"
                               : quoted(entity.name) + " has no pool " + quoted(name.text),
                 names);
}

void ScenarioNames::check_assignment(const model::Entity& entity, const PlacedText& name) {
  std::vector<std::string_view> names;
  for (const model::Assignment& assignment : context_.model.assignments) {
    if (assignment.entity == entity.index) names.push_back(assignment.name);
  }
  if (is_in(names, name.text)) return;
  report_unknown(
      name, "no assignment of " + quoted(entity.name) + " is called " + quoted(name.text), names);
}

void ScenarioNames::check_automation(const PlacedText& name) {
  const auto names = names_in(context_.model.automations,
                              [](const auto& each) { return std::string_view(each.name); });
  if (!is_in(names, name.text)) {
    report_unknown(name, "there is no automation " + quoted(name.text), names);
  }
}

void ScenarioNames::check_outbound(const PlacedText& name) {
  std::vector<std::string_view> names;
  for (const model::Webhook& webhook : context_.model.webhooks) {
    if (webhook.outbound() != nullptr) names.push_back(webhook.name);
  }
  if (is_in(names, name.text)) return;
  report_unknown(name, "nothing is sent by a webhook " + quoted(name.text), names);
}

const model::Webhook* ScenarioNames::check_inbound(const yaml::Node& name) {
  std::vector<std::string_view> names;
  for (const model::Webhook& webhook : context_.model.webhooks) {
    if (webhook.inbound() == nullptr) continue;
    if (webhook.name == name.text) return &webhook;
    names.push_back(webhook.name);
  }
  report_unknown({name.text, name.span}, "nothing comes in by a webhook " + quoted(name.text),
                 names);
  return nullptr;
}

const model::PublicForm* ScenarioNames::check_form(const yaml::Node& name) {
  if (const model::PublicForm* form = context_.model.find_form(name.text)) return form;
  const auto names =
      names_in(context_.model.forms, [](const auto& form) { return std::string_view(form.name); });
  report_unknown({name.text, name.span}, "there is no form " + quoted(name.text), names);
  return nullptr;
}

void ScenarioNames::check_asked(const model::PublicForm& form, const yaml::Node& with) {
  const model::Entity& entity = context_.model.entities[form.intake.entity];
  std::vector<std::string_view> names;
  for (const std::size_t field : form.fields) names.push_back(entity.fields[field].name);
  for (const yaml::Entry& entry : with.entries) {
    if (is_in(names, entry.key) || model::find_field(entity, entry.key) == nullptr) continue;
    context_.diagnostics.error(
        codes::kScenarioValue, entry.key_span,
        "the form " + quoted(form.name) + " does not ask for " + quoted(entry.key),
        suggest(entry.key, names));
  }
}

void ScenarioNames::check_word(const PlacedText& word, std::span<const std::string_view> words,
                               std::string_view what) {
  if (is_in(words, word.text)) return;
  context_.diagnostics.error(codes::kScenarioExpect, word.where,
                             quoted(word.text) + " is no " + std::string(what),
                             suggest(word.text, words));
}

}  // namespace formwork::compile

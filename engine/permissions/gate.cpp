#include "engine/permissions/gate.h"

#include <algorithm>
#include <stdexcept>

#include "dsl/model/scope.h"
#include "engine/command/refusal_texts.h"
#include "engine/permissions/filter.h"
#include "engine/permissions/related_records.h"

namespace formwork::permissions {
namespace {

using engine::Refusal;
using engine::RefusalKind;

constexpr MessageText kActionWords[model::kActionCount] = {
    {"action.view", "view", "查看"},       {"action.create", "create", "新建"},
    {"action.edit", "edit", "编辑"},       {"action.delete", "delete", "删除"},
    {"action.approve", "approve", "审批"}, {"action.assign", "assign", "分配"},
    {"action.claim", "claim", "领取"},
};
constexpr MessageText kNobody{"role.nobody", "nobody", "没有人"};

Localized joined_labels(const std::vector<const model::Role*>& roles, const model::App& app) {
  Localized joined = roles.front()->label;
  for (std::size_t locale = 0; locale < joined.by_locale.size(); ++locale) {
    const bool is_chinese = language_of(app.locales[locale]) == Language::Chinese;
    for (std::size_t i = 1; i < roles.size(); ++i) {
      joined.by_locale[locale] += (is_chinese ? "、" : ", ") + roles[i]->label[locale];
    }
  }
  return joined;
}

bool is_same(const feel::Expression* a, const feel::Expression* b) {
  return a == b || (a != nullptr && b != nullptr && a->text() == b->text());
}

// Of whoever acts: the account, and those for whom it acts now.
std::vector<engine::AccountId> all_accounts(const Actor& actor, const Moment& moment) {
  std::vector<engine::AccountId> accounts =
      moment.organization.principals_of(actor.account, moment.now);
  accounts.push_back(actor.account);
  return accounts;
}

}  // namespace

Gate::Gate(const model::Model& model) : model_(model), entities_(model.entities.size()) {
  for (const model::Entity& entity : model.entities) {
    entities_[entity.index].slots = store::rule_slots(*model.scopes, entity);
    combine(entity);
  }
}

// Compiled once, since a list takes one condition at a time. Roles say few different ones.
void Gate::combine(const model::Entity& entity) {
  for (const model::Role& viewing : model_.roles) {
    for (const model::Role& removing : model_.roles) {
      const feel::Expression* view = viewing.grants[entity.index].rule(model::Action::View);
      const feel::Expression* remove = removing.grants[entity.index].rule(model::Action::Delete);
      if (view == nullptr || remove == nullptr || is_same(view, remove)) continue;
      if (combined(entity, view, remove) != nullptr) continue;
      const std::string text = "(" + view->text() + "\n) and (" + remove->text() + "\n)";
      auto compiled = feel::compile_expression(text, model_.scopes->of(entity),
                                               {.expected = feel::TypeKind::Boolean});
      if (!compiled.expression) throw std::logic_error("two rules that do not go together");
      entities_[entity.index].combined.push_back({view, remove, std::move(*compiled.expression)});
    }
  }
}

const feel::Expression* Gate::combined(const model::Entity& entity, const feel::Expression* view,
                                       const feel::Expression* remove) const {
  if (view == nullptr || is_same(view, remove)) return remove;
  if (remove == nullptr) return view;
  const std::vector<Both>& all = entities_[entity.index].combined;
  const auto found = std::find_if(all.begin(), all.end(), [&](const Both& both) {
    return is_same(both.view, view) && is_same(both.remove, remove);
  });
  return found == all.end() ? nullptr : &found->both;
}

bool Gate::may(const Actor& actor, model::Action action, const model::Entity& entity) const {
  if (actor.is_rule()) return true;
  return std::any_of(actor.roles.begin(), actor.roles.end(), [&](std::size_t role) {
    return model_.roles[role].grants[entity.index].may(action);
  });
}

bool Gate::may(const Actor& actor, model::Action action, const model::Entity& entity,
               const engine::Record& record, const Moment& moment) const {
  if (allows(actor, action, entity, record, moment)) return true;
  const bool may_be_involved = action == model::Action::View && record.id != 0 &&
                               !record.deleted_at && !entity.lifecycles.empty();
  return may_be_involved &&
         moment.view.is_involved(all_accounts(actor, moment), entity.name, record.id);
}

// By the roles alone.
bool Gate::allows(const Actor& actor, model::Action action, const model::Entity& entity,
                  const engine::Record& record, const Moment& moment) const {
  if (actor.is_rule()) return true;
  std::vector<const feel::Expression*> rules;
  for (const std::size_t role : actor.roles) {
    const model::Grant& grant = model_.roles[role].grants[entity.index];
    if (!grant.may(action)) continue;
    if (grant.rule(action) == nullptr) return true;
    rules.push_back(grant.rule(action));
  }
  if (rules.empty()) return false;
  const RelatedRecords related(*this, moment);
  const feel::Environment environment{.now = moment.now, .zone = moment.zone, .records = &related};
  model::Variables variables = variables_of(model_, entity, record, actor.account);
  return std::any_of(rules.begin(), rules.end(), [&](const feel::Expression* rule) {
    feel::Evaluation evaluation(environment, variables.for_record(*rule));
    return rule->test(evaluation) == feel::Truth(true);
  });
}

Expected<engine::Record, Refusal> Gate::find(const Actor& actor, const model::Entity& entity,
                                             engine::RecordId id, const Moment& moment) const {
  const bool in_principle = may(actor, model::Action::View, entity);
  // Without a right to any of them, or a process that could have involved somebody, nothing is
  // read.
  if (!in_principle && entity.lifecycles.empty()) {
    return Unexpected(explain(model::Action::View, entity));
  }
  std::optional<engine::Record> record = moment.view.find_record(entity, id);
  const bool visible =
      record && may(actor, model::Action::View, entity, *record, moment) &&
      (!record->deleted_at || may(actor, model::Action::Delete, entity, *record, moment));
  if (visible) return std::move(*record);
  if (!in_principle) return Unexpected(explain(model::Action::View, entity));
  return Unexpected(not_found(entity, std::to_string(id)));
}

std::vector<store::Filter> Gate::list_rules(const Actor& actor, const model::Entity& entity,
                                            bool deleted,
                                            const feel::Environment& environment) const {
  if (actor.is_rule()) return {};
  std::vector<const feel::Expression*> rules;
  for (const std::size_t viewing : actor.roles) {
    const model::Grant& view = model_.roles[viewing].grants[entity.index];
    if (!view.may(model::Action::View)) continue;
    if (!deleted) rules.push_back(view.rule(model::Action::View));
    for (const std::size_t removing : actor.roles) {
      const model::Grant& remove = model_.roles[removing].grants[entity.index];
      if (!deleted || !remove.may(model::Action::Delete)) continue;
      rules.push_back(
          combined(entity, view.rule(model::Action::View), remove.rule(model::Action::Delete)));
    }
  }
  if (std::find(rules.begin(), rules.end(), nullptr) != rules.end()) return {};
  std::vector<store::Filter> filters;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const auto* const rule = rules[i];
    const bool is_known = std::any_of(rules.begin(), rules.begin() + static_cast<std::ptrdiff_t>(i),
                                      [&](const auto* other) { return is_same(other, rule); });
    if (is_known) continue;
    filters.push_back({.expression = rule,
                       .scope = &model_.scopes->of(entity),
                       .slots = entities_[entity.index].slots,
                       .user = store::account_value(actor.account),
                       .environment = environment});
  }
  return filters;
}

Refusal Gate::explain(model::Action action, const model::Entity& entity) const {
  std::vector<const model::Role*> able;
  for (const model::Role& role : model_.roles) {
    if (role.grants[entity.index].may(action)) able.push_back(&role);
  }
  Refusal refusal{RefusalKind::Forbidden, {&engine::texts::kMayNot, {}}, {}, {}, 0};
  refusal.message.arguments = {{"action", &kActionWords[static_cast<std::size_t>(action)]},
                               {"entity", entity.plural},
                               {"who", names_of(able, model_)}};
  return refusal;
}

Refusal Gate::explain(const Actor& actor, model::Action action, const model::Entity& entity) const {
  if (!may(actor, action, entity)) return explain(action, entity);
  std::vector<const model::Role*> others;
  for (std::size_t i = 0; i < model_.roles.size(); ++i) {
    const bool is_own = std::find(actor.roles.begin(), actor.roles.end(), i) != actor.roles.end();
    if (!is_own && model_.roles[i].grants[entity.index].may(action)) {
      others.push_back(&model_.roles[i]);
    }
  }
  const std::string rules = visible_rules(actor, action, entity);
  const MessageText& text = rules.empty()    ? engine::texts::kMayNotThis
                            : others.empty() ? engine::texts::kMayOnlyWhere
                                             : engine::texts::kMayOnlyWhereOthers;
  Refusal refusal{RefusalKind::Forbidden, {&text, {}}, {}, {}, 0};
  refusal.message.arguments = {{"action", &kActionWords[static_cast<std::size_t>(action)]},
                               {"entity", rules.empty() ? entity.label : entity.plural},
                               {"rules", rules},
                               {"who", names_of(others, model_)}};
  return refusal;
}

// Empty when one of them reads what the actor may not name: it does not compile for the actor.
std::string Gate::visible_rules(const Actor& actor, model::Action action,
                                const model::Entity& entity) const {
  const auto scope = std::make_shared<const VisibleScope>(*this, actor, entity);
  std::vector<std::string> texts;
  for (const std::size_t role : actor.roles) {
    const feel::Expression* rule = model_.roles[role].grants[entity.index].rule(action);
    if (rule == nullptr) continue;
    if (compile_filter(rule->text(), scope, actor, entity).filter == nullptr) return {};
    std::string text = "`" + rule->text() + "`";
    if (std::find(texts.begin(), texts.end(), text) == texts.end()) {
      texts.push_back(std::move(text));
    }
  }
  std::string joined;
  for (const std::string& text : texts) joined += (joined.empty() ? "" : " / ") + text;
  return joined;
}

bool Gate::is_admin(const Actor& actor) const {
  if (actor.account == engine::kSystemAccount) return actor.cause == engine::Cause::Program;
  return std::any_of(actor.roles.begin(), actor.roles.end(),
                     [&](std::size_t role) { return model_.roles[role].is_admin; });
}

Refusal Gate::explain_admin() const {
  std::vector<const model::Role*> admins;
  for (const model::Role& role : model_.roles) {
    if (role.is_admin) admins.push_back(&role);
  }
  return engine::refusal_of(RefusalKind::Forbidden, engine::texts::kAdminsOnly,
                            {{"who", names_of(admins, model_)}});
}

bool Gate::may_see_field(const Actor&, const model::Entity&, std::size_t) const { return true; }

bool Gate::may_write_field(const Actor&, const model::Entity& entity, std::size_t field) const {
  return fields::takes_input(entity.fields[field]);
}

std::vector<std::size_t> roles_of(const engine::Account& account, const model::Model& model) {
  std::vector<std::size_t> roles;
  for (const std::string& name : account.roles) {
    if (const model::Role* role = model.find_role(name)) {
      roles.push_back(static_cast<std::size_t>(role - model.roles.data()));
    }
  }
  return roles;
}

Argument names_of(const std::vector<const model::Role*>& roles, const model::Model& model) {
  if (roles.empty()) return &kNobody;
  return joined_labels(roles, model.app);
}

Refusal not_found(const model::Entity& entity, const std::string& id) {
  Refusal refusal{RefusalKind::NotFound, {&engine::texts::kNotFound, {}}, {}, {}, 0};
  refusal.message.arguments.emplace_back("entity", entity.label);
  refusal.message.arguments.emplace_back("id", id);
  return refusal;
}

}  // namespace formwork::permissions

#include "engine/permissions/gate.h"

#include <algorithm>

#include "engine/command/refusal_texts.h"

namespace formwork::permissions {
namespace {

using engine::Refusal;
using engine::RefusalKind;

constexpr MessageText kActionWords[model::kActionCount] = {
    {"action.view", "view", "查看"},
    {"action.create", "create", "新建"},
    {"action.edit", "edit", "编辑"},
    {"action.delete", "delete", "删除"},
    {"action.approve", "approve", "审批"},
    {"action.assign", "assign", "分配"},
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

}  // namespace

bool Gate::may(const Actor& actor, model::Action action, const model::Entity& entity) const {
  return std::any_of(actor.roles.begin(), actor.roles.end(), [&](std::size_t role) {
    return model_.roles[role].grants[entity.index].may(action);
  });
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

bool Gate::may_see_field(const Actor& actor, const model::Entity& entity, std::size_t) const {
  return may(actor, model::Action::View, entity);
}

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

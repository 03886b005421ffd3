// A role: what its holders may do with the records of each entity. What is not written is not
// allowed.
#include <algorithm>
#include <array>

#include "dsl/compile/formulas.h"
#include "dsl/compile/keys.h"
#include "dsl/compile/reading.h"
#include "dsl/model/scope.h"

namespace formwork::compile {
namespace {

using model::Action;
using model::Grant;

constexpr std::array kActions{Action::View,    Action::Create, Action::Edit, Action::Delete,
                              Action::Approve, Action::Assign, Action::Claim};

std::optional<Action> find_action(std::string_view name) {
  for (const Action action : kActions) {
    if (model::action_name(action) == name) return action;
  }
  return std::nullopt;
}

// true, false, or a rule of which records.
void read_permission(const yaml::Node& node, Action action, const model::Entity& entity,
                     Grant& grant, Context& context) {
  if (!may_be_condition(node)) {
    report_wrong_type(node, "true or false, or a condition", context);
    return;
  }
  const auto index = static_cast<std::size_t>(action);
  grant.allowed[index] = node.quoted || node.text != "false";
  if (!node.quoted && (node.text == "true" || node.text == "false")) return;
  grant.rules[index] =
      read_expression(node, context.model.scopes->of(entity), feel::TypeKind::Boolean, context);
}

// Tasks of an approval that nobody was found for are given by who may assign its records.
bool has_approval(const model::Entity& entity, const model::Model& model) {
  return std::any_of(model.approvals.begin(), model.approvals.end(),
                     [&](const auto& chain) { return chain.entity == entity.index; });
}

void compile_grant(const yaml::Node& node, const model::Entity& entity, Grant& grant,
                   Context& context) {
  if (!node.is_mapping()) {
    report_wrong_type(node, "a mapping of actions to true, false or a condition", context);
    return;
  }
  std::vector<std::string_view> names;
  for (const Action action : kActions) names.push_back(model::action_name(action));
  for (const yaml::Entry& entry : node.entries) {
    const std::optional<Action> action = find_action(entry.key);
    if (action) read_permission(entry.value, *action, entity, grant, context);
    if (!action) {
      context.diagnostics.error(codes::kRoleAction, entry.key_span,
                                "`" + entry.key + "` is not an action that a role allows",
                                suggest(entry.key, names));
    }
    const bool needs_owner = action == Action::Claim ||
                             (action == Action::Assign && !has_approval(entity, context.model));
    if (!needs_owner || entity.owner || !grant.may(*action)) continue;
    context.diagnostics.error(
        codes::kRoleAction, entry.key_span,
        "nobody owns records of " + entity.name + ", so there is nothing to " + entry.key,
        "add a field of type user called `owner`");
  }
}

// Who edits or deletes sees what there is; a role that cannot see it is a slip.
void check_sense(const Grant& grant, const yaml::Entry& entry, Context& context) {
  const bool changes = grant.may(Action::Edit) || grant.may(Action::Delete) ||
                       grant.may(Action::Assign) || grant.may(Action::Claim);
  if (!changes || grant.may(Action::View)) return;
  context.diagnostics.error(codes::kRoleAction, entry.key_span,
                            "this role may change records of " + entry.key + " but not see them",
                            "add `view: true`");
}

}  // namespace

void compile_role(const Document& document, model::Role& role, Context& context) {
  check_keys(*document.node, keys::kRole, "a role", context);
  role.label = default_label(role.name, context);
  role.grants.resize(context.model.entities.size());
  if (const yaml::Node* label = value_of(*document.node, "label")) {
    if (auto text = read_localized(*label, context)) role.label = std::move(*text);
  }
  if (const yaml::Node* admin = value_of(*document.node, "admin")) {
    role.is_admin = read_boolean(*admin, context).value_or(false);
  }
  const yaml::Node* on = value_of(*document.node, "on");
  if (on == nullptr) return;
  if (!on->is_mapping()) {
    report_wrong_type(*on, "a mapping of entities to what is allowed", context);
    return;
  }
  std::vector<std::string_view> names;
  for (const model::Entity& entity : context.model.entities) names.push_back(entity.name);
  for (const yaml::Entry& entry : on->entries) {
    const model::Entity* entity = context.model.find_entity(entry.key);
    if (entity == nullptr) {
      context.diagnostics.error(codes::kNameUnknown, entry.key_span,
                                "there is no entity `" + entry.key + "`",
                                suggest(entry.key, names));
      continue;
    }
    compile_grant(entry.value, *entity, role.grants[entity->index], context);
    check_sense(role.grants[entity->index], entry, context);
  }
}

}  // namespace formwork::compile

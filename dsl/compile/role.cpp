// A role: what its holders may do with the records of each entity. What is not written is not
// allowed.
#include <array>

#include "dsl/compile/keys.h"
#include "dsl/compile/reading.h"

namespace formwork::compile {
namespace {

constexpr std::array kActions{model::Action::View, model::Action::Create, model::Action::Edit,
                              model::Action::Delete};

void compile_grant(const yaml::Node& node, model::Grant& grant, Context& context) {
  if (!node.is_mapping()) {
    report_wrong_type(node, "a mapping of actions to true or false", context);
    return;
  }
  std::vector<std::string_view> names;
  for (const model::Action action : kActions) names.push_back(model::action_name(action));
  for (const yaml::Entry& entry : node.entries) {
    bool known = false;
    for (const model::Action action : kActions) {
      if (model::action_name(action) != entry.key) continue;
      known = true;
      const auto allowed = read_boolean(entry.value, context);
      grant.allowed[static_cast<std::size_t>(action)] = allowed.value_or(false);
    }
    if (!known) {
      context.diagnostics.error(codes::kRoleAction, entry.key_span,
                                "`" + entry.key + "` is not an action that a role allows",
                                suggest(entry.key, names));
    }
  }
}

// Who edits or deletes sees what there is; a role that cannot see it is a slip.
void check_sense(const model::Grant& grant, const yaml::Entry& entry, Context& context) {
  const bool changes = grant.may(model::Action::Edit) || grant.may(model::Action::Delete);
  if (!changes || grant.may(model::Action::View)) return;
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
    compile_grant(entry.value, role.grants[entity->index], context);
    check_sense(role.grants[entity->index], entry, context);
  }
}

}  // namespace formwork::compile

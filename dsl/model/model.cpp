#include "dsl/model/model.h"

#include <algorithm>
#include <array>

namespace formwork::model {
namespace {

constexpr std::array<std::string_view, 6> kSystemColumns{"id",         "version",    "created_at",
                                                         "created_by", "updated_at", "updated_by"};
constexpr std::array<std::string_view, kActionCount> kActions{"view",    "create", "edit", "delete",
                                                              "approve", "assign", "claim"};
constexpr std::array<std::string_view, 3> kFinals{"won", "lost", "neutral"};

template <class List>
auto find_named(const List& list, std::string_view name) -> decltype(list.data()) {
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const auto& item) { return item.name == name; });
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

const Entity* Model::find_entity(std::string_view name) const { return find_named(entities, name); }

const Role* Model::find_role(std::string_view name) const { return find_named(roles, name); }

const Team* Model::find_team(std::string_view name) const { return find_named(teams, name); }

const ApprovalChain* Model::find_approval(std::string_view name) const {
  return find_named(approvals, name);
}

const Assignment* Model::find_assignment(std::string_view name) const {
  return find_named(assignments, name);
}

const Notification* Model::find_notification(std::string_view name) const {
  return find_named(notifications, name);
}

const Webhook* Model::find_webhook(std::string_view name) const {
  return find_named(webhooks, name);
}

const PublicForm* Model::find_form(std::string_view name) const { return find_named(forms, name); }

const Automation* Model::find_automation(std::string_view name) const {
  return find_named(automations, name);
}

const Assignment* Model::response_of(const Entity& entity) const {
  const auto found =
      std::find_if(assignments.begin(), assignments.end(), [&](const Assignment& assignment) {
        return assignment.entity == entity.index && assignment.response;
      });
  return found == assignments.end() ? nullptr : &*found;
}

const Lifecycle* lifecycle_of(const Entity& entity, const std::vector<feel::Value>& values) {
  if (!entity.stage_fields) return nullptr;
  const std::optional<std::size_t> field = entity.stage_fields->lifecycle;
  if (!field) return &entity.lifecycles.front();
  const feel::Value& name = values[*field];
  return name.is_null() ? nullptr : find_named(entity.lifecycles, name.string());
}

const Stage* stage_of(const Entity& entity, const std::vector<feel::Value>& values) {
  const Lifecycle* lifecycle = lifecycle_of(entity, values);
  if (lifecycle == nullptr) return nullptr;
  const feel::Value& name = values[entity.stage_fields->stage];
  return name.is_null() ? nullptr : find_named(lifecycle->stages, name.string());
}

std::optional<std::size_t> stage_index(const Lifecycle& lifecycle, std::string_view name) {
  const Stage* stage = find_named(lifecycle.stages, name);
  if (stage == nullptr) return std::nullopt;
  return static_cast<std::size_t>(stage - lifecycle.stages.data());
}

std::optional<std::size_t> pool_index(const Entity& entity, std::string_view name) {
  const Pool* pool = find_named(entity.pools, name);
  if (pool == nullptr) return std::nullopt;
  return static_cast<std::size_t>(pool - entity.pools.data());
}

std::string_view final_name(Final final) { return kFinals[static_cast<std::size_t>(final)]; }

const fields::Field* find_field(const Entity& entity, std::string_view name) {
  return find_named(entity.fields, name);
}

std::optional<std::size_t> field_index(const Entity& entity, std::string_view name) {
  const fields::Field* field = find_field(entity, name);
  if (field == nullptr) return std::nullopt;
  return static_cast<std::size_t>(field - entity.fields.data());
}

std::string_view system_column_name(SystemColumn column) {
  return kSystemColumns[static_cast<std::size_t>(column)];
}

std::string_view column_name(const Entity& entity, const ColumnRef& column) {
  return column.is_system ? system_column_name(column.system) : entity.fields[column.field].name;
}

std::optional<ColumnRef> find_column(const Entity& entity, std::string_view name) {
  const auto* system = std::find(kSystemColumns.begin(), kSystemColumns.end(), name);
  if (system != kSystemColumns.end()) {
    return ColumnRef::of(static_cast<SystemColumn>(system - kSystemColumns.begin()));
  }
  const std::optional<std::size_t> index = field_index(entity, name);
  if (!index) return std::nullopt;
  return ColumnRef::of_field(*index);
}

std::string_view action_name(Action action) { return kActions[static_cast<std::size_t>(action)]; }

}  // namespace formwork::model

#include "engine/permissions/visible_reasons.h"

#include <algorithm>

#include "dsl/base/json.h"
#include "dsl/model/scope.h"
#include "engine/permissions/visible_scope.h"

namespace formwork::permissions {
namespace {

bool has_path(const feel::syntax::Tree& tree) {
  return std::any_of(tree.nodes.begin(), tree.nodes.end(), [](const feel::syntax::Node& node) {
    return node.kind == feel::syntax::Kind::Path;
  });
}

}  // namespace

// The types of the scope point into what is visible, so both live together.
struct VisibleReasons::Names {
  Names(const Gate& gate, const Actor& actor, const model::Entity& entity)
      : visible(gate, actor, entity), scope(visible.scope()) {
    const feel::Type user = feel::Type::record(gate.model().scopes->user_type());
    scope.add("submitter", user);
    scope.add("approver", user);
  }

  const VisibleScope visible;
  feel::Scope scope;
};

VisibleReasons::VisibleReasons(const Gate& gate, const Actor& actor, const model::Entity& entity)
    : gate_(gate), actor_(actor), entity_(entity) {}

VisibleReasons::~VisibleReasons() = default;

bool VisibleReasons::may_see(const feel::Expression& condition) const {
  for (const std::size_t slot : condition.reads()) {
    if (slot < entity_.fields.size() && !gate_.may_see_field(actor_, entity_, slot)) return false;
  }
  if (!has_path(condition.tree())) return true;
  // What the caller may not see has no name there, so that the condition no longer compiles.
  return feel::compile_expression(condition.text(), scope()).expression.has_value();
}

// Entries do not say of which chain the step is, so all that have one of this name are asked.
bool VisibleReasons::may_see_step(std::string_view id) const {
  for (const model::ApprovalChain& chain : gate_.model().approvals) {
    if (chain.entity != entity_.index) continue;
    for (const model::ApprovalStep& step : chain.steps) {
      if (step.id == id && !may_see(step)) return false;
    }
  }
  return true;
}

bool VisibleReasons::may_see_criteria() const {
  if (criteria_) return *criteria_;
  criteria_ = true;
  const auto ask = [this](const std::vector<model::Criterion>& criteria) {
    for (const model::Criterion& criterion : criteria) {
      if (*criteria_ && !may_see(criterion.require)) criteria_ = false;
    }
  };
  for (const model::Lifecycle& lifecycle : entity_.lifecycles) {
    for (const model::Stage& stage : lifecycle.stages) {
      ask(stage.entry);
      ask(stage.exit);
    }
  }
  return *criteria_;
}

bool VisibleReasons::may_see_rule(std::string_view assignment, std::string_view rule) const {
  const model::Assignment* found = gate_.model().find_assignment(assignment);
  if (found == nullptr || found->entity != entity_.index) return false;
  return std::any_of(found->rules.begin(), found->rules.end(), [&](const auto& one) {
    return one.id == rule && (!one.when || may_see(*one.when));
  });
}

bool VisibleReasons::may_see_recycle(std::string_view assignment, std::string_view rule) const {
  const model::Assignment* found = gate_.model().find_assignment(assignment);
  if (found == nullptr || found->entity != entity_.index) return false;
  return std::any_of(found->recycle.begin(), found->recycle.end(), [&](const auto& one) {
    return one.id == rule && (!one.when || may_see(*one.when));
  });
}

bool VisibleReasons::may_see_reason(const json::Value& detail) const {
  const json::Value* step = detail.find("step");
  return step == nullptr ? may_see_criteria() : may_see_step(step->text);
}

json::Value VisibleReasons::visible_assignment(const json::Value& assignment) const {
  const auto text = [&](std::string_view key) {
    const json::Value* value = assignment.find(key);
    return value == nullptr ? std::string_view() : std::string_view(value->text);
  };
  const bool may_be_told = text("recycle").empty() ? may_see_rule(text("name"), text("rule"))
                                                   : may_see_recycle(text("name"), text("recycle"));
  json::Value visible = assignment;
  if (may_be_told) return visible;
  std::erase_if(visible.members,
                [](const json::Value::Member& member) { return member.first == "condition"; });
  return visible;
}

std::string VisibleReasons::visible_detail(const std::string& detail) const {
  const bool has_reason = detail.find("\"reason\"") != std::string::npos;
  const bool has_condition = detail.find("\"condition\"") != std::string::npos;
  if (!has_reason && !has_condition) return detail;
  // We wrote it, so it parses; if it does not, nothing of it is shown.
  const auto parsed = json::parse(detail);
  if (!parsed || !parsed->is_object()) return {};
  std::string kept;
  json::Writer writer(kept);
  writer.begin_object();
  for (const json::Value::Member& member : parsed->members) {
    if (member.first == "reason" && !may_see_reason(*parsed)) continue;
    writer.key(member.first);
    json::write(writer,
                member.first == "assignment" ? visible_assignment(member.second) : member.second);
  }
  writer.end_object();
  return kept;
}

const feel::Scope& VisibleReasons::scope() const {
  if (!names_) names_ = std::make_unique<const Names>(gate_, actor_, entity_);
  return names_->scope;
}

}  // namespace formwork::permissions

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

std::string VisibleReasons::visible_detail(const std::string& detail) const {
  if (detail.find("\"reason\"") == std::string::npos) return detail;
  // We wrote it, so it parses; if it does not, nothing of it is shown.
  const auto parsed = json::parse(detail);
  if (!parsed || !parsed->is_object()) return {};
  const json::Value* step = parsed->find("step");
  if (step == nullptr ? may_see_criteria() : may_see_step(step->text)) return detail;
  std::string kept;
  json::Writer writer(kept);
  writer.begin_object();
  for (const json::Value::Member& member : parsed->members) {
    if (member.first == "reason") continue;
    writer.key(member.first);
    json::write(writer, member.second);
  }
  writer.end_object();
  return kept;
}

const feel::Scope& VisibleReasons::scope() const {
  if (!names_) names_ = std::make_unique<const Names>(gate_, actor_, entity_);
  return names_->scope;
}

}  // namespace formwork::permissions

#include "engine/permissions/visible_reasons.h"

#include <algorithm>

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

const feel::Scope& VisibleReasons::scope() const {
  if (!names_) names_ = std::make_unique<const Names>(gate_, actor_, entity_);
  return names_->scope;
}

}  // namespace formwork::permissions

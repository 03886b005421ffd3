// Whether a caller may be told what a condition saw: only where everything that it reads is open to
// them, behind paths as well. Whoever shows a reason asks.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dsl/base/json.h"
#include "dsl/feel/expression.h"
#include "engine/permissions/gate.h"

namespace formwork::permissions {

// For conditions about one entity's records; `gate`, `actor` and `entity` must outlive it.
class VisibleReasons {
 public:
  VisibleReasons(const Gate& gate, const Actor& actor, const model::Entity& entity);
  ~VisibleReasons();
  VisibleReasons(const VisibleReasons&) = delete;
  VisibleReasons& operator=(const VisibleReasons&) = delete;

  // A condition of the scope of the entity or of its approvals.
  bool may_see(const feel::Expression& condition) const;

  // A step without a condition has nothing to hide.
  bool may_see(const model::ApprovalStep& step) const { return !step.when || may_see(*step.when); }

  // Of a rule of an assignment, or one that recycles, by its name; what the model no longer has may
  // have asked anything.
  bool may_see_rule(std::string_view assignment, std::string_view rule) const;
  bool may_see_recycle(std::string_view assignment, std::string_view rule) const;

  // HistoryEntry::detail, without its reason where that may tell what the caller may not see: a
  // step's condition, or without a step any criterion of the entity's stages. The same of the
  // condition of an assignment.
  std::string visible_detail(const std::string& detail) const;

 private:
  bool may_see_step(std::string_view id) const;
  bool may_see_criteria() const;
  bool may_see_reason(const json::Value& detail) const;
  json::Value visible_assignment(const json::Value& assignment) const;

  struct Names;

  const feel::Scope& scope() const;

  const Gate& gate_;
  const Actor& actor_;
  const model::Entity& entity_;
  mutable std::optional<bool> criteria_;
  mutable std::unique_ptr<const Names> names_;  // made when a condition has paths
};

}  // namespace formwork::permissions

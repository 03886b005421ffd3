#include "engine/permissions/filter.h"

#include <algorithm>

namespace formwork::permissions {

CompiledFilter compile_filter(std::string_view text, std::shared_ptr<const VisibleScope> scope,
                              const Actor& actor, const model::Entity& entity) {
  feel::CompiledExpression compiled =
      feel::compile_expression(text, scope->scope(), {.expected = feel::TypeKind::Boolean});
  CompiledFilter result;
  std::copy_if(compiled.problems.begin(), compiled.problems.end(),
               std::back_inserter(result.problems),
               [](const feel::Problem& problem) { return !problem.is_warning; });
  if (compiled.expression) {
    result.filter =
        std::make_shared<const Filter>(Filter{.scope = std::move(scope),
                                              .expression = std::move(*compiled.expression),
                                              .entity = &entity,
                                              .roles = actor.roles});
  }
  return result;
}

}  // namespace formwork::permissions

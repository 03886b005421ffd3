// Conditions by which callers ask for lists, in FEEL.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/permissions/visible_scope.h"

namespace formwork::permissions {

inline constexpr std::size_t kMostFilterBytes = 2'000;

// Compiled for the roles of one caller, and good for all who have the same.
struct Filter {
  std::shared_ptr<const VisibleScope> scope;
  feel::Expression expression;
  const model::Entity* entity = nullptr;
  std::vector<std::size_t> roles;
};

struct CompiledFilter {
  std::shared_ptr<const Filter> filter;  // null when a problem is an error
  std::vector<feel::Problem> problems;   // errors only
};

// `scope` must be that of the actor's roles and the entity.
CompiledFilter compile_filter(std::string_view text, std::shared_ptr<const VisibleScope> scope,
                              const Actor& actor, const model::Entity& entity);

// A filter and what its answers depend on besides the records.
struct Search {
  std::shared_ptr<const Filter> filter;
  Instant now;
  const TimeZone* zone = &TimeZone::utc();
  const fields::People* people = nullptr;  // never null; outlives the search
};

}  // namespace formwork::permissions
